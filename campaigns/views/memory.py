"""What people decide about their details on a device: to have them filled in next time, or to have them forgotten."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.content import action_screens, memory
from campaigns.engine.memory_tokens import JUST_SENT, NEXT_STEP, REMEMBERED
from campaigns.engine.tokens import BadToken, ExpiredToken
from campaigns.records.submissions import Submission
from campaigns.views.links import submission_of


@never_cache
@require_POST
def remember(request: HttpRequest, token: str) -> HttpResponse:
    """Only from the device that has sent the form, and only what that form brought."""
    submission = _submission(token)
    response = redirect("campaigns:receipt", token=token)
    if memory.was_sent_here(request, submission.key) and request.POST.get("remember"):
        memory.keep(response, REMEMBERED, submission.key)
    return response


@never_cache
@require_POST
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """To the next step, with the details in hand where this device has just given them."""
    submission = _submission(token)
    page = submission.page.specific if submission.page else None
    step: Any = action_screens.receipt(page, submission).get("next_step")
    if step is None:
        return redirect("campaigns:receipt", token=token)
    response = redirect(step.url)
    if memory.was_sent_here(request, submission.key):
        memory.keep(response, NEXT_STEP, submission.key)
    return response


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Back to the page that it was asked on, with an empty form."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # Not `redirect`, which takes a word without a slash for the name of a view.
    response = HttpResponseRedirect(back if is_ours else "/")
    memory.drop(response, REMEMBERED, NEXT_STEP, JUST_SENT)
    return response


def _submission(token: str) -> Submission:
    try:
        return submission_of(token)
    except (BadToken, ExpiredToken) as error:
        raise Http404 from error
