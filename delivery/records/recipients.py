"""How offices take our letters: in which order of channels, how many an hour, and how their mailboxes fare."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class RecipientRecord(models.Model):
    """Made when there is something to say of a recipient; most have none."""

    #: As `OutboxMessage.recipient_key`.
    key = models.CharField(max_length=150, unique=True)
    name = models.CharField(_("recipient"), max_length=200, blank=True)
    #: The staff's own order of channels, as `OutboxMessage.Channel` values; empty is the usual one.
    routes = models.JSONField(_("channels in order"), default=list, blank=True)
    #: Lower than the site's limit.
    per_hour = models.PositiveIntegerField(
        _("letters an hour"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    #: Since when the address below returns mail for good; empty while it takes it.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failing_address = models.EmailField(_("failing address"), blank=True)
    #: Refusals for now in a row; the pause that follows grows with them.
    soft_bounces = models.PositiveSmallIntegerField(_("refusals in a row"), default=0)
    last_soft_bounce_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.key


class Suppression(models.Model):
    """An address that gets no more of one kind of mail. Kept as a keyed hash: the list names nobody."""

    class Reason(models.TextChoices):
        COMPLAINED = "complained", _("Marked our mail as unwanted")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        BOUNCED = "bounced", _("The address returns mail")

    #: `delivery.engine.suppression.address_hash`.
    address_hash = models.CharField(max_length=64)
    stream = models.CharField(_("stream"), max_length=10)
    reason = models.CharField(_("reason"), max_length=15, choices=Reason)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "stream"], name="one_suppression_per_address_and_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}: {self.reason}"
