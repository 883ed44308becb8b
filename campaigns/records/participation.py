"""Signatures, registrations and stories: what stays of an action besides the answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Signature(models.Model):
    """A name under a petition or a pledge, once for each person."""

    taken_action = models.OneToOneField("campaigns.TakenAction", models.CASCADE, related_name="signature")
    page_key = models.UUIDField()
    block_id = models.CharField(max_length=64)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="signatures")
    #: The person agreed that their name is shown; `public_name` is what is shown, and nothing else ever is.
    is_public = models.BooleanField(_("name is public"), default=False)
    public_name = models.CharField(_("public name"), max_length=120, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "block_id", "advocate"], name="one_signature_per_person"),
        ]

    def __str__(self) -> str:
        return self.public_name or "–"


class Registration(models.Model):
    """A place at an event."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    taken_action = models.OneToOneField("campaigns.TakenAction", models.CASCADE, related_name="registration")
    page_key = models.UUIDField()
    block_id = models.CharField(max_length=64)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=State)
    registered_at = models.DateTimeField(_("registered at"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["registered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "block_id", "advocate"], name="one_registration_per_person"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Story(models.Model):
    """What somebody lived through, as they told it. Nothing of it is public before somebody has read it."""

    class State(models.TextChoices):
        #: Waits for a reader: every story does, and `findings` says what to look at.
        WAITING = "waiting", _("Waits to be read")
        APPROVED = "approved", _("May be used as the person allowed")
        DECLINED = "declined", _("Is not used")
        WITHDRAWN = "withdrawn", _("Withdrawn by the person")

    taken_action = models.OneToOneField("campaigns.TakenAction", models.CASCADE, related_name="story")
    page_key = models.UUIDField(db_index=True)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="stories")
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("story"))
    #: What the person agreed to: a list of machine keys, such as website, legislators, media.
    uses = models.JSONField(_("uses"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    #: What the patient-information guard saw: `[kind, start, end]` in `text`.
    findings = models.JSONField(_("findings"), default=list)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-told_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.told_at:%Y-%m-%d}"
