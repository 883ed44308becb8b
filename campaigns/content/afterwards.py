"""What follows an action: thanks, the next step, passing it on, and the day on which it ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField

from campaigns.blocks.next_steps import NextStepsBlock, next_steps
from campaigns.records.submissions import Submission
from campaigns.selectors import afterwards
from campaigns.selectors.afterwards import Offered


class AfterwardsMixin(models.Model):
    thank_you = RichTextField(
        _("thank-you text"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        help_text=_("On the receipt, above the list of letters. What was sent is said there by itself."),
    )
    next_steps = StreamField(
        NextStepsBlock(),
        verbose_name=_("what to do next"),
        blank=True,
        help_text=_("The first whose rule fits is offered on the receipt."),
    )
    has_share_links = models.BooleanField(
        _("offer links to pass it on"),
        default=True,
        help_text=_("On the receipt, to the campaign’s page. Nothing is loaded from the networks."),
    )
    share_text = models.CharField(
        _("sentence to share"), max_length=200, blank=True, help_text=_("Empty: the campaign’s title.")
    )
    closes_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("The form takes nothing after this day. Empty: as long as its campaign is open."),
    )

    class Meta:
        abstract = True

    def next_step(self, submission: Submission) -> Offered | None:
        """Where this person is sent from their receipt."""
        return afterwards.next_step(submission, next_steps(self.next_steps))
