"""The part of a mailed address by which a person confirms: signed, and of use for nothing else."""

import uuid

from django.core import signing

from campaigns.engine.tokens import DAY_SECONDS, BadToken, ExpiredToken

_SALT = "campaigns.confirm"
#: A link is read for longer than it works, so that whoever comes late is told so.
READ_DAYS = 180


def sign(key: uuid.UUID) -> str:
    """Names a submission; nothing personal is in it. It is known to whoever reads mail at the address alone."""
    return signing.TimestampSigner(salt=_SALT).sign(key.hex)


def read(token: str) -> uuid.UUID:
    """The submission's key.

    :raises BadToken: where it was changed.
    :raises ExpiredToken: after `READ_DAYS`.
    """
    try:
        return uuid.UUID(signing.TimestampSigner(salt=_SALT).unsign(token, max_age=READ_DAYS * DAY_SECONDS))
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
