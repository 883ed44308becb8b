"""What `patient_guard` finds by its shape: numbers, addresses, ages, dates.

Each function takes the text without accents and the same in lower case, and gives places in it. All quantifiers have
bounds, and what may repeat begins only where a word does, so that no text takes long.
"""

import re
from collections.abc import Iterator

from campaigns.engine.patient_guard_words import MES, MONTH, ORDINAL, ORDINAL_ES

_Places = Iterator[tuple[int, int]]

# --- Record numbers -----------------------------------------------------------------------------------

_NUMBER_WORD = r"(?:numbers?|no\b\.?|n\.o|num\b\.?|nro\b\.?|#|id\b\.?|identification|numero|identificacion)"
_WITH_DIGITS = r"(?=[a-z-]{0,6}\d)[a-z0-9][a-z0-9-]{2,24}(?!\w)"
_GAP = (
    r"(?:\s?(?:is|was|es|era|fue|:|=|-|of|de|ending in|ends in|terminad[oa] en|que termina en|la|el"
    r"|,)){0,2}\s{0,2}[#(\"']?"
)
_SURE = (
    r"mrn|m\.r\.n\.|medical records?|health records?|hospital records?|patient records?|patient id|patient|chart|ssn"
    r"|ss#"
    r"|social security|soc\. sec\.|nss|expediente(?: medico| clinico)?|historia(?:l)? clinic[oa]|historia medica"
    r"|expediente del? paciente|record medico|seguro social|poliza|afiliad[oa]|afiliacion|beneficiari[oa]|mbi|nhc"
)
_ONLY_NUMBERED = (
    r"account|acct\.?|member(?:ship)?|policy|case|claim|record|records|beneficiary|subscriber|medicare|medicaid"
    r"|insurance|encounter|prescription|rx|authorization|auth|referral|group|visit|specimen|accession|file"
    r"|identification"
    r"|health plan|plan|hospital|device serial|serial|admission|cuenta|miembro|caso|reclamo|reclamacion|registro"
    r"|receta|autorizacion|identificacion|paciente|socio|suscriptor|tarjeta(?: sanitaria| de salud)?|carne|admision"
    r"|ficha"
)
_LABELLED = re.compile(
    rf"(?<![\w-])(?:(?:{_SURE})(?:'s)?(?:\s{{1,2}}{_NUMBER_WORD}){{0,2}}\s?{_NUMBER_WORD}?"
    rf"|(?:{_ONLY_NUMBERED})(?:\s?{_NUMBER_WORD}){{1,2}}"
    rf"|{_NUMBER_WORD}\s(?:de\s)?(?:la\s|el\s|l\s)?(?:{_ONLY_NUMBERED}|{_SURE}))"
    rf"{_GAP}\s?(?P<token>{_WITH_DIGITS})"
)
#: As said of one of these, a long number needs no "number" before it.
_OF_PAPERS = (
    r"encounter|accession|prescription|(?:prior )?authorization(?: reference)?|reference|claim|account|acct\.?"
    r"|subscriber"
    r"|(?:medicare|medicaid|insurance|member) card|folio|reclamo|reclamacion|cuenta|autorizacion|receta|registro"
    r"|referencia"
    r"|(?:tarjeta|carne)(?: de \w{2,12})?"
)
_PAPERS = re.compile(rf"(?<![\w-])(?:{_OF_PAPERS}){_GAP}\s?(?P<token>{_WITH_DIGITS})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}([- ])\d{2}\1\d{4}(?![\w-])")


def record_numbers(plain: str, low: str) -> _Places:
    for match in _LABELLED.finditer(low):
        token = match["token"]
        digits = sum(character.isdigit() for character in token)
        numbered = re.search(_NUMBER_WORD, low[match.start() : match.start("token")]) is not None
        if digits < 3 or (not numbered and _YEAR.fullmatch(token)) or _unit_follows(low, match.end()):
            continue
        # "The patient 413-..." is no label; a number of patients stands before the word.
        if low[match.start() :].startswith("patient ") and not numbered and digits < 5:
            continue
        yield match.span()
    for match in _PAPERS.finditer(low):
        if sum(character.isdigit() for character in match["token"]) >= 5 and not _unit_follows(low, match.end()):
            yield match.span()
    for match in _SSN.finditer(low):
        yield match.span()


