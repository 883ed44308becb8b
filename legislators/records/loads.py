"""What each run of a loader did, so that staff can see how old the data is and what was refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataLoad(models.Model):
    class Kind(models.TextChoices):
        LEGISLATORS = "legislators", _("Legislators")
        BOUNDARIES = "boundaries", _("Boundaries")
        STREETS = "streets", _("Street ranges")
        ZIP_CODES = "zips", _("ZIP codes")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    source = models.CharField(_("source"), max_length=300)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    retired = models.PositiveIntegerField(_("retired"), default=0)
    #: `[{"where": "file.yml line 12", "why": "…"}]`
    refused = models.JSONField(_("refused"), default=list)

    class Meta:
        verbose_name = _("data load")
        verbose_name_plural = _("data loads")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"
