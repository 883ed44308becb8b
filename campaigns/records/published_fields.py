"""Which fields of a form visitors have seen, and under which keys their answers are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedField(models.Model):
    """Written when the page is published and never taken back: answers outlive the field."""

    #: The page's translation key: one set of keys for every language.
    page_key = models.UUIDField()
    #: The id of the field's block in the page's stream.
    block_id = models.CharField(max_length=64)
    key = models.CharField(_("storage key"), max_length=64)
    field_type = models.CharField(_("type of field"), max_length=30)
    #: As first published; for a field that is no longer on the form.
    label = models.CharField(_("label"), max_length=200)
    #: Stored value and label by the id of the option's block.
    options = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("published form field")
        verbose_name_plural = _("published form fields")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "block_id"], name="one_published_field_per_form_and_block"),
        ]

    def __str__(self) -> str:
        return self.key
