"""Signs up for an event with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import EVENT
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors.events import event_of
from campaigns.services import registrations
from campaigns.services.kinds.base import Accepted, recorder


@recorder(EVENT)
def register(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    registrations.register(taken=taken, event=event_of(terms.settings))
