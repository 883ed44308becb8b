"""Rules of `patient_guard` for what says by its shape what it is: numbers of records, telephones, addresses of mail."""

import re

from campaigns.engine.patient_guard_beginnings import beginnings
from campaigns.engine.patient_guard_rules import Rule, Sign

#: After a number they say that it counts or measures something.
UNITS = (
    r" ?(?:%|per ?cent|por ciento|years?|anos?|patients?|pacientes?|people|personas|days?|dias|weeks?|semanas|months?"
    r"|mes(?:es)?|hours?|horas|minut\w{1,3}|mg|mcg|ml|kg|g|lbs?|pounds|libras|miles|millas|km|units?|unidades|doctors"
    r"|medicos|camas|beds|times|veces|dollars|dolares|million|mil|thousand|casos|cases|doses|dosis|ninos|children"
    r"|metros|families|familias|visits?|members?|physicians|hospitals?|states|estados|calls|letters|of us|paginas|pages"
    r"|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre))(?!\w)"
)

# --- Record numbers -----------------------------------------------------------------------------------

_NUMBER = (
    r"(?:numbers?|no\b\.?|n\.o|num\b\.?|nro\b\.?|#|id\b\.?|identification|numero|identificacion|code|codigo|identifier"
    r"|identificador)"
)
_NUMBER_FIRST = r"(?:number|no\b\.?|n\.o|num\b\.?|nro\b\.?|id\b\.?|numero|identificacion|codigo)"
_WITH_DIGITS = r"(?=[a-z-]{0,6}\d)[a-z0-9][a-z0-9-]{2,24}(?!\w)"
#: In groups, too: 12-34-56, 00 48 213, ZGP 882 114.
_GROUPED = (
    r"(?P<token>(?:(?!(?:in|of|the|for|on|by|to|from|and|was|is|at|en|de|del|con|por|para|que|el|la|los|las|un|with"
    r"|over|than|y|o|or|she|he)\b)[a-z]{1,4}[ -])?"
    r"(?=[a-z/-]{0,6}\d)[a-z0-9](?:[a-z0-9/-]|[. ](?=\d)){2,24})(?!\w)"
)
_GAP = (
    r"(?: (?:que (?:me|le|nos|les) \w{3,10}|(?:they|we|i) (?:gave|got|have|use)(?: (?:me|us|her|him))?"
    r"|(?:at|in|with|on) (?:our|the|my|her|his|your) \w{3,12}|card|tarjeta))?"
    r"(?:\s?(?:is|was|reads|es|era|fue|:|=|-|of|de|ending in|ending|ends in|ends with|terminad[oa] en"
    r"|que termina en|la|el|,)){0,2}"
    r"\s{0,2}[#(\"']?\s?"
)
_NOT_A_PHONE = r"(?!\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)|\d{3}-\d{4}(?![\w-])|\d{3} \d{3} \d{3}(?!\d))"
_NOT_A_YEAR = r"(?!(?:19|20)\d\d(?![\w/-]))"
_SURE = (
    r"mrn|m\.r\.n|medical records?|health records?|hospital records?|patient records?|patient id|chart|ssn"
    r"|social security|soc\. sec|nss|expediente(?: medico| clinico)?|historia(?:l)? clinic[oa]|historia medica"
    r"|expediente del? paciente|record medico|seguro social|poliza|afiliad[oa]|afiliacion|beneficiari[oa]|mbi|nhc|nuhsa"
    r"|hicn|va file|passport|driver'?s licen[cs]e|(?:licen[cs]e )?plates?|masshealth|medi-cal|tricare"
    r"|health card|insurance card|hospital wristband|wristband|pulsera|brazalete|dni|nie|curp|rfc|cedula|pasaporte"
    r"|licencia de conducir"
    r"|matricula"
)
_ONLY_NUMBERED = (
    r"account|acct|member(?:ship)?|policy|case|claim|record|records|beneficiary|subscriber|medicare|medicaid|mr"
    r"|insurance|encounter|prescription|rx|(?:prior )?auth(?:orization)?|referral|group|visit|(?:green |id )?card"
    r"|specimen|accession|file"
    r"|identification|ref|reference|appeal|confirmation|tracking|order|ticket|enrollee|enrollment|denial|grievance"
    r"|study"
    r"|health plan|plan|hospital|device serial|serial|ss|model|lot|admission|cuenta|miembro|caso|reclamo|reclamacion"
    r"|registro|receta|autorizacion(?: previa)?|identificacion|paciente|soci[oa]|suscriptor|carne(?: de \w{2,12})?"
    r"|tarjeta(?: sanitaria| de salud| de \w{2,12})?|admision|ficha|apelacion|referencia|historia|orden|episodio"
    r"|ingreso"
    r"|expediente|seguro(?: medico| de salud)?|solicitud|queja|informe|serie|asegurad[oa]|derechohabiente"
)
#: As said of one of these, a long number needs no "number" before it.
_OF_PAPERS = (
    r"encounter|accession|prescription|rx|(?:prior )?authorization(?: reference)?|reference|claim|account|acct"
    r"|subscriber|case|file|policy|member(?:ship)?|chart|referral|ref|specimen|order|invoice|hospital bill"
    r"|factura(?: del hospital)?|serial|ticket|appeal"
    r"|confirmation|caso|soci[oa]|orden|folio|reclamo|reclamacion|cuenta|autorizacion(?: previa)?|receta|registro"
    r"|referencia(?: del caso)?|apelacion|solicitud|ficha|historia"
    r"|(?:medicare|medicaid|insurance|member|health) (?:card|number)"
    r"|(?:tarjeta|carne)(?: de \w{2,12}| sanitaria)?"
)
#: On one of these stands a number that leads to one person.
_PAPERS = (
    r"cards?|ids?|account|acct|member|policy|insurance|insurer|claim|denial|denied|appeal|wristband|chart|file"
    r"|case"
    r"|record|pathology|biopsy|specimen|lab|letter|plan|medicaid|medicare|masshealth|prescription|authorization"
    r"|referral"
    r"|tarjeta|seguro|afiliad[oa]|poliza|carne|soci[oa]|expediente|historia|reclamo|reclamacion|carta|patologia|folio"
    r"|pulsera|caso|informe|receta|system|books|barcode|hospital bill|factura|sistema|codigo|number|ref|referencia"
    r"|subscriber|queja|complaint|autorizacion|apelacion|cuenta"
)
#: What numbers of the public carry before them, and a writer's own.
_OF_THE_PUBLIC = (
    r"(?:docket|bill|law|npi|tax|ein|license|licencia|colegiad[oa]|colegiacion|proyecto|ley|section|chapter|room"
    r"|article"
    r"|phone|telephone|cell|fax|tel|telefono|celular|movil|call|text|box|apartado|suite|page|proposal|rule|regulation"
    r"|measure|medida)[^.]{0,24}$"
)

