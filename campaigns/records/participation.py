"""Signatures, registrations and stories: what stays of an action besides the answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Signature(models.Model):
    """A name under a petition or a pledge. Somebody who signs twice has two rows and counts once.

    Anybody can type anybody's address: no form may change what was said with another, and which of them is the
    person's own may turn out later. So counting asks for people, and showing for the first of each.
    """

    class CommentState(models.TextChoices):
        NONE = "", _("No comment that may be passed on")
        WAITING = "waiting", _("Waits to be read")
        ALLOWED = "allowed", _("Goes with the petition")
        DECLINED = "declined", _("Stays here")

    taken_action = models.OneToOneField("campaigns.TakenAction", models.CASCADE, related_name="signature")
    page_key = models.UUIDField()
    block_id = models.CharField(max_length=64)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="signatures")
    #: The person agreed that their name is shown; `public_name` is what is shown, and nothing else ever is.
    is_public = models.BooleanField(_("name is public"), default=False)
    public_name = models.CharField(_("public name"), max_length=120, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    #: The staff keep the name from being shown; the signature counts.
    is_hidden = models.BooleanField(_("hidden by staff"), default=False)
    comment = models.TextField(_("comment"), blank=True)
    #: The person agreed that the comment is passed on where this is not empty; the staff read it first.
    comment_state = models.CharField(_("state of the comment"), max_length=10, choices=CommentState, blank=True)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at", "-id"]
        indexes = [models.Index(fields=["page_key", "block_id", "advocate"], name="signatures_by_person")]

    def __str__(self) -> str:
        return self.public_name or "–"


class Registration(models.Model):
    """A place at an event. Somebody who registers twice has two rows and takes one place."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    taken_action = models.OneToOneField("campaigns.TakenAction", models.CASCADE, related_name="registration")
    page_key = models.UUIDField()
    block_id = models.CharField(max_length=64)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=State)
    #: All places were taken when the form came. Its receipt then says nothing of the person's place to whoever only
    #: sent the form: they may have typed somebody else's address to find out.
    came_when_full = models.BooleanField(default=False)
    registered_at = models.DateTimeField(_("registered at"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    #: When somebody on the waiting list got a place that had become free.
    moved_up_at = models.DateTimeField(_("moved up at"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["registered_at", "id"]
        indexes = [models.Index(fields=["page_key", "block_id", "state"], name="registrations_by_state")]

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
    #: The name under which the person lets it be shown, as they chose; empty for none.
    public_name = models.CharField(_("name that is shown"), max_length=120, blank=True)
    #: What the staff show in its place, always said to be shortened; empty where the story is shown as it was told.
    public_text = models.TextField(_("shortened text"), blank=True)
    #: What the photograph shows, for those who do not see it. Without it no photograph is shown.
    photo_alt = models.CharField(_("description of the photograph"), max_length=250, blank=True)
    #: What the patient-information guard saw: `[kind, start, end]` in `text`.
    findings = models.JSONField(_("findings"), default=list)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    #: Of the reader, for the staff.
    note = models.CharField(_("note"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-told_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.told_at:%Y-%m-%d}"
