"""The offices of Congress that take letters by CWC, as their own lists say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CwcOffice(models.Model):
    """Kept when it leaves the list, with `is_active` off: a refresh that fails changes nothing."""

    #: HMA05, SMA01.
    code = models.CharField(_("office"), max_length=10, unique=True)
    #: `us_house` or `us_senate`.
    chamber = models.CharField(_("chamber"), max_length=20)
    #: Of the Senate's list only.
    bioguide_id = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_active = models.BooleanField(_("takes letters"), default=True)
    seen_at = models.DateTimeField(_("last seen in the list"))

    class Meta:
        verbose_name = _("office of Congress")
        verbose_name_plural = _("offices of Congress")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CwcOfficeList(models.Model):
    """When the list of a chamber was last asked for, and with what result."""

    chamber = models.CharField(_("chamber"), max_length=20, unique=True)
    refreshed_at = models.DateTimeField(_("refreshed at"), null=True, blank=True)
    tried_at = models.DateTimeField(_("tried at"))
    #: Why the last try changed nothing; empty where it did what it should.
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("list of offices")
        verbose_name_plural = _("lists of offices")

    def __str__(self) -> str:
        return self.chamber
