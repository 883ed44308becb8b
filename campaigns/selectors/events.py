"""Reads events as they stand now: an editor may move one after people have signed up."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format

from campaigns.engine.fields import Json
from campaigns.engine.participation import EVENT
from campaigns.engine.standing import Standing
from campaigns.records.participation import Registration
from campaigns.records.taken_actions import TakenAction

State = Registration.State


@dataclass(frozen=True, slots=True)
class Event:
    """As the editor set it; times with their zone, `capacity` 0 for any number."""

    title: str
    description: str
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str
    place: str
    link: str
    capacity: int
    language: str = ""

    @property
    def is_over(self) -> bool:
        """Nobody signs up for what has begun."""
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def day(self) -> str:
        """In the active language."""
        starts_at = self.starts_at
        return f"{date_format(starts_at, 'l')}, {date_format(starts_at, 'DATE_FORMAT')}" if starts_at else ""

    @property
    def hours(self) -> str:
        """From when to when, with the zone as it is called on that day: 6 p.m. – 7:30 p.m. EST."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        times = f"{time_format(self.starts_at, 'TIME_FORMAT')} – {time_format(self.ends_at, 'TIME_FORMAT')}"
        return f"{times} {self.starts_at.tzname()}"


def event_of(settings: Mapping[str, Json], *, language: str = "") -> Event:
    """From `KindTerms.settings` or from what was kept of it with a form."""
    zone = str(settings.get("zone") or "UTC")
    capacity = settings.get("capacity")
    return Event(
        title=str(settings.get("title") or ""),
        description=str(settings.get("description") or ""),
        starts_at=_moment(settings.get("starts_at"), zone),
        ends_at=_moment(settings.get("ends_at"), zone),
        zone=zone,
        place=str(settings.get("place") or ""),
        link=str(settings.get("link") or ""),
        capacity=capacity if isinstance(capacity, int) else 0,
        language=language,
    )


def current(taken: TakenAction) -> Event:
    """The event as its page has it now, or as it was when the person signed up where the page is gone."""
    page = taken.submission.page
    live = page.specific if page is not None and page.live else None
    for kind in getattr(live, "kinds", ()):
        if kind.kind == EVENT and kind.block_id == taken.block_id:
            event = event_of(kind.settings, language=kind.language)
            return as_first_published(event, taken.submission.page_key, taken.block_id)
    return event_of(taken.terms, language=str(taken.terms.get("language") or ""))


def as_first_published(event: Event, page_key: uuid.UUID, block_id: str) -> Event:
    """With the times and the places of the page that was translated: a translation may lag behind it."""
    source = on_page(page_key, block_id)
    if source is None:
        return event
    return replace(event, starts_at=source.starts_at, ends_at=source.ends_at, capacity=source.capacity)


def on_page(page_key: uuid.UUID, block_id: str) -> Event | None:
    """The event as it is published now, in whichever language; None where no page has it any more."""
    pages = apps.get_model("campaigns", "ActionPage").objects.live().filter(translation_key=page_key).order_by("pk")
    for page in pages:
        for kind in page.kinds:
            if kind.kind == EVENT and kind.block_id == block_id:
                return event_of(kind.settings, language=kind.language)
    return None


def registration_of(taken: TakenAction) -> Registration | None:
    return Registration.objects.filter(taken_action=taken).first()


def standing(page_key: uuid.UUID, block_id: str) -> QuerySet[Registration]:
    """All that the staff have not found to be invalid. A form that waits to be confirmed keeps its place."""
    found = Registration.objects.filter(page_key=page_key, block_id=block_id)
    return found.exclude(taken_action__submission__standing=Standing.INVALID.value)


def places_taken(page_key: uuid.UUID, block_id: str) -> int:
    """By people, not by forms."""
    return standing(page_key, block_id).filter(state=State.CONFIRMED).order_by().values("advocate").distinct().count()


def number_waiting(page_key: uuid.UUID, block_id: str) -> int:
    return standing(page_key, block_id).filter(state=State.WAITING).order_by().values("advocate").distinct().count()


def _moment(text: Json, zone: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone)) if isinstance(text, str) and text else None


def guests(page_key: uuid.UUID, block_id: str) -> list[Registration]:
    """Each person once, by the form that stands for their place: who comes, then who waits, then who gave it back."""
    rows = standing(page_key, block_id).select_related("advocate", "taken_action__submission").order_by("pk")
    order = {State.CONFIRMED: 0, State.WAITING: 1, State.CANCELLED: 2}
    found: dict[int, Registration] = {}
    for row in sorted(rows, key=lambda row: (order[State(row.state)], row.pk)):
        found.setdefault(row.advocate_id, row)
    return list(found.values())
