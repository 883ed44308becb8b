"""What is seen of a petition: its statement with the count and the names, and thanks for a signature."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import PETITION
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import signatures
from campaigns.selectors.kinds.base import closing, mention, opening
from campaigns.selectors.pages import Progress

#: How many names stand above the form; all are on a page of their own.
LATEST = 5


@opening(PETITION)
def statement(page_key: UUID, terms: KindTerms) -> Mapping[str, Any]:
    settings = terms.settings
    shows_names = settings.get("shows_names") is True
    names = list(signatures.shown(page_key, terms.block_id)[:LATEST]) if shows_names else []
    goal = settings.get("goal")
    return {
        "heading": settings.get("heading", ""),
        "statement": settings.get("statement", ""),
        "language": terms.language,
        "progress": Progress(
            signatures.number_of(page_key, terms.block_id), goal if isinstance(goal, int) and goal > 0 else None
        ),
        "names": names,
        "names_url": reverse("campaigns:signatures", args=[page_key, terms.block_id]) if names else "",
    }


@closing(PETITION)
def thanks(taken: TakenAction) -> Mapping[str, Any]:
    """The same for everybody, whether or not they had signed before: who sees it need not be who owns the address."""
    signature = signatures.of(taken)
    return {
        "heading": taken.terms.get("heading", ""),
        "is_public": bool(signature and signature.is_public),
        "is_shown": bool(signature and signature.public_name),
        "has_comment": bool(signature and signature.comment_state),
    }


@mention(PETITION)
def in_mail(taken: TakenAction) -> str:
    """Goes to the person's own mailbox, so it may say that they signed before."""
    earlier = signatures.first_before(taken)
    heading = taken.terms.get("heading", "")
    if earlier is None:
        return _("You signed the petition “%(heading)s”.") % {"heading": heading}
    return _(
        "You signed the petition “%(heading)s”. You had signed it before, on %(day)s: every person counts once."
    ) % {"heading": heading, "day": date_format(earlier, "DATE_FORMAT")}
