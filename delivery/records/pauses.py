"""What does not leave for now: everything, a campaign, an office, a mail domain."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from delivery.records.messages import OutboxMessage


class PauseQuerySet(models.QuerySet["Pause"]):
    def active(self, now: datetime) -> "PauseQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=now))

    def about(self, message: "OutboxMessage", now: datetime) -> "PauseQuerySet":
        """The pauses that keep this very message: asked in the same statement that lets it out."""
        kept = Q(scope=Pause.Scope.SITE)
        if message.stream == "letter":
            kept |= Q(scope=Pause.Scope.RECIPIENT, key=message.recipient_key)
            kept |= Q(scope=Pause.Scope.DOMAIN, key=message.recipient_domain)
            if message.campaign_key:
                kept |= Q(scope=Pause.Scope.CAMPAIGN, key=message.campaign_key.hex)
        return self.active(now).filter(kept)


class Pause(models.Model):
    """In force while it is there and `until` is not over. The log of the admin remembers who made and ended it."""

    class Scope(models.TextChoices):
        #: The kill switch: every stream.
        SITE = "site", _("Everything")
        CAMPAIGN = "campaign", _("Campaign")
        RECIPIENT = "recipient", _("Official")
        DOMAIN = "domain", _("Mail domain")

    class Reason(models.TextChoices):
        STAFF = "staff", _("Paused by the staff")
        SOFT_BOUNCES = "soft_bounces", _("The office’s mailbox refuses mail for now")

    scope = models.CharField(_("what"), max_length=10, choices=Scope)
    #: Empty for SITE, the hex of the campaign's key, the recipient's key, or the domain.
    key = models.CharField(max_length=255, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.STAFF)
    since = models.DateTimeField(_("since"))
    #: Empty: until somebody ends it.
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "key", "reason"], name="one_pause_of_a_kind"),
            models.CheckConstraint(
                name="only_a_pause_of_everything_has_no_key",
                condition=(Q(scope="site") & Q(key="")) | (~Q(scope="site") & ~Q(key="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.key}".strip()
