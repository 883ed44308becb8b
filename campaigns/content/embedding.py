"""Whether an action may stand on other people's sites, and on which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class EmbeddingMixin(models.Model):
    allowed_origins = models.TextField(
        _("sites that may show this form"),
        blank=True,
        max_length=2000,
        help_text=_("One a line, as https://partner.example. Empty: no other site may."),
    )
    has_kiosk_mode = models.BooleanField(
        _("may be used at a stand"),
        default=False,
        help_text=_(
            "A version of the form for a shared device at an event: it keeps nothing and starts over by itself."
        ),
    )

    embedding_panels = [
        MultiFieldPanel(
            [FieldPanel("allowed_origins"), FieldPanel("has_kiosk_mode")], heading=_("On other sites and at events")
        )
    ]

    class Meta:
        abstract = True
