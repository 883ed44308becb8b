"""What a letter to an office of Congress needs beyond its text: what the page says, and what the person does."""

from dataclasses import dataclass

from campaigns.engine.composing import ComposedLetter, Constituent, town_line
from delivery.engine.cwc import bodies, topics, validation
from delivery.engine.cwc.content import Bill, CongressContent
from delivery.engine.cwc.names import PREFIXES
from delivery.engine.cwc.texts import plain
from legislators.engine.resolution import Certainty

#: Said by a person whom none of the forms of address fits; Congress's system then takes no letter of theirs.
NO_PREFIX = "none"
#: A geocoder placed the house, or its number along the street; more is not claimed for an address.
_AT_STREET_LEVEL = frozenset({Certainty.ROOFTOP, Certainty.INTERPOLATED})


@dataclass(frozen=True, slots=True)
class CongressTerms:
    """The same for all letters of a page, and in every language."""

    #: Subjects as the Library of Congress names them.
    topics: tuple[str, ...] = (topics.DEFAULT,)
    #: "pro", "con" or empty.
    position: str = ""
    bills: tuple[Bill, ...] = ()


@dataclass(frozen=True, slots=True)
class CongressAnswers:
    """What a person says for offices of Congress only."""

    #: One of `delivery.engine.cwc.names.PREFIXES`, or `NO_PREFIX`.
    prefix: str
    #: 202-555-0123 or empty.
    phone: str = ""


def prefix_of(title: str) -> str:
    """The form of address that a person's title is, however they write it; "" where it is none of them."""
    plain = title.strip().rstrip(".").casefold()
    return next((prefix for prefix in PREFIXES if prefix.rstrip(".").casefold() == plain and plain), "")


def content(
    letter: ComposedLetter,
    *,
    constituent: Constituent,
    office: str,
    campaign_id: str,
    terms: CongressTerms,
    answers: CongressAnswers,
    certainty: str,
) -> CongressContent:
    """The letter in the parts that Congress's system wants: it asks for name and address in fields of their own.

    A text that the person changed is theirs from then on, and none of the society's.

    :param office: HMA05 or SMA01.
    :param certainty: how the address was placed, a `legislators.engine.resolution.Certainty` value.
    """
    stated = constituent.at(letter.target.address_kind)
    address = stated.address
    body = bodies.bare(
        letter.body, constituent.full_name, address.street, stated.unit, town_line(address), constituent.email
    )
    own = bodies.bare(letter.own_words, constituent.full_name)
    return CongressContent(
        office=office,
        chamber=letter.target.chamber,
        campaign_id=campaign_id,
        prefix=answers.prefix,
        first_name=constituent.given_name,
        last_name=constituent.family_name,
        address1=address.street,
        address2=stated.unit,
        city=address.city,
        state=address.state.upper(),
        zip_code=address.zip_code,
        phone=answers.phone,
        email=constituent.email,
        subject=letter.subject,
        topics=terms.topics,
        bills=terms.bills,
        position=terms.position,
        statement="" if letter.is_edited else body,
        own_words="\n\n".join(part for part in (own, body if letter.is_edited else "") if part),
        is_address_validated=certainty in _AT_STREET_LEVEL,
        # Nobody has confirmed that the address is theirs.
        is_email_validated=False,
    )


def is_too_long(content: CongressContent) -> bool:
    """Whether one of the texts is longer than Congress's system takes."""
    longest = validation.TEXT_LENGTHS[1]
    return any(len(plain(text)) > longest for text in (content.statement, content.own_words))
