"""What the person sees of the calls that they make themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import outreach
from campaigns.selectors.kinds.base import closing, mention


@closing("call", is_done_afterwards=True)
def on_the_receipt(taken: TakenAction) -> Mapping[str, Any]:
    lines = outreach.calls(taken)
    return {
        "lines": lines,
        "language": taken.terms.get("language", ""),
        "has_numbers": any(line.phones for line in lines),
    }


@mention("call")
def in_the_mail(taken: TakenAction) -> str:
    lines = outreach.calls(taken)
    numbers = [f"* {line.name}: {line.phones[0].number}" for line in lines if line.phones]
    if not numbers:
        return _("You wanted to call. We know no telephone number of those whom this is about.")
    words = _(
        "The calls are yours to make; we cannot make them for you. What to say stands on your receipt, and there you "
        "can tell us what came of them:"
    )
    return "\n".join([words, *numbers])
