"""The receipt behind a signed link, and the button that says "I did this"."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from campaigns.engine.tokens import BadToken, ExpiredToken, read_receipt
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import receipts, sending_words
from delivery.records.messages import OutboxMessage
from delivery.services import handoffs


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by no cache, listed by no search engine, and its address told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, **arguments: object) -> HttpResponse:
        try:
            response = view(request, **arguments)
        except ExpiredToken:
            response = render(request, "campaigns/receipt_expired.html", status=410)
        except (BadToken, Http404):
            response = render(request, "campaigns/receipt_not_found.html", status=404)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not `no-referrer`: browsers then send `Origin: null` with "I did this", which the CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


@_private
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    submission = _submission(token)
    page = submission.page.specific if submission.page else None
    context = {
        "receipt": receipts.receipt(submission),
        "token": token,
        "action_page": page,
        "congress_notice": sending_words.congress_notice(),
    }
    return render(request, "campaigns/receipt.html", context)


@_private
@require_POST
def report_done(request: HttpRequest, token: str, message_id: uuid.UUID) -> HttpResponse:
    submission = _submission(token)
    letter = get_object_or_404(
        Letter,
        submission=submission,
        outbox_message=message_id,
        outbox_message__channel=OutboxMessage.Channel.HANDOFF,
    )
    handoffs.report_done(message_id=letter.outbox_message_id)
    return redirect("campaigns:receipt", token=token)


def _submission(token: str) -> Submission:
    key = read_receipt(token, days=settings.RECEIPT_LINK_DAYS)
    return get_object_or_404(Submission.objects.select_related("page"), key=key)
