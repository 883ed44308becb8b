"""The public directory: officials, chambers, states, committees."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from legislators.records.committees import Committee
from legislators.records.officials import Official
from legislators.selectors.cards import cards_of, committee_url


@require_safe
def official(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Answers for former officials too: letters and old links lead here."""
    found = get_object_or_404(Official, pk=pk)
    card = cards_of([found.pk])[found.pk]
    if request.path != card.url:
        return HttpResponseRedirect(card.url)
    return render(request, "legislators/official.html", {"card": card})


@require_safe
def committee(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = get_object_or_404(Committee, pk=pk)
    if request.path != committee_url(found):
        return HttpResponseRedirect(committee_url(found))
    return render(request, "legislators/committee.html", {"committee": found})
