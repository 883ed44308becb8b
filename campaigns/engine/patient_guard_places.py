"""Places so small that a rare condition points at one person in them, for `patient_guard`."""

from campaigns.engine.patient_guard_rules import Rule, Sign

#: What Safe Harbor takes as too few people for the first digits of a ZIP Code to be told: 164.514(b)(2)(i)(B).
FEW_PEOPLE = 20_000

_TOWN = "town|village|hamlet|township|borough|parish"
_PUEBLO = (
    "pueblo|pueblito|pueblecito|islita|comarca|aldea|caserio|poblado|municipio|vereda|localidad|ejido|corregimiento"
    "|rancheria|paraje"
)
_SETTLEMENT = rf"(?:{_TOWN}|community|island|county|settlement|reservation|valley|city|place)"
_POBLADO = rf"(?:{_PUEBLO}|comunidad|villa|barrio|isla|condado|ciudad|lugar)"
_COUNT = r"(?<![\d.,])(?P<count>\d{1,3}(?:[.,]\d{3})?|\d{4,5})(?![\d%])"
_ABOUT = (
    r"(?: (?:about|around|only|just|some|under|fewer than|less than|roughly|barely|maybe|approximately|no more than"
    r"|nearly|almost|fewer|unos|unas|apenas|solo|menos de|casi|alrededor de|aproximadamente)){0,2}"
)
_PERSON = (
    r"(?:person|patient|child|case|boy|girl|man|woman|one|family|adult|resident|student|baby|infant|teenager"
    r"|individual"
    r"|kid|neighbor|toddler|teen|grandmother|grandfather|veteran|fisherman|logger|miner|priest|nun|husband|wife|farmer"
    r"|teacher|mother|father|survivor|hemophiliac|household|brother|sister|couple|sibling|diagnosis|carrier)"
)
_PERSONA = (
    r"(?:persona|paciente|nin[oa]|caso|mujer|hombre|familia|adult[oa]|residente|bebe|joven|estudiante|habitante|que"
    r"|diagnosticad[oa]|hemofilic[oa]|vecin[oa]|niet[oa]|abuel[oa]|maestr[oa]|pescador|campesin[oa]|madre|padre"
    r"|enferm[oa]|con|hogar|matrimonio|herman[oa]|alumn[oa]|hij[oa]|afectad[oa]|portador[a]?)"
)
_SMALL = (
    r"(?:(?:very |so |such a )?(?:small|tiny|little|rural|remote|isolated|farming|fishing|mountain|mining|farm|island"
    r"|coastal|close-knit|mill|coal|border|river|lakeside|prairie|desert|frontier|ranching|logging|oil|tight-knit"
    r"|one-stoplight|one-road),? )"
)
_PEQUENO = (
    r"(?:pequen[oa]|pequenit[oa]|rural|remot[oa]|aislad[oa]|chic[oa]|diminut[oa]|perdid[oa]|minus?cul[oa]"
    r"|(?:pesquer|miner|coster|montanos|ganader|agricol|fronteriz)[oae])"
)
_MY = r"(?:our|my|her|his|their|this)"
_MI = r"(?:mi|nuestr[oa]|su|este|esta)"
_REST = r"(?: [\w'/-]{1,24}){0,7}"
_NAME = r"(?P<name>[\w'-]{2,24}(?: [\w'-]{2,24})?)"

