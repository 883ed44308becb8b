"""Finding legislators as JSON, for the society's other sites: no cookie, no page, the same answer in the same words."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from legislators.adapters import throttle
from legislators.forms.address_form import AddressForm
from legislators.services import findings, geocoding, lookup_permits
from legislators.views.directory_json import person

#: An address or a dozen divisions have some hundred bytes.
_LARGEST_BODY_BYTES = 8_000
_MOST_DIVISIONS = 20
_MINUTE_SECONDS = 60


class _Refused(Exception):
    """Carries the answer: a status and a sentence for whoever wrote the other site."""

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        self.status = status
        self.content = {"error": sentence, **more}
        super().__init__(sentence)


def _embeddable(view: Callable[[HttpRequest], JsonResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers other origins as far as the setting allows, refuses in JSON, and is kept by no cache."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        is_allowed = origin in settings.LEGISLATORS_EMBED_ORIGINS
        try:
            response = _guarded(view, request, origin, is_allowed=is_allowed)
        except _Refused as refusal:
            response = JsonResponse(refusal.content, status=refusal.status)
            if refusal.status == 405:
                response["Allow"] = "POST, OPTIONS"
            if refusal.status == 429:
                response["Retry-After"] = str(_MINUTE_SECONDS)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        patch_vary_headers(response, ["Origin"])
        if is_allowed:
            response["Access-Control-Allow-Origin"] = origin
        return response

    return wrapped


def _guarded(
    view: Callable[[HttpRequest], JsonResponse], request: HttpRequest, origin: str, *, is_allowed: bool
) -> HttpResponse:
    is_own = origin == f"{request.scheme}://{request.get_host()}"
    if origin and not (is_allowed or is_own):
        raise _Refused(403, _("This site does not answer pages of that origin."))
    if request.method == "OPTIONS":
        return _preflight()
    if request.method != "POST":
        raise _Refused(405, _("Send a POST: an address must not stand in the address of a page."))
    if not throttle.permits(
        "find",
        _client(request),
        most=settings.LEGISLATORS_EMBED_REQUESTS_PER_MINUTE,
        seconds=_MINUTE_SECONDS,
    ):
        raise _Refused(429, _("Too many requests. Try again in a minute."))
    return view(request)


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = "3600"
    return response


def _client(request: HttpRequest) -> str:
    """The network address that asked: behind a proxy of ours, the one that the proxy wrote last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


@_embeddable
def find_json(request: HttpRequest) -> JsonResponse:
    """Who represents an address, or who sits for the divisions that somebody chose.

    Takes `street`, `city`, `state` and `zip_code`, or `divisions` (OCD ids), as a form or as a JSON object.
    docs/embedding-legislators.md describes the answer.
    """
    given = _given(request)
    if given.get("divisions"):
        finding = findings.chosen(ocd_ids=_divisions(given["divisions"]))
    else:
        form = AddressForm({name: _text(given.get(name)) for name in AddressForm.base_fields})
        if not form.is_valid():
            errors = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
            raise _Refused(400, _("The address is not complete."), fields=errors)
        with geocoding.permitted_by(lambda: lookup_permits.may_ask(request)):
            finding = findings.look_up(address=form.address())
    answer = findings.answer(finding=finding)
    return JsonResponse(answer.as_json(lambda card: person(request, card)))


def _given(request: HttpRequest) -> Mapping[str, Any]:
    body = _body(request)
    if request.content_type == "application/x-www-form-urlencoded":
        form = QueryDict(body, encoding="utf-8")
        return {**form.dict(), "divisions": form.getlist("divisions")}
    if request.content_type != "application/json":
        raise _Refused(415, _("Send a form (application/x-www-form-urlencoded) or JSON (application/json)."))
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise _Refused(400, _("The body is not JSON.")) from None
    if not isinstance(given, dict):
        raise _Refused(400, _("The body is not a JSON object."))
    return given


def _body(request: HttpRequest) -> bytes:
    too_large = _Refused(413, _("The body is larger than any address."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _LARGEST_BODY_BYTES:
        raise too_large
    try:
        return request.body
    except (RequestDataTooBig, OSError):
        raise too_large from None


def _divisions(given: Any) -> list[str]:
    ids = given if isinstance(given, list) else [given]
    if len(ids) > _MOST_DIVISIONS or not all(isinstance(one, str) and "\0" not in one for one in ids):
        raise _Refused(400, _("Name the divisions as a list of OCD ids, and not more than twenty."))
    return ids


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
