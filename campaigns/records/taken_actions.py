"""What a submission asked of the person besides letters, and what they say they did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakenAction(models.Model):
    """One action of the page, as it was worded when the person took part."""

    submission = models.ForeignKey("campaigns.Submission", models.CASCADE, related_name="taken_actions")
    #: As registered in `campaigns.blocks.kinds`.
    kind = models.CharField(_("kind of action"), max_length=30)
    block_id = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    #: `campaigns.engine.kinds.KindTerms.settings`.
    terms = models.JSONField(default=dict)
    #: When the person had done all of it; a signature, a pledge or an answer is done when it is sent.
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("action taken")
        verbose_name_plural = _("actions taken")
        ordering = ["submission_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "block_id"], name="one_taken_action_per_submission"),
        ]

    def __str__(self) -> str:
        return self.kind


class Outreach(models.Model):
    """A call or a post to one official, which the person makes and tells us of."""

    class Outcome(models.TextChoices):
        NONE = "", _("Not yet")
        SPOKE = "spoke", _("Spoke with somebody")
        MESSAGE = "message", _("Left a message")
        BUSY = "busy", _("Busy or no answer")
        WRONG_NUMBER = "wrong_number", _("The number is wrong")
        POSTED = "posted", _("Posted")

    taken_action = models.ForeignKey(TakenAction, models.CASCADE, related_name="outreach")
    #: `official:<source id>` or `recipient:<block id>`.
    target_key = models.CharField(max_length=150)
    official = models.ForeignKey("legislators.Official", models.PROTECT, null=True, blank=True, related_name="outreach")
    recipient_name = models.CharField(_("recipient"), max_length=200)
    recipient_office = models.CharField(_("office"), max_length=200, blank=True)
    chamber = models.CharField(_("chamber"), max_length=20, blank=True)
    #: Two letters, lower case: titles and clocks differ from state to state.
    state = models.CharField(max_length=2, blank=True)
    #: What was given to the person: `{"script": …}` for a call, the text by network for a post.
    texts = models.JSONField(default=dict)
    #: The number of which the person says that it is wrong, as it stood there; kept beside what came of another call.
    wrong_phone = models.CharField(_("wrong number"), max_length=40, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)

    class Meta:
        verbose_name = _("call or post")
        verbose_name_plural = _("calls and posts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["taken_action", "target_key"], name="one_outreach_per_official"),
        ]

    def __str__(self) -> str:
        return self.recipient_name
