"""Checks on what a person put into a letter, each of which can be explained: no score, no service elsewhere."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from campaigns.engine import patient_guard, screening_words
from campaigns.engine.patient_guard import Kind
from campaigns.engine.patient_guard_shapes import EMAIL, PHONE

#: More than the society's own text, in characters: some four pages.
LONG = 6_000
#: Fewer letters than this in capitals are a name or an abbreviation: MCAS, HIPAA, "SENATE BILL 1234".
SHOUTED_LETTERS = 40
SHOUTED_SHARE = 0.7
#: A name or a word from another script is no reason; a paragraph is.
FOREIGN_LETTERS = 20
REPEATED_SENTENCE = 3
_SENTENCE_LETTERS = 12

_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>\"']{2,200}|\b[a-z0-9-]{2,60}\.(?:com|org|net|info|biz|io|ly|ru|xyz)\b"
)
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>\n]{0,200}>|\[/?(?:url|img|b|i)\b[^\]\n]{0,200}\]|\]\([^)\s]{1,200}\)|&(?:lt|gt|#\d{2,5});"
)
_SHOUTING_MARKS = re.compile(r"[!?]{6,}|([^\W\d_])\1{7,}")
_SENTENCE_ENDS = re.compile(r"[.!?]\s+|\n+")
_SPACES = re.compile(r"\s+")
_NAME = r"[^\W\d_a-z][\w'’.-]{0,30}(?: [^\W\d_a-z][\w'’.-]{0,30}){1,3}"
_NAMES_ITSELF = re.compile(rf"(?:[Mm]y name is|[Mm]e llamo|[Mm]i nombre es) ({_NAME})")
_SIGNED = re.compile(
    rf"(?mi:^[ \t]*(?:sincerely|regards|best regards|kind regards|respectfully|respectfully yours|yours truly"
    rf"|sincerely yours|atentamente|saludos|cordialmente|respetuosamente)[ \t]*,?[ \t]*$)\n+[ \t]*({_NAME})[ \t]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """`key` names the check; `start` and `end` mark in the text what tripped it, where that is one place."""

    key: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Screened:
    """A letter as it would leave, and what of it is not the person's."""

    subject: str
    #: Without the fixed block, which holds the person's address.
    body: str
    #: As the editor wrote it, with its merge fields: what stands there too was not added by the person.
    template: str = ""
    #: The person's name, as they gave it in the form.
    writer: str = ""
    #: The person's own name and address, as they stand above the letter.
    letterhead: str = ""


def reasons(screened: Screened) -> tuple[str, ...]:
    """The keys of the checks that the letter trips, each once, in the order of `CHECKS`."""
    tripped = {place.key for check in _CHECKS for place in check(screened)}
    return tuple(key for key in CHECKS if key in tripped)


def found(screened: Screened) -> tuple[Found, ...]:
    """Every place in `body` that trips a check, in order; what concerns the whole text has no place and is left out."""
    places = [place for check in _CHECKS for place in check(screened) if place.end]
    return tuple(sorted(places, key=lambda place: (place.start, place.end)))


def _text(screened: Screened) -> str:
    # The body first, so that places in it are places in the text.
    return f"{screened.body}\n{screened.subject}"


def _place(key: str, screened: Screened, start: int, end: int) -> Found:
    return Found(key, start, end) if end <= len(screened.body) else Found(key)


def _matches(key: str, pattern: re.Pattern[str]) -> Callable[[Screened], Iterator[Found]]:
    def check(screened: Screened) -> Iterator[Found]:
        known = screened.template.casefold()
        for match in pattern.finditer(_text(screened)):
            if match.group().casefold() not in known:
                yield _place(key, screened, *match.span())

    return check


def _own_paragraphs(screened: Screened) -> Iterator[tuple[int, str]]:
    """The paragraphs that do not stand in the society's text as they are, and where each begins."""
    known = _flat(screened.template)
    position = 0
    for line in screened.body.split("\n"):
        if line.strip() and _flat(line) not in known:
            yield position, line
        position += len(line) + 1


