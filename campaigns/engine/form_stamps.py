"""When a form was first shown, signed, so that whoever answers it cannot say something else."""

import uuid
from datetime import datetime

from django.core import signing

_SALT = "campaigns.form-stamp"
#: A form that was open for longer is given a new time: people leave pages open.
RENEWED_AFTER_SECONDS = 24 * 60 * 60


class NoStamp(ValueError):
    """It is missing, was changed, or belongs to another form."""


def issue(*, page_key: uuid.UUID, at: datetime) -> str:
    """The value for a hidden input."""
    return signing.Signer(salt=_salt(page_key)).sign(f"{at.timestamp():.0f}")


def seconds_since(stamp: str, *, page_key: uuid.UUID, now: datetime) -> float:
    """How long ago the form was first shown; never less than nothing.

    :raises NoStamp: where it proves nothing.
    """
    try:
        shown = float(signing.Signer(salt=_salt(page_key)).unsign(stamp))
    except (signing.BadSignature, ValueError) as error:
        raise NoStamp from error
    return max(now.timestamp() - shown, 0.0)


def _salt(page_key: uuid.UUID) -> str:
    return f"{_SALT}.{page_key.hex}"
