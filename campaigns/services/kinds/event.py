"""Signs up for an event with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import EVENT
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors.events import as_first_published, event_of
from campaigns.services import registrations
from campaigns.services.kinds.base import Accepted, recorder


@recorder(EVENT)
def register(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    event = as_first_published(event_of(terms.settings), accepted.terms.page_key, taken.block_id)
    registrations.register(taken=taken, event=event)