def _links(screened: Screened) -> Iterator[Found]:
    # The domain of an address is no link of its own.
    addresses = [match.span() for match in EMAIL.finditer(_text(screened))]
    for place in _matches("link", _LINK)(screened):
        if not any(start <= place.start < end for start, end in addresses if place.end):
            yield place


def _patients(screened: Screened) -> Iterator[Found]:
    """What may identify a patient, as `patient_guard` tells it to the person; the writer's own address does not."""
    known = (screened.template, screened.writer, screened.letterhead)
    for place in patient_guard.findings(_text(screened), known=known):
        if place.kind in _OF_PATIENTS:
            yield _place(place.kind.value, screened, place.start, place.end)


def _shouting(screened: Screened) -> Iterator[Found]:
    for start, line in _own_paragraphs(screened):
        letters = [character for character in line if character.isalpha()]
        capitals = sum(character.isupper() for character in letters)
        if len(letters) >= SHOUTED_LETTERS and capitals >= SHOUTED_SHARE * len(letters):
            yield Found("shouting", start, start + len(line))
    yield from _matches("shouting", _SHOUTING_MARKS)(screened)


def _foreign_script(screened: Screened) -> Iterator[Found]:
    for start, line in _own_paragraphs(screened):
        if sum(_is_foreign(character) for character in line) >= FOREIGN_LETTERS:
            yield Found("script", start, start + len(line))


def _is_foreign(character: str) -> bool:
    """Whether it is a letter that neither English nor Spanish is written with."""
    return character.isalpha() and ord(character) > 0x24F and not unicodedata.name(character, "").startswith("LATIN")


def _long(screened: Screened) -> Iterator[Found]:
    if len(screened.body) > len(screened.template) + LONG:
        yield Found("long")


def _repetitive(screened: Screened) -> Iterator[Found]:
    sentences = Counter(
        flat for sentence in _SENTENCE_ENDS.split(screened.body) if len(flat := _flat(sentence)) >= _SENTENCE_LETTERS
    )
    if any(count >= REPEATED_SENTENCE for count in sentences.values()):
        yield Found("repetitive")
        return
    words = _flat(screened.body).split()
    # Plain prose of 200 words uses each about twice.
    if len(words) >= 80 and len(set(words)) < len(words) / 6:
        yield Found("repetitive")


def _other_writer(screened: Screened) -> Iterator[Found]:
    own = set(_plain(screened.writer).split())
    known = _plain(screened.template)
    for pattern in (_NAMES_ITSELF, _SIGNED):
        for match in pattern.finditer(screened.body):
            name = _plain(match.group(1))
            if own and own.isdisjoint(name.split()) and name not in known:
                yield Found("writer", *match.span(1))


def _plain(text: str) -> str:
    """Without accents, case and punctuation: José and JOSE are one name."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in decomposed if not unicodedata.combining(c))))


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()


#: Of what may identify a patient; telephone numbers and e-mail addresses are checked whosever they are.
_OF_PATIENTS = tuple(kind for kind in Kind if kind not in (Kind.PHONE, Kind.EMAIL))
_CHECKS: Sequence[Callable[[Screened], Iterator[Found]]] = (
    _matches("threat", screening_words.THREATS),
    _matches("slur", screening_words.SLURS),
    _links,
    _matches("email_address", EMAIL),
    _matches("phone", PHONE),
    _other_writer,
    _patients,
    _shouting,
    _matches("markup", _MARKUP),
    _foreign_script,
    _long,
    _repetitive,
)
#: The keys of the checks, in the order in which staff read them.
CHECKS: Sequence[str] = (
    "threat",
    "slur",
    "link",
    "email_address",
    "phone",
    "writer",
    *(kind.value for kind in _OF_PATIENTS),
    "shouting",
    "markup",
    "script",
    "long",
    "repetitive",
)
