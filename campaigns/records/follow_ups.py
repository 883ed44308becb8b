"""What a person is asked or told after their letters, and what they answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowUp(models.Model):
    """A mail that followed a submission, so that each is written once."""

    class Kind(models.TextChoices):
        #: A letter that we could not deliver after all needs the person.
        NEEDS_YOU = "needs_you", _("A letter needs you")
        DID_THEY_REPLY = "did_they_reply", _("Did they reply?")
        WRITE_AGAIN = "write_again", _("Write again")
        CONFIRM = "confirm", _("Reminder to confirm by e-mail")

    submission = models.ForeignKey("campaigns.Submission", models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    #: Of the letter that it is about, or empty where it is about all of them.
    letter = models.ForeignKey("campaigns.Letter", models.CASCADE, null=True, blank=True, related_name="follow_ups")
    outbox_message = models.OneToOneField(
        "delivery.OutboxMessage", models.SET_NULL, null=True, blank=True, related_name="follow_up"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind"],
                condition=models.Q(letter__isnull=True),
                name="one_follow_up_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["letter", "kind"], condition=models.Q(letter__isnull=False), name="one_follow_up_a_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class ReplyReport(models.Model):
    """What the person says of an office's answer: yes or no, never what it said."""

    letter = models.OneToOneField("campaigns.Letter", models.CASCADE, related_name="reply_report")
    has_replied = models.BooleanField(_("has replied"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("report of an answer")
        verbose_name_plural = _("reports of answers")

    def __str__(self) -> str:
        return f"{self.letter}: {self.has_replied}"
