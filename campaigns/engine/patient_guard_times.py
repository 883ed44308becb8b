"""Rules of `patient_guard` for ages over 89, for days, and for months with their year."""

from campaigns.engine.patient_guard_rules import BEFORE, Rule, Sign
from campaigns.engine.patient_guard_shapes import UNITS
from campaigns.engine.patient_guard_words import MES, MONTH, ORDINAL, ORDINAL_ES, RELATIONS

# --- Ages ---------------------------------------------------------------------------------------------

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_UNOS = "un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_OLD = (
    rf"(?:9\d|1[01]\d|120|ninety(?:[ -](?:{_ONES}))?|(?:one|a) hundred(?:(?: and)?[ -](?:{_ONES}|ten|eleven|twelve))?)"
)
_VIEJO = rf"(?:9\d|1[01]\d|120|noventa(?: y (?:{_UNOS}))?|cien(?:to (?:{_UNOS}|diez|once|doce))?)"
_NO_AGE_AFTER = (
    r"(?![\w%/-]|[.,:]\d| ?%| (?:percent|per cent|patients|people|years? (?!old|of age|young)|days?|minutes?|hours?"
    r"|pounds|lbs|kg|miles|mg|mcg|weeks|months|times|degrees|beds|physicians|doctors|or|and (?:over|older|above)"
    r"|million|thousand|members|families|on room|over|bpm|beats)(?!\w))"
)
#: What else is ninety years old.
_THING = (
    "law|statute|hospital|society|building|association|institution|organization|program|rule|clinic|practice|tradition"
    "|agency|company|house|doctrine|regulation|facility"
)
_OLD_THING = rf"[ -](?:{_THING})(?!\w)"
_THING_IS = rf"\b(?:{_THING}) (?:is|was|turned|has turned|will be)(?: now| almost| nearly)? ?$"
_OLD_WORDS = frozenset(
    [*"ninety hundred noventa cien ciento nineties 90s mid nonagenarian centenarian ninetieth hundredth".split()]
    + [*"nonagenario nonagenaria centenario centenaria".split(), *map(str, range(90, 121))]
    + [*(f"{number}{ending}" for number in range(90, 121) for ending in ("yo", "th", "st", "nd", "rd", "y"))]
)


def _age(pattern: str, *, before: str = "", not_before: str = _THING_IS, not_after: str = _OLD_THING) -> Rule:
    return Rule(
        sign=Sign.AGE_OVER_89,
        pattern=pattern,
        marked="age" if "(?P<age>" in pattern else "",
        before=before,
        not_before=not_before,
        reach=30 if not_before == _THING_IS and not before else BEFORE,
        not_after=not_after,
        needs=_OLD_WORDS,
    )