_HUNDREDS = (
    r"(?:(?:a few|a couple|several|some|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|a|one) "
    r"(?:hundred|thousand|dozen|score)(?: and [a-z]{3,7}| [a-z]{3,7})?)"
)
_CIENTOS = (
    r"(?:(?:unos |unas |apenas |menos de |poco mas de |casi )?(?:(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
    r"|diez) mil"
    r"|mil|cien|(?:dosc|tresc|cuatroc|quin|seisc|setec|ochoc|novec)ient[oa]s|quinient[oa]s|pocos cientos de))"
)
#: "Town of 800", "pueblo de 1.200 habitantes", "population 640", "800 residents".
_COUNTED = (
    rf"{_SETTLEMENT} (?:of|with){_ABOUT} {_COUNT}(?: (?:people|residents|inhabitants|souls|households))?",
    rf"{_POBLADO}(?: \w{{2,20}})? (?:de|con){_ABOUT} {_COUNT}(?: (?:habitantes|personas|vecinos|almas|familias))?",
    rf"(?:population|poblacion|pop\.?):?(?: (?:of|is|de|es de))?{_ABOUT} {_COUNT}",
    rf"somos{_ABOUT} {_COUNT}",
    rf"(?:{_SETTLEMENT}|{_TOWN}) (?:of|with){_ABOUT} {_HUNDREDS}",
    rf"{_HUNDREDS}(?: or so)? (?:residents|inhabitants|souls|households|neighbou?rs|of us"
    r"|people (?:here|live|living|in town|out here|on|in))",
    rf"(?:{_POBLADO})(?: \w{{2,20}})? (?:de|con) {_CIENTOS}(?: (?:habitantes|personas|vecinos|almas|familias))?",
    rf"{_CIENTOS} (?:habitantes|vecinos|almas)",
    rf"(?:population|pop\.?) (?:of )?{_HUNDREDS}",
    rf"{_COUNT} (?:residents|inhabitants|souls|households|habitantes|vecinos|almas)",
    rf"{_COUNT} (?:people|personas) (?:live|living|in town|here|viven|que viven)",
    rf"(?:all|the|the other|los|las) {_COUNT} (?:of us|que vivimos|que somos)",
    rf"{_COUNT} (?:people|personas|families|familias|households)(?: \w{{2,12}})? (?:in|on|en) (?:(?:the|our|this|my"
    rf"|la|el|mi|nuestr[oa]"
    rf"|est[ea]) )?\w{{3,24}}",
    rf"(?:viven|vivimos|habitan){_ABOUT} {_COUNT}(?: (?:personas|familias|almas|habitantes))?",
    rf"(?:home to|lived in by|fewer than|less than|not even|barely|hardly|only|just){_ABOUT} {_COUNT}"
    r" (?:people|residents|families|households|souls)",
    rf"(?:apenas|menos de|ni siquiera|solo) {_COUNT} (?:personas|habitantes|familias|vecinos|almas|casas)",
)
#: "The village of Alder", "pueblo de Utuado": those that call themselves so are small.
_NAMED = (
    rf"(?:{_TOWN}|{_PUEBLO}) (?:of|de) {_NAME}",
    r"(?:in|on|from|of|near) (?P<name>[a-z][\w'-]{2,20} (?:hollow|gap|corners|isle|forks|gulch|flats|township"
    r"|parish|reservation"
    r"|notch|crossroads|plantation|pueblo))",
    rf"(?:in|from|near|of) (?:tiny|little|remote|rural|far-off) {_NAME}",
)
_TOLD = (
    rf"the (?:only|first|sole|one|lone) (?:[\w-]{{2,20}} ){{0,2}}{_PERSON}{_REST} (?:in|on)"
    r" (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}[\w'-]{2,24}",
    rf"(?:la|el) (?:unic[oa]|primera?) (?:[\w-]{{2,20}} )?{_PERSONA}{_REST} (?:en|del?)"
    r" (?:(?:el|la|mi|nuestr[oa]|todo|toda|este|esta) ){0,3}[\w'-]{2,24}",
    rf"(?:{_MY}|an?|one|the) {_SMALL}{{1,2}}{_SETTLEMENT}"
    r"(?! (?:hospital|practice|doctor|clinic|physician|pharmacy|medicine|hall|office)s?)",
    rf"(?:one|1|a single) {_PERSON}{_REST} (?:in|on) (?:all of|the whole|the entire) [\w'-]{{2,24}}",
    rf"(?:un solo|una sola) {_PERSONA}{_REST} en (?:tod[oa] )?[\w'-]{{2,24}}",
    rf"en tod[oa] (?:el|la|mi|nuestr[oa]) {_POBLADO}",
    rf"an? (?:one|two|single)-[a-z]{{3,12}} (?:{_TOWN})",
    rf"{_MY} (?:{_TOWN}|island|islands|reservation|settlement|hollow|crossroads|mountain)(?! hall)",
    rf"one of (?:only |just )?(?:two|three|four|five|2|3|4|5) (?:{_PERSON}s?|people|children|men|women"
    rf"|families){_REST} (?:in|on)"
    r" (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}[\w'-]{2,24}",
    rf"un[oa] de (?:los|las) (?:unic[oa]s )?(?:dos|tres|cuatro|cinco|2|3|4|5) {_PERSONA}s?{_REST} (?:en|del?)"
    r" (?:(?:el|la|mi|nuestr[oa]|todo|toda|este|esta) ){0,3}[\w'-]{2,24}",
    rf"(?:nobody|no one|nadie) (?:else|mas) (?:in|on|en|de) (?:(?:our|my|this|the|mi|el|la|est[ea]|nuestr[oa]) )?"
    rf"(?:{_SETTLEMENT}|{_TOWN}|{_POBLADO}|deer|[a-z][\w'-]{{2,20}} (?:isle|island|county|creek|hollow|village))",
    rf"{_MY} (?:street|road|block|school|church|parish|congregation|bay|canyon|camp)",
    r"(?:mi|nuestr[oa]) (?:calle|escuela|parroquia|sierra|valle|cuadra|comunidad|municipio|barrio|condado|isla)",
    r"en tod[oa] (?:el|la|mi|nuestr[oa]) (?:zona|region|provincia|sierra|valle|area|escuela|parroquia|cuadra)",
    r"(?:within|for|in) (?:a |some |about )?(?:\d{2,3}|hundred|fifty|sixty|eighty) (?:miles|counties)",
    r"(?:en|a) (?:\d{2,3}|cien|cincuenta) kilometros a la redonda",
    r"(?:only|just) (?:one|two|three|four|five|1|2|3|4|5) (?:[\w-]{2,15} ){0,2}(?:cases|patients|people|children"
    r"|families|kids)"
    r"(?: [\w'/-]{1,24}){0,4} (?:in|on) [\w'-]{2,24}",
    r"(?:solo|apenas) (?:un|una|dos|tres|cuatro|cinco|1|2|3|4|5) (?:[\w-]{2,15} ){0,2}(?:casos?|pacientes?"
    r"|personas?|ninos?|familias?)"
    r"(?: [\w'/-]{1,24}){0,4} en [\w'-]{2,24}",
    rf"(?:everybody|everyone|all|somebody|someone) (?:in|on) (?:the|our|this) (?:{_TOWN}|{_SETTLEMENT})",
    r"in (?:the|this) (?:village|hamlet)(?! of)",
    rf"(?:{_TOWN}) of (?:one|two)",
    r"(?:ranch|farm|homestead|cabin) (?:outside|near|past|beyond|off|miles from)",
    r"(?:rancho|finca|granja|hacienda|casa) (?:a las afueras|en las afueras|cerca|mas alla)",
    r"the only (?:\w{2,12} )?(?:gas station|store|school|church|diner|bar|post office|grocery|barber|bakery|cafe)",
    r"comunidad de (?:pescadores|mineros|ganaderos|campesinos|agricultores)",
    r"en (?:el|mi|nuestro|este) (?:pueblo|municipio|caserio|barrio)",
    rf"(?:tod[oa] el|todos en el) {_POBLADO}",
    rf"otr[oa] (?:caso|paciente|nin[oa]|familia){_REST} en (?:est[ea]|el|la|nuestr[oa]|mi) {_POBLADO}",
    r"on (?:the|our|an?|this) (?:[\w-]{3,15} )?(?:island|reservation|peninsula|rancheria|cay|islet)",
    rf"{_MY} (?:valley|township|parish|peninsula|cove|hamlet|village|rancheria)",
    r"the (?:township|hamlet|village|hollow|borough) where",
    r"(?:a|in) town (?:you|nobody|no one|few)",
    r"(?:at|in) (?:[\w'-]{3,20} ){1,2}(?:elementary|middle school|primary school|grade school)",
    rf"(?:una? sola?|un unico|una unica) {_PERSONA}{_REST} en (?:(?:nuestr[oa]|mi|el|la|este|esta) )?{_POBLADO}",
    rf"(?:el|la|nuestr[oa]) {_POBLADO} (?:donde|en (?:el|la) que) (?:trabajo|vivo|atiendo|ejerzo|naci)",
    rf"the (?:smallest|least populous|most remote) {_SETTLEMENT}",
    rf"(?:el|la) {_POBLADO} mas (?:pequen[oa]|remot[oa]|aislad[oa])",
    rf"(?:here|there) in (?:our )?{_SMALL}{{0,2}}(?:{_TOWN})",
    rf"(?:{_MI}|un|una|el|la) {_PEQUENO} (?:\w{{2,15}} )?{_POBLADO}",
    rf"(?:{_MI}|un|una|el|la) {_POBLADO} (?:muy )?{_PEQUENO}",
    rf"(?:{_MI}|una?) (?:pueblo|pueblito|pueblecito|islita|caserio|aldea|comarca|vereda|poblado|islote)",
    r"(?:del?|en el|en la) (?:pueblito|pueblecito|islita|caserio|aldea)",
    # Where every village is meant, a condition that few have still says which.
    r"(?:a|an|one|that|this|my|our|her|his|their) (?:[\w-]{3,12} )?(?:village|hamlet)(?!s)",
    rf"(?:{_TOWN}|{_SETTLEMENT}|place) (?:so small|that small|where (?:everyone|everybody|we all)|with (?:one"
    rf"|a single|two|no))",
    rf"(?:{_PUEBLO}|{_POBLADO}) (?:tan pequen[oa]|donde (?:todos|todo el mundo|nos)|con (?:un solo|una sola|un|una"
    rf"|dos))",
    r"the only (?:such |other |known |living )?(?:one|ones|person|people)? ?(?:in|on|for) (?:(?:our|my|the|this|all"
    r"|of|entire"
    r"|whole|miles) ){0,3}(?:area|valley|county|island|town|village|region|district|parish|reservation|school|mountain"
    r"|around|church|street|block|borough|township|hollow)",
    r"(?:only|just) (?:one|two|three|four|five|1|2|3|4|5) (?:[\w-]{2,15} ){0,2}(?:cases|patients|people|children"
    r"|families"
    r"|adults|residents|kids)(?: [\w'/-]{1,24}){0,7} (?:in|on) (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}"
    r"(?:area|valley|county|island|town|village|parish|reservation|township|[\w'-]{2,20} county)",
    r"(?:no (?:other|one else's)|not another) (?:[\w-]{2,15} ){0,2}(?:child|patient|family|person|case|adult|household)"
    r"(?: [\w'/-]{1,24}){0,6} (?:in|on) (?:(?:our|my|the|this|all|of|entire|whole) ){0,3}[\w'-]{2,24}",
    r"ning(?:un|una) otr[oa] (?:[\w-]{2,15} ){0,2}(?:nin[oa]|paciente|familia|persona|caso|adult[oa])"
    r"(?: [\w'/-]{1,24}){0,6} en (?:(?:el|la|mi|nuestr[oa]|todo|toda|este|esta) ){0,2}[\w'-]{2,24}",
)


