"""Reads stories: for their readers, and for those who told them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.engine.participation import STORY_PHOTO
from campaigns.engine.standing import Standing
from campaigns.records.participation import Story
from campaigns.records.taken_actions import TakenAction
from campaigns.records.uploads import Upload

#: What each agreement is called, in the order of the form.
USE_WORDS: dict[str, str | Promise] = {
    "website": _("On the website"),
    "legislators": _("For legislators and their staff"),
    "media": _("For journalists"),
    "photo": _("With the photograph, on the website"),
}
#: What the guard saw, by the names of `patient_guard.Kind`.
FINDING_WORDS: dict[str, str | Promise] = {
    "name_date": _("a name near a date"),
    "record_number": _("a record number"),
    "phone": _("a telephone number"),
    "email": _("an e-mail address"),
    "street_address": _("a street address"),
    "age_over_89": _("an age over 89"),
    "care_date": _("an exact date of care"),
    "small_place_rare_condition": _("a small place beside a rare condition"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a story; `why` is empty where nothing was seen in it."""

    text: str
    why: tuple[str, ...] = ()


def of(taken: TakenAction) -> Story | None:
    return Story.objects.filter(taken_action=taken).first()


def photo_of(story: Story) -> Upload | None:
    """The photograph that its teller lets us show; None where there is none, or where they do not."""
    if "photo" not in story.uses:
        return None
    return Upload.objects.filter(submission=story.taken_action.submission, field_key=STORY_PHOTO).first()


def queue(state: str = "") -> QuerySet[Story]:
    """Of forms that are not waiting for something else; those that have waited longest first."""
    found = Story.objects.filter(taken_action__submission__standing=Standing.CLEAR.value)
    found = found.select_related("taken_action__submission", "advocate", "read_by").order_by("told_at", "pk")
    return found.filter(state=state) if state else found


def pieces(text: str, findings: Sequence[Sequence[object]]) -> list[Piece]:
    """The text cut where a finding begins or ends; findings may overlap, and one outside the text is left out."""
    marks = list(_marks(text, findings))
    edges = sorted({0, len(text), *(edge for _kind, *span in marks for edge in span)})
    return [
        Piece(
            text[start:end],
            tuple(
                dict.fromkeys(
                    str(FINDING_WORDS.get(kind, kind)) for kind, first, last in marks if first <= start and end <= last
                )
            ),
        )
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def _marks(text: str, findings: Sequence[Sequence[object]]) -> Iterator[tuple[str, int, int]]:
    for kind, start, end in findings:
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            yield str(kind), start, end


def use_words(uses: Sequence[str]) -> list[tuple[str, str]]:
    """Key and words of each use that was agreed to, in the active language."""
    return [(use, str(words)) for use, words in USE_WORDS.items() if use in uses]
