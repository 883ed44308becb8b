"""Questions that several forms ask in the same words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from campaigns.blocks.form_fields import GroupedFieldsBlock
from campaigns.blocks.form_keys import fill_keys, frozen_key_errors
from campaigns.blocks.form_specs import specs_of
from campaigns.engine.fields import FieldSpec
from campaigns.engine.frozen_keys import facts_of
from campaigns.selectors import published_fields as published
from campaigns.services import published_fields


@register_snippet
class FieldGroup(TranslatableMixin, models.Model):
    """Stands in a form as one block; its fields have the same keys on every form that uses it."""

    name = models.CharField(_("name"), max_length=80, help_text=_("For staff only."))
    form_fields = StreamField(GroupedFieldsBlock(), verbose_name=_("fields"))

    #: A name for staff is one in every language.
    override_translatable_fields = [SynchronizedField("name", overridable=False)]
    panels = [FieldPanel("name"), FieldPanel("form_fields")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("group of fields")
        verbose_name_plural = _("groups of fields")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """A field that the group gains is public at once on every form that uses it: its key is fixed from here."""
        super().save(*args, **kwargs)
        facts = [facts_of(spec) for spec in self.form_specs if spec.block_id and spec.clean_name]
        for page_key in published.pages_with_blocks([item.block_id for item in facts]):
            published_fields.record(page_key=page_key, fields=facts)

    @property
    def form_specs(self) -> tuple[FieldSpec, ...]:
        """Its fields, as a form that uses it has them."""
        return specs_of(self.form_fields)

    def clean(self) -> None:
        super().clean()
        facts = published.of_blocks([child.id for child in self.form_fields if child.id])
        fill_keys(self.form_fields, facts)
        errors = frozen_key_errors(self.form_fields, self.form_specs, facts)
        if errors:
            raise ValidationError({"form_fields": errors})
