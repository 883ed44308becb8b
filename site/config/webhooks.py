"""Which of Anymail's addresses the site answers at: the reports of mail services, for those that have keys here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.urls import urlpatterns as anymail_addresses
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt


def _only_where_configured(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Anymail answers for a service without keys with an error and a traceback; to a stranger it is not there."""

    @csrf_exempt
    @wraps(view)
    def wrapped(*arguments: Any, **options: Any) -> HttpResponse:
        try:
            return view(*arguments, **options)
        except ImproperlyConfigured:
            raise Http404 from None

    return wrapped


def tracking_addresses() -> list[URLPattern]:
    """Those that take reports of delivery; mail that comes in has no reader here."""
    # Mandrill has one address for all that it reports.
    wanted = [each for each in anymail_addresses if str(each.pattern).endswith(("tracking/", "mandrill/"))]
    return [path(str(each.pattern), _only_where_configured(each.callback), name=each.name) for each in wanted]
