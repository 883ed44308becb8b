"""What stands behind signed links: the receipt with "I did this", and the question whether an office answered."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaigns.content import action_screens, memory
from campaigns.engine.memory_tokens import REMEMBERED
from campaigns.engine.tokens import read_question, was_mailed
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import follow_ups, sending_words, standings
from campaigns.services import reply_questions
from campaigns.views.links import behind_a_link, of_a_receipt, submission_of
from delivery.records.messages import OutboxMessage
from delivery.services import handoffs

_question = behind_a_link(expired="campaigns/did_they_reply_gone.html", missing="campaigns/did_they_reply_gone.html")


@of_a_receipt
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    submission = submission_of(token)
    page = submission.page.specific if submission.page else None
    context = {
        **action_screens.receipt(page, submission),
        "token": token,
        "is_mailed": was_mailed(token),
        "congress_notice": sending_words.congress_notice(),
        "standing": standings.notice(submission),
        "is_from_here": memory.was_sent_here(request, submission.key),
        "is_remembered": memory.kept(request, REMEMBERED) == submission.key,
    }
    return render(request, "campaigns/receipt.html", context)


@of_a_receipt
@require_POST
def report_done(request: HttpRequest, token: str, message_id: uuid.UUID) -> HttpResponse:
    submission = submission_of(token)
    letter = get_object_or_404(
        Letter,
        submission=submission,
        outbox_message=message_id,
        outbox_message__channel=OutboxMessage.Channel.HANDOFF,
    )
    handoffs.report_done(message_id=letter.outbox_message_id)
    return redirect("campaigns:receipt", token=token)


@_question
@require_safe
def did_they_reply(request: HttpRequest, token: str) -> HttpResponse:
    submission = _submission_asked_about(token)
    lines = follow_ups.question(submission)
    context = {
        "submission": submission,
        "lines": lines,
        "token": token,
        "campaign_page": follow_ups.open_campaign(submission),
        "has_said": any(item.has_replied is not None for item in lines),
    }
    return render(request, "campaigns/did_they_reply.html", context)


@_question
@require_POST
def report_reply(request: HttpRequest, token: str, message_id: uuid.UUID) -> HttpResponse:
    submission = _submission_asked_about(token)
    letters = {letter.outbox_message_id: letter for letter in follow_ups.asked_about(submission)}
    letter = letters.get(message_id)
    has_replied = {"yes": True, "not_yet": False}.get(request.POST.get("answer", ""))
    if letter is None or has_replied is None:
        raise Http404
    reply_questions.record(letter=letter, has_replied=has_replied)
    return redirect(f"{reverse('campaigns:did_they_reply', args=[token])}#letter-{message_id}")


def _submission_asked_about(token: str) -> Submission:
    key = read_question(token, days=settings.RECEIPT_LINK_DAYS)
    return get_object_or_404(Submission.objects.select_related("page"), key=key)
