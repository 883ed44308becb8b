"""Places so small that a rare condition points at one person in them, for `patient_guard`."""

import re
from collections.abc import Iterator

#: What Safe Harbor takes as too few people for the first digits of a ZIP Code to be told: 164.514(b)(2)(i)(B).
FEW_PEOPLE = 20_000

_TOWN = "town|village|hamlet|township|borough|parish"
_PUEBLO = "pueblo|pueblito|pueblecito|islita|comarca|aldea|caserio|poblado|municipio|vereda|localidad"
_SETTLEMENT = rf"(?:{_TOWN}|community|island|county|settlement|reservation|valley|city|place)"
_POBLADO = rf"(?:{_PUEBLO}|comunidad|villa|barrio|isla|condado|ciudad|lugar)"
_COUNT = r"(?P<count>\d{1,3}(?:[.,]\d{3})?|\d{4,5})(?![\d%])"
_ABOUT = (
    r"(?: (?:about|around|only|just|some|under|fewer than|less than|roughly|barely|maybe|approximately|no more than"
    r"|nearly|almost|fewer|unos|unas|apenas|solo|menos de|casi|alrededor de|aproximadamente)){0,2}"
)
_PERSON = (
    r"(?:person|patient|child|case|boy|girl|man|woman|one|family|adult|resident|student|baby|infant|teenager"
    r"|individual"
    r"|kid|neighbor|toddler|teen|grandmother|grandfather|veteran|fisherman|logger|miner|priest|nun|husband|wife|farmer|teacher|mother|father|survivor|hemophiliac)"
)
_PERSONA = (
    r"(?:persona|paciente|nin[oa]|caso|mujer|hombre|familia|adult[oa]|residente|bebe|joven|estudiante|habitante|que"
    r"|diagnosticad[oa]|hemofilic[oa]|vecin[oa]|niet[oa]|abuel[oa]|maestr[oa]|pescador|campesin[oa]|madre|padre|enferm[oa])"
)
_SMALL = (
    r"(?:(?:very |so |such a )?(?:small|tiny|little|rural|remote|isolated|farming|fishing|mountain|mining|island"
    r"|coastal|close-knit),? )"
)
_PEQUENO = r"(?:pequen[oa]|pequenit[oa]|rural|remot[oa]|aislad[oa]|chic[oa]|diminut[oa])"
_MY = r"(?:our|my|her|his|their|this)"
_MI = r"(?:mi|nuestr[oa]|su|este|esta)"
_REST = r"(?: [\w'/-]{1,24}){0,7}"
_NAME = r"(?P<name>[\w'-]{2,24}(?: [\w'-]{2,24})?)"

