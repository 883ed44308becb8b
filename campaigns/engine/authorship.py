"""How it can be told later that a person agreed to a letter: a reference to ask by, and a fingerprint of the words."""

import hashlib
import hmac
import re
import secrets
import unicodedata

from campaigns.engine.composing import without_footer

#: Crockford's base 32: no I, L, O or U, so that no character can be mistaken for another.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTH = 10
_REFERENCE = re.compile(rf"[{_ALPHABET}]{{{LENGTH}}}\Z")
#: Longer than any letter with its letterhead and its footer.
TEXT_LENGTH = 30_000


def new_reference() -> str:
    """Ten characters by chance: nothing of the letter is in them, and nobody guesses another's."""
    return "".join(secrets.choice(_ALPHABET) for _position in range(LENGTH))


def shown(reference: str) -> str:
    """AB2CD-EF3GH."""
    return f"{reference[:5]}-{reference[5:]}"


def read_reference(typed: str) -> str:
    """A reference as somebody copied it, with spaces, hyphens, small letters or an O for a nought; "" if it is none."""
    plain = re.sub(r"[\s\-–—.]", "", typed[:100]).upper().translate(_MISTAKEN)
    return plain if _REFERENCE.match(plain) else ""


def text_hash(text: str) -> str:
    """SHA-256 of a letter's words without its footer, however lines are broken and spaces set."""
    return _hash(without_footer(text.replace("\r\n", "\n")))


def is_same_text(text: str, expected: str) -> bool:
    """Whether a text that somebody pasted is the one with this hash, with its footer or without.

    :param expected: as `text_hash` gave it.
    """
    lines = text[:TEXT_LENGTH].replace("\r\n", "\n").split("\n")
    # Where a program took the space from the mark above the footer, each such line may be it.
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "--"]
    candidates = [text, *("\n".join(lines[:number]) for number in marks[-5:])]
    return any(hmac.compare_digest(_hash(candidate), expected) for candidate in candidates)


def consent_hash(words: str) -> str:
    return _hash(words)


def _hash(text: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest()
