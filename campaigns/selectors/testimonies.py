"""Composes testimony of what a person answered: their words, below what a committee asks for."""

from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from campaigns.engine import participation as keys
from campaigns.engine import reading_aloud, texts
from campaigns.records.taken_actions import TakenAction


@dataclass(frozen=True, slots=True)
class Testimony:
    """`lines` are what stands above the words, as label and text."""

    #: "testimony" or "comment".
    form: str
    heading: str
    body: str
    lines: tuple[tuple[str, str], ...]
    words: str
    language: str
    manner: str
    due_on: str
    hearing_on: str
    docket: str
    outline: str

    @property
    def is_comment(self) -> bool:
        return self.form == "comment"

    @property
    def text(self) -> str:
        """All of it as plain text, to be pasted or read out."""
        head = [self.heading, *(f"{label}: {value}" for label, value in self.lines)]
        return "\n".join(head) + f"\n\n{self.words}"

    @property
    def reading_time(self) -> str:
        """In the active language."""
        minutes = reading_aloud.minutes(self.words)
        if not minutes:
            return _("less than half a minute")
        return ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}

    @property
    def words_over(self) -> int:
        """How many are too many for who has three minutes; a comment is read by eyes."""
        return 0 if self.is_comment or self.manner == "written" else reading_aloud.words_over(self.words)


def testimony(taken: TakenAction) -> Testimony:
    """In the language of the form, whatever the active one is."""
    submission, terms = taken.submission, taken.terms
    answers = submission.form_data
    with override(submission.language):
        return Testimony(
            form=_text(terms, "form"),
            heading=_heading(taken),
            body=_text(terms, "body"),
            lines=tuple((label, value) for label, value in _lines(taken) if value),
            words=texts.clean(_text(answers, keys.TESTIMONY_TEXT)),
            language=submission.language,
            manner=_text(answers, keys.TESTIMONY_MANNER),
            due_on=_day(terms, "due_on"),
            hearing_on=_day(terms, "hearing_on"),
            docket=_text(terms, "docket"),
            outline=_text(terms, "outline"),
        )


def _heading(taken: TakenAction) -> str:
    words = {"number": _text(taken.terms, "number"), "title": _text(taken.terms, "title")}
    if _text(taken.terms, "form") == "comment":
        return _("Comment on %(number)s, %(title)s") % words
    position = _text(taken.submission.form_data, keys.TESTIMONY_POSITION)
    if position == "support":
        return _("Testimony in support of %(number)s, %(title)s") % words
    if position == "oppose":
        return _("Testimony in opposition to %(number)s, %(title)s") % words
    return _("Testimony on %(number)s, %(title)s") % words


def _lines(taken: TakenAction) -> list[tuple[str, str]]:
    submission, answers = taken.submission, taken.submission.form_data
    manner = {"in_person": _("In person"), "virtual": _("By video"), "written": _("In writing")}
    position = {"support": _("Support"), "oppose": _("Oppose"), "neutral": _("Neutral")}
    return [
        (_("To"), _text(taken.terms, "body")),
        (_("Position"), position.get(_text(answers, keys.TESTIMONY_POSITION), "")),
        (_("Name"), submitted_name(taken)),
        (_("Title"), texts.one_line(_text(answers, keys.TESTIMONY_JOB))),
        (_("Organization"), texts.one_line(_text(answers, keys.TESTIMONY_ORGANISATION))),
        (_("Town"), texts.one_line(_text(answers, keys.TESTIMONY_TOWN) or submission.city)),
        (_("Hearing"), _day(taken.terms, "hearing_on")),
        (_("Testifying"), manner.get(_text(answers, keys.TESTIMONY_MANNER), "")),
    ]


def submitted_name(taken: TakenAction) -> str:
    """As the person typed it into this form, which need not be what is known of the address."""
    for answer in taken.submission.form_data.values():
        if isinstance(answer, dict) and {"given", "family"} <= answer.keys():
            parts = (answer.get("title", ""), answer["given"], answer["family"])
            return texts.one_line(" ".join(part for part in parts if part))
    return str(taken.submission.advocate)


def _text(values: dict[str, object], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _day(terms: dict[str, object], key: str) -> str:
    day = parse_date(_text(terms, key))
    return date_format(day, "DATE_FORMAT") if day else ""