AGES = (
    _age(
        rf"(?<![\w.,/$-])(?P<age>{_OLD}(?:[ -](?:years?|yrs?|yr)\.?[ -](?:old|young|of age)|[ -]?(?:yo|y/o|y\.o\.)))"
        r"(?!\w)(?! (?:and|or) (?:older|over|above))"
    ),
    _age(rf"(?P<age>(?:aged?|at (?:the )?age(?: of)?|age of|turn(?:ed|ing|s)?|age:) {_OLD}){_NO_AGE_AFTER}"),
    _age(
        r"(?:she|he|she's|he's|she'll|he'll|who|patient|mother|father|grandmother|grandfather|wife|husband|aunt"
        r"|resident)"
        r"(?: is| was|'s| will be| would be| be)?(?: now| just| almost| nearly| only| already| over){0,2},?"
        rf" (?P<age>{_OLD}){_NO_AGE_AFTER}"
    ),
    _age(rf"(?:woman|man|lady|gentleman|widow|widower|patient) of (?P<age>{_OLD}){_NO_AGE_AFTER}"),
    _age(
        rf"(?:{RELATIONS})(?: is| was|'s|,)(?: now| just| almost| nearly| only| already){{0,2}}"
        rf" (?P<age>{_OLD}){_NO_AGE_AFTER}"
    ),
    _age(
        r"(?:sisters|brothers|parents|grandparents|neighbou?rs|aunts|uncles|hermanas|hermanos|abuelos|padres|tias|tios)"
        rf",? (?:are |were |both |de |who are )?(?P<age>{_OLD}|{_VIEJO})(?=,| and | y )"
    ),
    _age(rf"(?:{RELATIONS}) \((?:age |aged )?(?P<age>{_OLD})\)"),
    _age(r"(?P<age>(?:(?:9\d|1[01]\d)(?:th|st|nd|rd)|ninety-[a-z]{3,7}|ninetieth|hundredth) birthday)(?!\w)"),
    _age(
        r"(?:she|he|who|ella|el|que)[ ,](?:\w{2,12} ){0,2}(?:at|a los|con)"
        rf" (?P<age>{_VIEJO}|{_OLD})(?=[,.;] ?|(?!.))"
    ),
    # At ninety-two, she climbs the stairs; nobody should lose this at 95.
    _age(rf"at (?P<age>{_OLD}),? (?=(?:she|he|my|her|his|our|this|and)(?!\w))"),
    _age(
        rf"at (?P<age>{_OLD})(?=[.;?!])",
        before=r"\b(?:nobody|no one|anyone|anybody|somebody|someone|one|woman|man|mother|father|patient|she|he|her|him"
        r"|dies?|died|alone|live|living)(?!\w)[^.]{0,40}$",
    ),
    _age(
        r"(?:in|into) (?P<age>(?:her|his) (?:mid-?|mid to |early to )?(?:late |early )?(?:nineties|90'?s|'90s))(?!\w)"
    ),
    _age(
        r"(?:a|my|the|our|one|mi|una?|la|el) (?:paciente )?(?P<age>nonagenarian|centenarian|(?:non"
        r"|cent)(?:a?gen)ari[oa])"
    ),
    _age(
        r"(?<![\w.,/$-])(?P<age>9\d|1[01]\d|120|ninety(?:-[a-z]{3,7})?)(?=,|\)|\.(?!\d)|;)",
        before=r"(?:patient|mother|father|grandmother|grandfather|paciente|madre|padre|abuel[oa]), $",
    ),
    Rule(
        sign=Sign.AGE_OVER_89,
        pattern=r"(?<![\w.,/$-])(?:9\d|1[01]\d|120|ninety(?:-[a-z]{3,7})?)(?=,|\)|\.(?!\d)|;)",
        before_as_written=r"(?<![\w'])[A-Z][a-z]{1,20}, $",
        not_before=rf"(?:{MONTH}|may|{MES}), $",
        needs=_OLD_WORDS,
    ),
    # In Spanish.
    _age(
        r"(?:(?:mujer|hombre|senora?|ancian[oa]|paciente|viud[oa]|el|ella|abuel[oa]|madre|padre) de|a sus|ya con)"
        rf" (?P<age>{_VIEJO})(?= (?:y|que|con|sin|en|a|se|no|ya|vive|paga|espera)(?!\w)|[,.;)](?!\d)| ?(?!.))"
    ),
    _age(rf"(?:{RELATIONS}),? de (?P<age>{_VIEJO})(?=[,.;)](?!\d))"),
    _age(rf"(?P<age>cumpl(?:io|e|ia|ira|ir) (?:los )?{_VIEJO})(?!\w|(?: anos)? de (?!edad))"),
    _age(rf"pas(?:o|a|aba|ado) (?:ya )?de los (?P<age>{_VIEJO})(?! (?:dias|minutos|dolares|mil|pesos)|[.,]?\d)(?!\w)"),
    _age(rf"(?P<age>{_VIEJO} anos de edad)(?!\w)(?! (?:o mas|y mas|en adelante)|, o mas)"),
    _age(
        rf"(?<![\w.,/$-])(?P<age>{_VIEJO} anos)(?!\w)(?! (?:o mas|y mas|en adelante|de (?:experiencia|servicio|historia"
        r"|practica|trayectoria|existencia|vida|lucha|carrera|antiguedad|profesion|atras|prision|fundad))| atras"
        r"| despues| antes|, o mas)",
        before=(
            r"(?:\b(?:de|tiene|tenia|tenga|cumplio|cumple|cumplir|cumplido|con|sus|a los|los|edad:?|casi|ya)|[,(]) ?$"
        ),
        not_before=(
            r"\b(?:mas de|menos de|mayor(?:es)? (?:de|que)|menor(?:es)? de|durante|hace|desde|cada|historia de"
            r"|experiencia de|trayectoria de|despues de|dentro de|(?:cerca|alrededor) de|(?:sociedad|hospital"
            r"|asociacion|ley|clinica|edificio|programa|institucion|organizacion)(?: [\w]{1,20}){0,3}|en los"
            r"|servicio de|periodo de|carrera de|hasta los|y) ?(?:de |los )?$"
        ),
    ),
)

