"""Actions to begin from: what an editor clones instead of starting with an empty page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class ActionTemplate(models.Model):
    """The content of an action page, kept to be used again. A page made from it has no tie to it."""

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    #: Field values of an `ActionPage` as `Page.serializable_data` writes them, without what is one page's own.
    content = models.JSONField(default=dict, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    panels = [FieldPanel("name"), FieldPanel("description")]

    class Meta:
        verbose_name = _("action template")
        verbose_name_plural = _("action templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
