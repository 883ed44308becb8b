"""What an editor should look at before an action or a campaign is published, though nothing forbids it as it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from campaigns.engine.audience_gaps import Unreached
from campaigns.engine.congress import CongressTerms
from campaigns.engine.reading_level import grade


class Rule(StrEnum):
    """The words for each are in `campaigns.selectors.checklist_words`."""

    NOBODY_ADDRESSED = "nobody_addressed"
    NO_DATA = "no_data"
    SOME_STATES_ONLY = "some_states_only"
    SOME_STATES_MISSING = "some_states_missing"
    VACANT = "vacant"
    UNREACHABLE = "unreachable"
    CHOSEN_UNREACHABLE = "chosen_unreachable"
    NO_THANK_YOU = "no_thank_you"
    NO_LAST_DAY = "no_last_day"
    LAST_DAY_PAST = "last_day_past"
    NOT_TRANSLATED = "not_translated"
    PARTLY_TRANSLATED = "partly_translated"
    NO_ALT_TEXT = "no_alt_text"
    CONGRESS_NOT_SET = "congress_not_set"
    NO_BILL = "no_bill"
    NO_POSITION = "no_position"
    HARD_TO_READ = "hard_to_read"
    TEXT_FOR_NOBODY = "text_for_nobody"
    QUESTION_FOR_NOBODY = "question_for_nobody"
    POINTS_IN_LOCKED_LETTER = "points_in_locked_letter"
    LIVES_FROM_PRACTICE = "lives_from_practice"
    NO_FORM = "no_form"
    GOAL_NOT_SHOWN = "goal_not_shown"
    NOT_IN_CAMPAIGN = "not_in_campaign"
    CAMPAIGN_IS_DRAFT = "campaign_is_draft"
    FORM_IS_DRAFT = "form_is_draft"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    #: Of the input that mends it, as Wagtail's content path: `letter_body`, or `form_fields.<block id>.label`.
    path: str
    message: str
    is_blocking: bool = False
    #: Leads elsewhere, where it is not mended on this page.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    items: tuple[Item, ...] = ()

    @property
    def blocking(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_blocking)

    @property
    def advisory(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.is_blocking)


@dataclass(frozen=True, slots=True)
class Advice:
    """A rule that a page does not keep, and what its sentence names."""

    rule: Rule
    path: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageText:
    """A text that visitors or offices read, its merge fields filled with examples."""

    path: str
    name: str
    text: str
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An image without a description. `page_id` where it is on another page, as on the campaign's."""

    path: str
    name: str
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChamberFacts:
    """One chamber to which letters go by address."""

    chamber: str
    name: str
    #: Of which members are known, and how many states there are.
    states: tuple[str, ...]
    #: States that have the chamber and of which no member is known; empty for Congress.
    without: tuple[str, ...] = ()
    #: "12th Harbor" or "12th Harbor (Alder)", by name.
    vacancies: tuple[str, ...] = ()
    #: Members who have neither e-mail nor form nor telephone.
    unreachable: int = 0


