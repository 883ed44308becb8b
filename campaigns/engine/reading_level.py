"""How many years of school a text asks of its reader: a school grade, measured by the text's own language."""

import re
import unicodedata

#: Below this a formula measures chance: Flesch took samples of a hundred words, and half of one is the least.
FEWEST_WORDS = 50

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[\"'”’)\]])|\n\s*\n|:\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Full stops that end no sentence, and those inside numbers and initials.
_NO_END = re.compile(
    r"\b(?:Dr|Drs|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|Hon|St|Jr|Sr|vs|etc|No|Dra|Sra|Srta|Ud|Uds|p\. ej|e\.g|i\.e)\.|"
    r"(?<=\b[A-Za-z])\.(?=[A-Za-z\s])|(?<=\d)\.(?=\d)"
)
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
#: Vowels that stand together and are heard apart: medium, science, video, actual, create, area.
_ENGLISH_APART = re.compile(
    r"(?<![ctsgxl])i(?=[aou])|(?<![ct])ie(?=n[ct])|sci(?=e)|(?<!p)eo(?!u)|(?<![qg])u(?=a)|cre(?=a)|"
    r"(?<=[aeiou][rd])e(?=as?\b)"
)
#: An e that is not heard: make, while and makes, but table and cases; and asked, but wanted.
_ENGLISH_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)es?$|(?<=[^aeiouyscxzghl])es$|(?<=[^aeiouydt])ed$")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéíóú")


def grade(text: str, language: str) -> float | None:
    """The school grade for which a text is written; None for a short one, and for a language without a formula.

    English by Flesch–Kincaid (Kincaid, Fishburne, Rogers and Chissom, Research Branch Report 8-75, 1975). Spanish by
    the ease of Fernández Huerta («Medidas sencillas de lecturabilidad», Consigna 214, 1959), with the grades of his
    table.

    :param language: a code such as "en" or "es-mx".
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    a_sentence = len(words) / sentences(text)
    code = language.partition("-")[0].lower()
    if code == "en":
        a_word = sum(map(english_syllables, words)) / len(words)
        return max(0.0, 0.39 * a_sentence + 11.8 * a_word - 15.59)
    if code == "es":
        a_word = sum(map(spanish_syllables, words)) / len(words)
        return _huerta_grade(206.84 - 60 * a_word - 1.02 * a_sentence)
    return None


def sentences(text: str) -> int:
    """How many sentences a text has; a paragraph without a full stop is one."""
    plain = _NO_END.sub(" ", text)
    parts = _SENTENCE_END.split(plain)
    return max(1, sum(1 for part in parts if _WORD.search(part)))


def english_syllables(word: str) -> int:
    """By the groups of vowels, less the e that is not heard; right for about nine words in ten."""
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode().replace("'", "")
    heard = len(_ENGLISH_VOWELS.findall(plain)) + len(_ENGLISH_APART.findall(plain))
    return max(1, heard - len(_ENGLISH_SILENT.findall(plain)))


def spanish_syllables(word: str) -> int:
    """By the rules of Spanish spelling: strong vowels stand apart, a weak one joins its neighbour unless accented."""
    plain = unicodedata.normalize("NFC", word.lower())
    plain = re.sub(r"(?<=q)u(?=[eéií])|(?<=g)u(?=[eéií])", "", plain)
    # A final y is a vowel beside another one, and alone it is the word "y".
    plain = re.sub(r"y\b", "i", plain)
    count = 0
    for group in _SPANISH_VOWELS.findall(plain):
        count += max(1, sum(letter in _STRONG for letter in group))
    return max(1, count)


def _huerta_grade(ease: float) -> float:
    """The grades that Fernández Huerta gives beside his scale; what he calls university is sixteen years here."""
    table = ((90, 4.0), (80, 5.0), (70, 6.0), (60, 8.0), (50, 12.0), (30, 13.0))
    return next((years for least, years in table if ease >= least), 16.0)
