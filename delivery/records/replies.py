"""That an office answered a letter through our return address. What it said is nowhere here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reply(models.Model):
    """Written only where the person agreed that answers are noted (`OutboxMessage.may_record_reply`)."""

    letter = models.ForeignKey("delivery.OutboxMessage", models.CASCADE, related_name="replies")
    received_at = models.DateTimeField(_("received at"))
    #: Out-of-office and the like: no answer to anything.
    is_automatic = models.BooleanField(_("automatic"), default=False)

    class Meta:
        verbose_name = _("answer of an office")
        verbose_name_plural = _("answers of offices")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d}"


class InboundMail(models.Model):
    """One mail that came in, known by a hash of what the service calls it: the same posted twice is passed on once."""

    source_hash = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(_("received at"))
    #: What became of it; a mail that nobody here can place is not kept.
    relay = models.OneToOneField(
        "delivery.OutboxMessage", models.SET_NULL, null=True, blank=True, related_name="inbound_mail"
    )

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        indexes = [models.Index(fields=["received_at"], name="inbound_received", condition=~Q(source_hash=""))]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M}"
