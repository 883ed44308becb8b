"""Posts: a text for each network and each official, written down as the person is offered it."""

from collections.abc import Mapping

from campaigns.engine.kinds import KindTerms
from campaigns.engine.posts import HANDLE_FIELD, NETWORKS
from campaigns.engine.targeting import Target
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import handles
from campaigns.services import outreach
from campaigns.services.addressed_texts import addressed
from campaigns.services.kinds.base import Accepted, recorder


def called(target: Target, network: str, accounts: Mapping[str, str]) -> str:
    """How a post names somebody: by the account where one is known.

    :param accounts: of this official, by network, without @.
    """
    return f"@{accounts[network]}" if network in accounts else target.name


@recorder("social")
def record(taken: TakenAction, kind: KindTerms, accepted: Accepted) -> None:
    language = kind.language or accepted.terms.language
    chosen = kind.settings.get("networks")
    networks = [key for key in NETWORKS if isinstance(chosen, list) and key in chosen]
    known = handles.of_officials({target.official_id for target in accepted.targets if target.official_id})

    def texts_for(target: Target) -> dict[str, str]:
        accounts = known.get(target.official_id or 0, {})
        return {
            network: addressed(
                str(kind.settings.get("text") or ""),
                accepted=accepted,
                target=target,
                language=language,
                more={HANDLE_FIELD: called(target, network, accounts)},
            )
            for network in networks
        }

    outreach.write(taken, accepted, texts_for=texts_for)
