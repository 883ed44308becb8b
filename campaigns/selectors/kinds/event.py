"""What is seen of an event: when and where, whether places are left, and the person's own place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import EVENT
from campaigns.engine.standing import Standing
from campaigns.records.participation import Registration
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import events
from campaigns.selectors.kinds.base import closing, mention, opening

State = Registration.State


@opening(EVENT)
def when_and_where(page_key: UUID, terms: KindTerms) -> Mapping[str, Any]:
    event = events.event_of(terms.settings, language=terms.language)
    event = events.as_first_published(event, page_key, terms.block_id)
    taken = events.places_taken(page_key, terms.block_id) if event.capacity else 0
    return {
        "event": event,
        # The link is for those who have a place.
        "is_online": bool(event.link),
        "places_left": max(0, event.capacity - taken),
        "is_full": bool(event.capacity) and taken >= event.capacity,
    }


@closing(EVENT)
def place(taken: TakenAction) -> Mapping[str, Any]:
    registration = events.registration_of(taken)
    event = events.current(taken)
    state = registration.state if registration else ""
    standing = taken.submission.standing
    is_unconfirmed = standing == Standing.UNCONFIRMED
    is_active = state in (State.CONFIRMED, State.WAITING)
    return {
        "event": event,
        # What stands above it says why.
        "is_lapsed": state == State.CANCELLED and is_unconfirmed,
        "language": event.language,
        "state": state,
        # No place is given before somebody has looked at the form.
        "is_being_checked": is_active and standing == Standing.QUARANTINED,
        # Whose place it is stands in the mail alone: anybody can type anybody's address.
        "is_told_by_mail": is_active and registration is not None and registration.came_when_full,
        "link": event.link if state == State.CONFIRMED else "",
        "can_cancel": is_active and not event.is_over,
    }


@mention(EVENT)
def in_mail(taken: TakenAction) -> str:
    registration = events.registration_of(taken)
    event = events.current(taken)
    words = {"event": event.title, "day": event.day, "hours": event.hours}
    if registration is None:
        return _("“%(event)s” had begun when your form came, so you are not signed up.") % words
    if registration.state == State.CANCELLED:
        # Given back on the receipt while the form still waited for something.
        return f"“{event.title}”: {_('You are not signed up')}."
    if registration.state == State.WAITING:
        return (
            _(
                "You are on the waiting list of “%(event)s” (%(day)s, %(hours)s). "
                "We write to you if a place becomes free."
            )
            % words
        )
    return (
        _(
            "You have a place at “%(event)s”: %(day)s, %(hours)s. "
            "Your receipt has the calendar file, and there you can give the place back."
        )
        % words
    )
