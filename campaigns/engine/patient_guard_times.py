"""Ages over 89 and days with a month, for `patient_guard`."""

import re

from campaigns.engine.patient_guard_shapes import Places, Words, unit_follows
from campaigns.engine.patient_guard_words import MES, MONTH, ORDINAL, ORDINAL_ES, RELATIONS

# --- Ages ---------------------------------------------------------------------------------------------

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_UNOS = "un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_OLD = (
    rf"(?:9\d|1[01]\d|120|ninety(?:[ -](?:{_ONES}))?|(?:one|a) hundred(?:(?: and)?[ -](?:{_ONES}|ten|eleven|twelve))?)"
)
_VIEJO = rf"(?:9\d|1[01]\d|120|noventa(?: y (?:{_UNOS}))?|cien(?:to (?:{_UNOS}|diez|once|doce))?)"
_NOT_AFTER = (
    r"(?![\w%/-]|[.,:]\d| ?%| (?:percent|per cent|patients|people|years? (?!old|of age|young)|days?|minutes?|hours?"
    r"|pounds"
    r"|lbs|kg|miles|mg|mcg|weeks|months|times|degrees|beds|physicians|doctors|or|and (?:over|older|above)|million"
    r"|thousand"
    r"|members|families|on room|over|bpm|beats)(?!\w))"
)
_AGES = (
    re.compile(
        rf"(?<![\w.,/$-])(?P<marked>{_OLD}(?:[ -](?:years?|yrs?|yr)\.?[ -](?:old|young|of age)|[ -]?(?:yo|y/o"
        rf"|y\.o\.)))(?!\w)"
        rf"(?! (?:and|or) (?:older|over|above))"
    ),
    re.compile(
        rf"(?<!\w)(?P<marked>(?:aged?|at (?:the )?age(?: of)?|age of|turn(?:ed|ing|s)?|age:) {_OLD}){_NOT_AFTER}"
    ),
    re.compile(
        r"(?<!\w)(?:she|he|she's|he's|who|patient|mother|father|grandmother|grandfather|wife|husband|aunt|resident)"
        rf"(?: is| was|'s)?(?: now| just| almost| nearly| only| already| over){{0,2}},? (?P<marked>{_OLD}){_NOT_AFTER}"
    ),
    re.compile(rf"(?<!\w)(?:woman|man|lady|gentleman|widow|widower|patient) of (?P<marked>{_OLD}){_NOT_AFTER}"),
    re.compile(
        rf"(?<!\w)(?:(?:mujer|hombre|senora?|ancian[oa]|paciente|viud[oa]|el|ella|abuel[oa]|madre|padre) de|a sus"
        rf"|ya con)"
        rf" (?P<marked>{_VIEJO})(?= (?:y|que|con|sin|en|a|se|no|ya|vive|paga|espera)(?!\w)|[,.;)](?!\d)| ?$)"
    ),
    re.compile(
        rf"(?<!\w)(?:{RELATIONS})(?: is| was|'s|,)(?: now| just| almost| nearly| only| already){{0,2}}"
        rf" (?P<marked>{_OLD}){_NOT_AFTER}"
    ),
    re.compile(
        r"(?<!\w)(?P<marked>(?:(?:9\d|1[01]\d)(?:th|st|nd|rd)|ninety-[a-z]{3,7}|ninetieth|hundredth) birthday)(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?P<marked>cumpl(?:io|e|ia|ira|ir) (?:los )?{_VIEJO})(?!\w|(?: anos)? de (?!edad))"),
    re.compile(
        rf"(?<!\w)(?:she|he|who|ella|el|que)[ ,](?:\w{{2,12}} ){{0,2}}(?:at|a los|con)"
        rf" (?P<marked>{_VIEJO}|{_OLD})(?=[,.;] ?|$)"
    ),
    re.compile(r"(?<!\w)(?:in|into) (?P<marked>(?:her|his) (?:mid-?|late |early )?(?:nineties|90'?s|'90s))(?!\w)"),
    re.compile(
        r"(?<!\w)(?:a|my|the|our|one|mi|una?|la|el) (?:paciente )?"
        r"(?P<marked>nonagenarian|centenarian|nonagenari[oa]|centenari[oa])(?!\w)"
    ),
)
_NAME_AGE = re.compile(
    rf"(?<!\w)(?:[A-Z][a-z]{{1,20}}|patient|mother|father|grandmother|grandfather|paciente|madre|padre|abuel[oa]),"
    rf" (?P<age>9\d|1[01]\d|120|[Nn]inety(?:-(?:{_ONES}))?)(?:,|\)|\.(?!\d)|;)"
)
_EDAD = re.compile(
    rf"(?<![\w.,/$-])(?P<age>{_VIEJO}) anos(?P<edad> de edad)?(?!\w)(?! (?:o mas|y mas|en adelante|de (?:experiencia"
    rf"|servicio|"
    r"historia|practica|trayectoria|existencia|vida|lucha|carrera|antiguedad|profesion|atras|prision|fundad))| atras"
    r"| despues"
    r"| antes|, o mas)"
)
_EDAD_BEFORE = re.compile(
    r"(?:\b(?:de|tiene|tenia|tenga|cumplio|cumple|cumplir|cumplido|con|sus|a los|los|edad:?|casi|ya)|[,(]) ?$"
)
_EDAD_NOT_BEFORE = re.compile(
    r"\b(?:mas de|menos de|mayor(?:es)? (?:de|que)|menor(?:es)? de|durante|hace|desde|cada|historia de|experiencia de"
    r"|trayectoria de|despues de|dentro de|(?:cerca|alrededor) de|(?:sociedad|hospital|asociacion|ley|clinica"
    r"|edificio|programa"
    r"|institucion|organizacion)(?: [\w]{1,20}){0,3}|en los|servicio de|periodo de|carrera de|hasta los|y) ?(?:de "
    r"|los )?$"
)
#: What else is ninety years old.
_OLD_THING = re.compile(
    r"[ -](?:law|statute|hospital|society|building|association|institution|organization|program|rule|clinic|practice"
    r"|tradition"
    r"|agency|company|house|doctrine|regulation|facility)(?!\w)"
)
_THING_IS = re.compile(
    r"\b(?:law|statute|hospital|society|building|association|institution|organization|program|rule|clinic|practice"
    r"|agency)"
    r" (?:is|was|turned|has turned)(?: now| almost| nearly)? ?$"
)


