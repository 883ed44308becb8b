"""How many messages stood where, when the clock last counted a large outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """One row. Counting a hundred thousand messages takes a while that nobody at the board should wait for."""

    at = models.DateTimeField(_("at"))
    #: Rows of stream, state, hex of the campaign's key (or empty), and how many.
    counts = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.total} {self.at:%Y-%m-%d %H:%M}"