# --- Telephones, e-mail -------------------------------------------------------------------------------

_EXTENSION = r"(?:,?\s?(?:ext|x|extension)\.?\s?\d{1,5})?"
_PHONE = re.compile(
    rf"(?<![\w.$/-])(?:\+?1[ .-]?)?(?:\(\d{{3}}\)[ -]?|\d{{3}}[.-]|[2-9]\d\d )(?:\d{{3}}[.-]"
    rf"|[2-9]\d\d )\d{{4}}(?![\w-]|[.,]\d)"
    rf"{_EXTENSION}|\+\d[\d ().-]{{7,18}}\d(?!\d){_EXTENSION}"
)
#: Only institutions have toll-free numbers.
_TOLL_FREE = re.compile(r"\+?1?[ .-]?\(?8(?:00|33|44|55|66|77|88)\b")
#: Shorter shapes, which only the word before them makes a telephone number.
_PHONE_NAMED = re.compile(
    r"\b(?:phone|telephone|tel|call|cell|mobile|fax|text|reached? (?:me |her |him |us |them )?at|llam[ea]\w{0,3}"
    r"|telefono"
    r"|celular|movil|whatsapp|marquen?)\b\.?(?:\s(?:me|us|her|him|at|number|is|on|al|es|numero|el|cell|phone|su"
    r"|home)){0,3}:?\s{1,2}"
    r"(?P<number>\d{3}[ .-]?\d{4}|1?[2-9]\d{9})(?![\w-])"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[^\W\d_]{2,20}")
_PROVIDER = r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|comcast|verizon|msn|live)"
_DOT = r"\s{0,2}[\[(]?\b(?:dot|punto)\b[\])]?\s{0,2}"
#: Known ends only: "email at maria dot lopez" is not where the address begins.
_DOMAIN_END = (
    rf"(?:{_DOT}[a-z]{{2,20}}){{0,2}}?{_DOT}"
    r"(?:com|org|net|edu|gov|info|io|co|us|mx|es|pr|me|health|clinic|example|test|invalid)"
)
_SPOKEN_AT = re.compile(
    rf"(?:\b(?P<at>at|arroba)\b|@)\s?[\])}}]?\s{{0,2}}(?:[\w-]{{1,60}}{_DOMAIN_END}|{_PROVIDER}\.[a-z]{{2,4}}"
    r"|(?:(?<=arroba )|(?<=at\] )|(?<=at\) )|(?<=@ ))[\w-]{1,60}\.[a-z]{2,10})(?!\w)"
)
_SPOKEN_NAME = re.compile(rf"(?<![\w.+-])(?:[\w+-]{{1,40}}{_DOT}){{0,2}}[\w.+-]{{1,64}}\s{{0,2}}[\[({{]?\s?$")


def phones(plain: str, low: str) -> _Places:
    for match in _PHONE.finditer(low):
        if not _TOLL_FREE.match(match.group()):
            yield match.span()
    for match in _PHONE_NAMED.finditer(low):
        yield match.span("number")


def emails(plain: str, low: str) -> _Places:
    for match in _EMAIL.finditer(low):
        yield match.span()
    reached = 0
    for domain in _SPOKEN_AT.finditer(low):
        name = _SPOKEN_NAME.search(low, max(reached, domain.start() - 100), domain.start())
        reached = domain.end()
        if name:
            yield name.start(), domain.end()


# --- Addresses ----------------------------------------------------------------------------------------

