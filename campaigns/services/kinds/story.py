"""Keeps a story that came with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import STORY, STORY_TEXT, STORY_USES
from campaigns.records.taken_actions import TakenAction
from campaigns.services import stories
from campaigns.services.kinds.base import Accepted, recorder


@recorder(STORY)
def tell(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    answers = accepted.answers
    stories.tell(
        taken=taken,
        text=str(answers.form_data.get(STORY_TEXT) or ""),
        uses=[use for use, key in STORY_USES.items() if answers.form_data.get(key) is True],
        language=accepted.terms.language,
        known=[answers.constituent.full_name, accepted.terms.society],
    )