# --- Days ---------------------------------------------------------------------------------------------

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NUMBER_OF_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:,? {{1,2}}(?:(?:of|in) )?(?:{_YEAR}|'\d\d)(?!\d))?"
_DEL_ANO = rf"(?:,? (?:(?:de|del|del ano) )?{_YEAR}(?!\d))?"
_ENDS = r"(?![\w%]|[.,]\d(?!\d{3})|:\d)"
_FREE = r"(?<![\w.,/$-])"
_MONTHS = frozenset(f"{MONTH}|{MES}|may".split("|"))


def _day(pattern: str, *, capitals: str = "", before: str = "", needs: frozenset[str] = frozenset()) -> Rule:
    return Rule(
        sign=Sign.DATE,
        pattern=pattern,
        marked="date" if "(?P<date>" in pattern else "",
        capitals=capitals,
        before=before,
        not_after=UNITS,
        needs=needs,
    )


DATES = (
    # March 14th, 2024; March fourteenth.
    _day(rf"(?:{MONTH})\.? {{1,2}}(?:the )?{_DAY}(?:st|nd|rd|th)?{_ENDS}{_OF_YEAR}"),
    _day(rf"(?:{MONTH})\.? (?:the )?(?:{ORDINAL})(?!\w){_OF_YEAR}"),
    # 14 March 2024; the 14th of March.
    _day(rf"{_FREE}{_DAY}(?:st|nd|rd|th)?(?: of|,)? (?:{MONTH}|may(?! (?!\d{{4}})\w))(?!\w){_OF_YEAR}", needs=_MONTHS),
    _day(rf"(?:{ORDINAL}) (?:day )?of (?:{MONTH}|may)(?!\w){_OF_YEAR}"),
    # In small letters "may" is no month without more.
    _day(
        rf"(?P<may>may) {{1,2}}(?:the )?(?:{_DAY}(?:st|nd|rd|th)?{_ENDS}|(?:{ORDINAL})(?!\w)){_OF_YEAR}", capitals="may"
    ),
    _day(rf"{_FREE}{_DAY}(?:st|nd|rd|th)?(?: of)? (?P<may>may)(?!\w){_OF_YEAR}", capitals="may", needs=_MONTHS),
    _day(rf"may {_DAY}(?:(?:st|nd|rd|th)(?!\w){_OF_YEAR}|,? {_YEAR}(?!\d))"),
    _day(rf"may {_DAY}(?![\w%])", before=r"\bon $"),
    # 14-Mar-2024.
    _day(rf"{_FREE}{_DAY}([/.-])(?:{MONTH}|may|{MES})\1(?:{_YEAR}|\d\d)(?![\w-])", needs=_MONTHS),
    # 14 de marzo de 2024; marzo 14.
    _day(rf"{_FREE}{_DAY}(?:ro|ero|o)? (?:del? (?:mes de )?)?(?:{MES})(?!\w){_DEL_ANO}", needs=_MONTHS),
    _day(rf"(?:{ORDINAL_ES}) (?:del? (?:mes de )?)?(?:{MES})(?!\w){_DEL_ANO}"),
    _day(rf"(?:{MES}) {_DAY}{_ENDS}{_DEL_ANO}"),
    # 2024-03-14; 3/14/2024, 14.3.2024; 3/14/24.
    _day(rf"{_FREE}{_YEAR}([/.-]){_NUMBER_OF_MONTH}\1{_DAY}(?![\w%/-])"),
    _day(
        rf"{_FREE}(?:{_NUMBER_OF_MONTH}([/. -]){_DAY}\1|{_DAY}([/. -]){_NUMBER_OF_MONTH}\2)"
        rf"(?:{_YEAR}|(?<=[/-])\d\d)(?![\w%/-])"
    ),
    # Two numbers are a date after a word that leads to one; else they are a score, a share, a blood pressure.
    _day(
        r"(?:on|since|until|by|before|after|el|del|dia|hasta|seen|(?:re)?admitted|discharged|died|dead|born|dob|surgery"
        rf"|dx|vist[oa]|(?:re)?ingresad[oa]|nacid[oa]|muert[oa]|alta) (?P<date>{_NUMBER_OF_MONTH}/{_DAY}"
        rf"|{_DAY}/{_NUMBER_OF_MONTH})"
        r"(?![\w%/-]|[.,]\d| (?:of|de|mmhg))"
    ),
    # A feast with its year is a day as well.
    _day(
        r"(?:christmas(?: eve| day)?|thanksgiving(?: day)?|new year'?s (?:eve|day)|halloween|easter(?: sunday)?"
        rf"|valentine'?s day|independence day|nochebuena|nochevieja|navidad)(?:,? (?:of |in |de |del )?){_YEAR}(?!\d)"
    ),
)

#: With a name they lead to one person; by themselves they are no date of care.
MONTHS = (
    Rule(sign=Sign.MONTH, pattern=rf"(?:{MONTH}|may|{MES}),? (?:of |del? )?{_YEAR}(?![\d%/-])"),
    Rule(
        sign=Sign.MONTH,
        pattern=(
            r"(?:on|since|by|before|after|en|desde|por) (?P<feast>christmas(?: eve| day)?|thanksgiving(?: day)?"
            r"|new year'?s (?:eve|day)|halloween|easter(?: sunday)?|valentine'?s day|nochebuena|nochevieja"
            r"|navidad)(?!\w)"
        ),
        marked="feast",
    ),
)
