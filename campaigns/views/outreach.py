"""What a person says came of a call or a post, behind the link of their receipt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.engine.outreach import OF_CALLS, OF_POSTS
from campaigns.records.taken_actions import Outreach
from campaigns.selectors import afterwards
from campaigns.selectors.outreach import post_on
from campaigns.services import outreach
from campaigns.views.links import of_a_receipt, receipt_key
from home.views import write_on_mastodon


@of_a_receipt
@require_POST
def report_outreach(request: HttpRequest, token: str, outreach_id: int) -> HttpResponse:
    """`outcome` is one of those that can be said, of a wrong number with the number after a colon."""
    found = Outreach.objects.select_related("taken_action")
    row = get_object_or_404(found, pk=outreach_id, taken_action__submission__key=receipt_key(token))
    outcome, _colon, phone = request.POST.get("outcome", "?").partition(":")
    is_call = row.taken_action.kind == "call"
    try:
        outreach.report(outreach=row, outcome=outcome, allowed=OF_CALLS if is_call else OF_POSTS, wrong_phone=phone)
    except outreach.NotAnOutcome:
        raise Http404 from None
    return redirect(f"{reverse('campaigns:receipt', args=[token])}#outreach-{row.pk}")


@of_a_receipt
@require_http_methods(["GET", "HEAD", "POST"])
def mastodon(request: HttpRequest, token: str, outreach_id: int) -> HttpResponse:
    """The post to one official, for a server that the person names."""
    found = Outreach.objects.select_related("taken_action__submission__page")
    row = get_object_or_404(found, pk=outreach_id, taken_action__submission__key=receipt_key(token))
    text = post_on(row, "mastodon", address=afterwards.address_to_share(row.taken_action.submission))
    if text is None:
        raise Http404
    return write_on_mastodon(request, text)