_STREET = (
    r"street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|terrace|ter|way|highway|hwy"
    r"|circle"
    r"|cir|parkway|pkwy|square|sq|turnpike|tpke|trail|loop|alley|row|crossing|broadway"
)
_PLAIN_STREET = frozenset("street avenue ave road rd drive lane ln boulevard blvd highway hwy parkway terrace".split())
_UNIT = r"(?:\.?,? (?:apt|apartment|unit|suite|ste|floor|room|apto|apartamento|piso)\b\.? ?#?\w{1,5}|\.?,? ?#\w{1,5})?"
_HOUSE = r"(?<![\w.$/#-])\d{1,6}(?:-\d{1,4})?[a-z]?"
_ADDRESS = re.compile(
    rf"{_HOUSE},? (?P<words>(?:[\w'.-]{{1,24}} {{1,2}}){{1,4}}?)(?P<street>{_STREET})(?![\w'-]){_UNIT}"
    rf"|{_HOUSE} (?:broadway|avenue of the \w{{3,20}})(?!\w){_UNIT}"
)
_ROUTE = re.compile(
    rf"{_HOUSE} (?:(?:old|state|county|rural|us|u\.s\.) ){{0,2}}(?:route|rte|road|rd|highway|hwy) \d{{1,4}}(?!\w)"
    r"|(?<!\w)(?:rr|hc) ?\d{1,3},? box \d{1,5}(?!\w)"
)
_BOX = re.compile(
    r"(?<!\w)(?:p\. ?o\.|p ?o|post office) box:? ?#?\d{1,6}(?!\w)"
    r"|(?<!\w)(?:apartado|apdo\.?|casilla) (?:postal|de correos?),? ?(?:#|no\.?|num\.?|numero)? ?\d{1,6}(?!\w)"
)
_VIA = r"calle|c/|avenida|avda?\.?|ave\.?|carrera|camino|paseo|plaza|pasaje|callejon|carretera|calzada|bulevar"
r"|blvd\.?|ronda"
_ADDRESS_ES = re.compile(
    rf"(?<!\w)(?:{_VIA}) ?(?P<words>(?:[\w'.-]{{1,24}},? ){{1,5}}?)(?:n\.?o\.? ?|num\.? ?|numero "
    rf"|# ?)?(?P<house>\d{{1,5}}[a-z]?)"
    rf"(?![\w%/-]|[.,]\d){_UNIT}"
    r"|(?<!\w)calle \d{1,3},? #? ?[a-z]?-?\d{1,4}(?!\w)"
    r"|(?<!\w)carretera (?:pr-? ?)?\d{1,4},? km\.? ?\d{1,3}(?:\.\d)?"
    rf"|{_HOUSE} de la (?:calle|avenida|carrera) [\w'-]{{2,24}}(?: [A-Z][\w'-]{{1,24}})?"
)
#: Between a number and "Street" they say that the number counts something else.
_NO_STREET = frozenset(
    """the of to in on at and or from for with by down along across off near over up is was are were years year patients
    patient people doctors days hours minutes miles blocks weeks months times percent feet homes houses clinics families
    residents beds nurses physicians more other this that every city our your my their her his a an per mg ml no not who
    january february april june july august september october november december am pm a.m. p.m. dr. mr. mrs. ms. senator
    cars lives children i we he she they it two three four hospitals offices steps""".split()
)
_NO_CALLE = frozenset(
    """por con en a hace durante que y para desde hasta mas tras sin entre unos casi cada donde hay son es fue tiene
    atiende viven cierra cerro lleva llevo tenemos somos tuvo a. al ley norma senado proyecto""".split()
)
_COUNTED = re.compile(
    r" ?(?:%|per ?cent|por ciento|years?|anos?|patients?|pacientes?|people|personas|days?|dias|weeks?|semanas|months?"
    r"|mes(?:es)?|hours?|horas|minut\w{1,3}|mg|mcg|ml|kg|g|lbs?|pounds|libras|miles|millas|km|units?|unidades|doctors"
    r"|medicos|camas|beds|times|veces|dollars|dolares|million|mil|thousand|casos|cases|doses|dosis|ninos|children"
    r"|metros"
    r"|families|familias|visits?|members?|physicians|hospitals?|states|estados|de (?:enero|febrero|marzo|abril|mayo"
    r"|junio"
    r"|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre))(?![\w])"
)
_LAW_BEFORE = re.compile(
    r"(?:bill|act|section|sec\.|chapter|title|article|h\.r\.|hb|sb|s\.|h\.|no\.|docket|ley|articulo) ?$"
)


