"""A state, or the United States: what divisions, ZIP codes and officials belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Jurisdiction(models.Model):
    code = models.CharField(
        _("code"), max_length=2, unique=True, help_text=_("Two letters, lower case; us for Congress.")
    )
    name = models.CharField(_("name"), max_length=100)
    fips = models.CharField(_("FIPS code"), max_length=2, blank=True)
    #: First three digits of the ZIP codes in use there, as listed by the Postal Service.
    zip_prefixes = models.JSONField(_("ZIP prefixes"), default=list)
    is_sample = models.BooleanField(
        _("sample data"), default=False, help_text=_("An invented state of the demonstration site.")
    )

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
