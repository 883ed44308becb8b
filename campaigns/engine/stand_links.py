"""The link with which staff open a form at a stand, and the one behind which its short thanks stand: both signed."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core import signing

from campaigns.engine.tokens import BadToken, ExpiredToken

_SALT = "campaigns.stand"
_THANKS_SALT = "campaigns.stand.thanks"
#: Long enough to read it. Nothing personal stands there; afterwards it leads back to an empty form.
THANKS_SECONDS = 10 * 60


@dataclass(frozen=True, slots=True)
class Stand:
    page_key: uuid.UUID
    #: A word for the event, such as annual-meeting-2026.
    name: str
    #: The last day on which the link works.
    until: date


def sign(stand: Stand) -> str:
    """The part of a stand's address that opens the form there, with limits that many people in turn need."""
    content = {"page": stand.page_key.hex, "name": stand.name, "until": stand.until.isoformat()}
    return signing.dumps(content, salt=_SALT)


def read(token: str, *, today: date) -> Stand:
    """:raises BadToken: where it was changed, or never was ours.
    :raises ExpiredToken: after its last day.
    """
    try:
        content = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    stand = Stand(uuid.UUID(content["page"]), content["name"], date.fromisoformat(content["until"]))
    if today > stand.until:
        raise ExpiredToken
    return stand


def sign_thanks(key: uuid.UUID) -> str:
    """Names a submission for some minutes; it opens no receipt, which the next person must not see."""
    return signing.TimestampSigner(salt=_THANKS_SALT).sign(key.hex)


def read_thanks(token: str) -> uuid.UUID:
    """The submission's key.

    :raises BadToken: where it was changed.
    :raises ExpiredToken: after `THANKS_SECONDS`.
    """
    try:
        return uuid.UUID(signing.TimestampSigner(salt=_THANKS_SALT).unsign(token, max_age=THANKS_SECONDS))
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
