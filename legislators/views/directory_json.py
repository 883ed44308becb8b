"""The public directory as JSON, for other sites to embed: what the pages show, without e-mail addresses."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from legislators.engine import phones
from legislators.records.officials import Official
from legislators.selectors import careers, directory
from legislators.selectors.cards import CardCommittee, OfficialCard, cards_of
from legislators.selectors.committees import CommitteeLink
from legislators.selectors.directory import Seat
from legislators.views.directory import chamber_filter, chamber_listing, committee_listing

#: A vacancy or a new member may be this late on somebody else's page.
SECONDS = 900


@require_safe
def official(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = get_object_or_404(Official, pk=pk)
    card = cards_of([found.pk])[found.pk]
    data = person(request, card)
    data["committees"] = [_committee(request, one) for one in card.committees]
    data["terms"] = [
        {
            "chamber": term.chamber_name,
            "district": term.district,
            "state": term.state_name,
            "start": term.start,
            "end": term.end,
            "is_current": term.is_current,
        }
        for term in careers.career(found).terms
    ]
    return answer(request, data)


@require_safe
def chamber(request: HttpRequest, state: str, chamber: str) -> HttpResponse:
    """Takes the same filter as the page."""
    party, name = chamber_filter(request)
    listing = chamber_listing(state, chamber, party=party, name=name)
    data = {
        "state": listing.state,
        "chamber": listing.chamber,
        "name": listing.name,
        "state_name": listing.state_name,
        "url": request.build_absolute_uri(listing.url),
        "members": listing.members,
        "vacant": listing.vacant,
        "parties": dict(listing.parties),
        "seats": [_seat(request, seat) for seat in listing.seats],
        "committees": _links(request, listing.committees),
        "joint_committees": _links(request, listing.joint_committees),
        "is_sample": listing.is_sample,
    }
    return answer(request, data)


@require_safe
def jurisdiction(request: HttpRequest, state: str) -> HttpResponse:
    listing = directory.state(state)
    if listing is None:
        raise Http404
    data = {
        "state": listing.state,
        "name": listing.name,
        "url": request.build_absolute_uri(listing.url),
        "chambers": [
            {
                "chamber": one.chamber,
                "name": one.name,
                "url": request.build_absolute_uri(one.url),
                "members": one.members,
                "vacant": one.vacant,
                "parties": dict(one.parties),
            }
            for one in listing.chambers
        ],
        "delegation": [_seat(request, seat) for seat in listing.delegation],
        "joint_committees": _links(request, listing.joint_committees),
        "is_sample": listing.is_sample,
    }
    return answer(request, data)


@require_safe
def committee(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    listing = committee_listing(pk)
    data = {
        "id": listing.id,
        "name": listing.name,
        "state": listing.state,
        "chamber": listing.chamber,
        "url": request.build_absolute_uri(listing.url),
        "website": listing.website_url,
        "is_listed": listing.retired_at is None,
        "parent": _links(request, [listing.parent])[0] if listing.parent else None,
        "subcommittees": _links(request, listing.subcommittees),
        "members": [
            {
                "name": member.name,
                "role": member.role,
                "id": member.card.id if member.card else None,
                "url": request.build_absolute_uri(member.card.url) if member.card else "",
            }
            for member in listing.members
        ],
        "is_sample": listing.is_sample,
    }
    return answer(request, data)


def person(request: HttpRequest, card: OfficialCard) -> dict[str, Any]:
    """What other sites may show of an official, in a list or alone; every address is a whole one."""
    return {
        "id": card.id,
        "name": card.name,
        "title": card.title,
        "party": card.party,
        "leadership": card.leadership_title,
        "chamber": card.chamber,
        "chamber_name": card.chamber_name,
        "district": card.district,
        "state": card.state,
        "url": request.build_absolute_uri(card.url),
        "photo": {"url": request.build_absolute_uri(card.photo_url), "copied_from": card.photo_source}
        if card.photo_url
        else None,
        "phone": _phone(card.contact.phone),
        "contact_form": card.contact.contact_form_url,
        "website": card.website_url,
        "social": [{"label": one.label, "url": one.url} for one in card.social],
        "offices": [
            {"kind": one.kind_label, "name": one.name, "address": one.address, "phone": _phone(one.phone)}
            for one in card.offices
        ],
        "is_in_office": card.is_in_office,
        "left_on": card.left_on,
        "is_sample": card.is_sample,
    }


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """Public data for any site, which its cache may ask for again by its tag."""
    body = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = tag
    response = get_conditional_response(request, etag=tag, response=response) or response
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Language"] = get_language() or "en"
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


def _seat(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    return {
        "district": seat.district,
        "state_name": seat.state_name,
        "official": person(request, seat.card) if seat.card else None,
    }


def _phone(phone: str) -> dict[str, str] | None:
    return {"text": phone, "href": phones.dialable(phone)} if phone else None


def _committee(request: HttpRequest, one: CardCommittee) -> dict[str, str]:
    return {"name": one.name, "role": one.role, "url": request.build_absolute_uri(one.url)}


def _links(request: HttpRequest, links: Any) -> list[dict[str, Any]]:
    found: list[CommitteeLink] = list(links)
    return [{"id": one.id, "name": one.name, "url": request.build_absolute_uri(one.url)} for one in found]
