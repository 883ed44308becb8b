"""The part of a return address that says which message an answer or a returned mail belongs to."""

import base64
import binascii
import re
import uuid

#: In front of the token: what has come back.
REPLY = "reply"
BOUNCE = "bounce"
#: Sixteen bytes are 26 digits of base32 and six signs of padding.
LENGTH = 26
_PADDING = "=" * 6
_LOCAL_PART = re.compile(rf"(?P<kind>{REPLY}|{BOUNCE})-(?P<token>[a-z2-7]{{{LENGTH}}})", re.IGNORECASE | re.ASCII)


class BadReturnToken(ValueError):
    """The text is no token that `encode` could have made."""


def encode(message_id: uuid.UUID) -> str:
    """26 letters and digits in lower case: mail systems change the case of an address, base32 does not mind.

    A message's id is random (122 bits), so nobody guesses one; it says nothing of who wrote or to whom.
    """
    return base64.b32encode(message_id.bytes).decode("ascii").rstrip("=").lower()


def decode(text: str) -> uuid.UUID:
    """The id of the message, whatever the case of the letters.

    :raises BadReturnToken: not a token.
    """
    try:
        decoded = uuid.UUID(bytes=base64.b32decode(text.upper() + _PADDING))
    except (binascii.Error, ValueError) as error:
        raise BadReturnToken from error
    # The last digit carries two bits that count for nothing: one id, one spelling.
    if encode(decoded) != text.lower():
        raise BadReturnToken
    return decoded


def address(kind: str, message_id: uuid.UUID, domain: str) -> str:
    """`reply-<token>@domain`.

    :param kind: `REPLY` or `BOUNCE`.
    """
    return f"{kind}-{encode(message_id)}@{domain}"


def read(address_: str, *, kind: str, domain: str) -> uuid.UUID | None:
    """The message that a return address of ours names; None for any other address.

    :param address_: as it came, without a display name.
    :param domain: ours, for this kind; with none, no address is ours.
    """
    local_part, at, found = address_.strip().rpartition("@")
    if not (at and domain) or found.rstrip(".").lower() != domain.rstrip(".").lower():
        return None
    match = _LOCAL_PART.fullmatch(local_part)
    if match is None or match["kind"].lower() != kind:
        return None
    try:
        return decode(match["token"])
    except BadReturnToken:
        return None
