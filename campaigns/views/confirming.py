"""The page that a mail leads to, on which a person confirms with a button, and "send the mail again"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.engine import confirm_tokens
from campaigns.engine.standing import Standing
from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Submission
from campaigns.selectors import follow_ups, receipts, standings
from campaigns.services import confirming
from campaigns.views.links import behind_a_link, of_a_receipt, receipt_key

_private = behind_a_link(expired="campaigns/confirm_gone.html", missing="campaigns/confirm_gone.html")


@_private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs and scanners open links before people do."""
    submission = get_object_or_404(Submission.objects.select_related("page"), key=confirm_tokens.read(token))
    if request.method == "POST":
        confirmed = confirming.confirm(submission_id=submission.pk)
        if confirmed is not None:
            return redirect("campaigns:receipt", token=sign_receipt(submission.key, is_mailed=True))
        return _too_late(request, submission)
    if submission.confirmed_at is not None or submission.standing != Standing.UNCONFIRMED:
        # Nothing is asked any more: the receipt says how things stand.
        return redirect("campaigns:receipt", token=sign_receipt(submission.key, is_mailed=True))
    notice = standings.notice(submission)
    if notice is not None and notice.is_too_late:
        return _too_late(request, submission)
    context = {"submission": submission, "receipt": receipts.receipt(submission), "token": token, "notice": notice}
    return render(request, "campaigns/confirm.html", context)


def _too_late(request: HttpRequest, submission: Submission) -> HttpResponse:
    context = {"submission": submission, "campaign_page": follow_ups.open_campaign(submission)}
    return render(request, "campaigns/confirm_too_late.html", context, status=410)


@of_a_receipt
@require_POST
def send_again(request: HttpRequest, token: str) -> HttpResponse:
    submission = get_object_or_404(Submission, key=receipt_key(token))
    outcome = confirming.ask_again(submission_id=submission.pk)
    response = redirect("campaigns:receipt", token=token)
    response["Location"] += f"?again={outcome.value}"
    return response
