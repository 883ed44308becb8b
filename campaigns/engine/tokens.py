"""What travels through the visitor's browser and comes back: signed, so that it cannot be changed on the way."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from campaigns.engine.addresses import AddressKind, StatedAddress, place_key
from legislators.engine import findings

_RECEIPT_SALT = "campaigns.receipt"
_FINDING_SALT = "campaigns.finding"
_QUESTION_SALT = "campaigns.question"
_LOT_SALT = "campaigns.lot"
#: Behind the key in a receipt's address; no hexadecimal digit.
_MAILED = "m"
#: How long a visitor may sit over the letters before the address is looked up again.
FINDING_SECONDS = 4 * 60 * 60
DAY_SECONDS = 24 * 60 * 60


class BadToken(ValueError):
    """It was changed, or never was ours."""


class ExpiredToken(ValueError):
    """It was ours, and its time is over."""


@dataclass(frozen=True, slots=True)
class Finding(findings.Finding):
    """What is known of who represents one address of a person, between two steps of the form.

    Somebody who lives and practices in different places has two, which travel as one: `parts` are both.
    """

    #: Of the letters on the screen; empty before there are any.
    offer: str = ""
    #: Which of the person's addresses this is about.
    kind: AddressKind = AddressKind.HOME
    #: The same of the person's other address, where that is another place.
    second: "Finding | None" = None

    @property
    def parts(self) -> tuple["Finding", ...]:
        """One for each address: ask these, not the first alone, for candidates, districts and problems."""
        return (self, self.second) if self.second else (self,)

    @property
    def is_in_doubt(self) -> bool:
        """Whether the person has to choose a district of any of their addresses."""
        return any(part.candidates for part in self.parts)


def seal(finding: Finding, *, page_key: uuid.UUID, addresses: Sequence[StatedAddress]) -> str:
    """The finding as a value for a hidden input; it is good for this form and these addresses only."""
    content = {"for": _owner(page_key, addresses), **asdict(finding)}
    return signing.dumps(content, salt=_FINDING_SALT, compress=True)


def unseal(token: str, *, page_key: uuid.UUID, addresses: Sequence[StatedAddress]) -> Finding:
    """The finding again.

    :raises BadToken: where it was changed, or belongs to another form or to other addresses, or to the same
        addresses of which the person then said something else: that one is the home.
    :raises ExpiredToken: after `FINDING_SECONDS`.
    """
    try:
        content = signing.loads(token, salt=_FINDING_SALT, max_age=FINDING_SECONDS)
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    if content.pop("for") != _owner(page_key, addresses):
        raise BadToken("another form or another address")
    return _finding(content)


def _finding(content: Mapping[str, Any]) -> Finding:
    return Finding(
        **findings.lookup_fields(content),
        offer=content["offer"],
        kind=AddressKind(content["kind"]),
        second=_finding(content["second"]) if content["second"] else None,
    )


def _owner(page_key: uuid.UUID, addresses: Sequence[StatedAddress]) -> str:
    parts = [str(page_key), *(f"{stated.kind}\n{place_key(stated.address)}" for stated in addresses)]
    return salted_hmac(_FINDING_SALT, "\n\n".join(parts), algorithm="sha256").hexdigest()[:32]


def lot(*, page_key: uuid.UUID, email: str) -> int:
    """The number that a person draws for a page: the same whenever they come, and none that an office can guess."""
    digest = salted_hmac(_LOT_SALT, f"{page_key}\n{email.strip().casefold()}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big")


def sign_receipt(key: uuid.UUID, *, is_mailed: bool = False) -> str:
    """The part of a receipt's address that names a submission; nothing personal is in it.

    :param is_mailed: it goes to the person's own mailbox, so that who has it is more than somebody who sent the form.
    """
    return signing.TimestampSigner(salt=_RECEIPT_SALT, sep=".").sign(f"{key.hex}{_MAILED if is_mailed else ''}")


def read_receipt(token: str, *, days: int) -> uuid.UUID:
    """The submission's key.

    :param days: how long a link works.
    :raises BadToken: where it was changed.
    :raises ExpiredToken: where it is older than `days`.
    """
    signer = signing.TimestampSigner(salt=_RECEIPT_SALT, sep=".")
    try:
        return uuid.UUID(signer.unsign(token, max_age=days * DAY_SECONDS).removesuffix(_MAILED))
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def was_mailed(token: str) -> bool:
    """Whether the address of a receipt, one that `read_receipt` takes, went to the person's own mailbox."""
    return token.partition(".")[0].endswith(_MAILED)


def sign_question(key: uuid.UUID) -> str:
    """The part of an address that names the submission whose letters are asked about; it opens no receipt."""
    return signing.TimestampSigner(salt=_QUESTION_SALT).sign(key.hex)


def read_question(token: str, *, days: int) -> uuid.UUID:
    """The submission's key.

    :param days: how long a link works.
    :raises BadToken: where it was changed.
    :raises ExpiredToken: where it is older than `days`.
    """
    signer = signing.TimestampSigner(salt=_QUESTION_SALT)
    try:
        return uuid.UUID(signer.unsign(token, max_age=days * DAY_SECONDS))
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
