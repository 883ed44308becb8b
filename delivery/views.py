"""The page behind the link that ends alerts."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from delivery.services import unsubscribing
from delivery.services.unsubscribing import BadToken


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by no cache, listed by no search engine, and its address told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, **arguments: object) -> HttpResponse:
        try:
            response = view(request, **arguments)
        except BadToken:
            response = render(request, "delivery/unsubscribe_unknown.html", status=404)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


# A mail program posts without having been here: no cookie, no token of ours but the link's own (RFC 8058).
@csrf_exempt
@_private
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        unsubscribing.unsubscribe(token=token)
        return render(request, "delivery/unsubscribed.html")
    unsubscribing.check(token=token)
    return render(request, "delivery/unsubscribe.html")
