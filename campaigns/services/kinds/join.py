"""Joins a network with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import JOIN
from campaigns.records.taken_actions import TakenAction
from campaigns.services import networks
from campaigns.services.kinds.base import Accepted, recorder


@recorder(JOIN)
def join(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    if network := str(terms.settings.get("network") or ""):
        networks.join(taken=taken, network=network)
