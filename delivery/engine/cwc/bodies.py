"""What of a letter is its body: CWC carries who writes to whom in fields of its own, and a repeat spoils grouping."""

import hashlib
import re
from collections.abc import Sequence
from uuid import UUID

from delivery.engine.cwc.texts import plain

CAMPAIGN_ID_LENGTH = 64
#: Longer lines are sentences, not parts of a salutation or of a signature.
_SHORT = 100
_LINES_ABOVE_A_SALUTATION = 8
_LINES_BELOW_A_CLOSING = 10
#: "The Honorable Jane Smith" above "Dear Senator Smith,", and two postscripts; more of either is text.
_AT_MOST = 3

_WHOM = (
    r"(?:[A-Z0-9ÁÉÍÓÚÑ]|(?:my|all|esteemed|honorable|friends?|sirs?|madam|members?|senators?|representatives?"
    r"|legislators?|colleagues?|el|la|los|las|sr|sra|señor(?:a|es|as)?|senador(?:a|es)?|representantes?"
    r"|congresista|legislador(?:a|es)?|amig[oa]s?|miembros?)\b)"
)
_GREETING = (
    r"(?:(?:dear|to (?:the )?hon(?:orable|\.)|the honorable|honorable|attn:?|attention:?|greetings|hello|hi"
    r"|estimad[oa]s?(?:/[oa]s?|\(a\))?|querid[oa]s?|apreciad[oa]s?|distinguid[oa]s?|respetad[oa]s?|hola"
    r"|(?:al|a la) honorable)\b)"
)
#: Greetings that name nobody.
_UNNAMED = (
    r"(?:to whom it may concern|good (?:morning|afternoon|evening|day)|greetings|hello|hi|a quien corresponda"
    r"|a quien (?:le )?pueda interesar|muy señor(?:a|es)?(?: mí[oa]s?| nuestr[oa]s?)?|buen[oa]s? (?:días|tardes|noches)"
    r"|saludos|hola|sir or madam|dear (?:sir|madam)(?: or (?:sir|madam))?)"
)
_SALUTATION_LINE = re.compile(rf"(?:(?i:{_GREETING})\s+{_WHOM}.*|(?i:{_UNNAMED})\s*)[,:;.!—-]?\s*")
#: On one line with the first sentence, and set off by a comma or colon.
_SALUTATION_START = re.compile(
    rf"(?:(?i:dear|hello|hi|hola|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|distinguid[oa]s?)\s+{_WHOM}[^,:\n]{{0,80}}"
    rf"|(?i:{_UNNAMED}))\s*[,:]\s+(?=\S)"
)
#: A date, a place or the office's address above the salutation: no sentence ends there.
_SENTENCE_END = re.compile(r"[.!?][\"')]?$")
_CLOSING = re.compile(
    r"(?:(?:yours |very |most )*(?:sincerely|respectfully|truly|faithfully|cordially|gratefully|thankfully)"
    r"(?: yours)?(?: submitted)?"
    r"|(?:(?:with )?(?:my |our )?(?:best|kind|kindest|warm|warmest|sincere) )?(?:regards|wishes)|best"
    r"|with (?:great |deep |sincere )?(?:respect|gratitude|appreciation|thanks)"
    r"(?: and (?:respect|gratitude|appreciation))?"
    r"|(?:many |sincere )?thanks(?: again)?|thank you(?: (?:very|so) much)?|in health|in gratitude"
    r"|(?:muy )?(?:atentamente|cordialmente|respetuosamente|sinceramente)|atte"
    r"|(?:le saluda |l[ea]s? saluda )?(?:muy )?atentamente|suy[oa] (?:atentamente|sinceramente)"
    r"|(?:un )?(?:cordial |atento )?saludos?(?: cordial(?:es)?)?|(?:muchas )?gracias"
    r"|con (?:todo )?(?:respeto|gratitud|agradecimiento|aprecio)|de (?:usted|ustedes) atentamente)\s*[,.!;:]?",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"(?:p\.?\s?s\.?|p\.?\s?d\.?|n\.?\s?b\.?)\s*[:.\-]?\s", re.IGNORECASE)
