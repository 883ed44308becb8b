"""The page on which anybody who got a letter asks whether a person stands behind it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from campaigns.engine import networks
from campaigns.forms.check_form import CheckForm
from campaigns.selectors import pages, proofs
from campaigns.services import attempts

#: Questions of one network in an hour. A reference is one of a million billions; this only spares the database.
MOST_IN_AN_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A question is a POST, so that neither references nor words stand in addresses and logs."""
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if _is_too_often(request):
        return _page(request, form, is_too_often=True, status=429)
    proof = proofs.proof(form.cleaned_data["reference"], text=form.cleaned_data["text"])
    return _page(request, form, proof=proof, is_answered=True)


def _page(request: HttpRequest, form: CheckForm, *, status: int = 200, **context: object) -> HttpResponse:
    errors = [(form[name].id_for_label, messages[0]) for name, messages in form.errors.items()] if form.is_bound else []
    full = {"form": form, "errors": errors, "society": pages.society(request), **context}
    response = render(request, "campaigns/check_letter.html", full, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _is_too_often(request: HttpRequest) -> bool:
    address = networks.client_address(request.META, trusted_proxies=settings.TRUSTED_PROXIES)
    counted = attempts.count(seen={attempts.CHECK: networks.network_of(address)})
    return counted[attempts.CHECK].this_hour > MOST_IN_AN_HOUR
