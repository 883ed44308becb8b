"""What each run of a loader did, so that staff can see how old the data is and what was refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataLoad(models.Model):
    class Kind(models.TextChoices):
        LEGISLATORS = "legislators", _("Legislators")
        BOUNDARIES = "boundaries", _("Boundaries")
        STREETS = "streets", _("Street ranges")
        ZIP_CODES = "zips", _("ZIP codes")
        COMMITTEES = "committees", _("Committees")
        PHOTOS = "photos", _("Photos")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    source = models.CharField(_("source"), max_length=300)
    #: Of what was read and how: the same again changes nothing. Empty where the run does not say.
    checksum = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    retired = models.PositiveIntegerField(_("retired"), default=0)
    #: `[{"where": "file.yml line 12", "why": "…"}]`
    refused = models.JSONField(_("refused"), default=list)
    #: Remarks on what was loaded, as sentences.
    notes = models.JSONField(_("notes"), default=list)

    class Meta:
        verbose_name = _("data load")
        verbose_name_plural = _("data loads")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"


class DataSource(models.Model):
    """One source that the site keeps itself in line with: when it was tried, and what came of it."""

    #: `openstates:ma`, `congress`, `boundaries:ma`, `photos`.
    key = models.CharField(_("source"), max_length=60, unique=True)
    tried_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    #: Not before then; empty for at once.
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    #: Set while somebody runs it, so that no two do; one that died leaves it to the next when this has passed.
    lease_until = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(_("succeeded at"), null=True, blank=True)
    #: Why the last try changed nothing, or less than all; empty when it went well.
    problem = models.TextField(_("problem"), blank=True)
    #: Of the file that was last loaded: the same file need not be read again.
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("data source")
        verbose_name_plural = _("data sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
