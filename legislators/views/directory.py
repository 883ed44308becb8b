"""The public directory: states, chambers, officials, committees."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks

from legislators.engine import chambers
from legislators.records.officials import Official
from legislators.selectors import careers, committees, directory
from legislators.selectors.cards import cards_of
from legislators.selectors.committees import CommitteeListing
from legislators.selectors.directory import ChamberListing

MOST_FILTER_CHARACTERS = 100


class Crumb(NamedTuple):
    label: str
    url: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("Officials"), "states": directory.states()}
    return _page(request, "legislators/directory.html", context, trail=None)


@require_safe
def jurisdiction(request: HttpRequest, state: str) -> HttpResponse:
    listing = directory.state(state)
    if listing is None:
        raise Http404
    context = {"heading": listing.name, "listing": listing}
    return _page(request, "legislators/jurisdiction.html", context, is_sample=listing.is_sample)


@require_safe
def chamber(request: HttpRequest, state: str, chamber: str) -> HttpResponse:
    """A chamber under any of its names; there is one address for each, and the others lead to it."""
    party, name = chamber_filter(request)
    listing = chamber_listing(state, chamber, party=party, name=name)
    if request.path != listing.url:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{listing.url}?{query}" if query else listing.url)
    heading = listing.name if state == chambers.CONGRESS else f"{listing.name}, {listing.state_name}"
    context = {"heading": heading, "listing": listing, "party": party, "name": name, "is_filtered": bool(party or name)}
    trail = [Crumb(listing.state_name, directory.state_url(state))]
    return _page(request, "legislators/chamber.html", context, trail=trail, is_sample=listing.is_sample)


@require_safe
def official(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Answers for former officials too: letters and old links lead here.

    The e-mail address stands here and nowhere else in the directory: it is a public office's own and published by
    it, but no list of ours is to be harvested for mail that goes around the forms.
    """
    found = get_object_or_404(Official, pk=pk)
    card = cards_of([found.pk])[found.pk]
    if request.path != card.url:
        return redirect(card.url)
    sections = [fn(found, request) for fn in hooks.get_hooks("official_page_section")]
    trail = []
    if card.state:
        trail.append(Crumb(card.state_name, directory.state_url(card.state)))
    if card.chamber:
        trail.append(Crumb(card.chamber_name, directory.chamber_url(card.chamber, card.state)))
    # What a hook gives is HTML that it has escaped itself.
    context = {
        "heading": f"{card.title} {card.name}".strip(),
        "card": card,
        "career": careers.career(found),
        "sections": [mark_safe(section) for section in sections if section],  # noqa: S308
        "seat_url": trail[-1].url if card.chamber else "",
    }
    return _page(request, "legislators/official.html", context, trail=trail, is_sample=card.is_sample)


@require_safe
def committee(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    listing = committee_listing(pk)
    if request.path != listing.url:
        return redirect(listing.url)
    trail = [Crumb(listing.state_name or directory.state_name(listing.state), directory.state_url(listing.state))]
    if not listing.is_joint:
        trail.append(Crumb(listing.chamber_name, directory.chamber_url(listing.chamber, listing.state)))
    if listing.parent:
        trail.append(Crumb(listing.parent.name, listing.parent.url))
    context = {"heading": listing.name, "heading_language": "en", "listing": listing}
    return _page(request, "legislators/committee.html", context, trail=trail, is_sample=listing.is_sample)


def chamber_filter(request: HttpRequest) -> tuple[str, str]:
    """The party and the words of a name that an address asks for."""
    given = (request.GET.get(key, "").replace("\x00", "")[:MOST_FILTER_CHARACTERS] for key in ("party", "name"))
    party, name = (" ".join(value.split()) for value in given)
    return party, name


def chamber_listing(state: str, slug: str, *, party: str = "", name: str = "") -> ChamberListing:
    """:raises Http404: where there is no such chamber, or nobody was ever loaded for it."""
    key = chambers.chamber_of(slug=slug, state=state)
    listing = directory.chamber(key, state, party=party, name=name) if key else None
    if listing is None:
        raise Http404
    return listing


def committee_listing(pk: int) -> CommitteeListing:
    """:raises Http404: where there is no such committee."""
    listing = committees.committee(pk)
    if listing is None:
        raise Http404
    return listing


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    trail: Sequence[Crumb] | None = (),
    is_sample: bool = False,
) -> HttpResponse:
    """`trail` is what stands between the directory's first page and this one; None for the first page itself."""
    above = [] if trail is None else [Crumb(_("Officials"), reverse("legislators:directory")), *trail]
    shell = {
        "canonical_url": request.build_absolute_uri(request.path),
        "json_url": "" if trail is None else f"{request.path.rstrip('/')}.json",
        "trail": above,
        "is_sample": is_sample,
    }
    return render(request, template, {**shell, **context})
