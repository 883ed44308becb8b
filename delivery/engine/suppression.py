"""How an address is remembered that wants no more mail: as a keyed hash, so that the list names nobody."""

import base64
import hashlib
import hmac
import re

from delivery.engine.addressing import UnusableAddress, mailbox_address

_TEXT = re.compile(r"[A-Za-z0-9_-]{43}")
_PURPOSE = b"delivery: addresses that get no more mail"


class BadHash(ValueError):
    """The text is no hash that `as_text` could have made."""


def derive_key(secret: str) -> bytes:
    """A key for this purpose only, out of the site's secret."""
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).digest()


def canonical(address: str) -> str:
    """The one spelling of `address`: lower case, the domain in ASCII.

    By the standard the part before the @ may mean something else in capitals; no mail service in use makes that
    difference, and who unsubscribed as Ada@ shall not get mail as ada@. An address that is none is only lowered.
    """
    try:
        return mailbox_address(address).lower()
    except UnusableAddress:
        return address.strip().lower()


def address_hash(address: str, *, key: bytes) -> str:
    """The keyed hash (HMAC-SHA-256, 64 hex digits) under which `address` is remembered.

    :param key: from `derive_key`. Without it nobody can try addresses against the list.
    """
    return hmac.digest(key, canonical(address).encode(), "sha256").hex()


def as_text(hash_: str) -> str:
    """A hash in 43 characters that stand in a web address."""
    return base64.urlsafe_b64encode(bytes.fromhex(hash_)).decode("ascii").rstrip("=")


def from_text(text: str) -> str:
    """The hash that `as_text` wrote.

    :raises BadHash: it is none.
    """
    if not _TEXT.fullmatch(text):
        raise BadHash
    decoded = base64.urlsafe_b64decode(text + "=").hex()
    # The last digit carries two bits that count for nothing: one hash, one spelling.
    if as_text(decoded) != text:
        raise BadHash
    return decoded
