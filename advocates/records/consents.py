"""What a person agreed to, in the words they were shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentEvent(models.Model):
    """Append-only: a withdrawal is another event, never a change to this one."""

    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="consents")
    #: Machine key of the purpose, the same in every language.
    purpose = models.CharField(_("purpose"), max_length=80)
    is_granted = models.BooleanField(_("granted"))
    #: The exact words beside the box, as the person saw them.
    text = models.TextField(_("text"))
    text_hash = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=10)
    #: The submission's key: which form the person had before them.
    source_key = models.UUIDField()
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source_key", "purpose"], name="one_consent_per_purpose_and_source"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"
