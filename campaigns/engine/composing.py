"""A letter as it will go: who writes from where, their own words, the merged text, and how it came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from campaigns.engine import texts
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.merging import ANSWER_PREFIX, TALKING_POINTS, merge, with_points
from campaigns.engine.targeting import Target
from delivery.engine import routes as channels
from delivery.engine.cwc.content import CongressContent
from legislators.engine.resolution import PostalAddress
from legislators.engine.titles import salutation

SUBJECT_LENGTH = 200
BODY_LENGTH = 10_000
NAME_LENGTH = 100
OWN_WORDS_LENGTH = 3000
#: What mail programs take for the line above a signature (RFC 3676, section 4.3). Nobody can type it into a letter:
#: `texts.clean` leaves no space at the end of a line.
_FOOTER_MARK = "\n\n-- \n"
#: A line longer than this is a sentence, not "Dear Senator Reyes," and not "Sincerely,".
_FORMULA_LENGTH = 80


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
    """What the editor wrote for one letter, with its merge fields."""

    subject: str
    body: str
    #: Talking points that the person ticked, in the editor's order.
    points: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All of it as one text."""
        return "\n".join((self.subject, self.body, *self.points))


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all the letters of one submission share."""

    campaign: str
    society: str
    #: The answers as text, by storage key.
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FooterWords:
    """How a letter came, in its own language: one way of saying it for each way of writing it, and who else got it."""

    as_offered: str = ""
    edited: str = ""
    own_words: str = ""
    own_words_and_edited: str = ""
    #: Empty where the person writes to nobody else.
    copies: str = ""
    #: Where an office can ask whether a person sent it; ends before the reference.
    check: str = ""
    #: As `campaigns.engine.authorship` makes it; until it is stored, words that say so.
    reference: str = ""

    def sentence(self, *, has_own_words: bool, is_edited: bool) -> str:
        if has_own_words:
            return self.own_words_and_edited if is_edited else self.own_words
        return self.edited if is_edited else self.as_offered


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """`body` is what the person may edit; `letterhead` is fixed and stands above it, the footer below."""

    target: Target
    subject: str
    body: str
    #: Who writes and from where: an office answers those whom it can place in its district.
    letterhead: str
    #: What the person wrote besides the text on offer, the same in all their letters.
    own_words: str = ""
    #: The person changed the text on offer.
    is_edited: bool = False
    #: Which address the letterhead names; empty where the person gave none.
    address_kind: str = ""
    footer_words: FooterWords = FooterWords()
    #: The ways that are open for it, in order; the last is always the hand-off.
    routes: tuple[str, ...] = (channels.HANDOFF,)
    #: For an office of Congress that takes letters by its own system.
    congress: CongressContent | None = None
    #: It would go by Congress's own system, were it not for its length.
    is_too_long_for_congress: bool = False
    #: What it was made of.
    template: LetterTemplate = LetterTemplate("", "")
    #: The body as offered without what the person said in the form: what is not in here is theirs.
    suggested: str = ""
    #: Which of the editor's texts it is, by its name in lists; empty for the letter of the page.
    text_name: str = ""
    #: It thanks somebody who is in support already.
    is_thanks: bool = False
    #: "Senator"; empty for somebody who sits in no chamber.
    member_title: str = ""
    #: Whether talking points go into it, and those that the person ticked, as they stand in it.
    takes_points: bool = True
    points: tuple[str, ...] = ()
    #: Of each of them, in the same order.
    point_keys: tuple[str, ...] = ()
    #: Changes when the editor's words do, whatever the person ticked.
    text_version: str = ""

    @property
    def channel(self) -> str:
        """How it goes, as things stand."""
        return self.routes[0]

    @property
    def is_personalised(self) -> bool:
        return self.is_edited or bool(self.own_words)

    @property
    def congress_length(self) -> int:
        """Of the longer of the two texts that Congress's system takes, which are one where the person changed ours.

        At most: salutation and signature do not go there. See `campaigns.engine.congress.content`.
        """
        own, body = len(self.own_words), len(self.body)
        return own + body + 2 * bool(own and body) if self.is_edited else max(own, body)

    @property
    def kept_points(self) -> tuple[str, ...]:
        """Keys of the ticked points whose words still stand in the letter, however its lines are broken."""
        body = " ".join(self.body.split())
        pairs = zip(self.point_keys, self.points, strict=True)
        return tuple(key for key, point in pairs if point and " ".join(point.split()) in body)

    @property
    def salutation(self) -> str:
        """ "Dear Senator Reyes,", below which the person's own words stand; empty where the body begins otherwise."""
        return _split_salutation(self.body)[0]

    @property
    def text(self) -> str:
        """All that the office reads: the person's own words before the society's, below the salutation."""
        opening, rest = _split_salutation(self.body) if self.own_words else ("", self.body)
        return "\n\n".join(part for part in (self.letterhead, opening, self.own_words, rest) if part) + self._footer

    @property
    def footer(self) -> str:
        """How the letter came, and who else got one."""
        words = self.footer_words
        sentence = words.sentence(has_own_words=bool(self.own_words), is_edited=self.is_edited)
        check = f"{words.check} {words.reference}" if words.check else ""
        return "\n".join(texts.one_line(part) for part in (sentence, words.copies, check) if part)

    @property
    def _footer(self) -> str:
        return f"{_FOOTER_MARK}{self.footer}\n" if self.footer else "\n"


