"""Which of Anymail's addresses the site answers at: reports, and mail that comes in, from services that prove it."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.urls import urlpatterns as anymail_addresses
from anymail.utils import get_anymail_setting, get_request_basic_auth
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from config import large_posts
from delivery.adapters import webhooks

logger = logging.getLogger(__name__)

#: Our own readers instead of Anymail's.
_INSTEAD = {
    AmazonSESTrackingWebhookView: webhooks.SesTracking,
    MailgunTrackingWebhookView: webhooks.FreshMailgunTracking,
}
#: Mail services take up to some 40 MB, which base64 makes a third larger.
_LARGEST_MAIL = 64_000_000
_ANSWERED_BY_NAME = (AnymailWebhookValidationFailure, ImproperlyConfigured, RequestDataTooBig, webhooks.NotConfirmed)


class _Unreadable(Exception):
    """What was posted is not what the service would post."""


class _ReadsAnything:
    """Anymail trips over what is not shaped as it expects, with a traceback that quotes it."""

    def __init__(self, **options: Any) -> None:
        try:
            super().__init__(**options)
        except ImproperlyConfigured:
            raise
        except Exception as error:
            # A key that is none: nobody can prove anything by it, so there is no such address.
            logger.error("%s: its key cannot be read (%s)", self.esp_name, type(error).__name__)  # type: ignore[attr-defined]
            raise ImproperlyConfigured(type(error).__name__) from None

    def run_validators(self, request: HttpRequest) -> None:
        _reading(super().run_validators, request)  # type: ignore[misc]

    def parse_events(self, request: HttpRequest) -> Any:
        return _reading(super().parse_events, request)  # type: ignore[misc]


def _reading(read: Callable[[HttpRequest], Any], request: HttpRequest) -> Any:
    try:
        return read(request)
    except _ANSWERED_BY_NAME:
        raise
    except Exception as error:
        raise _Unreadable(type(error).__name__) from None


def _guarded(view_class: Any, is_wanted: Callable[[str], bool]) -> Callable[..., HttpResponse]:
    """Anymail's view, but answering strangers and nonsense in one word, and believing nobody without proof.

    :param is_wanted: whether there is such an address at present, by Anymail's name of the service.
    """
    reader = _INSTEAD.get(view_class, view_class)
    guarded: Any = type(f"Guarded{reader.__name__}", (_ReadsAnything, reader), {})
    view = guarded.as_view()

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        if not is_wanted(reader.esp_name):
            raise Http404
        try:
            return view(request, *arguments, **options)
        except ImproperlyConfigured:
            raise Http404 from None
        except AnymailWebhookValidationFailure:
            return HttpResponse(status=403)
        except RequestDataTooBig:
            return HttpResponse(status=413)
        except webhooks.NotConfirmed as error:
            logger.warning("%s: a subscription could not be confirmed (%s)", reader.esp_name, error)
            return HttpResponse(status=503)
        except _Unreadable as error:
            logger.warning("%s: a post could not be read (%s)", reader.esp_name, error)
            return HttpResponse(status=400)

    return wrapped


def _takes_mail(esp_name: str) -> bool:
    """Mail that comes in has a reader only where answers or returned mail come to us, and needs the secret."""
    has_domain = settings.REPLIES_DOMAIN or settings.RETURN_PATH_DOMAIN
    return bool(has_domain and get_anymail_setting("webhook_secret", default=""))


def _reading_large(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A mail with what is attached to it is larger than any form: read for those who know the secret alone."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        secrets = get_anymail_setting("webhook_secret", default="") or []
        known = get_request_basic_auth(request) or ""
        allowed = [secrets] if isinstance(secrets, str) else secrets
        if any(constant_time_compare(known, secret) for secret in allowed):
            if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST_MAIL:
                return HttpResponse(status=413)
            # Read here, the limit for forms is not asked.
            large_posts.read_whole(request)
        return view(request, *arguments, **options)

    return wrapped


def addresses() -> list[URLPattern]:
    """Those that take reports of delivery, and those that take mail that comes in."""
    found = []
    for each in anymail_addresses:
        view_class = each.callback.view_class
        if each.name.endswith("inbound_webhook"):
            view = _reading_large(_guarded(view_class, _takes_mail))
        else:
            # Mandrill has one address for all that it reports.
            view = _guarded(view_class, webhooks.has_proof)
        found.append(URLPattern(each.pattern, view, name=each.name))
    return found
