"""What an action page says in its letters, and to whom: the fields of the page that are about letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from campaigns.blocks.congress import CongressBlock
from campaigns.blocks.guidance import GuidanceBlock
from campaigns.blocks.letter_texts import LetterTextsBlock, OtherSubjectsBlock, letter_texts
from campaigns.blocks.targets import TargetsBlock
from campaigns.engine.audiences import LetterTexts
from campaigns.engine.composing import SUBJECT_LENGTH


class LetterTextsMixin(models.Model):
    class Moderation(models.TextChoices):
        NONE = "none", _("Letters leave without being read here")
        CHECKED = "checked", _("Letters that trip a check wait for the staff")
        ALL = "all", _("Every letter waits for the staff")

    targets = StreamField(
        TargetsBlock(),
        verbose_name=_("whom it goes to"),
        blank=True,
        help_text=_("A letter, a call or a post to each, as the actions say. Empty: it goes to nobody."),
    )
    letter_subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH, blank=True)
    other_subjects = StreamField(
        OtherSubjectsBlock(max_num=8),
        verbose_name=_("other subjects"),
        blank=True,
        help_text=_("Each person gets one of the subjects, so that offices see more than one."),
    )
    letter_body = models.TextField(
        _("letter"),
        blank=True,
        max_length=8000,
        help_text=_("The person’s name and address stand above every letter: leave them and “Sincerely” out here."),
    )
    letter_texts = StreamField(
        LetterTextsBlock(),
        verbose_name=_("other texts for some offices or people"),
        blank=True,
        help_text=_("The first text whose audience fits is used; where none fits, the letter above."),
    )
    guidance = StreamField(
        GuidanceBlock(),
        verbose_name=_("make it yours"),
        blank=True,
        help_text=_("What people are asked before they read their letters: talking points, and questions by role."),
    )
    is_letter_locked = models.BooleanField(
        _("people may not edit the letter"),
        default=False,
        help_text=_("Offices pay more heed to a letter in a person’s own words. Lock it only where each word counts."),
    )
    congress = StreamField(
        CongressBlock(),
        verbose_name=_("for letters to Congress"),
        blank=True,
        help_text=_("Used where a letter goes to an office of Congress. Without it such letters are about health."),
    )
    moderation = models.CharField(
        _("read before it leaves"),
        max_length=10,
        choices=Moderation,
        default=Moderation.NONE,
        help_text=_("A letter that waits is on the board of deliveries, and its writer is told that it does."),
    )

    class Meta:
        abstract = True

    @property
    def texts(self) -> LetterTexts:
        """All that the letters of this page may say."""
        return letter_texts(
            subject=self.letter_subject,
            other_subjects=[child.value for child in self.other_subjects],
            body=self.letter_body,
            stream=self.letter_texts,
            is_locked=self.is_letter_locked,
        )
