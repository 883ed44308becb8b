"""Officials whom the staff name together: those who were at the breakfast, the leadership, the undecided."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.snippets.models import register_snippet

from legislators.blocks.officials import OfficialChooserBlock


@register_snippet
class OfficialList(models.Model):
    name = models.CharField(_("name"), max_length=80)
    officials = StreamField(
        [("official", OfficialChooserBlock(group=_("Officials")))], verbose_name=_("officials"), blank=True
    )

    panels = [FieldPanel("name"), FieldPanel("officials")]

    class Meta:
        verbose_name = _("list of officials")
        verbose_name_plural = _("lists of officials")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
