"""A person who acts, known by e-mail address."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Advocate(models.Model):
    """Holds no postal address: that belongs to the submission it was given for."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    #: The address as `advocates.engine.emails.canonical` writes it: one person, one row.
    canonical_email = models.CharField(max_length=254, unique=True)
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    title = models.CharField(_("title"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("advocate")
        verbose_name_plural = _("advocates")
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)
