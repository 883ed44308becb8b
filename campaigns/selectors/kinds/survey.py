"""What the public sees of a survey: the results, where the editor shows them and enough people have answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import surveys
from campaigns.selectors.kinds.base import closing, mention, opening


@opening("survey")
def above_the_form(page_key: UUID, kind: KindTerms) -> Mapping[str, Any] | None:
    found = surveys.public_results(page_key) if kind.settings.get("results") == "public" else []
    return {"results": found} if found else None


@closing("survey")
def on_the_receipt(taken: TakenAction) -> Mapping[str, Any]:
    is_shown = taken.terms.get("results") in {"public", "afterwards"}
    return {"results": surveys.public_results(taken.submission.page_key) if is_shown else []}


@mention("survey")
def in_the_mail(taken: TakenAction) -> str:
    return _("We have your answers to the survey.")
