"""What `patient_guard` finds by its shape: numbers, telephones, addresses of mail and of houses.

Each function takes the text without accents and the same in lower case, and gives places in it. All quantifiers have
bounds, and what may repeat begins only where a word does, so that no text takes long.
"""

import re
from collections.abc import Iterator

from campaigns.engine.patient_guard_words import MONTH

Places = Iterator[tuple[int, int]]
#: Every word of a text. A pattern that needs a word is only looked for where the text has one of those.
Words = frozenset[str]

# --- Record numbers -----------------------------------------------------------------------------------

_NUMBER_WORD = r"(?:numbers?|no\b\.?|n\.o|num\b\.?|nro\b\.?|#|id\b\.?|identification|numero|identificacion)"
_WITH_DIGITS = r"(?=[a-z-]{0,6}\d)[a-z0-9][a-z0-9-]{2,24}(?!\w)"
#: In groups, too: 12-34-56, 00 48 213.
_GROUPED = r"(?=[a-z-]{0,6}\d)[a-z0-9](?:[a-z0-9/-]|[. ](?=\d)){2,24}(?!\w)"
_GAP = (
    r"(?:\s?(?:is|was|es|era|fue|:|=|-|of|de|ending in|ends in|terminad[oa] en|que termina en|la|el"
    r"|,)){0,2}\s{0,2}[#(\"']?"
)
_SURE = (
    r"mrn|m\.r\.n\.|medical records?|health records?|hospital records?|patient records?|patient id|patient|chart|ssn"
    r"|ss#"
    r"|social security|soc\. sec\.|nss|expediente(?: medico| clinico)?|historia(?:l)? clinic[oa]|historia medica"
    r"|expediente del? paciente|record medico|seguro social|poliza|afiliad[oa]|afiliacion|beneficiari[oa]|mbi|nhc"
    r"|hicn|va file|a-number|passport|driver'?s licen[cs]e|(?:licen[cs]e )?plates?|masshealth|medi-cal|tricare"
    r"|health card|insurance card|hospital wristband|wristband|dni|curp|cedula|pasaporte|licencia de conducir|matricula"
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
    rf"{_GAP}\s?(?P<token>{_GROUPED})"
)
#: As said of one of these, a long number needs no "number" before it.
_OF_PAPERS = (
    r"encounter|accession|prescription|(?:prior )?authorization(?: reference)?|reference|claim|account|acct\.?"
    r"|subscriber|case|file|policy|member(?:ship)?|chart|referral|specimen|order|invoice|serial|ticket|caso|socio|orden"
    r"|(?:medicare|medicaid|insurance|member|health) card|folio|reclamo|reclamacion|cuenta|autorizacion|receta|registro"
    r"|referencia"
    r"|(?:tarjeta|carne)(?: de \w{2,12})?"
)
_PAPERS = re.compile(rf"(?<![\w-])(?:{_OF_PAPERS}){_GAP}\s?(?P<token>{_WITH_DIGITS})")
#: The number on the card of Medicare: digits and letters in fixed places, without those that look like others.
_MEDICARE = re.compile(
    r"(?<![\w-])[1-9][ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?"
    r"[ac-hj-kmnp-rt-y]{2}\d\d(?![\w-])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}([- ])\d{2}\1\d{4}(?![\w-])")


def record_numbers(plain: str, low: str, present: Words) -> Places:
    if not _DIGIT.search(low):
        return
    for match in _LABELLED.finditer(low):
        token = match["token"]
        digits = sum(character.isdigit() for character in token)
        numbered = re.search(_NUMBER_WORD, low[match.start() : match.start("token")]) is not None
        if digits < 3 or (not numbered and _YEAR.fullmatch(token)) or unit_follows(low, match.end()):
            continue
        # "The patient 413-..." is no label; a number of patients stands before the word.
        if low[match.start() :].startswith("patient ") and not numbered and digits < 5:
            continue
        yield match.span()
    for match in _PAPERS.finditer(low):
        if sum(character.isdigit() for character in match["token"]) >= 5 and not unit_follows(low, match.end()):
            yield match.span()
    for pattern in (_SSN, _MEDICARE):
        for match in pattern.finditer(low):
            yield match.span()


# --- Telephones, e-mail -------------------------------------------------------------------------------

_EXTENSION = r"(?:,?\s?(?:ext|x|extension)\.?\s?\d{1,5})?"
PHONE = re.compile(
    rf"(?<![\w.$/-])(?:\+?1[ .-]?)?(?:\(\d{{3}}\)[ -]?|\d{{3}}[.-]|[2-9]\d\d )(?:\d{{3}}[.-]"
    rf"|[2-9]\d\d )\d{{4}}(?![\w-]|[.,]\d)"
    rf"{_EXTENSION}|\+\d[\d ().-]{{7,18}}\d(?!\d){_EXTENSION}"
)
#: Ten digits in a row, and seven with a hyphen, where the words around speak of a telephone.
_PHONE_BARE = re.compile(
    r"(?<![\w.$/#-])(?:[2-9]\d\d[2-9]\d{6}|[2-9]\d\d-\d{4}|\d{3}(?: \d{2,3}){2,3})(?![\w-]|[.,]\d)"
)
_OF_PHONES = re.compile(
    r"\b(?:phones?|telephone|tel|calls?|called|calling|cell|mobile|fax|texts?|reach(?:ed)?|ring|dial|voicemail|answers?"
    r"|number|contact|llam\w{1,5}|telefono|celular|movil|whatsapp|marqu\w{1,3}|contest\w{1,3}|localiz\w{1,5}|numero"
    r"|hablar?|hablen|comuni\w{2,6}|avis\w{1,3}|suena)(?!\w)"
)
_AROUND_A_PHONE = 60
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
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[^\W\d_]{2,20}")
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


