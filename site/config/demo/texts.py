"""The shapes in which the demonstration's texts are written, apart from the blocks that show them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ActionText:
    slug: str
    title: str
    introduction: str
    #: Chambers to write to, as `legislators.records.officials.Term.Chamber` names them.
    chambers: tuple[str, ...]
    subject: str
    letter: str
    thank_you: str
    #: Extra questions: `story` asks for the person's own experience, `specialty` for their field.
    questions: tuple[str, ...] = ()
    #: Recipients who are not legislators: name, office, address.
    recipients: tuple[tuple[str, str, str], ...] = ()
    is_for_patients: bool = False
    #: Besides the home, for people who live in one district and work in another.
    asks_for_practice: bool = False


@dataclass(frozen=True, slots=True)
class CampaignText:
    slug: str
    title: str
    summary: str
    lead: str
    goal: int
    opens_on: str
    paragraphs: tuple[str, ...]
    #: Figure and what it counts.
    statistics: tuple[tuple[str, str], ...]
    quote: tuple[str, str, str]
    questions: tuple[tuple[str, str], ...]
    #: ISO date, heading, text.
    updates: tuple[tuple[str, str, str], ...]
    action: ActionText
    scene: str = "capitol"


@dataclass(frozen=True, slots=True)
class LessonText:
    slug: str
    title: str
    summary: str
    minutes: int
    paragraphs: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    takeaways: tuple[str, ...]
    do_this: str
    #: Slug of the campaign that the lesson leads to.
    campaign: str


@dataclass(frozen=True, slots=True)
class PageText:
    slug: str
    title: str
    summary: str
    paragraphs: tuple[str, ...] = field(default_factory=tuple)
    is_in_menus: bool = False
