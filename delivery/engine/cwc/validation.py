"""Says what a CWC message lacks before Congress does: our own reading of the rules of CWC 2.0."""

import re
from dataclasses import dataclass
from enum import Enum

from delivery.engine import addressing
from delivery.engine.cwc import office_codes, texts
from delivery.engine.cwc.chambers import ChamberRules
from delivery.engine.cwc.content import CongressContent
from delivery.engine.cwc.topics import TOPICS

#: In characters, as the document will have them.
SUBJECT_LENGTHS = (6, 500)
TEXT_LENGTHS = (6, 10_000)
ABOUT_LENGTHS = (6, 500)
#: The fields that hold what the letter says.
TEXTS = ("statement", "own_words")
_ADDRESS_MIN, _ORGANIZATION_MIN, _CONTACT_NAME_MIN = 3, 3, 6

#: The states, the District and the territories that have a seat or a delegate.
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    " RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI".split()
)
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?", re.ASCII)
_PHONE = re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{4}", re.ASCII)
_DELIVERY_ID = re.compile(r"[A-Za-z0-9]{32}", re.ASCII)
_LETTERS_AND_DIGITS = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_LARGEST_BILL_NUMBER = 99_999


class Code(Enum):
    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_ONE_OF = "not_one_of"
    MALFORMED = "malformed"
    #: Neither the society's words nor the person's own.
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a name of `CongressContent` or of `Society`. Nothing that a person typed is in here."""

    field: str
    code: Code
    #: In characters, with TOO_SHORT and TOO_LONG.
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Society:
    """What every message of one chamber says of its sender."""

    delivery_agent: str
    ack_address: str
    contact_name: str
    contact_email: str
    contact_phone: str
    organization: str = ""
    organization_about: str = ""


def problems(content: CongressContent, rules: ChamberRules) -> list[Problem]:
    """Every reason why the chamber would refuse this letter; empty where there is none."""
    found = [
        *_malformed("office", not office_codes.is_code(content.office, chamber=content.chamber)),
        *_malformed("chamber", content.chamber != rules.chamber),
        *_campaign_id(content.campaign_id, rules),
        *_one_of("prefix", content.prefix, content.prefix in rules.prefixes),
        *_length("first_name", content.first_name, 1),
        *_length("last_name", content.last_name, 1),
        *_length("address1", content.address1, _ADDRESS_MIN),
        *_length("city", content.city, rules.city_min_length),
        *_one_of("state", content.state, content.state in STATES),
        *_pattern("zip_code", content.zip_code, _ZIP),
        *_email("email", content.email),
        *_length("subject", content.subject, *SUBJECT_LENGTHS),
        *_topics(content.topics),
        *_texts(content),
        *_bills(content, rules),
        *_malformed("position", content.position not in ("", "pro", "con")),
    ]
    if content.phone:
        found += _pattern("phone", content.phone, _PHONE)
    return found


def society_problems(society: Society, rules: ChamberRules) -> list[Problem]:
    """What the settings lack, or have in a way that the chamber refuses."""
    found = [
        *_length("delivery_agent", society.delivery_agent, 1),
        *_email("ack_address", society.ack_address),
        *_length("contact_name", society.contact_name, _CONTACT_NAME_MIN),
        *_email("contact_email", society.contact_email),
        *_pattern("contact_phone", society.contact_phone, _PHONE),
    ]
    if society.organization or rules.is_organization_required:
        found += _length("organization", society.organization, _ORGANIZATION_MIN)
    if society.organization_about:
        found += _length("organization_about", society.organization_about, *ABOUT_LENGTHS)
    return found


def is_delivery_id(text: str) -> bool:
    """Whether CWC takes it for a DeliveryId: 32 letters and digits."""
    return _DELIVERY_ID.fullmatch(text) is not None


def dashed_phone(text: str) -> str:
    """A number of the United States as CWC wants it, `617-555-0100`; empty where it is none."""
    digits = re.sub(r"[^0-9]", "", text, flags=re.ASCII)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else ""


def _length(field: str, text: str, shortest: int, longest: int | None = None) -> list[Problem]:
    length = len(texts.plain(text))
    if not length:
        return [Problem(field, Code.MISSING)]
    if length < shortest:
        return [Problem(field, Code.TOO_SHORT, shortest)]
    if longest is not None and length > longest:
        return [Problem(field, Code.TOO_LONG, longest)]
    return []


def _malformed(field: str, is_wrong: bool) -> list[Problem]:
    return [Problem(field, Code.MALFORMED)] if is_wrong else []


def _one_of(field: str, text: str, is_known: bool) -> list[Problem]:
    if is_known:
        return []
    return [Problem(field, Code.NOT_ONE_OF if text else Code.MISSING)]


def _pattern(field: str, text: str, pattern: re.Pattern[str]) -> list[Problem]:
    if not text:
        return [Problem(field, Code.MISSING)]
    return _malformed(field, pattern.fullmatch(text) is None)


def _email(field: str, address: str) -> list[Problem]:
    if not address:
        return [Problem(field, Code.MISSING)]
    return _malformed(field, not addressing.is_usable(address))


def _campaign_id(campaign_id: str, rules: ChamberRules) -> list[Problem]:
    found = _pattern("campaign_id", campaign_id, _LETTERS_AND_DIGITS)
    if not found and len(campaign_id) > rules.campaign_id_length:
        return [Problem("campaign_id", Code.TOO_LONG, rules.campaign_id_length)]
    return found


def _topics(topics: tuple[str, ...]) -> list[Problem]:
    if not topics:
        return [Problem("topics", Code.MISSING)]
    return [] if set(topics) <= set(TOPICS) else [Problem("topics", Code.NOT_ONE_OF)]


def _texts(content: CongressContent) -> list[Problem]:
    named = zip(TEXTS, (content.statement, content.own_words), strict=True)
    written = [(field, text) for field, text in named if texts.plain(text)]
    if not written:
        return [Problem("own_words", Code.NO_TEXT)]
    return [problem for field, text in written for problem in _length(field, text, *TEXT_LENGTHS)]


def _bills(content: CongressContent, rules: ChamberRules) -> list[Problem]:
    if any(bill.kind not in rules.bill_spellings for bill in content.bills):
        return [Problem("bills", Code.NOT_ONE_OF)]
    numbers = [number for bill in content.bills for number in (bill.number, bill.congress)]
    return _malformed("bills", not all(0 < number <= _LARGEST_BILL_NUMBER for number in numbers))
