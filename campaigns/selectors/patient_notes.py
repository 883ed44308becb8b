"""What is said beside a text of what in it may identify a patient: advice, which keeps nobody from going on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from campaigns.engine.patient_guard import Finding, Kind, findings

#: The hidden input in which a page says which notes have been read. Begins as the inputs of letters do.
SEEN_INPUT = "letter-notes-seen"
#: A note for each of fifty dates would be read by nobody.
MOST = 12


@dataclass(frozen=True, slots=True)
class PatientNote:
    kind: str
    #: The words as the person wrote them.
    quoted: str
    #: Why they are pointed out, and how the same can be said without them.
    advice: str

    @property
    def key(self) -> str:
        """What `SEEN_INPUT` says of it."""
        return f"{self.kind}:{self.quoted}"


def notes(text: str, *, known: Collection[str] = ()) -> list[PatientNote]:
    """Each thing once, in order.

    :param known: texts in which nothing is news: the society's own, the writer's name and address.
    """
    words = advice()
    found = {(place.kind, _quoted(text, place)): None for place in findings(text, known=known)}
    return [PatientNote(kind.value, quoted, words[kind.value]) for kind, quoted in list(found)[:MOST]]


def unread(shown: Iterable[PatientNote], *, seen: Iterable[str]) -> list[PatientNote]:
    """Those that the page did not show from which this came.

    :param seen: the values of `SEEN_INPUT`; a browser may have quoted a word more or less than the server does.
    """
    told = [value.partition(":") for value in seen]
    return [
        note
        for note in shown
        if not any(
            kind == note.kind and words and (words in note.quoted or note.quoted in words) for kind, _, words in told
        )
    ]


def _quoted(text: str, place: Finding) -> str:
    return " ".join(text[place.start : place.end].split())


def advice() -> dict[str, str]:
    """By kind, in the active language: why, and what to say instead."""
    return {
        Kind.NAME_DATE.value: gettext("A name with a date can identify a patient. Say “a patient of mine” instead."),
        Kind.RECORD_NUMBER.value: gettext(
            "A number like this leads to one person’s record. The story is as strong without."
        ),
        Kind.PHONE.value: gettext("A telephone number leads to one person. Leave it out, unless it is your own."),
        Kind.EMAIL.value: gettext("An e-mail address leads to one person. Leave it out, unless it is your own."),
        Kind.STREET_ADDRESS.value: gettext(
            "An address leads to one household. Name the region, unless it is your own."
        ),
        Kind.AGE_OVER_89.value: gettext("Few people are over 89. Say “over 89” or “very old”."),
        Kind.CARE_DATE.value: gettext(
            "The day of a birth, a visit or a death can identify a patient. Give the year only."
        ),
        Kind.SMALL_PLACE_RARE_CONDITION.value: gettext(
            "In a small place, a rare condition points at one person. Name the region, or no place at all."
        ),
    }