RECORD_NUMBERS = (
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"(?:{_SURE}|patient)\b\.?(?:'s)?\s{{0,2}}{_NUMBER}(?:\s{{0,2}}{_NUMBER})?{_GAP}{_GROUPED}",
        digits=3,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"(?:{_SURE})\b\.?(?:'s)?{_GAP}{_NOT_A_YEAR}{_GROUPED}",
        digits=3,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"patient\b{_GAP}{_NOT_A_PHONE}{_GROUPED}",
        digits=5,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"(?:{_ONLY_NUMBERED})\b\.?,?(?:\s?{_NUMBER}){{1,2}}{_GAP}{_NOT_A_YEAR}{_GROUPED}",
        not_before=_OF_THE_PUBLIC,
        digits=3,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"{_NUMBER_FIRST}\s(?:del?\s)?(?:la\s|el\s|su\s)?(?:{_ONLY_NUMBERED}|{_SURE}){_GAP}{_GROUPED}",
        digits=3,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"(?:{_OF_PAPERS})\b\.?{_GAP}{_NOT_A_PHONE}{_GROUPED}",
        not_before=_OF_THE_PUBLIC,
        digits=5,
        not_after=UNITS,
    ),
    Rule(sign=Sign.RECORD_NUMBER, pattern=rf"a-number\b{_GAP}{_GROUPED}", digits=3, needs=frozenset({"number"})),
    #: Whatever it is the number of, this long it is of one thing or person only.
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=rf"{_NUMBER_FIRST}\b\.?{_GAP}{_NOT_A_PHONE}{_GROUPED}",
        not_before=_OF_THE_PUBLIC,
        digits=6,
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=r"(?<![\w-])(?!000|666|9)\d{3}([ -])\d{2}\1\d{4}(?![\w-])",
    ),
    Rule(sign=Sign.RECORD_NUMBER, pattern=r"ids?\b\.?:? ?#?(?P<token>\d{6,14})(?![\w-])"),
    # No quantity begins with nought.
    Rule(sign=Sign.RECORD_NUMBER, pattern=r"(?<![\w.,$/#+:-])0\d{5,12}(?![\w-]|[.,]\d)", not_before=_OF_THE_PUBLIC),
    # Ten digits, as a telephone number has, on a card.
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=r"(?<![\w.,$/#+-])[2-9]\d\d[2-9]\d{6}(?![\w-]|[.,]\d)|(?<![\w.,$/#+-])\d{10}(?![\w-]|[.,]\d)",
        near=r"\b(?:cards?|medicaid|medicare|masshealth|insurance|policy|member|account|tarjeta|carne|poliza|seguro"
        r"|cuenta)(?!\w)",
        not_before=(
            r"\b(?:phones?|telephone|tel|calls?|cell|mobile|fax|text|reach|llam\w{1,5}|telefono|celular|movil|whatsapp)"
            r"(?!\w)[^.]{0,40}$"
        ),
    ),
    # Where only its end is told.
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=r"(?:ends in|ending in|ends with|termina en|terminad[oa] en"
        r"|acaba en)\b:? ?#?(?P<token>[a-z]{0,3}-?\d[\w-]{2,12})",
        near=r"\b(?:ids?|account|card|number|mrn|policy|claim|member|record|plan|afiliacion|cuenta|tarjeta|poliza"
        r"|numero)(?!\w)",
        digits=3,
        not_after=UNITS,
    ),
    # Long, or in groups, beside the paper on which it stands.
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=r"(?<![\w.,$/#+-])(?![2-9]\d\d[2-9]\d{6}(?!\d))\d{9,14}(?![\w-]|[.,]\d)",
        near=rf"\b(?:{_PAPERS})(?!\w)",
        needs=beginnings(_PAPERS),
        not_after=UNITS,
    ),
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=(
            rf"(?<![\w.,$/#+])(?<!\d-)(?!\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}(?!\d)|(?:19"
            rf"|20)\d\d-\d{{1,2}}(?:-\d{{1,2}})?(?!\d)"
            rf"|(?:19|20)\d\d-(?:19|20)\d\d(?!\d)){_NOT_A_PHONE}"
            r"(?P<token>\d{1,8}(?:[/-][a-z0-9]{1,10}){1,4})(?![\w/-])"
        ),
        near=rf"\b(?:{_PAPERS})(?!\w)",
        needs=beginnings(_PAPERS),
        digits=6,
        not_after=UNITS,
    ),
    # The number on the card of Medicare: digits and letters in fixed places, without those that look like others.
    Rule(
        sign=Sign.RECORD_NUMBER,
        pattern=(
            r"(?<![\w-])[1-9][ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?"
            r"[ac-hj-kmnp-rt-y]{2}\d\d(?![\w-])"
        ),
    ),
)