@dataclass(frozen=True, slots=True)
class TranslationFacts:
    language: str
    exists: bool = False
    #: Texts that are not translated into the language, where that is known.
    missing: int = 0
    #: Of the version in that language, where there is one.
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An action page as the rules see it."""

    language: str
    asks_something: bool
    writes_letters: bool
    addresses_anybody: bool
    has_thank_you: bool
    has_last_day: bool
    is_last_day_past: bool
    is_letter_locked: bool
    #: None where the editor set nothing for Congress.
    congress: CongressTerms | None
    #: Content path of the first talking point; empty where there is none.
    talking_point: str = ""
    takes_practice_address: bool = False
    chambers: tuple[ChamberFacts, ...] = ()
    #: Officials whom the editor chose and whom nothing reaches, with the content path of each.
    unreachable: tuple[tuple[str, str], ...] = ()
    texts: tuple[PageText, ...] = ()
    pictures: tuple[Picture, ...] = ()
    translations: tuple[TranslationFacts, ...] = ()
    is_in_campaign: bool = True
    #: Number and title of the campaign of the page, where nobody has published it.
    campaign_draft: tuple[int, str] | None = None
    reading_target: int = 0
    #: Texts for some offices or people that nobody gets as the page stands.
    unreached: tuple[Unreached, ...] = ()
    #: Content path and words of each question that is only for people who cannot say on the form that they are.
    unasked: tuple[tuple[str, str], ...] = ()
    #: An office of Congress is among those whom the page addresses.
    addresses_congress: bool = False


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    language: str
    has_form: bool
    has_last_day: bool
    is_last_day_past: bool
    texts: tuple[PageText, ...] = ()
    pictures: tuple[Picture, ...] = ()
    translations: tuple[TranslationFacts, ...] = ()
    reading_target: int = 0
    #: A goal is set, and no block of the page shows how far it is.
    is_goal_hidden: bool = False
    #: Content path and title of each action page whose form it shows and that nobody has published.
    form_drafts: tuple[tuple[str, str], ...] = ()


#: "I live in your district" of somebody who gave the address of a practice; in both languages of the letters.
_LIVES = re.compile(
    r"\bI(?:\s+\w+){0,2}\s+(?:live|reside)\b|\bmy home (?:is|in)\b|"
    r"\b(?:vivo|resido|habito)\s+en\b|\bmi casa (?:está|queda)\b",
    re.IGNORECASE,
)


def claims_to_live_there(text: str) -> bool:
    """Whether a letter says that its writer lives in the district, in so many words."""
    return bool(_LIVES.search(text))


def action_advice(facts: ActionFacts) -> Iterator[Advice]:
    """In the order of the editor."""
    if not facts.asks_something:
        yield Advice(Rule.NOBODY_ADDRESSED, "actions")
    yield from _about_texts(facts.texts, facts.language, facts.reading_target)
    for chamber in facts.chambers:
        yield from _about_chamber(chamber)
    for path, name in facts.unreachable:
        yield Advice(Rule.CHOSEN_UNREACHABLE, path, {"name": name})
    yield from _about_unreached(facts.unreached)
    for path, label in facts.unasked:
        yield Advice(Rule.QUESTION_FOR_NOBODY, path, {"name": label})
    if facts.takes_practice_address:
        for text in facts.texts:
            if text.is_letter and claims_to_live_there(text.text):
                yield Advice(Rule.LIVES_FROM_PRACTICE, text.path, {"name": text.name})
    if facts.is_letter_locked and facts.talking_point:
        yield Advice(Rule.POINTS_IN_LOCKED_LETTER, facts.talking_point)
    if facts.writes_letters and facts.addresses_congress:
        yield from _about_congress(facts.congress)
    if not facts.has_thank_you:
        yield Advice(Rule.NO_THANK_YOU, "thank_you")
    yield from _about_last_day(facts.has_last_day, facts.is_last_day_past)
    yield from _about_pictures(facts.pictures)
    yield from _about_translations(facts.translations)
    if not facts.is_in_campaign:
        yield Advice(Rule.NOT_IN_CAMPAIGN, "title")
    if facts.campaign_draft:
        page_id, title = facts.campaign_draft
        yield Advice(Rule.CAMPAIGN_IS_DRAFT, "title", {"title": title, "page_id": page_id})


def campaign_advice(facts: CampaignFacts) -> Iterator[Advice]:
    """In the order of the editor."""
    yield from _about_last_day(facts.has_last_day, facts.is_last_day_past)
    if facts.is_goal_hidden:
        yield Advice(Rule.GOAL_NOT_SHOWN, "goal")
    if not facts.has_form:
        yield Advice(Rule.NO_FORM, "body")
    for path, title in facts.form_drafts:
        yield Advice(Rule.FORM_IS_DRAFT, path, {"title": title})
    yield from _about_texts(facts.texts, facts.language, facts.reading_target)
    yield from _about_pictures(facts.pictures)
    yield from _about_translations(facts.translations)


def _about_texts(texts: tuple[PageText, ...], language: str, target: int) -> Iterator[Advice]:
    for text in texts:
        found = grade(text.text, language)
        if found is not None and target and round(found) > target:
            yield Advice(Rule.HARD_TO_READ, text.path, {"name": text.name, "grade": round(found), "target": target})


def _about_chamber(chamber: ChamberFacts) -> Iterator[Advice]:
    named = {"chamber": chamber.name}
    if not chamber.states:
        yield Advice(Rule.NO_DATA, "targets", named)
        return
    if len(chamber.without) > len(chamber.states):
        yield Advice(Rule.SOME_STATES_ONLY, "targets", {**named, "states": chamber.states})
    elif chamber.without:
        yield Advice(Rule.SOME_STATES_MISSING, "targets", {**named, "states": chamber.without})
    if chamber.vacancies:
        yield Advice(Rule.VACANT, "targets", {**named, "seats": chamber.vacancies})
    if chamber.unreachable:
        yield Advice(Rule.UNREACHABLE, "targets", {**named, "count": chamber.unreachable})


def _about_unreached(texts: tuple[Unreached, ...]) -> Iterator[Advice]:
    for one in texts:
        field = f".audience.{one.field}" if one.field else ""
        details = {"name": one.text.name, "gap": one.gap, "instead": one.instead}
        yield Advice(Rule.TEXT_FOR_NOBODY, f"letter_texts.{one.text.block_id}{field}", details)


def _about_congress(terms: CongressTerms | None) -> Iterator[Advice]:
    if terms is None:
        yield Advice(Rule.CONGRESS_NOT_SET, "congress")
    elif not terms.bills:
        yield Advice(Rule.NO_BILL, "congress")
    elif not terms.position:
        yield Advice(Rule.NO_POSITION, "congress")


def _about_last_day(has_last_day: bool, is_past: bool) -> Iterator[Advice]:
    if not has_last_day:
        yield Advice(Rule.NO_LAST_DAY, "closes_on")
    elif is_past:
        yield Advice(Rule.LAST_DAY_PAST, "closes_on")


def _about_pictures(pictures: tuple[Picture, ...]) -> Iterator[Advice]:
    for picture in pictures:
        yield Advice(Rule.NO_ALT_TEXT, picture.path, {"name": picture.name, "page_id": picture.page_id})


def _about_translations(translations: tuple[TranslationFacts, ...]) -> Iterator[Advice]:
    for facts in translations:
        if not facts.exists:
            yield Advice(Rule.NOT_TRANSLATED, "title", {"language": facts.language})
        elif facts.missing:
            details = {"language": facts.language, "count": facts.missing, "page_id": facts.page_id}
            yield Advice(Rule.PARTLY_TRANSLATED, "title", details)
