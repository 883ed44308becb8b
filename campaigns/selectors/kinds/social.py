"""What the person sees of the posts that they make themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import afterwards, outreach
from campaigns.selectors.kinds.base import closing, mention


@closing("social", is_done_afterwards=True)
def on_the_receipt(taken: TakenAction) -> Mapping[str, Any]:
    address = afterwards.address_to_share(taken.submission)
    return {"lines": outreach.posts(taken, address=address), "language": taken.terms.get("language", "")}


@mention("social")
def in_the_mail(taken: TakenAction) -> str:
    if not taken.outreach.exists():
        return ""
    return _("Nothing was posted for you: the posts are on your receipt, for you to change and to post yourself.")
