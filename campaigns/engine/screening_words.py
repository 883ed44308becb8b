"""The words of threats and slurs that have staff read a letter first, in English and in Spanish.

Short on purpose. A physician writes of patients who die, of drugs that kill, of growth that is retarded and of a
chink in the law: only what is said to the reader's face, and only words with no other sense, stand here. What the
lists miss is still read by the office; what they hold needlessly costs the staff a minute and the writer a day.
"""

import re

_THREATS = (
    r"(?:kill|shoot|hang|hurt|murder) you(?!r)",
    r"you(?: will| are going to|’ll|'ll| deserve to| should) die",
    r"(?:know|find out) where you live",
    r"watch your back",
    r"burn (?:down )?your (?:house|home|office)",
    r"(?:te|lo|la|los|las) (?:voy|vamos|van) a (?:matar|disparar|colgar)",
    r"(?:te|lo|la|los|las) matar(?:é|emos)",
    r"s(?:é|abemos) d[oó]nde vive[sn]?",
    r"(?:va|vas|van|merece[sn]?) (?:a )?morir como",
    r"cu[ií]de(?:se|nse) las espaldas",
)
_SLURS = (
    r"niggers?",
    r"kikes?",
    r"spics?",
    r"wetbacks?",
    r"towelheads?",
    r"faggots?",
    r"trann(?:y|ies)",
    r"cunts?",
    r"maric(?:ón|on|ones)",
    r"sudacas?",
    r"hij[oa]s? de puta",
    r"put[oa]s?",
)


def _whole_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(phrases)})\b")


THREATS = _whole_words(_THREATS)
SLURS = _whole_words(_SLURS)
