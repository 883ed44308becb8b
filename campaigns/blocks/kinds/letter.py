"""Letters to those whom the page names; their texts stand in the page's own fields."""

from django.utils.translation import gettext_lazy as _

from campaigns.blocks.kinds.base import TO_OFFICIALS, ActionKindBlock, action_kind
from campaigns.engine.kinds import LETTER


@action_kind(LETTER, position=10)
class LetterKindBlock(ActionKindBlock):
    needs_targets = True
    max_per_page = 1
    submit_label = _("Continue to your letters")

    class Meta:
        icon = "mail"
        group = TO_OFFICIALS
        label = _("Letter")
        description = _("A letter to each of those whom the page names, read by the person before it goes.")
        admin_text = _("What the letters say is under “The letter”.")
