"""What the public sees of a pledge: its words, how many have made it, and that the person has."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.standing import Standing
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import signatures
from campaigns.selectors.kinds.base import closing, mention, opening

#: How many names stand above the form.
LATEST = 12


@opening("pledge")
def above_the_form(page_key: UUID, kind: KindTerms) -> Mapping[str, Any]:
    terms = kind.settings
    shows_names = terms.get("shows_names") is True
    return {
        "statement": terms.get("statement", ""),
        "language": kind.language,
        "number": signatures.number_of(page_key, kind.block_id) if terms.get("has_counter") else 0,
        "names": list(signatures.shown(page_key, kind.block_id)[:LATEST]) if shows_names else [],
    }


@closing("pledge")
def on_the_receipt(taken: TakenAction) -> Mapping[str, Any]:
    """The same for everybody, whether or not they had made it before: who sees it need not own the address."""
    signature = signatures.of(taken)
    has_counter = bool(taken.terms.get("has_counter"))
    return {
        "statement": taken.terms.get("statement", ""),
        "language": taken.terms.get("language", ""),
        "is_public": bool(signature and signature.is_public),
        "is_shown": bool(signature and signature.public_name),
        "is_counted": taken.submission.standing == Standing.CLEAR.value,
        "number": signatures.number_of(taken.submission.page_key, taken.block_id) if has_counter else 0,
    }


@mention("pledge")
def in_the_mail(taken: TakenAction) -> str:
    return _("You made this pledge: %(statement)s") % {"statement": taken.terms.get("statement", "")}