_PATTERNS = (*_COUNTED, *_NAMED, *_TOLD)

#: One of these stands in every place that is small, or in how it is told.
_SMALL_WORDS = frozenset(
    "town towns village hamlet township borough parish community island islands county settlement reservation valley"
    " city place hollow crossroads mountain hall pueblo pueblito pueblecito islita islote comarca aldea caserio poblado"
    " municipio vereda localidad comunidad villa barrio isla condado ciudad lugar population poblacion pop somos"
    " residents inhabitants souls households habitantes vecinos almas people personas us vivimos only first sole one"
    " lone all whole entire toda todo unico unica primera primer single solo sola tiny little remote rural families"
    " nobody nadie another other otro otra far habitan viven area region district school street church block casas"
    " familias ranch farm homestead cabin rancho finca granja hacienda casa elementary grade primary hundred thousand"
    " dozen score mil comunidad all everybody everyone somebody someone gap corners isle forks gulch flats notch"
    " solo apenas within miles counties kilometros road bay canyon camp congregation calle escuela parroquia sierra"
    " valle cuadra zona region provincia ejido corregimiento paraje just"
    " plantation peninsula rancheria cay islet valleys cove".split()
)
_COUNTED_WORDS = frozenset(
    "residents inhabitants souls households habitantes vecinos almas people personas us families familias casas"
    " neighbors neighbours".split()
)

SMALL_PLACES = tuple(
    Rule(
        sign=Sign.SMALL_PLACE,
        pattern=rf"{pattern}(?!\w)",
        at_most=FEW_PEOPLE if "(?P<count>" in pattern else 0,
        needs=_COUNTED_WORDS if pattern.startswith(_COUNT) else _SMALL_WORDS,
        name="name" if "(?P<name>" in pattern else "",
    )
    for pattern in _PATTERNS
)