#: "Town of 800", "pueblo de 1.200 habitantes", "population 640", "800 residents".
_COUNTED = (
    rf"{_SETTLEMENT} (?:of|with){_ABOUT} {_COUNT}(?: (?:people|residents|inhabitants|souls|households))?",
    rf"{_POBLADO}(?: \w{{2,20}})? (?:de|con){_ABOUT} {_COUNT}(?: (?:habitantes|personas|vecinos|almas|familias))?",
    rf"(?:population|poblacion|pop\.?):?(?: (?:of|is|de|es de))?{_ABOUT} {_COUNT}",
    rf"somos{_ABOUT} {_COUNT}",
    rf"{_COUNT} (?:residents|inhabitants|souls|households|habitantes|vecinos|almas)",
    rf"{_COUNT} (?:people|personas) (?:live|living|in town|here|viven|que viven)",
    rf"(?:all|the|the other|los|las) {_COUNT} (?:of us|que vivimos|que somos)",
)
#: "The village of Alder", "pueblo de Utuado": those that call themselves so are small.
_NAMED = (
    rf"(?:{_TOWN}|{_PUEBLO}) (?:of|de) {_NAME}",
    rf"(?:in|from|near) (?:tiny|little|remote|rural) {_NAME}",
)
_TOLD = (
    rf"the (?:only|first|sole|one|lone) (?:[\w-]{{2,20}} ){{0,2}}{_PERSON}{_REST} (?:in|on)"
    r" (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}[\w'-]{2,24}",
    rf"(?:la|el) (?:unic[oa]|primera?) (?:[\w-]{{2,20}} )?{_PERSONA}{_REST} (?:en|del?)"
    r" (?:(?:el|la|mi|nuestr[oa]|todo|toda|este|esta) ){0,3}[\w'-]{2,24}",
    rf"(?:{_MY}|an?|one|the) {_SMALL}{{1,2}}{_SETTLEMENT}",
    rf"(?:1|one|a single) {_PERSON}{_REST} (?:in|on) (?:all of|the whole|the entire) [\w'-]{{2,24}}",
    rf"(?:un solo|una sola) {_PERSONA}{_REST} en (?:tod[oa] )?[\w'-]{{2,24}}",
    rf"en tod[oa] (?:el|la|mi|nuestr[oa]) {_POBLADO}",
    rf"an? (?:one|two|single)-[a-z]{{3,12}} (?:{_TOWN})",
    rf"{_MY} (?:{_TOWN}|island|islands|reservation|settlement|hollow|crossroads|mountain)(?! hall)",
    rf"(?:one|1) of (?:only |just )?(?:two|three|four|five|2|3|4|5) {_PERSON}s?{_REST} (?:in|on)"
    r" (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}[\w'-]{2,24}",
    rf"(?:un[oa]|1) de (?:los|las) (?:unic[oa]s )?(?:dos|tres|cuatro|cinco|2|3|4|5) {_PERSONA}s?{_REST} (?:en|del?)"
    r" (?:(?:el|la|mi|nuestr[oa]|todo|toda|este|esta) ){0,3}[\w'-]{2,24}",
    rf"(?:nobody|no one|nadie) (?:else|mas) (?:in|on|en|de) (?:(?:our|my|this|the|mi|el|la|est[ea]|nuestr[oa]) )?"
    rf"(?:{_SETTLEMENT}|{_TOWN}|{_PUEBLO})",
    rf"the (?:smallest|least populous|most remote) {_SETTLEMENT}",
    rf"(?:el|la) {_POBLADO} mas (?:pequen[oa]|remot[oa]|aislad[oa])",
    rf"(?:here|there) in (?:our )?{_SMALL}{{0,2}}(?:{_TOWN})",
    rf"(?:{_MI}|un|una|el|la) {_PEQUENO} (?:\w{{2,15}} )?{_POBLADO}",
    rf"(?:{_MI}|un|una|el|la) {_POBLADO} (?:muy )?{_PEQUENO}",
    rf"(?:{_MI}|un) (?:pueblo|pueblito|pueblecito|islita|caserio|aldea)",
)


def _begun_by_a_word(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w){phrase}(?!\w)") for phrase in phrases)


_COUNTED_PATTERNS = _begun_by_a_word(_COUNTED)
_NAMED_PATTERNS = _begun_by_a_word(_NAMED)
_TOLD_PATTERNS = _begun_by_a_word(_TOLD)


#: One of these stands in every place that is small, or in how it is told.
_SMALL_WORDS = frozenset(
    "town towns village hamlet township borough parish community island islands county settlement reservation valley"
    " city place hollow crossroads mountain hall pueblo pueblito pueblecito islita comarca aldea caserio poblado"
    " municipio vereda localidad comunidad villa barrio isla condado ciudad lugar population poblacion pop somos"
    " residents inhabitants souls households habitantes vecinos almas people personas us vivimos only first sole one"
    " lone all whole entire toda todo unico unica primera primer single solo sola tiny little remote rural"
    " nobody nadie".split()
)


def small_places(plain: str, low: str, present: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Takes the text without accents, the same in lower case, and its words; gives the places of places in it."""
    if _SMALL_WORDS.isdisjoint(present):
        return
    for pattern in _COUNTED_PATTERNS:
        for match in pattern.finditer(low):
            if int(re.sub(r"\D", "", match["count"])) <= FEW_PEOPLE:
                yield match.span()
    for pattern in _NAMED_PATTERNS:
        for match in pattern.finditer(low):
            end = _name_end(plain, match)
            if end:
                yield match.start(), end
    for pattern in _TOLD_PATTERNS:
        for match in pattern.finditer(low):
            yield match.span()


def _name_end(plain: str, match: re.Match[str]) -> int:
    """Where the name of the place ends; nowhere, where none follows: "a town of farmers"."""
    start, end = match.span("name")
    first, _, second = plain[start:end].partition(" ")
    if not first[0].isupper() and not plain[: match.end()].islower():
        return 0
    return end if second[:1].isupper() else start + len(first)
