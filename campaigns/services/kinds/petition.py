"""Signs a petition with the form."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import PETITION, PETITION_COMMENT, PETITION_PASS_ON, PETITION_PUBLIC
from campaigns.records.taken_actions import TakenAction
from campaigns.services import signatures
from campaigns.services.kinds.base import Accepted, recorder


@recorder(PETITION)
def sign(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    answers, constituent = accepted.answers.form_data, accepted.answers.constituent
    signatures.sign(
        taken=taken,
        public_name=constituent.full_name,
        town=constituent.address.city,
        comment=str(answers.get(PETITION_COMMENT) or ""),
        is_public=terms.settings.get("shows_names") is True and answers.get(PETITION_PUBLIC) is True,
        may_pass_on=answers.get(PETITION_PASS_ON) is True,
    )
