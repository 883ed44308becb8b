"""When the programs that must never stop were last at work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """In the database and not in Redis: a clock that runs while Redis is away is not to look dead."""

    #: The sweep of the outbox.
    CLOCK = "clock"

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