def without_footer(text: str) -> str:
    """The letter for somebody who hands it over themselves: then it did not come through the society's website."""
    head, mark, _footer = text.rpartition(_FOOTER_MARK)
    return f"{head}\n" if mark else text


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


def letterhead(constituent: Constituent, stated: StatedAddress, words: AddressWords) -> str:
    """The fixed block at the top: an office answers those whom it can place in its district."""
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
    footer_words: FooterWords = FooterWords(),
) -> ComposedLetter:
    """The letter that is offered to the person: it names the address that gives standing with whom it goes to."""
    values = merge_values(
        constituent=constituent, target=target, occasion=occasion, words=words, address_words=address_words
    )
    stated = constituent.at(target.address_kind)
    return ComposedLetter(
        target=target,
        subject=texts.shorten(merge(with_points(template.subject, ()), values), SUBJECT_LENGTH),
        body=_body(template, values, constituent.full_name),
        letterhead=letterhead(constituent, stated, address_words),
        address_kind=stated.kind.value if constituent.addresses else "",
        footer_words=footer_words,
        template=template,
        points=_points(template, values),
        suggested=_body(template, _without_answers(values), constituent.full_name),
        member_title=words.member,
        text_version=f"{template.subject}\n{template.body}",
    )


def _body(template: LetterTemplate, values: Mapping[str, str], name: str) -> str:
    """The ticked points stand where the editor said, else at the end; each is a paragraph."""
    body = merge(with_points(template.body, template.points), values)
    body = _without_closing(_without_gaps(texts.clean(body)), name)
    if TALKING_POINTS in template.body:
        return body
    return "\n\n".join(part for part in (body, *_points(template, values)) if part)


def _points(template: LetterTemplate, values: Mapping[str, str]) -> tuple[str, ...]:
    merged = (merge(with_points(point, ()), values) for point in template.points)
    return tuple(_without_gaps(texts.clean(point)) for point in merged)


def _without_answers(values: Mapping[str, str]) -> dict[str, str]:
    return {name: "" if name.startswith(ANSWER_PREFIX) else value for name, value in values.items()}


def _without_gaps(body: str) -> str:
    """A question that was left empty leaves no hole where its paragraph would have stood."""
    return re.sub(r"\n{3,}", "\n\n", body)


def _without_closing(body: str, name: str) -> str:
    """Editors sign with the person's name out of habit, and the fixed block begins with it: once is enough.

    "Sincerely," with nothing below it would look torn off, so it goes as well.
    """
    for is_closing in (lambda line: line == name, _is_formula):
        rest, _break, last = body.rpartition("\n")
        if rest.strip() and is_closing(last.strip()):
            body = rest.rstrip()
    return body


def _is_formula(line: str) -> bool:
    return line.endswith(",") and len(line) <= _FORMULA_LENGTH


def _split_salutation(body: str) -> tuple[str, str]:
    """ "Dear Senator Reyes," and the rest; no salutation where the letter begins otherwise."""
    first, gap, rest = body.partition("\n\n")
    is_salutation = "\n" not in first and first.endswith((",", ":")) and len(first) <= _FORMULA_LENGTH
    return (first, rest.lstrip("\n")) if gap and is_salutation else ("", body)


def rewrite(offered: ComposedLetter, *, subject: str, body: str) -> ComposedLetter:
    """The letter with the person's own words, which are never merged: a brace in them is a brace."""
    subject, body = texts.one_line(subject), texts.clean(body)
    is_edited = not (texts.is_same(subject, offered.subject) and texts.is_same(body, offered.body))
    return replace(offered, subject=subject, body=body, is_edited=is_edited)


def with_own_words(letter: ComposedLetter, own_words: str) -> ComposedLetter:
    """The letter with what the person wrote besides it, which is never merged either."""
    return replace(letter, own_words=texts.clean(own_words))
