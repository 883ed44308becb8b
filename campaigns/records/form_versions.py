"""A form as it stood when somebody filled it in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormVersion(models.Model):
    """Written when its first submission comes in and never changed: old answers stay readable after edits."""

    #: The page's translation key.
    page_key = models.UUIDField()
    language = models.CharField(_("language"), max_length=10)
    #: SHA-256 of `fields` as canonical JSON.
    digest = models.CharField(max_length=64)
    #: Every `campaigns.engine.fields.FieldSpec` in the form's order, by the names of its fields.
    fields = models.JSONField(_("fields"))
    first_used_at = models.DateTimeField(_("first used at"))

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["first_used_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "language", "digest"], name="one_form_version_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.language}"