#: What stands around a name in a signature.
_DEGREES = frozenset(
    "dr dra mr mrs ms miss prof sr sra md do mbbs phd rn np pa pac pharmd dds dmd mph mba ms ma jr ii iii facp facs"
    " faap faafp facc facog fccp".split()
)
_WORDS = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)


def bare(text: str, *identifying: str) -> str:
    """The body without salutation, closing, signature, name and address; English and Spanish.

    A name or an address within a sentence is left: those are the person's words. What is not recognised stays.

    :param identifying: what the signature may consist of: the full name, the street, the town's line, telephone,
        e-mail address. A line at the end that holds nothing else goes.
    """
    lines = plain(text).split("\n")
    lines = _without_salutation(lines)
    lines = _without_closing(lines, identifying)
    lines = _without_signature(lines, identifying)
    return plain("\n".join(lines))


def campaign_id(campaign_key: UUID, position: str, text_version: str) -> str:
    """By which offices group letters: the same for every letter of a campaign, a position and a version of the text.

    64 letters and digits, the longest that was seen; the first 32 are the campaign's own.

    :param position: "pro", "con" or empty.
    :param text_version: whatever changes when the editor's text does, such as the revision's id.
    """
    digest = hashlib.sha256(f"{campaign_key.hex}\n{position}\n{text_version}".encode()).hexdigest()
    return f"{campaign_key.hex}{digest}"[:CAMPAIGN_ID_LENGTH]


def _without_salutation(lines: list[str]) -> list[str]:
    for _line in range(_AT_MOST):
        rest, has_found = _without_one_salutation(lines)
        if not has_found:
            return rest
        lines = rest
    return lines


def _without_one_salutation(lines: list[str]) -> tuple[list[str], bool]:
    """What is left, and whether it went as a line of its own, below which there may be another."""
    seen = 0
    for place, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if len(stripped) <= _SHORT and _SALUTATION_LINE.fullmatch(stripped) and not _is_inline(stripped):
            return lines[place + 1 :], True
        if start := _SALUTATION_START.match(stripped):
            rest = stripped[start.end() :]
            return [rest[0].upper() + rest[1:], *lines[place + 1 :]], False
        seen += 1
        is_heading = len(stripped) <= _SHORT // 2 and not _SENTENCE_END.search(stripped)
        if seen > _LINES_ABOVE_A_SALUTATION or not is_heading:
            return lines, False
    return lines, False


def _is_inline(line: str) -> bool:
    """Whether the first sentence goes on behind the salutation: "Dear Senator Smith, please vote yes."."""
    start = _SALUTATION_START.match(line)
    return start is not None and len(line[start.end() :].split()) > 2


def _without_closing(lines: list[str], identifying: Sequence[str], postscripts: int = _AT_MOST) -> list[str]:
    below = 0
    for place in range(len(lines) - 1, -1, -1):
        stripped = lines[place].strip()
        if not stripped:
            continue
        if postscripts and _POSTSCRIPT.match(stripped):
            # What comes after the signature and belongs to the letter.
            above = _without_closing(lines[:place], identifying, postscripts - 1)
            return [*_without_signature(above, identifying), "", *lines[place:]]
        if _CLOSING.fullmatch(stripped) and (below or not stripped.endswith((".", "!"))):
            return lines[:place]
        below += 1
        if below > _LINES_BELOW_A_CLOSING or len(stripped) > _SHORT:
            return lines
        if _SENTENCE_END.search(stripped) and len(stripped.split()) > 4:
            return lines
    return lines


def _without_signature(lines: list[str], identifying: Sequence[str]) -> list[str]:
    known = {word for part in identifying for word in _words(part)}
    if not known:
        return lines
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_signature(lines[end - 1], known)):
        end -= 1
    # A letter that is nothing but a name is left for the validator to complain about.
    return lines[:end]


def _is_signature(line: str, known: set[str]) -> bool:
    """Whether the line has some of the person's particulars and, but for a label before a colon, nothing else."""
    _label, colon, value = line.rpartition(":")
    words = _words(value if colon and len(_label) <= 30 else line)
    return bool(words) and set(words) <= known | _DEGREES and bool(set(words) & known)


def _words(text: str) -> list[str]:
    return [word.replace(".", "").casefold() for word in _WORDS.findall(plain(text))]
