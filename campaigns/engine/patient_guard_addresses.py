"""Rules of `patient_guard` for where somebody lives, as addresses are written in English and in Spanish."""

from campaigns.engine.patient_guard_rules import Rule, Sign
from campaigns.engine.patient_guard_shapes import UNITS
from campaigns.engine.patient_guard_words import MONTH

_STREET = (
    r"street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|terrace|ter|way|highway|hwy"
    r"|circle|cir|crescent|cres|commons|plaza|extension|ext|landing|cove|path|pike|walk|run|bend|hollow|trail|trl"
    r"|expressway|mews|parkway|pkwy|square|sq|turnpike|tpke|loop|alley|row|crossing|broadway|point|ridge|hill|green"
)
_PLAIN_STREET = "street|avenue|ave|road|rd|drive|lane|ln|boulevard|blvd|highway|hwy|parkway|terrace"
_UNIT = (
    r"(?:\.?,? (?:apt|apartment|unit|suite|ste|floor|room|apto|apartamento|piso|interior|int|puerta"
    r"|portal)\b\.? ?#?\w{1,5}"
    r"|\.?,? ?#\w{1,5})?"
)
_HOUSE = r"(?<![\w.$/#-])\d{1,6}(?:-\d{1,4})?[a-z]?"
_STREETS = frozenset(_STREET.split("|"))
#: Between a number and "Street" they say that the number counts something else.
_NO_STREET = frozenset(
    """the of to in on at and or from for with by down along across off near over up is was are were years year patients
    patient people doctors days hours minutes miles blocks weeks months times percent feet homes houses clinics families
    residents beds nurses physicians more other this that every city our your my their her his a an per mg ml no not who
    january february april june july august september october november december am pm a.m. p.m. dr. mr. mrs. ms. senator
    cars lives children i we he she they it two three four hospitals offices steps""".split()
)
_NO_ADDRESS_BEFORE = (
    r"(?:\b(?:bill|act|section|sec\.|chapter|title|article|h\.r\.|hb|sb|s\.|h\.|no\.|docket|ley|articulo)"
    rf"|\b(?:{MONTH}|may)\.?) ?$"
)
_LIVING = (
    r"(?:lives?|lived|living|resides?|moved|home|house|address|stay(?:s|ing)?|apartment|trailer|evicted"
    r"|found (?:him|her|them))"
)
_NUMBER = r"(?:n\.?o\.? ?|num\.? ?|nro\.? ?|numero |no\. ?|# ?)"
_WORDS = r"(?P<words>(?:[\w'.-]{1,24} {1,2}){1,4}?)"

_ENGLISH = (
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"{_HOUSE},? {_WORDS}(?:{_STREET})(?![\w'-]){_UNIT}",
        capitals="words",
        without=_NO_STREET,
        not_before=_NO_ADDRESS_BEFORE,
        reach=12,
        needs=_STREETS,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            rf"{_HOUSE},? (?P<words>(?:[\w'.-]{{1,24}} {{1,2}}){{1,2}}?)"
            rf"(?:(?:{_PLAIN_STREET})(?![\w'-])|(?:{_STREET})(?=\.?, ?(?:apt|unit|apartment|suite|#))){_UNIT}"
        ),
        without=_NO_STREET,
        not_before=_NO_ADDRESS_BEFORE,
        reach=12,
        needs=_STREETS,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?P<words>(?:[\w'.-]{1,24} ){1,3}?)"
            rf"(?:{_STREET})(?![\w'-]){_UNIT}"
        ),
        before=r"(?:\b(?:at|to|from|is|house|home|address)|[,:]) $",
        reach=10,
        capitals="words",
        without=_NO_STREET,
        needs=_STREETS,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"{_HOUSE} (?:broadway|avenue of the \w{{3,20}})(?!\w){_UNIT}",
        needs=frozenset({"broadway", "avenue"}),
    ),
    # 2240 S Wabash: in some cities nobody says "Avenue".
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"{_HOUSE} (?:[nsew]|[ns][ew])\.? (?P<words>[a-z][\w'-]{{2,24}}){_UNIT}",
        capitals="words",
        not_after=UNITS,
        needs=frozenset("n s e w nw ne sw se".split()),
    ),
    # Elm Street, number 7; and the street alone, where somebody lives on it.
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=r"(?:number|no\.?|num\.?) ?\d{1,5}(?!\w)",
        before_as_written=r"(?:[A-Z][\w'-]{1,24} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Court|Terrace"
        r"|Way)\.?, $",
        from_before=True,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"(?:on|at|off|along) (?P<words>(?:[a-z][\w'.-]{{1,24}} ){{1,4}}?)(?:{_STREET})(?![\w'-])",
        before=r"\b(?:lives?|lived|living|resides?|home|apartment|trailer)(?: \w{2,12})? $",
        capitals="words",
        without=_NO_STREET,
        needs=_STREETS,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            rf"{_HOUSE} (?:(?:old|state|county|rural|us|u\.s\.) ){{0,2}}(?:route|rte|road|rd|highway"
            rf"|hwy) \d{{1,4}}(?!\w)"
        ),
        needs=frozenset("route rte road rd highway hwy".split()),
    ),
    Rule(sign=Sign.STREET_ADDRESS, pattern=r"(?:rr|hc) ?\d{1,3},? box \d{1,5}(?!\w)"),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            r"corner of (?P<words>[a-z0-9][\w'-]{1,24}(?: (?:st|street|ave|avenue|rd|road))?\.? (?:and|&)"
            r" [a-z0-9][\w'-]{1,24})"
        ),
        capitals="words",
    ),
    # Without "Street": where somebody lives at it.
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            rf"{_LIVING}(?: \w{{1,12}}){{0,2}}? (?:at|to|is|was|from):? "
            r"(?P<address>\d{1,5} (?P<name>[a-z][\w'-]{2,24}(?: [a-z][\w'-]{1,24})?))(?![\w'-])"
        ),
        marked="address",
        name="name",
        not_after=UNITS,
    ),
    Rule(sign=Sign.STREET_ADDRESS, pattern=r"(?:p\. ?o\.|p ?o|post office) box:? ?#?\d{1,6}(?!\w)"),
)

