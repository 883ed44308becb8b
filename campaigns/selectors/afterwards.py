"""Reads what follows an action: what the person did, so that a rule can be found for it, and what they pass on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page

from campaigns.engine.kinds import LETTER
from campaigns.engine.next_steps import AS_OFFERED, PERSONAL, Condition, Facts, fitting
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import Outreach
from campaigns.selectors.kinds.base import is_done
from delivery.records.messages import OutboxMessage
from home.engine.sharing import ShareLink
from home.selectors import links_to_share, shown_version


@dataclass(frozen=True, slots=True)
class Offered:
    """A next step as the receipt shows it."""

    url: str
    text: str
    description: str


@dataclass(frozen=True, slots=True)
class Sharing:
    address: str
    links: Sequence[ShareLink]


def facts_of(submission: Submission) -> Facts:
    """What the person said and did, as far as they told us."""
    taken = list(submission.taken_actions.all())
    letters = list(submission.letters.values_list("is_personalised", flat=True))
    is_left = submission.letters.filter(outbox_message__state=OutboxMessage.State.NEEDS_HANDOFF).exists()
    reported = Outreach.objects.filter(taken_action__submission=submission, taken_action__kind="call")
    wrote = (PERSONAL if any(letters) or submission.own_words else AS_OFFERED) if letters else ""
    return Facts(
        answers=submission.form_data,
        role=submission.role,
        state=submission.state,
        language=submission.language,
        letters=wrote,
        done=frozenset([item.kind for item in taken if is_done(item)] + ([LETTER] if letters and not is_left else [])),
        calls=frozenset(reported.exclude(outcome="").values_list("outcome", flat=True)),
    )


def next_step(submission: Submission, steps: Sequence[Any]) -> Offered | None:
    """The first step whose rule fits and whose page can be gone to: published, and open where it is an action.

    :param steps: `campaigns.blocks.next_steps.NextStep` of the page, in the editor's order.
    """
    rules: list[Sequence[Condition]] = [step.conditions for step in steps]
    with override(submission.language):
        for place in fitting(rules, facts_of(submission)) if steps else ():
            step = steps[place]
            page = _page_to_go_to(step.page, submission)
            if page is not None:
                return Offered(page.get_url() or "", step.text or page.title, step.description)
    return None


def sharing(submission: Submission, page: Any) -> Sharing | None:
    """Links that pass on the campaign, never the receipt; None where the editor wants none or nobody could read it.

    :param page: the action page; None once it was deleted.
    """
    shared = _page_to_share(page) if page is not None and page.has_share_links else None
    if shared is None:
        return None
    address = _address(shared)
    return Sharing(address, links_to_share(address=address, text=page.share_text or shared.title))


def address_to_share(submission: Submission) -> str:
    """Of the page that a post leads to; "" where there is none to be seen."""
    shared = _page_to_share(submission.page.specific if submission.page else None)
    return _address(shared) if shared else ""


def _address(page: Page) -> str:
    """Whole, as mails have it: a post is read elsewhere."""
    return urljoin(f"{settings.WAGTAILADMIN_BASE_URL}/", page.get_url() or "")


def _page_to_share(page: Any) -> Page | None:
    """The campaign that an action page lies in, else the page itself, as long as the public can see it."""
    if page is None:
        return None
    shared = getattr(page, "campaign", None) or page
    return shared if shared.live and not shared.get_view_restrictions().exists() else None


def _page_to_go_to(page: Page | None, submission: Submission) -> Any:
    shown = shown_version(page)
    if shown is None or shown.translation_key == submission.page_key:
        return None
    specific = shown.specific
    phase = getattr(specific, "phase", None)
    return specific if phase is None or phase.value == "open" else None
