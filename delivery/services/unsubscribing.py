"""How a supporter ends alerts: by one click in their mail program (RFC 8058), or by a button on a page."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from delivery.engine import suppression
from delivery.engine.suppression import BadHash
from delivery.records.messages import OutboxMessage
from delivery.records.recipients import Suppression
from delivery.selectors import suppressions as listed
from delivery.services import suppressions

_SALT = "delivery.unsubscribe"
#: Not ":", which mail programs tend to take for the end of a web address.
_SEPARATOR = "."


class BadToken(ValueError):
    """The link is none that we sent."""


def link(*, address: str, language: str) -> str:
    """The web address that ends alerts to `address`; it names nobody and works for as long as the key is known.

    Needs no row of ours: it works after the mail's own row is gone, and after the key was replaced as long as
    SECRET_KEY_FALLBACKS holds the old one.
    """
    token = _signer().sign(suppression.as_text(listed.hashes_of(address)[0]))
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(known):
        path = reverse("delivery:unsubscribe", kwargs={"token": token})
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def check(*, token: str) -> None:
    """Looks at a link without doing what it is for: mail scanners open every link.

    :raises BadToken: it is none of ours.
    """
    _read(token)


def unsubscribe(*, token: str) -> None:
    """No more alerts go to whom the link was sent. Said twice, it is written once.

    :raises BadToken: it is none of ours.
    """
    suppressions.suppress_hash(
        address_hash=_read(token), stream=OutboxMessage.Stream.ALERT, reason=Suppression.Reason.UNSUBSCRIBED
    )


def _read(token: str) -> str:
    try:
        return suppression.from_text(_signer().unsign(token))
    except (signing.BadSignature, BadHash) as error:
        raise BadToken from error


def _signer() -> signing.Signer:
    return signing.Signer(sep=_SEPARATOR, salt=_SALT)
