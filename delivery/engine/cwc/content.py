"""What a letter to an office of Congress says, as the outbox keeps it: more than a mail, for CWC wants it in parts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Bill:
    congress: int
    #: As the House writes it, in lower case: hr, s, hres, sjres.
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class CongressContent:
    """The parts of a CWC 2.0 message that come from the form and the page; those of the society are settings."""

    #: HMA05 or SMA01.
    office: str
    #: `us_house` or `us_senate`.
    chamber: str
    #: The same for every letter of one campaign, position and text version: letters and digits, at most 64.
    campaign_id: str
    #: One of `delivery.engine.cwc.names.PREFIXES`.
    prefix: str
    first_name: str
    last_name: str
    address1: str
    city: str
    #: Two letters, upper case.
    state: str
    #: 12345 or 12345-6789.
    zip_code: str
    email: str
    subject: str
    #: Of `delivery.engine.cwc.topics.TOPICS`, one at least.
    topics: tuple[str, ...]
    #: The society's words, without salutation and signature; empty where the person rewrote them.
    statement: str = ""
    #: The person's own words, without salutation and signature.
    own_words: str = ""
    address2: str = ""
    phone: str = ""
    bills: tuple[Bill, ...] = ()
    #: "pro", "con" or empty.
    position: str = ""
    #: Only what was really done: a geocoder matched the street; the person confirmed the e-mail address.
    is_address_validated: bool = False
    is_email_validated: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_json` made. :raises TypeError, AttributeError: something is missing or strange."""
        bills = tuple(Bill(**bill) for bill in stored.get("bills", ()))
        return cls(**{**stored, "topics": tuple(stored.get("topics", ())), "bills": bills})

    @classmethod
    def readable(cls, stored: Mapping[str, Any]) -> Self | None:
        """`from_json`; None where there is nothing or it makes no sense, so that Congress's system is no way to go."""
        try:
            return cls.from_json(stored) if stored else None
        except (TypeError, AttributeError):
            return None
