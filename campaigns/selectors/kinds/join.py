"""What is seen of a network: what it means to join, and the way out again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import JOIN
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors.kinds.base import closing, mention, opening


@opening(JOIN)
def meaning(page_key: UUID, terms: KindTerms) -> Mapping[str, Any]:
    return {
        "name": terms.settings.get("name", ""),
        "meaning": terms.settings.get("meaning", ""),
        "language": terms.language,
    }


@closing(JOIN)
def welcome(taken: TakenAction) -> Mapping[str, Any]:
    """The same for everybody, whether or not they were members before."""
    return {
        "name": taken.terms.get("name", ""),
        "meaning": taken.terms.get("meaning", ""),
        "language": taken.terms.get("language", ""),
        "has_joined": taken.done_at is not None,
    }


@mention(JOIN)
def in_mail(taken: TakenAction) -> str:
    if taken.done_at is None:
        return ""
    return _("You joined “%(network)s”. You can leave it again on your receipt.") % {
        "network": taken.terms.get("name", "")
    }