_OLD_WORDS = frozenset(
    "ninety hundred noventa cien ciento nineties 90s nonagenarian centenarian nonagenario nonagenaria centenario"
    " centenaria ninetieth hundredth".split()
)
_OLD_NUMBER = re.compile(r"(?:9\d|1[01]\d|120)\D{0,3}")


def ages_over_89(plain: str, low: str, present: Words) -> Places:
    if _OLD_WORDS.isdisjoint(present) and not any(map(_OLD_NUMBER.fullmatch, present)):
        return
    for pattern in _AGES:
        for match in pattern.finditer(low):
            before = low[max(0, match.start() - 40) : match.start()]
            if not _OLD_THING.match(low, match.end()) and not _THING_IS.search(before):
                yield match.span("marked")
    for match in _NAME_AGE.finditer(plain):
        yield match.span("age")
    for match in _EDAD.finditer(low):
        before = low[max(0, match.start() - 40) : match.start()]
        if match["edad"] or (_EDAD_BEFORE.search(before) and not _EDAD_NOT_BEFORE.search(before)):
            yield match.span()


# --- Dates --------------------------------------------------------------------------------------------

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_OF_YEAR = r"(?:,? {1,2}(?:(?:of|in) )?(?:19|20)\d\d(?!\d))?"
_DEL_ANO = r"(?:,? (?:(?:de|del|del ano) )?(?:19|20)\d\d(?!\d))?"
_WRITTEN = re.compile(
    # March 14th, 2024; March fourteenth.
    rf"(?<!\w)(?:{MONTH})\.? {{1,2}}(?:the )?(?:{_DAY}(?:st|nd|rd|th)?|{ORDINAL})(?![\w%]|[.,]\d(?!\d{{3}})"
    rf"|:\d){_OF_YEAR}"
    # 14 March 2024; the 14th of March.
    rf"|(?<![\w.,/$-]){_DAY}(?:st|nd|rd|th)?(?: of|,)? (?:{MONTH}|may(?! (?!\d{{4}})\w))(?!\w){_OF_YEAR}"
    rf"|(?<!\w)(?:{ORDINAL}) (?:day )?of (?:{MONTH}|may)(?!\w){_OF_YEAR}"
    # 14 de marzo de 2024; marzo 14.
    rf"|(?<![\w.,/$-])(?:{_DAY}(?:ro|ero|o)?|(?<!\w)(?:{ORDINAL_ES})) (?:del? (?:mes de )?)?(?:{MES})(?!\w){_DEL_ANO}"
    rf"|(?<!\w)(?:{MES}) {_DAY}(?![\w%]|[.,]\d(?!\d{{3}})|:\d){_DEL_ANO}"
)
_NUMERIC = re.compile(
    # 2024-03-14; 3/14/2024, 14.3.2024; 3/14/24.
    rf"(?<![\w.,/$-])(?:19|20)\d\d([/.-])(?:1[0-2]|0?[1-9])\1{_DAY}(?![\w%/-])"
    rf"|(?<![\w.,/$-]){_DAY}([/. -]){_DAY}\2(?:19|20)\d\d(?![\w%/-])"
    rf"|(?<![\w.,/$-]){_DAY}([/-]){_DAY}\3\d\d(?![\w%/-])"
)
#: In small letters "may" is no month without more.
_MAY = re.compile(
    rf"(?<!\w)(?:May|MAY) {{1,2}}(?:the )?{_DAY}(?:st|nd|rd|th)?(?![\w%]|[.,]\d(?!\d{{3}})|:\d){_OF_YEAR}"
    rf"|(?<!\w)(?:May|MAY) (?i:{ORDINAL})(?!\w){_OF_YEAR}"
    rf"|(?<!\w)may {_DAY}(?:(?:st|nd|rd|th)(?!\w){_OF_YEAR}|,? (?:19|20)\d\d(?!\d))"
    rf"|(?<=\bon )may {_DAY}(?![\w%])"
)
#: Two numbers are a date after a word that leads to one; else they are a score, a share, a blood pressure.
_SHORT = re.compile(
    rf"(?<!\w)(?:on|since|until|el|del|dia) (?P<date>(?:{_DAY})/(?:{_DAY}))(?![\w%/-]|[.,]\d| (?:of|de|mmhg))"
)


