"""What is seen of a story: what is asked for, and afterwards by its teller alone how it stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import STORY
from campaigns.records.participation import Story
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import stories
from campaigns.selectors.kinds.base import closing, mention, opening


@opening(STORY)
def invitation(page_key: UUID, terms: KindTerms) -> Mapping[str, Any]:
    return {
        "heading": terms.settings.get("heading", ""),
        "invitation": terms.settings.get("invitation", ""),
        "language": terms.language,
    }


@closing(STORY)
def how_it_stands(taken: TakenAction) -> Mapping[str, Any] | None:
    story = stories.of(taken)
    if story is None:
        return None
    return {
        "story": story,
        "is_withdrawn": story.state == Story.State.WITHDRAWN,
        "uses": stories.use_words(story.uses),
        "shown": story.public_text,
    }


@mention(STORY)
def in_mail(taken: TakenAction) -> str:
    story = stories.of(taken)
    if story is None or story.state == Story.State.WITHDRAWN:
        return ""
    return _(
        "You shared your story. Somebody here reads it before anything is done with it, and you can take it back on "
        "your receipt at any time."
    )
