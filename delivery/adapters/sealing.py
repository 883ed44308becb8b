"""Encrypts what nobody but the program is to read while it waits, and opens it again."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

#: A key of its own: what is signed with SECRET_KEY elsewhere says nothing about it.
_PURPOSE = b"delivery.adapters.sealing"


class CannotBeOpened(Exception):
    """It was changed, or sealed under a key that is gone."""


def seal(content: bytes) -> bytes:
    """`content`, encrypted under the site's present key; a third longer."""
    return _keys().encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    """What was sealed, under the present key or one of SECRET_KEY_FALLBACKS.

    :raises CannotBeOpened: see there.
    """
    try:
        return _keys().decrypt(bytes(sealed))
    except InvalidToken:
        raise CannotBeOpened from None


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    material = secret.encode() if isinstance(secret, str) else secret
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(material)
    return Fernet(base64.urlsafe_b64encode(derived))
