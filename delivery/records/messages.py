"""The outbox: one row for every message that is to reach somebody, and the truth about each."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: No lease lasts longer, whatever the settings say.
LONGEST_LEASE = timedelta(hours=1)


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, now: datetime) -> "OutboxQuerySet":
        """Queued, given its place by the plan, and the time has come."""
        return self.still_safe(now).filter(
            state=OutboxMessage.State.QUEUED, planned_at__isnull=False, next_attempt_at__lte=now
        )

    def still_safe(self, now: datetime) -> "OutboxQuerySet":
        """Without what a second try could by now bring twice."""
        return self.filter(Q(send_before=None) | Q(send_before__gt=now))

    def lease_expired(self, state: str, now: datetime) -> "OutboxQuerySet":
        # A row that somebody took without saying for how long would wait for ever, and nearly so one whose lease was
        # written by a clock that was ahead.
        too_long = Q(lease_until=None) | Q(lease_until__gt=now + LONGEST_LEASE)
        return self.filter(Q(lease_until__lt=now) | too_long, state=state)


class OutboxMessage(models.Model):
    class Stream(models.TextChoices):
        LETTER = "letter", _("Letter to an official")
        RECEIPT = "receipt", _("Receipt to a supporter")
        #: Mail that a supporter did not just cause: a reminder, a call to act. It can be unsubscribed from.
        ALERT = "alert", _("Alert to a supporter")
        #: An office's answer on its way to the person who wrote; its words are in `sealed` only.
        REPLY = "reply", _("Answer of an office, passed on")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        CWC = "cwc", _("Congress’s own system (CWC)")
        HANDOFF = "handoff", _("Hand-off to the supporter")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        #: A worker has taken the row but nothing has gone over the wire.
        CLAIMED = "claimed", _("About to be sent")
        #: Written before the wire, so that a crash leaves a trace of the intent.
        SENDING = "sending", _("Being sent")
        ACCEPTED = "accepted", _("Accepted by our mail service")
        #: Written to a file on a machine that does not send.
        CAPTURED = "captured", _("Captured to a file, not sent")
        DELIVERED = "delivered", _("Delivered to the office’s mail server")
        BOUNCED = "bounced", _("Returned by the office’s mail server")
        FAILED = "failed", _("Could not be sent")
        #: The worker died between the intent and the answer: it may have gone, it may not.
        UNCERTAIN = "uncertain", _("Not known whether it was sent")
        NEEDS_HANDOFF = "needs_handoff", _("Waits for the supporter to deliver it")
        HANDED_OFF = "handed_off", _("Reported as done by the supporter")
        #: Stopped by the staff; the reason says whether an earlier try may have arrived.
        CANCELLED = "cancelled", pgettext_lazy("a letter", "Cancelled")
        #: Nothing leaves before somebody on the staff has decided; `hold_reasons` says why.
        HELD = "held", _("Held for the staff to decide")
        #: The recipient asked for no more mail of this kind.
        SUPPRESSED = "suppressed", _("Not sent: the recipient wants no such mail")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: What makes it this message and no other; a second row for the same cannot be written.
    dedupe_key = models.CharField(max_length=300)
    stream = models.CharField(_("stream"), max_length=10, choices=Stream)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    state = models.CharField(_("state"), max_length=15, choices=State, default=State.QUEUED)
    recipient_name = models.CharField(_("recipient"), max_length=200)
    recipient_address = models.EmailField(_("recipient’s address"), blank=True)
    sender_name = models.CharField(_("sender"), max_length=200)
    reply_to_address = models.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    #: Of mail that `DELIVERY_MAIL_WRITER` writes, empty until it is about to leave: it says how things stand then.
    body = models.TextField(_("body"))
    language = models.CharField(max_length=10, default="en")
    #: What a letter belongs to, as rooms above name it; pacing, pauses and numbers go by these three.
    campaign_key = models.UUIDField(null=True, blank=True)
    #: `official:<source id>` or `recipient:<block id>`; empty for mail to supporters.
    recipient_key = models.CharField(max_length=150, blank=True)
    #: The state whose capitol's hours count, two letters, lower case; "us" for Congress.
    jurisdiction = models.CharField(max_length=2, blank=True)
    #: The part of `recipient_address` after the @, in lower case: many offices share one.
    recipient_domain = models.CharField(max_length=255, blank=True)
    #: Channels that are left should this one fail for good, in order, as `Channel` values.
    routes = models.JSONField(default=list, blank=True)
    #: `delivery.engine.cwc.content.CongressContent.as_json()`; empty where no office of Congress is meant.
    congress = models.JSONField(default=dict, blank=True)
    #: Why the row is or was held: machine keys of the checks that it tripped, or a `DeliveryEvent.Reason`.
    hold_reasons = models.JSONField(default=list, blank=True)
    #: The person agreed that an office's answer is noted beside the letter.
    may_record_reply = models.BooleanField(default=False)
    #: An office's answer, encrypted: read by the program that passes it on, and emptied when that is done.
    sealed = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    #: When the row reached the state it is in.
    state_changed_at = models.DateTimeField(_("since"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    #: When pacing gave the row its `next_attempt_at`. Empty: it has no place yet, and does not leave before it has.
    planned_at = models.DateTimeField(null=True, blank=True)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    #: When the first send of which nothing is known began: from then on the mail service may have had it.
    in_doubt_since = models.DateTimeField(null=True, blank=True)
    #: Sent again only before this: later, the mail service has forgotten the key that makes one mail of two tries.
    send_before = models.DateTimeField(null=True, blank=True)
    #: The id that the mail service gave, by which its tracking events find the row.
    provider_message_id = models.CharField(max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["stream", "next_attempt_at", "created_at"],
                name="outbox_due",
                condition=Q(state="queued", planned_at__isnull=False),
            ),
            models.Index(
                fields=["created_at", "next_attempt_at", "campaign_key"],
                name="outbox_unplanned",
                condition=Q(state="queued", planned_at__isnull=True),
            ),
            # When the last letter of a campaign leaves, without reading its rows.
            models.Index(
                fields=["campaign_key", "next_attempt_at"],
                name="outbox_campaign_slots",
                condition=Q(state="queued", planned_at__isnull=False),
            ),
            # What may be tried again only for a while: hardly any, and looked for every minute.
            models.Index(
                fields=["send_before"],
                name="outbox_send_before",
                condition=Q(state="queued", send_before__isnull=False),
            ),
            # The board counts by these without reading the rows.
            models.Index(fields=["stream", "state", "campaign_key", "channel"], name="outbox_numbers"),
            models.Index(fields=["recipient_key", "state"], name="outbox_recipient", condition=~Q(recipient_key="")),
            models.Index(fields=["lease_until"], name="outbox_leased", condition=Q(state__in=["claimed", "sending"])),
            models.Index(
                fields=["provider_message_id"], name="outbox_provider_id", condition=~Q(provider_message_id="")
            ),
        ]
        constraints = [
            # Not `unique=True`, which on PostgreSQL brings a second index along that every change has to keep up.
            models.UniqueConstraint(fields=["dedupe_key"], name="one_message_per_dedupe_key"),
            models.CheckConstraint(
                name="an_email_has_an_address",
                condition=~Q(channel="email") | ~Q(recipient_address=""),
            ),
            models.CheckConstraint(
                name="a_handoff_is_never_sent_by_us",
                condition=~Q(channel="handoff") | Q(state__in=["needs_handoff", "handed_off", "cancelled"]),
            ),
            models.CheckConstraint(
                name="only_a_letter_to_congress_goes_by_cwc",
                condition=~Q(channel="cwc") | ~Q(congress={}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stream_display()} {self.id}"


class DeliveryEvent(models.Model):
    """One thing that happened to a message. Append-only; holds no personal data."""

    class Reason(models.TextChoices):
        NO_ADDRESS = "no_address", _("This office takes no e-mail.")
        UNUSABLE_ADDRESS = "unusable_address", _("The e-mail address on file cannot be used.")
        REFUSED_FOR_NOW = "refused_for_now", _("Refused for now. It will be tried again.")
        SERVICE_AWAY = "service_away", _("Our mail service cannot be used at the moment. It will be tried again.")
        REFUSED = "refused", _("Refused for good.")
        GAVE_UP = "gave_up", _("Refused at every try over two days.")
        CANNOT_BE_WRITTEN = "cannot_be_written", _("No mail could be made of it: an address is not usable.")
        NO_ANSWER = "no_answer", _("The connection was lost before our mail service answered.")
        SENDER_STOPPED = "sender_stopped", _("The program stopped while it was sending, before there was an answer.")
        STILL_TRYING = "still_trying", _("Our mail service is still trying.")
        COMPLAINED = "complained", _("The recipient marked it as unwanted.")
        REPORTED_DONE = "reported_done", _("The supporter says that it is done.")
        STAFF_RETRIED = "staff_retried", _("Put back into the queue by the staff.")
        STAFF_CANCELLED = "staff_cancelled", _("Cancelled by the staff.")
        STOPPED_IN_DOUBT = (
            "stopped_in_doubt",
            _("Stopped by the staff. An earlier try may have reached the office."),
        )
        #: Moderation.
        HELD_FOR_REVIEW = "held_for_review", _("Held: the staff read the letters of this campaign first.")
        TRIPPED_A_CHECK = "tripped_a_check", _("Held: a check asks the staff to read it first.")
        STAFF_APPROVED = "staff_approved", _("Approved by the staff.")
        STAFF_REJECTED = "staff_rejected", _("Rejected by the staff.")
        #: What becomes of all letters of a form at once.
        BEING_CHECKED = "being_checked", _("Held: the form that it came with is being checked.")
        NOT_CONFIRMED = "not_confirmed", _("Held: the person has not confirmed by e-mail yet.")
        RELEASED = "released", _("The form that it came with is in order.")
        NEVER_CONFIRMED = "never_confirmed", _("Stopped: nobody confirmed by e-mail in time.")
        ALREADY_WRITTEN = "already_written", _("Stopped: another letter of the same person goes to this office.")
        WITHDRAWN = "withdrawn", _("Stopped: the staff found that it is not a person’s own.")
        RESTORED = "restored", _("The staff took back that it is not a person’s own.")
        #: Between queueing and sending.
        LEFT_OFFICE = "left_office", _("Held: the official has left office since it was written.")
        SEAT_CHANGED = "seat_changed", _("Held: the official sits elsewhere now than when it was written.")
        ADDRESS_CHANGED = "address_changed", _("Goes to the office’s new address.")
        ADDRESS_FAILING = "address_failing", _("The office’s address returns mail.")
        #: From one channel to the next.
        NEXT_CHANNEL = "next_channel", _("Goes another way, because this one failed.")
        STAFF_REROUTED = "staff_rerouted", _("Sent another way by the staff.")
        TOO_LONG = "too_long", _("Too long for this way of delivery.")
        INVALID_FOR_CHANNEL = "invalid", _("This way of delivery lacks something that it needs.")
        CWC_NOT_LIVE = "cwc_not_live", _("Congress’s system is not switched on here: nothing was sent.")
        CWC_OFFICE_LEFT = "cwc_office_left", _("The office does not take letters this way any more.")
        REJECTED_LATE = "rejected_late", _("The office’s system refused it after it had been accepted.")
        TOO_SOON = "too_soon", _("The same letter went to this office within the last 72 hours.")
        MAINTENANCE = "maintenance", _("The recipient’s system is closed for maintenance. It will be tried again.")
        #: What the other side wants.
        UNSUBSCRIBED = "unsubscribed", _("The recipient wants no such mail.")
        SUPPRESSED = "suppressed", _("The recipient had asked for no such mail.")
        #: Doubt that ended.
        ACCEPTED_BEFORE = "accepted_before", _("It had been accepted before: the service knew its number.")
        SAME_KEY_AGAIN = "same_key_again", _("Tried again under the same key, which the service sends once only.")
        KEY_EXPIRED = "key_expired", _("The time in which a second try could not have sent it twice is over.")
        NEVER_REPORTED = "never_reported", _("The mail service reported on later mail and never on this: tried again.")
        SOFT_BOUNCE = "soft_bounce", _("Returned for now by the office’s mail server.")

    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("at"))
    state = models.CharField(_("state"), max_length=15, choices=OutboxMessage.State)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    #: The mail service's codes, such as "SMTP 451"; never an address.
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    #: The provider's own id of its event: the same event posted twice is written once.
    source_id = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery event")
        verbose_name_plural = _("delivery events")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "source_id"], name="one_event_per_source_id", condition=~Q(source_id="")
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="event_no_answer", condition=Q(reason="no_answer")),
            # How many left, and how many failed, within the last minutes: the board and the alarms ask often.
            models.Index(fields=["state", "at"], name="event_outcomes"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_state_display()}"
