"""The page as Wagtail's own documentation builds it, within the frame of this site."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField
from wagtail.models import Page


class PeerField(AbstractFormField):
    page = ParentalKey("peer.PeerPage", on_delete=models.CASCADE, related_name="form_fields")


class PeerPage(AbstractEmailForm):
    template = "peer/page.html"
    landing_page_template = "peer/thanks.html"
    parent_page_types = [Page, "home.HomePage"]