def _unit_follows(low: str, end: int) -> bool:
    return _COUNTED.match(low, end) is not None


def street_addresses(plain: str, low: str) -> _Places:
    for match in _ADDRESS.finditer(low):
        if match["words"] is None or _is_street(plain, low, match):
            yield match.span()
    for pattern in (_ROUTE, _BOX):
        for match in pattern.finditer(low):
            yield match.span()
    for match in _ADDRESS_ES.finditer(low):
        inside = (match["words"] or "").replace(",", "").split()
        if match["house"] is None or (_NO_CALLE.isdisjoint(inside) and not _unit_follows(low, match.end("house"))):
            yield match.span()


def _is_street(plain: str, low: str, match: re.Match[str]) -> bool:
    inside = match["words"].split()
    if not _NO_STREET.isdisjoint(inside) or _LAW_BEFORE.search(low, max(0, match.start() - 10), match.start()):
        return False
    written = plain[match.start("words") : match.end("words")].split()
    # A month's day before a saint or a doctor.
    if re.search(rf"(?:{MONTH}|may)\.? $", low[max(0, match.start() - 12) : match.start()]):
        return False
    if all(not word[0].islower() for word in written):
        return True
    if re.match(r"\.?, ?(?:apt|unit|apartment|suite|#)", low[match.end("street") : match.end("street") + 12]):
        return True
    return len(inside) <= 2 and match["street"] in _PLAIN_STREET and plain[match.start("street")].islower()


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


def ages_over_89(plain: str, low: str) -> _Places:
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
_DATE = re.compile(
    # March 14th, 2024; March fourteenth.
    rf"(?<!\w)(?:{MONTH})\.? {{1,2}}(?:the )?(?:{_DAY}(?:st|nd|rd|th)?|{ORDINAL})(?![\w%]|[.,]\d(?!\d{{3}})"
    rf"|:\d){_OF_YEAR}"
    # 14 March 2024; the 14th of March.
    rf"|(?<![\w.,/$-]){_DAY}(?:st|nd|rd|th)?(?: of|,)? (?:{MONTH}|may(?! (?!\d{{4}})\w))(?!\w){_OF_YEAR}"
    rf"|(?<!\w)(?:{ORDINAL}) (?:day )?of (?:{MONTH}|may)(?!\w){_OF_YEAR}"
    # 14 de marzo de 2024; marzo 14.
    rf"|(?<![\w.,/$-])(?:{_DAY}(?:ro|ero|o)?|(?<!\w)(?:{ORDINAL_ES})) (?:del? (?:mes de )?)?(?:{MES})(?!\w){_DEL_ANO}"
    rf"|(?<!\w)(?:{MES}) {_DAY}(?![\w%]|[.,]\d(?!\d{{3}})|:\d){_DEL_ANO}"
    # 2024-03-14; 3/14/2024, 14.3.2024; 3/14/24.
    rf"|(?<![\w.,/$-])(?:19|20)\d\d([/.-])(?:1[0-2]|0?[1-9])\1{_DAY}(?![\w%/-])"
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


def dates(plain: str, low: str) -> _Places:
    """Days with a month, in order."""
    found = [match.span() for match in _DATE.finditer(low) if _is_day(match.group(), low, match.end())]
    found += [match.span() for match in _MAY.finditer(plain)]
    found += [match.span("date") for match in _SHORT.finditer(low) if _is_day(match["date"], low, match.end())]
    yield from sorted(set(found))


def _is_day(matched: str, low: str, end: int) -> bool:
    if matched[0].isalpha():
        return not matched[-1].isdigit() or not _unit_follows(low, end)
    numbers = [int(number) for number in re.findall(r"\d{1,4}", matched)]
    if len(numbers) < 2 or any(character.isalpha() for character in matched):
        return True
    first, second = (numbers[1], numbers[2]) if numbers[0] > 31 else (numbers[0], numbers[1])
    return min(first, second) <= 12