_AT = frozenset({"at", "arroba"})


def phones(plain: str, low: str, present: Words) -> Places:
    if not _DIGIT.search(low):
        return
    for match in PHONE.finditer(low):
        if not _TOLL_FREE.match(match.group()):
            yield match.span()
    for match in _PHONE_NAMED.finditer(low):
        yield match.span("number")
    for match in _PHONE_BARE.finditer(low):
        near = low[max(0, match.start() - _AROUND_A_PHONE) : match.end() + _AROUND_A_PHONE]
        if _OF_PHONES.search(near) and not unit_follows(low, match.end()) and not _TOLL_FREE.match(match.group()):
            yield match.span()


def emails(plain: str, low: str, present: Words) -> Places:
    if "@" in low:
        for match in EMAIL.finditer(low):
            yield match.span()
    elif _AT.isdisjoint(present):
        return
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
    r"|cir|crescent|commons|plaza|extension|ext|landing|cove|path|pike|walk|run|bend|hollow|trl|expressway|mews|parkway|pkwy|square|sq|turnpike|tpke|trail|loop|alley|row|crossing|broadway"
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
#: Between streets, and in Spanish towns where houses are numbered by estate and block.
_CORNER = re.compile(
    r"(?<!\w)(?:corner of [A-Z][\w'-]{1,24}(?: (?:St|Street|Ave|Avenue|Rd|Road))?\.? (?:and|&) [A-Z][\w'-]{1,24}"
    r"|esquina de [A-Z][\w'-]{1,24} (?:y|con) [A-Z][\w'-]{1,24})"
)
_ESTATE = re.compile(
    r"(?<!\w)(?:urbanizacion|urb\.?|residencial|reparto|colonia|barrio|edificio|sector|parcelas?)"
    r" (?:[\w'.-]{1,24},? ){1,4}?(?:calle|casa|bloque|apartamento|apto\.?|manzana|numero|num\.?|#|no\.)"
    r" ?#?\w{0,2}-?\d{1,4}(?!\w)"
)
#: Without "Street": where somebody lives at it.
_LIVES_AT = re.compile(
    r"(?<!\w)(?:lives?|lived|living|resides?|moved|home|house|address|stay(?:s|ing)?|found (?:him|her|them))"
    r"(?: \w{1,12}){0,2}? (?:at|to|is|was):? (?P<address>\d{1,5} [A-Z][\w'-]{2,24}(?: [A-Z][\w'-]{1,24})?)(?![\w'-])"
    r"|(?<!\w)(?:[Vv]iv(?:e|o|en|imos|ia)|[Rr]esid(?:e|o|en)|[Dd]omicilio|[Dd]ireccion)(?: \w{1,12}){0,2}? (?:en|es)"
    r":? (?P<direccion>[A-Z][\w'-]{2,24}(?: (?:de |del |la )?[A-Z][\w'-]{1,24}){0,2},? "
    r"(?:num\. |numero |# ?)?\d{1,5})(?![\w/%-])"
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


_STREETS = frozenset(_STREET.split("|"))
_ROUTES = frozenset("route rte road rd highway hwy rr hc".split())
_BOXES = frozenset("box apartado apdo casilla".split())
_ESTATES = frozenset("urbanizacion urb residencial reparto colonia barrio edificio sector parcela parcelas".split())
_HOMES = frozenset(
    "live lives lived living reside resides moved home house address stay stays staying found vive vivo viven vivimos"
    " vivia residen resido domicilio direccion".split()
)
_CORNERS = frozenset({"corner", "esquina"})
_VIAS = frozenset(
    "calle c avenida avda avd ave carrera camino paseo plaza pasaje callejon carretera calzada bulevar blvd"
    " ronda".split()
)


def unit_follows(low: str, end: int) -> bool:
    return _COUNTED.match(low, end) is not None


def street_addresses(plain: str, low: str, present: Words) -> Places:
    if not _DIGIT.search(low) and _CORNERS.isdisjoint(present):
        return
    if not _STREETS.isdisjoint(present):
        for match in _ADDRESS.finditer(low):
            if match["words"] is None or _is_street(plain, low, match):
                yield match.span()
    for needed, pattern in ((_ROUTES, _ROUTE), (_BOXES, _BOX), (_ESTATES, _ESTATE)):
        if not needed.isdisjoint(present):
            for match in pattern.finditer(low):
                yield match.span()
    if not _HOMES.isdisjoint(present):
        for match in _LIVES_AT.finditer(plain):
            if not unit_follows(low, match.end()):
                yield match.span(match.lastgroup or 0)
    if not _CORNERS.isdisjoint(present):
        for match in _CORNER.finditer(plain):
            yield match.span()
    if not _VIAS.isdisjoint(present):
        for match in _ADDRESS_ES.finditer(low):
            inside = (match["words"] or "").replace(",", "").split()
            if match["house"] is None or (_NO_CALLE.isdisjoint(inside) and not unit_follows(low, match.end("house"))):
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
