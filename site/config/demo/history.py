"""Sends the sample supporters' forms through the same services as a visitor's, then sets them back in time."""

import datetime
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone

from campaigns.content.action_flow import ActionFlow
from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Submission
from campaigns.services import actions, routing, submissions
from config.demo.people import SampleSupporter
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch


def build(supporters: Iterable[SampleSupporter], pages: dict[str, ActionPage]) -> int:
    """Records each form that is not there yet. :returns: how many."""
    count = 0
    for supporter in supporters:
        token = uuid.uuid5(uuid.NAMESPACE_URL, f"submission/{supporter.email}")
        if not Submission.objects.filter(token=token).exists():
            _set_back(record(pages[supporter.campaign], _typed(supporter), token), supporter.days_ago)
            count += 1
    return count


def _typed(supporter: SampleSupporter) -> dict[str, str]:
    return {
        "name__title": supporter.title,
        "name__given": supporter.given_name,
        "name__family": supporter.family_name,
        "email": supporter.email,
        "address__street": supporter.street,
        "address__city": supporter.town,
        "address__state": "AX",
        "address__zip_code": supporter.zip_code,
        "specialty": supporter.specialty,
        "story": supporter.story,
    }


def record(page: ActionPage, data: dict[str, str], token: uuid.UUID) -> Submission:
    """What a visitor's form would leave behind.

    :raises ValueError: where the page would show the form again.
    """
    flow = ActionFlow(page, RequestFactory().post(page.url, data))
    form = page.get_form(data)
    answers = flow.answers(form)
    if answers is None:
        raise ValueError(f"the sample form for {page.title} is not valid: {form.errors.as_json()}")
    if not flow.terms.writes_letters:
        return submissions.record(terms=flow.terms, answers=answers, token=token)
    finding = actions.look_up(terms=flow.terms, addresses=answers.constituent.addresses)
    offer = actions.offer(terms=flow.terms, answers=answers, finding=finding)
    letters = routing.route(terms=flow.terms, answers=answers, finding=offer.finding, letters=offer.letters)
    return submissions.record(
        terms=flow.terms,
        answers=answers,
        token=token,
        finding=offer.finding,
        letters=letters,
        unwritten=offer.unwritten,
    )


def _set_back(submission: Submission, days: int) -> None:
    """Gives a submission and its messages the time that the demonstration pretends."""
    at = timezone.now() - datetime.timedelta(days=days)
    Submission.objects.filter(pk=submission.pk).update(submit_time=at)
    messages = OutboxMessage.objects.filter(letter__submission=submission)
    messages.update(created_at=at, state_changed_at=at)
    DeliveryEvent.objects.filter(message__in=messages).update(at=at)


def capture() -> None:
    """Captures what is waiting as any development machine would, and puts it apart from the newcomer's own mail."""
    while dispatch.drain().has_more:
        pass
    folder = Path(settings.CAPTURED_MAIL_DIR)
    apart = folder / "sample-letters"
    apart.mkdir(parents=True, exist_ok=True, mode=0o700)
    for captured in folder.glob("*.eml"):
        shutil.move(captured, apart / captured.name)
