"""Questions that several forms ask in the same words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from campaigns.blocks.form_fields import FormFieldsBlock


@register_snippet
class FieldGroup(TranslatableMixin, models.Model):
    """Stands in a form as one block; its fields have the same keys on every form that uses it."""

    name = models.CharField(_("name"), max_length=80, help_text=_("For staff only."))
    form_fields = StreamField(FormFieldsBlock(), verbose_name=_("fields"))

    panels = [FieldPanel("name"), FieldPanel("form_fields")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("group of fields")
        verbose_name_plural = _("groups of fields")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
