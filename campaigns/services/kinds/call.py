"""Calls: whom, and what to say to each, written down as the person is shown it."""

from campaigns.engine.kinds import KindTerms
from campaigns.engine.targeting import Target
from campaigns.records.taken_actions import TakenAction
from campaigns.services import outreach
from campaigns.services.addressed_texts import addressed
from campaigns.services.kinds.base import Accepted, recorder


@recorder("call")
def record(taken: TakenAction, kind: KindTerms, accepted: Accepted) -> None:
    language = kind.language or accepted.terms.language

    def texts_for(target: Target) -> dict[str, str]:
        return {
            name: addressed(str(kind.settings.get(name) or ""), accepted=accepted, target=target, language=language)
            for name in ("script", "voicemail")
        }

    outreach.write(taken, accepted, texts_for=texts_for)
