"""Pledges: a name under a promise, as under a petition."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import PLEDGE_PUBLIC
from campaigns.records.taken_actions import TakenAction
from campaigns.services import signatures
from campaigns.services.kinds.base import Accepted, recorder


@recorder("pledge")
def record(taken: TakenAction, kind: KindTerms, accepted: Accepted) -> None:
    constituent = accepted.answers.constituent
    signatures.sign(
        taken=taken,
        public_name=constituent.full_name,
        town=constituent.address.city,
        is_public=kind.settings.get("shows_names") is True and accepted.answers.form_data.get(PLEDGE_PUBLIC) is True,
    )