# --- Telephones ---------------------------------------------------------------------------------------

_EXTENSION = r"(?:,?\s?(?:ext|x|extension)\.?\s?\d{1,5})?"
#: Only institutions have toll-free numbers.
_NOT_TOLL_FREE = r"(?!8(?:00|33|44|55|66|77|88)(?!\d))"
_AREA = rf"{_NOT_TOLL_FREE}(?:(?<=\()\d{{3}}\)[ -]{{0,2}}|\d{{3}}[.-]|[2-9]\d\d )"
_LINE = rf"(?:\d{{3}}[.-]|[2-9]\d\d )\d{{4}}(?![\w-]|[.,]\d){_EXTENSION}"
_OF_PHONES = (
    r"\b(?:phones?|telephone|tel|calls?|called|calling|cell|mobile|fax|texts?|reach(?:ed)?|ring|dial|voicemail|answers?"
    r"|number|contact|llam\w{1,5}|telefono|celular|movil|whatsapp|marqu\w{1,3}|contest\w{1,3}|localiz\w{1,5}|numero"
    r"|hablar?|hablen|comuni\w{2,6}|avis\w{1,3}|suena)(?!\w)"
)

PHONES = (
    Rule(sign=Sign.PHONE, pattern=rf"(?<![\w.$/-]){_AREA}{_LINE}", leading="(+"),
    Rule(
        sign=Sign.PHONE,
        pattern=rf"(?<![\w.$/-])1[ .-]?(?:{_NOT_TOLL_FREE}\d{{3}}[ .-]|\({_NOT_TOLL_FREE}\d{{3}}\)[ -]?){_LINE}",
        leading="(+",
    ),
    Rule(
        sign=Sign.PHONE,
        pattern=rf"(?<=\+)(?!1[ .-]?\(?8(?:00|33|44|55|66|77|88))\d[\d ().-]{{7,18}}\d(?!\d){_EXTENSION}",
        leading="+",
    ),
    # Shorter shapes, which only the word before them makes a telephone number.
    Rule(
        sign=Sign.PHONE,
        pattern=(
            r"(?:phone|telephone|tel|call|cell|mobile|fax|text|reached? (?:me |her |him |us |them )?at|llam[ea]\w{0,3}"
            r"|telefono|celular|movil|whatsapp|marquen?)\b\.?(?:\s(?:me|us|her|him|at|number|is|on|al|es|numero|el|cell"
            rf"|phone|su|home)){{0,3}}:?\s{{1,2}}{_NOT_TOLL_FREE}(?P<number>\d{{3}}[ .-]?\d{{4}}"
            rf"|1?[2-9]\d{{9}})(?![\w-])"
        ),
        marked="number",
    ),
    # Ten digits in a row, and seven with a hyphen, where the words around speak of a telephone.
    Rule(
        sign=Sign.PHONE,
        pattern=(
            rf"(?<![\w.$/#-]){_NOT_TOLL_FREE}(?:[2-9]\d\d[2-9]\d{{6}}|[2-9]\d\d-\d{{4}}|\d{{3}}(?: \d{{2,3}}){{2,3}})"
            r"(?![\w-]|[.,]\d)"
        ),
        near=_OF_PHONES,
        not_after=UNITS,
    ),
)