_VIA = (
    r"calle|c/|avenida|avda?\.?|av\.|ave\.?|carrera|cra\.?|camino|paseo|plaza|plazuela|pasaje|callejon|carretera"
    r"|calzada|bulevar|blvd\.?|ronda|travesia|glorieta|rambla|alameda|prolongacion|privada|jiron|transversal|diagonal"
)
_VIAS = frozenset(
    "calle c avenida avda avd av ave carrera cra camino paseo plaza plazuela pasaje callejon carretera calzada bulevar"
    " blvd ronda travesia glorieta rambla alameda prolongacion privada jiron transversal diagonal".split()
)
_NO_CALLE = frozenset(
    """por con en a hace durante que y para desde hasta mas tras sin entre unos casi cada donde hay son es fue tiene
    atiende viven cierra cerro lleva llevo tenemos somos tuvo a. al ley norma senado proyecto""".split()
)

_SPANISH = (
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            rf"(?:{_VIA})(?:(?<=[./]) ?| )(?P<words>(?:[\w'.-]{{1,24}},? ){{1,5}}?){_NUMBER}?"
            rf"(?:\d{{1,5}}(?:-\d{{1,4}})?[a-z]?(?![\w%/-]|[.,]\d)|s/n(?!\w)){_UNIT}"
        ),
        without=_NO_CALLE,
        not_after=UNITS,
        needs=_VIAS,
    ),
    Rule(sign=Sign.STREET_ADDRESS, pattern=r"calle \d{1,3},? #? ?[a-z]?-?\d{1,4}(?!\w)"),
    # Calle 45 # 12-30.
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"(?:calle|cll\.?|carrera|cra\.?|kra\.?|avenida|transversal"
        rf"|diagonal) \d{{1,3}}[a-z]?,? {_NUMBER}\d{{1,4}}"
        r"[a-z]?(?: ?- ?\d{1,4})?(?!\w)",
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=r"(?:carretera|carr\.?|ruta|camino) (?:pr-? ?|estatal )?\d{1,4},? (?:km|kilometro"
        r"|hm)\.? ?\d{1,3}(?:[.,]\d)?",
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            r"(?:barrio|bo\.?|sector|parcelas?|carretera|carr\.?)(?: [\w'.-]{1,24},?){1,4}? (?:km"
            r"|kilometro)\.? ?\d{1,3}"
            r"(?:[.,]\d)?(?![\w.])"
        ),
        needs=frozenset({"km", "kilometro"}),
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"{_HOUSE} de la (?:calle|avenida|carrera) (?:(?:del?|la|las|los"
        rf"|el) ){{0,2}}(?P<name>[\w'-]{{2,24}}(?: [\w'-]{{1,24}})?)",
        name="name",
        needs=_VIAS,
    ),
    # Where houses are numbered by estate and block.
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            r"(?:urbanizacion|urb\.?|residencial|reparto|colonia|col\.|fraccionamiento|barrio|edificio|sector|parcelas?"
            r"|conjunto|condominio|cond\.) (?:[\w'.-]{1,24},? ){1,4}?(?:calle|casa|bloque|apartamento|apto\.?|manzana"
            r"|mz\.?|lote|torre|puerta|numero|num\.?|n\.o|#|no\.) ?#?\w{0,2}-?\d{1,4}(?!\w)"
        ),
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=(
            r"(?:viv(?:e|o|en|imos|ia)|resid(?:e|o|en)|domicilio|direccion)(?: \w{1,12}){0,2}? (?:en|es):? "
            r"(?P<address>(?P<words>[a-z][\w'-]{2,24}(?: (?:de |del |la )?[a-z][\w'-]{1,24}){0,2}),? "
            r"(?:num\. |numero |n\.o |# ?)?\d{1,5})(?![\w/%-])"
        ),
        marked="address",
        capitals="words",
        not_after=UNITS,
    ),
    # The street alone, where somebody lives in it.
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=rf"(?:{_VIA}) (?:(?:del?|la|las|los|el) ){{0,2}}(?P<name>[\w'-]{{3,24}}(?: [\w'-]{{3,24}})?)",
        before=r"\b(?:viv(?:e|o|en|imos|ia)|resid(?:e|o|en|ia)|casa|domicilio)(?: \w{2,12})? (?:en|a|por)(?: la"
        r"| el)? $",
        name="name",
        needs=_VIAS,
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=r"esquina de (?P<words>[a-z][\w'-]{1,24} (?:y|con) [a-z][\w'-]{1,24})",
        capitals="words",
    ),
    Rule(
        sign=Sign.STREET_ADDRESS,
        pattern=r"(?:apartado|apdo\.?|casilla) (?:postal|de correos?),? ?(?:#|no\.?|n\.o|num\.?"
        r"|numero)? ?\d{1,6}(?!\w)",
    ),
)

STREET_ADDRESSES = (*_ENGLISH, *_SPANISH)