_TWO_NUMBERS = re.compile(r"\d[/. -]\d")
_MONTHS = frozenset(f"{MONTH}|{MES}|may".split("|"))


def dates(plain: str, low: str, present: Words) -> Places:
    """Days with a month, in order."""
    found: list[tuple[int, int]] = []
    if not _MONTHS.isdisjoint(present):
        found += [match.span() for match in _WRITTEN.finditer(low) if _is_day(match.group(), low, match.end())]
    if "may" in present:
        found += [match.span() for match in _MAY.finditer(plain)]
    if _TWO_NUMBERS.search(low):
        found += [match.span() for match in _NUMERIC.finditer(low) if _is_day(match.group(), low, match.end())]
        found += [match.span("date") for match in _SHORT.finditer(low) if _is_day(match["date"], low, match.end())]
    yield from sorted(set(found))


def _is_day(matched: str, low: str, end: int) -> bool:
    if matched[0].isalpha():
        return not matched[-1].isdigit() or not unit_follows(low, end)
    numbers = [int(number) for number in re.findall(r"\d{1,4}", matched)]
    if len(numbers) < 2 or any(character.isalpha() for character in matched):
        return True
    first, second = (numbers[1], numbers[2]) if numbers[0] > 31 else (numbers[0], numbers[1])
    return min(first, second) <= 12