# --- Mail ---------------------------------------------------------------------------------------------

_LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
_PROVIDER = r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|comcast|verizon|msn|live)"
_DOT = r"\s{0,2}[\[(]?\b(?:dot|punto)\b[\])]?\s{0,2}"
#: Known ends only: "email at maria dot lopez" is not where the address begins.
_SPOKEN_DOMAIN = (
    rf"[\w-]{{1,60}}(?:{_DOT}[a-z]{{2,20}}){{0,2}}?{_DOT}"
    r"(?:com|org|net|edu|gov|info|io|co|us|mx|es|pr|me|health|clinic|example|test|invalid)(?!\w)"
)

EMAILS = (
    Rule(
        sign=Sign.EMAIL,
        pattern=rf"{_LOCAL} ?@ ?[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{0,4}}\.[a-z]{{2,20}}",
        anywhere="@",
    ),
    Rule(sign=Sign.EMAIL, pattern=rf"{_LOCAL}\s{{0,2}}@\s?{_SPOKEN_DOMAIN}", anywhere="@"),
    Rule(
        sign=Sign.EMAIL,
        pattern=(
            rf"(?:at|arroba)\b\s?[\])}}]?\s{{0,2}}(?:{_SPOKEN_DOMAIN}|{_PROVIDER}\.[a-z]{{2,4}}"
            r"|(?:(?<=arroba )|(?<=at\] )|(?<=at\) )|(?<=at\])|(?<=at\)))[\w-]{1,60}\.[a-z]{2,10}(?!\w))"
        ),
        before=rf"(?<![\w.+-])(?:[\w+-]{{1,40}}{_DOT}){{0,2}}[\w.+-]{{1,64}}\s{{0,2}}[\[({{]?\s?$",
        from_before=True,
    ),
)

#: Shapes for whom screens texts.
EMAIL = re.compile(rf"{_LOCAL}@[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{0,4}}\.[^\W\d_]{{2,20}}")
PHONE = re.compile(
    rf"(?<![\w.$/-])(?:\+?1[ .-]?)?(?:\(\d{{3}}\)[ -]?|\d{{3}}[.-]|[2-9]\d\d ){_LINE}"
    rf"|\+\d[\d ().-]{{7,18}}\d(?!\d){_EXTENSION}"
)
