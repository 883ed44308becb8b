"""A letter as it will go: the merged text, and who wrote it from where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from campaigns.engine import texts
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.merging import ANSWER_PREFIX, merge
from campaigns.engine.targeting import Target
from legislators.engine.resolution import PostalAddress
from legislators.engine.titles import salutation

SUBJECT_LENGTH = 200
BODY_LENGTH = 10_000
NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Constituent:
    """The person who writes, as they named themselves in this form."""

    given_name: str
    family_name: str
    email: str
    title: str = ""
    #: As `campaigns.engine.addresses.in_order` gives them.
    addresses: tuple[StatedAddress, ...] = ()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def address(self) -> PostalAddress:
        """The first of the addresses."""
        return self.addresses[0].address if self.addresses else PostalAddress()

    def at(self, kind: AddressKind | None) -> StatedAddress:
        """The address that a letter names.

        :param kind: which one gives standing with whom it goes to; None where none does, as with a committee.
        """
        found = [stated for stated in self.addresses if stated.kind == kind] or self.addresses
        return found[0] if found else StatedAddress()


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """What the editor wrote, with its merge fields."""

    subject: str
    body: str
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all the letters of one submission share."""

    campaign: str
    society: str
    #: The answers as text, by storage key.
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """`body` is what the person may edit; `signature` is fixed and follows it."""

    target: Target
    subject: str
    body: str
    signature: str
    is_personalised: bool = False
    #: Which address the signature names; empty where the person gave none.
    address_kind: str = ""

    @property
    def text(self) -> str:
        return f"{self.body}\n\n{self.signature}\n"


@dataclass(frozen=True, slots=True)
class ChamberWords:
    """How a chamber is called in the language of the letter, and its members by their title."""

    chamber: str
    member: str


@dataclass(frozen=True, slots=True)
class AddressWords:
    """What a letter says of the address that it names, in the language of the letter."""

    #: Stands before the address in the fixed block: "Practice address". Empty for a home, which needs no word.
    label: str = ""
    #: The merge field: "I live in your district". Empty where the person gave no address.
    standing: str = ""


def town_line(address: PostalAddress) -> str:
    """Alderton, AX 69901."""
    region = " ".join(part for part in (address.state.upper(), address.zip_code) if part)
    return ", ".join(part for part in (address.city, region) if part)


def signature(constituent: Constituent, stated: StatedAddress, words: AddressWords) -> str:
    """The fixed block at the foot: an office answers those whom it can place in its district."""
    place = [line for line in (stated.street_line, town_line(stated.address)) if line.strip()]
    if place and words.label:
        place[0] = f"{words.label}: {place[0]}"
    return "\n".join(texts.one_line(line) for line in (constituent.full_name, *place) if line.strip())


def merge_values(
    *, constituent: Constituent, target: Target, occasion: Occasion, words: ChamberWords, address_words: AddressWords
) -> dict[str, str]:
    """Every field of `merging.FIELDS`, and the answers, for one letter."""
    stated = constituent.at(target.address_kind)
    address = stated.address
    return {
        "constituent_name": constituent.full_name,
        "constituent_given_name": constituent.given_name,
        "constituent_family_name": constituent.family_name,
        "constituent_title": constituent.title,
        "constituent_address": ", ".join(part for part in (stated.street_line, town_line(address)) if part),
        "standing": address_words.standing,
        "town": address.city,
        "state": address.state.upper(),
        "zip": address.zip_code,
        "legislator_name": target.name,
        "legislator_title": words.member,
        "legislator_salutation": _salutation(target, words),
        "legislator_family_name": target.family_name or target.name,
        "district": target.district,
        "chamber": words.chamber or target.office,
        "campaign": occasion.campaign,
        "society": occasion.society,
        **{f"{ANSWER_PREFIX}{key}": value for key, value in occasion.answers.items()},
    }


def _salutation(target: Target, words: ChamberWords) -> str:
    if not words.member:
        return target.name
    return salutation(title=words.member, family_name=target.family_name, name=target.name)


def compose(
    template: LetterTemplate,
    *,
    constituent: Constituent,
    target: Target,
    occasion: Occasion,
    words: ChamberWords,
    address_words: AddressWords = AddressWords(),
) -> ComposedLetter:
    """The letter that is offered to the person: it names the address that gives standing with whom it goes to."""
    values = merge_values(
        constituent=constituent, target=target, occasion=occasion, words=words, address_words=address_words
    )
    stated = constituent.at(target.address_kind)
    return ComposedLetter(
        target=target,
        subject=texts.shorten(merge(template.subject, values), SUBJECT_LENGTH),
        body=_without_name(_without_gaps(texts.clean(merge(template.body, values))), constituent.full_name),
        signature=signature(constituent, stated, address_words),
        address_kind=stated.kind.value if constituent.addresses else "",
    )


def _without_gaps(body: str) -> str:
    """A question that was left empty leaves no hole where its paragraph would have stood."""
    return re.sub(r"\n{3,}", "\n\n", body)


def _without_name(body: str, name: str) -> str:
    """Editors sign with the person's name out of habit, and the fixed block begins with it: once is enough."""
    rest, _break, last = body.rpartition("\n")
    return rest.rstrip() if rest.strip() and last.strip() == name else body


def rewrite(offered: ComposedLetter, *, subject: str, body: str) -> ComposedLetter:
    """The letter with the person's own words, which are never merged: a brace in them is a brace."""
    subject, body = texts.one_line(subject), texts.clean(body)
    is_personalised = not (texts.is_same(subject, offered.subject) and texts.is_same(body, offered.body))
    return replace(offered, subject=subject, body=body, is_personalised=is_personalised)
