"""What the step shows that helps a person to make their letters theirs: the context of its template."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from campaigns.content import action_screens
from campaigns.content.action_letters import WrittenLetters
from campaigns.content.action_screens import Context
from campaigns.engine import share
from campaigns.engine.composing import OWN_WORDS_LENGTH, ComposedLetter
from campaigns.engine.guidance import TalkingPoint
from campaigns.forms.action_form import ActionForm
from campaigns.forms.guidance_form import GuidanceForm
from campaigns.forms.sending_form import OWN_WORDS_INPUT


def context(
    page: Any,
    form: ActionForm,
    written: WrittenLetters,
    post: QueryDict,
    points: Sequence[TalkingPoint],
    *,
    is_judged: bool,
) -> Context:
    """Talking points and questions; instead of the questions, the text that the person has made of their answers.

    :param points: as they would stand in a letter; none where no letter takes any.
    :param is_judged: whether the person has just sent this step.
    """
    guide = GuidanceForm(post, points=points, questions=written.guide.asked)
    guide.known_texts = written.guide.known_texts
    own_words = None if written.asks_questions else written.own_words
    shown = {field.html_name for field in guide} | {OWN_WORDS_INPUT}
    if own_words is not None:
        # The questions stand beside the text, and their answers wait in case it is emptied.
        shown -= {field.html_name for field in guide.questions}
    counts = [share.count_words(letter) for letter in written.letters]
    return {
        "action_page": page,
        "action_url": page.get_url() or "",
        "form": form,
        "guide": guide,
        "own_words": own_words,
        "number_edited": len([each for each in written.letter_forms if each.is_bound and each.has_changed()]),
        "counts": [_shown(letter, count) for letter, count in zip(written.letters, counts, strict=True)],
        "share": share.share_of_all(counts),
        "own_limit": OWN_WORDS_LENGTH,
        "carried": [(name, value) for name, value in _worth_keeping(written, post) if name not in shown],
        "letter_language": page.letter_language,
        "errors": _errors(guide, own_words) if is_judged else [],
    }


def _worth_keeping(written: WrittenLetters, post: QueryDict) -> list[tuple[str, str]]:
    """A letter that was left as it was follows what is ticked here; one that was edited stays."""
    edited = written.edited_prefixes
    return [(name, value) for name, value in action_screens.carried_letters(post) if name.rsplit("-", 1)[0] in edited]


def _shown(letter: ComposedLetter, count: share.WordCount) -> Context:
    """Words of the letter: ours but for the talking points, which are counted as they are ticked, and the person's."""
    points = sum(len(share.words(point)) for point in letter.points)
    return {"kept": count.kept - points, "own": count.own, "takes_points": letter.takes_points}


def _errors(guide: GuidanceForm, own_words: Any) -> list[tuple[str, str]]:
    found = action_screens.form_errors(guide)
    return found + (action_screens.form_errors(own_words) if own_words is not None else [])
