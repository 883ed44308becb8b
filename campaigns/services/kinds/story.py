"""Keeps a story that came with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import STORY, STORY_NAMING, STORY_PHOTO, STORY_TEXT, STORY_USES
from campaigns.engine.public_stories import public_name
from campaigns.records.taken_actions import TakenAction
from campaigns.services import stories
from campaigns.services.kinds.base import Accepted, recorder


@recorder(STORY)
def tell(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    answers = accepted.answers
    agreed = [use for use, key in STORY_USES.items() if answers.form_data.get(key) is True]
    stories.tell(
        taken=taken,
        text=str(answers.form_data.get(STORY_TEXT) or ""),
        # Who hands in no photograph has agreed to nothing about one.
        uses=[use for use in agreed if use != "photo" or answers.form_data.get(STORY_PHOTO)],
        public_name=public_name(str(answers.form_data.get(STORY_NAMING) or ""), answers.constituent),
        language=accepted.terms.language,
        known=[answers.constituent.full_name, accepted.terms.society],
    )
