"""The page as Wagtail’s own documentation builds it, and a page of this site: with its head, frame and opening."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField
from wagtail.models import Page

from home.content.base_page import BasePage


class PeerField(AbstractFormField):
    page = ParentalKey("peer.PeerPage", on_delete=models.CASCADE, related_name="form_fields")


class PeerPage(AbstractEmailForm, BasePage):
    introduction = models.TextField(blank=True)

    template = "peer/page.html"
    landing_page_template = "peer/thanks.html"
    parent_page_types = [Page, "home.HomePage"]
