"""The words by which `patient_guard` tells a patient's story from a bill's, in English and in Spanish.

All are written as `patient_guard` reads a text: lower case, without accents ("ano" is "año"). The lists are plain on
purpose: who wonders why a place was marked finds the word here, and who misses one adds it.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Common given names that are not also everyday words or states: not Mark, Grace, Will, Virginia.
GIVEN_NAMES = _set("""
jaxon jayce liam nevaeh josephine yusra dorotea remedios nelida ezequiel odalys yamile anselmo josefina fermin
nieves rocio pilar zulema yadira edwina wilfred hortensia eusebio eulalia saturnino iliana marisela nayeli xiomara
leandro thiago mateo santino renata ximena camilo tadeo griselda elpidio higinio marcelino maximo basilio cipriano
casimiro delmira elvia fidelina herminia isaura jacinta leocadia macario nicanor obdulia petra quirino ramiro sixto
tiburcio urbano venancio wenceslao zacarias noor amara kofi abena adaeze chiara anya ananya aarav arnav bao chau
duc hyun jisoo minjun sook wei xiu yuki haruto sakura kenjiro olumide babatunde folake fatou ousmane aminata zahra
layla yousef tamar moshe shira avi dov rivka
aaliyah aaron abdul abdullah abel abigail abraham ada adam adrian adriana agnes agustin ahmad ahmed aiden aisha akira
alan alana alba albert alberta alberto alejandra alejandro alex alexander alexandra alfonso alfred alfredo alice
alicia alicja alison allison alondra alvaro alyssa amanda amelia amina amir amit amy ana anabel anders andrea andres
andrew angela angelica angelina angie anil anita anjali ann anna anne annie anthony antoine antonella antonia antonio
archie ariana arjun arlene armando arnulfo arthur arturo asha ashley astrid aurelio ava ayesha barbara barry bea
beatrice beatriz belen benito benjamin bernadette bernard bernardo bertha bessie beth betty beverly billy blanca bobby
bonnie bradley brandon brayden brenda brenna brett brian bridget brittany bruce bryan caitlin caleb calvin cameron
camila candace carl carla carlos carlotta carlton carmen carol caroline carrie casey cassandra catherine cathy cecilia
cesar chandra chantal charlene charles charlotte chelsea cheryl chidi chinwe chloe chris christina christine
christopher claire clara clarence claudia claudio clifford clyde colleen concepcion connie connor consuelo corey
courtney craig cristina curtis cynthia daniel daniela danielle danny darius darlene darnell darrell dave david dawit
debbie deborah debra deepak deja delfina delia della delores demetrius denise dennis dennise derek desmond devon
dexter diallo diana diane diego dmitri dolores dominic donald donna donnell dora doreen doris dorothy douglas dwayne
ebony eddie edgar edgardo edith edmund edna eduardo edward edwin efrain eileen elaine eleanor elena eli elias elijah
eliza elizabeth ella ellen elmer eloise elsa elvira emilia emiliano emilio emily emma emmanuel enrique epifanio eric
erica erin ernest ernestina ernesto ervin esperanza essie esteban estela estelle esther ethan ethel eugene eunice eva
evan evangelina evelyn ezra fatima faustino federico felicia felipe felix fernanda fernando fidel floyd frances
francisca francisco frank fred freda freddie frederick gabriel gabriela gary gavin genaro genevieve geoffrey george
gerald geraldine gerardo gertrude gilbert gilberto gina gladys glenda glenn gloria gonzalo graciela gregory greta
guadalupe guido guillermo gustav gustavo gwen hamid hank hanna hannah harold harriet harry harvey hassan heather
hector heidi helen henrietta henry herbert heriberto herman hilda hiroshi horacio howard howie hubert hugo humberto
hussein ibrahim ida ignacia ignacio imani imelda ines inga ingrid irene iris irma irving isaac isabel isabella
isabelle isaiah isidro ismael itzel ivan jack jackie jacob jacqueline jada jaden jaime jake jamal james jamie jana
jane janelle janet janice janie jasmine jason javier jayden jean jeanette jeanne jed jeff jeffrey jenna jennifer jenny
jeremy jerome jerry jesse jessica jesus jill jim jimmy jin joan joann joanna joaquin jocelyn jodi joe joel johanna
john johnny jonah jonathan joni jorge jose josefa josefina joseph josephine joshua josue joyce juan juana juanita
juanito judah judith judy julia julian julie julio jung justin kaitlyn karen karim karla kate katherine kathleen
kathryn kathy katie kayla keisha keith kelly kelsey kendra kenji kenneth kenny kerry kevin khalid kiara kim kimberly
kirsten klaus krista kristen kristin kristina kurt kwame kyle larry lars latisha latoya laura lauren laurie lawanda
lawrence lazaro leah leila lena lenora leo leon leona leonard leonor leroy leslie lester leticia liam liliana lillian
linda lionel lisa liz lizbeth logan lois lola lonnie lorena lorenzo loretta lori lorraine louis louise lourdes luca
lucas lucia luciana luciano lucy luis luisa luke luz lydia lyle mabel mackenzie magdalena maggie malcolm malik mamadou
mandy manny manuel manuela marc marcel marcela marcella marcia marco marcos marcus margaret margarita margie
marguerite maria mariana marie marilyn mario marisa marisela marisol marjorie marlene marsha marta martha martin
marvin mary maryann mateo mathew matilde matt matthew mattie maude maura maureen mauricio maxine megan mei melanie
melissa melvin mercedes meredith mia micaela micah michael michelle miguel mike milagros mildred mindy minerva minh
miranda miriam mitchell modesto mohamed mohammad mohammed moises mollie molly mona monica moses muhammad muriel myra
myrna myrtle nadia nadine nancy naomi natalia natalie nataly nathan ned neil nelly nelson nestor nettie ngozi nicholas
nicki nicolas nicolasa nicole nikhil nikolai nilda noah noelia noelle noemi nora norma norman octavio odessa ofelia
oksana olga oliver olivia ollie omar omari orville oscar osvaldo otis otto owen pablo paco pam pamela paola patricia
patrick patsy patti paul paula paulette pauline pedro peggy penelope perla pete peter phil philip philippe phoebe
phyllis pilar polly porfirio primitivo priya rachael rachel rafael raj rajesh ralph ramon ramona randall raquel rashid
raul ravi raymond rebeca rebecca reggie reginald reinaldo renata rene renee reynaldo rhoda rhonda ricardo richard rick
ricky rigoberto rita robbie robert roberta roberto rochelle rocio rodney rodrigo rogelio roger roland rolando romeo
ron ronald ronnie rosa rosalia rosalind rosalyn rosanna rosario roscoe rosemary rosetta rosie roxanne roy ruben
rudolph rudy rufus russ ruth ryan sabrina sadie sally salma salvador sam samantha sammy samuel sandra sanjay sara
sarah sasha saul scarlett scott sean selena serena sergio seth shanice shannon shari sharon shaun shawn sheila sheldon
shelley sherri sherry shirin shirley sid sidney silas silvestre silvia simon simone socorro sofia soledad solomon
sonia sonja sophia stacey stacy stan stanley stefan stella stephanie stephen steven stuart sunil susan susana susie
suzanne sybil sylvia tabitha tamara tamika tammy tanya tara tariq tasha tatiana ted teresa terrance terrell terri
terry thelma theo theodora theodore theresa thomas tiffany tim timothy tina tobias todd tom tomas tommy toni tony
tonya tracey tracy travis tricia tristan trudy tyler tyrell tyrone tyson ulises ursula valentina valeria vanessa vera
verna vernon veronica vicente vicki vicky victor vijay vincent violeta vivian vivien vladimir wally walter wanda wayne
wendell wendy wilbur wilfredo william willie wilma winifred xavier ximena yasmin yesenia yolanda yosef yusuf yvette
yvonne zachariah zachary zainab zeke zelda zoe zoila zoraida
""")
#: Of those the ones that are everyday words where they are written small.
ALSO_WORDS = _set("""
dolores socorro consuelo soledad esperanza milagros rosario luz perla violeta leon pilar concepcion rocio mercedes
jack jean art iris ruby joy faith penny crystal amber dawn eve heather ivy jasmine lily olive rose rosemary sandy ray
rich frank pat bob harry josh max miles grant chase dale glen lane drew dean carol angel blanca clara claro elvira felix
jesus modesto primitivo luna marina patricio santos victor rey guido lazaro nevaeh nieves petra noor urbano maximo sixto
quirino ramona remedios candelaria paz don rita mona sue kay jade pearl bea bill doc nick rob stew
""")
#: Before a name they make the bearer an official or a colleague, whose name is no patient's.
TITLES = _set("""
dr dra doctor doctora drs doctors senator senators sen senador senadora representative representatives rep reps
representante governor gov gobernador gobernadora congressman congresswoman congressmember congressperson delegate
assemblymember assemblyman assemblywoman asambleista diputado diputada legislador legisladora speaker president
presidente presidenta chair chairman chairwoman chairperson vicechair leader secretary secretario secretaria
commissioner comisionado comisionada mayor alcalde alcaldesa judge juez jueza justice professor profesor profesora
prof hon honorable councilor councilmember councilman councilwoman concejal director directora attorney treasurer
general lieutenant sponsor ley act law
""")
COURTESY = _set("mr mrs ms miss mister mx sr sra srta senor senora senorita don dona")
#: What may begin a sentence, or stand capitalised in it, and is no part of a name.
NOT_IN_NAMES = _set("""
little young old sweet poor pequena pequeno pobre joven
a after again all also although am an and another any april christmas easter eve thanksgiving navidad dob as at
august aunt baby because before between both boy but
by child client dad daughter dear december during each even every father february for friday from girl grandfather
grandma grandmother grandpa he her his husband i if in infant it its january july june last later let like man
march may
mom monday mother mum my neighbor no not november now october of on once one only or our patient patients please
regards saturday september she since sincerely sister brother so some son sunday that the their then there these they
this those though through thursday to today tomorrow tuesday two uncle until was we wednesday were when where while
who
wife with without woman yes yesterday yet you your
abril agosto ahora al algunos anoche antes atentamente aunque aun ayer bebe cada como con cuando cuanto dado de del
desde despues diciembre domingo durante el ella ellos en enero entonces era es esa ese esta este estimada estimado
febrero fue hace hasta hermana hermano hija hijo hoy jueves julio junio la las le lo los lunes luego madre marido mayo
martes marzo mas mi miercoles mientras mis muchos nacida nacido nina nino no noviembre nuestra nuestro nuestros
octubre otra otro paciente pacientes padre para pero por porque que sabado saludos se septiembre setiembre si sin su
sus tal tambien tia tio todos tras un una viernes y ya yo abuela abuelo esposa esposo senora senor
""")
#: A run of capitalised words that holds one of these is an institution, a law or a disease.
NOT_NAMES = _set("""
academy act administration advisory affairs agency aid alliance amendment american appropriations assembly association
authority authorization bill biologics black blue board budget bureau cancer capitol cardiology care center centers
centre chamber chapter children children's childrens clinic clinical coalition code college commission committee
commonwealth community congress council court covid cross day department disease district division emergency
federal finance foundation fund general government group head health healthcare heart hospice hospital house human icu
initiative institute insurance intensive judiciary kidney labor laboratory law league legislature library medicaid
medical medicare medicine memorial ministry month mutual national nih nursing office oncology organization parity
party patients pediatric physicians plan policy primary prior program project public regional research
rare raras condition conditions diseases
resolution resources room rule rural school security senate services session shield social society specialty
standing state states statute summit supreme surgery surgical syndrome system telehealth therapy title treasury
trust union unit united university urgent veterans ways week women's workers world
academia administracion agencia alianza americana asamblea asociacion autoridad camara cancer capitolio centro
ciencias
clinica colegio comision comite comunidad congreso consejo corte departamento distrito emergencias enfermedad enmienda
escuela estado estados facultad federacion fundacion gobierno hospicio instituto junta ley medica medico ministerio
nacional oficina programa proyecto publica salas salud seguro senado servicios sindrome sistema sociedad tribunal
unidad unidos universidad urgencias
""")
#: As these are places, unless a given name goes before: Susan Park, John Hill.
PLACES = _set("""
avenue bay beach boulevard bridge brook canyon city county creek cape dale drive east falls ferry field fort gardens
glen grove harbor heights hill hills island islands junction lake lane los las mesa mills mount mountain north park
parkway plains point port puerto rico ridge river road rock saint san santa santo south springs square st ste street
town township valley village ville west wood woods york new nueva nuevo rio ciudad pueblo villa costa condado
alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia hampshire
hawaii idaho illinois indiana iowa jersey kansas kentucky louisiana maine maryland massachusetts mexico michigan
minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania rhode tennessee texas utah
vermont virginia washington wisconsin wyoming boston chicago houston denver
""")
#: Before capitalised words they lead to a place more often than to a person.
TO_PLACES = _set("in at near from to the outside around across en desde hacia cerca del the of de")
CREDENTIALS = r",? {1,2}(?:m\.?d\b|d\.?o\b|ph\.?d\b|n\.?p\b|r\.?n\b|p\.?a\b|mph\b|facp\b|faap\b|esq\b)"
#: After a name they say that a person bears it.
OF_PERSON = r",? ?[(]?(?:,? (?:who|que|quien)\b|(?:dob|d\.o\.b|born|nacid[oa]|n\.|f\.n)(?!\w))"
MEDICAL_EPONYM = (
    r"(?:'s?)? {1,2}(?:disease|syndrome|sarcoma|lymphoma|anemia|factor|ataxia|dystrophy|score|scale|act\b|law\b)"
)
RELATIONS = (
    r"patients?|pts?|paciente|client|resident|veteran|neighbou?r|mother|father|mom|dad|son|daughter|wife|husband"
    r"|brother"
    r"|sister"
    r"|grandmother|grandfather|aunt|uncle|cousin|niece|nephew|baby|infant|boy|girl|child|toddler|teenager|woman|man"
    r"|widow|widower|madre|padre|mama|papa|hij[oa]|hijit[oa]|espos[oa]|marido|herman[oa]|abuel[oa]|ti[oa]|prim[oa]"
    r"|sobrin[oa]|niet[oa]|nin[oa]|bebe|mujer|hombre|senora?|joven|vecin[oa]|viud[oa]|client[ea]|veteran[oa]"
)
CUE = (
    rf"(?:\b(?:{RELATIONS})|\b(?:named|name is|name was|called|known as|llamad[oa]|llamaron|llamamos|bautizaron"
    rf"|se llama|se llamaba|nombre es"
    rf"|de nombre))[,:]?(?: i(?:'ll| will) call)? ?[\"'(]?$"
)

MONTH = (
    "january|february|march|april|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
MES = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|ene|feb|mar|abr|jun|jul|ago|sept|sep|oct|nov|dic"
)
ORDINAL = (
    "twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first|twentieth|thirtieth"
    "|nineteenth|eighteenth|seventeenth|sixteenth|fifteenth|fourteenth|thirteenth|twelfth|eleventh|tenth|ninth"
    "|eighth|seventh|sixth|fifth|fourth|third|second|first"
)
ORDINAL_ES = (
    "primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete"
    "|dieciocho|diecinueve|veinte|veinti(?:uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)|treinta(?: y un[oa]?)?"
)

#: What is done to a patient, or befalls one. The words of `AMBIGUOUS_CARE` befall bills, too, or are topics of laws.
CARE = r"""
dx'?d?|tx|f/u|d/c'?d?|s/p|post-?op|pre-?op|admits|readmits?|crashed|coding|gasping|seizing|unresponsive|hemorrhaged
crisis (?:epileptica|asmatica|de asma)|convulsionando|inconsciente|sin pulso
blood (?:was )?(?:drawn|taken)|water broke|rompio aguas|rompio fuente|heart rate|swollen|septic|fits|swallowed
heart stopped|stopped beating|(?:on|off) (?:the |a )?vent|due date|wheelchair|stitches|cast|miscarriage|stillborn|dead
lost (?:her|his|their|my|our) (?:son|daughter|baby|child|mother|father|wife|husband|leg|foot|sight|vision|twins)
readmission|(?:first|last|next) (?:dose|infusion|cycle|treatment|refill|visit|round)|surgeon|anesthesiologist|code
home health|hospice|life support|brain dead|feeding tube|tracheostomy|stitched
delivered (?:him|her|them|the baby|twins)
(?:le|les|se) (?:operaron|pusieron|quitaron|amputaron|murio|paro el corazon)|paro el corazon|salia de cuentas
fecha probable|muert[oa]|partio en|neurolog[oa]|oncolog[oa]|cardiolog[oa]|ciruj?an[oa]|silla de ruedas|convulsiono
reingres\w{2,4}|egres(?:o|ad[oa])|primera (?:dosis|convulsion|infusion|visita)|respirador|ventilador|hospicio
(?:re)?admitted|admission|hospitali[sz]\w{1,8}|operated|operation|surger(?:y|ies)|underwent|(?:mis)?diagnos\w{1,6}
transferred|unconscious|convuls\w{2,5}|rehab|psychiatric|pacemaker|stent|labor unit|pregnant|specimen|sample
on call
date of service|service date|fecha de (?:ingreso|servicio|atencion|cirugia|la operacion)|egreso
my shift|waiting list|ambulance|miscarriage|fractur\w{1,4}|intensive care|dialysis session|bed|oxygen|insulin
inconsciente|embarazada|marcapasos|guardia|muestra|ambulancia|trasladad[oa]|trasladaron|desmay\w{1,3}|oxigeno
insulina
emergency room|emergency department|er|icu|nicu|ed visit|urgent care|intubat\w{2,4}|extubat\w{2,4}|ventilator
examined|biops(?:y|ies|ied)|chemo\w{0,8}|radiation|infusions?|infused|transfus\w{2,5}|transplant\w{0,6}
dialysis|c-section|cesarean|miscarr\w{3,6}|stillb\w{3,5}|stroke|seizures?
heart attack|overdos\w{1,4}|suicide|collapsed|relapsed?|scan|mri|ct|x-ray|ultrasound|mammogram|colonoscopy
endoscopy
lab results?|blood tests?|tested positive|labs|prescri\w{3,8}|injection|dose|vaccinated|amputat\w{2,5}
resuscitat\w{2,5}
cardiac arrest|passed away|appointments?|follow-up|consult|referred|checkup|check-up|in labor|gave birth|coded
nursing home|anaphyla\w{2,5}|airlift\w{2,3}|medevac\w{0,2}|rushed to|wheeled|triage\w{0,1}|stabilized
sedated|anesthesia
incision|excised|tumor|lump|bled|bleeding|hemorrhag\w{1,4}|delivered her|water broke|epidural
premature\w{0,2}|newborn
sent (?:him |her |them |me )?home|went home from|waiting room|ward|cpr|code blue|narcan|naloxone|detox|withdrawal
inpatient|outpatient|psych|autopsy|pronounced|buried|funeral|test results?|pathology|pap smear|echocardiogram|ekg
catheter\w{0,8}|cath lab|angioplasty|bypass|the port|picc|sepsis|septic|pneumonia|infection|embolism|blood clot
ketoacidosis|stroke unit|bedside|exam room|chemotherapy|immunotherapy|screening|sonogram|colposcopy|d&c|ivf|embryo
tonsils|gallbladder|appendix|hip replac\w{2,6}|knee replac\w{2,6}|skin graft|mastectomy|lumpectomy|hysterectomy
vomit\w{0,3}|fainted|choked|stopped breathing|took (?:her|his) (?:own )?life|shot|stabbed|drowned|burned
wheez\w{1,3}
asthma attack
ingres(?:o|ad[oa]|aron|aba)|ingresos?|cirugias?|oper(?:e|o|ad[oa]|aron|amos|acion)|intervinieron|intervenid[oa]
diagnos\w{2,8}|urgencias?|emergencias?|atendi(?:o|mos|d[oa])?|hospitaliz\w{1,6}|clinica
falleci(?:o|d[oa]|eron)
fallecimiento|biopsias?|quimio\w{0,8}|radioterapia|infusion(?:es)?|transfusion|trasplant\w{1,4}|cesarea|dialisis
dio a luz|di de alta|dimos de alta|dada? de alta|dado de alta|dieron de alta|dio de alta|recibio (?:el |de )?alta
salio de alta|consulta|derrame|infarto|convulsion(?:es)?|sobredosis|recaida|recayo
intub\w{2,4}|resonancia|tomografia|ecografia|mamografia|colonoscopia|endoscopia|analisis|vacunad[oa]|inyeccion
intern(?:ad[oa]|aron|amos|amiento)|ingresamos
entr(?:o|e|ada) (?:a|en) (?:dialisis|quirofano|urgencias|el hospital|uci)
llevaron|llevamos|llevaba al hospital|trajeron|trajimos|quirofano|reanim\w{2,6}|desangr\w{1,5}
sangr\w{2,6}|hemorragia
sepsis|neumonia|infeccion|tumor|quiste|extirp\w{2,5}|le quitaron|me quitaron|sedacion|paliativ\w{2,3}
citologia|ictus
pruebas?|resultados?|ahog\w{2,4}|asfixi\w{1,4}|velorio|enterr\w{2,6}|certifique|pario|bisturi|anestesia
uci|sala de espera
cateter|marcapasos|quimioterapia|inmunoterapia|vomit\w{2,4}|apendice|vesicula|cadera|embolia|coagulo
se quito la vida
recet\w{1,4}|parto|aborto|paro cardiaco|cita medica|control medico|examine|revise|trat(?:e|ad[oa])|amput\w{2,4}
"""
AMBIGUOUS_CARE = r"""
died|dies|deliver(?:y|ed)|hospital|clinic|my office|my clinic|our clinic|hospice
treatment|therapy|clinica|consultorio|tratamiento|terapia|death|passed|born|birth|treated|treating|seen|saw
visit(?:s|ed)?|discharged?|released|cared for
pulse|fever|tests?|exam|swab|pain|cancer|lost the baby|emergency|nurses?|specialists?|paramedics?|refill|went blind
last breath|last time|overnight|discharge|pregnancy|went into|waited|turned away|sent away|collapse|withdrew care
came in|came to (?:me|us|my|our)|sick|ill|fell|lost (?:her|his|consciousness)|symptoms?|injur\w{2,4}|dob
fiebre|dolor|examen|cancer|perdi|embarazo|ultima vez|enfermer[oa]|especialista|paramedicos?|salio|esper(?:o|e|amos)
perdimos|gemel[oa]s|mellizos|twins|nacieron|rinon|murio|murieron|muerte|nacio|nacid[oa]|nacimiento|nacer|cita
visit(?:o|a|e)|vino|vi|vio|vimos|alta|control|enfermo
acudio|lleg(?:o|aron)|perdio|sintomas?|cayo|vista|fecha de nacimiento|cuidados
"""
ONE_PATIENT = (
    rf"\b(?:my|a|an|one|this|the|our|her|his|mi|un|una|esta|este|nuestr[oa]|la|el|su)(?: [\w-]{{1,20}}){{0,2}} "
    rf"(?:{RELATIONS})(?!\w)|\b(?:she|he|her|his|ella)(?!\w)"
)
PERSON = (
    rf"\b(?:{RELATIONS}|she|he|her|him|his|hers|sus?|who|person|people|case|adult|kid|teen|student|family|families"
    rf"|elder"
    rf"|ella"
    r"|one|two|first|only|librarian|\w{2,12}(?:man|woman)|grader|household|resident|residents|quien|caso|familia"
    r"|persona"
    r"|personas|nobody|no one|nadie|everyone|everybody|lives?|lived|vive|viven|has|have|i am|soy|h[ae]mo(?:ph"
    r"|f)ili(?:ac|c[oa])|adult[oa]|unic[oa]|alumn[oa]|habitantes|tiene|una?|dos|pescador|bibliotecari[oa]"
    r"|maestr[oa])(?!\w)"
)
LEGISLATION = r"""
graduat\w{1,4}|starts|moved here|medical school|nursing school|colleagues?|aide|staffer|announced|promised|married
wedding
anniversary|retire[sd]?|hired|joined|enrolled|wrote to|co-?signed|met with|your office|election day
se gradua|graduo|carrera|colegas?|asesora?|boda|aniversario|jubil\w{1,3}|le escribi|prometio|anuncio|abrir est[ea]
opened|opens|reopen\w{1,3}|clos(?:ed|es|e|ing|ure)|season|residency|fellowship|internship|budget|shortages?|grant
applications?|(?:new|final|proposed|interim) (?:rule|policy|law)|more patients|patients a (?:day|night|week|month)
(?<!pathology )(?<!lab )(?<!autopsy )(?<!medical )report|survey|awareness
(?:world|national|international) \w{3,12} day
license expires|department of health|beds (?:are|were|will)|strike|merger|contract|enrollment|fiscal year
abri(?:o|ra|eron)|abre|cerr(?:o|ara|aron)|cierra|cierre|temporada|residencia|presupuesto|subvencion|solicitudes
mas pacientes|pacientes (?:al|por|cada) (?:dia|mes|noche|semana)|informe (?:del|anual)|dia (?:mundial|nacional)
(?:nueva|nuevo) (?:regla|norma|reglamento|ley)|contrato|huelga|campana|decreto
hearings?|votes?|voted|voting|bills?|signed(?! (?:the|her|his) (?:death )?(?:certificate|form|consent))
(?<!his )(?<!her )(?<!dialysis )(?<!therapy )sessions?|acts?
committees?|subcommittee|testif\w{1,4}|testimony|legislat\w{2,6}
senate
senators?|house of|representatives?|capitol|state house|statehouse|congress\w{0,5}|lawmakers?|enact\w{1,4}
signed into
amendments?|statutes?|rulemaking|comment period|deadline|adjourn\w{1,5}|floor debate|governor|town hall|lobby day
your office|your staff|advocacy day|took effect|takes? effect|effective|annual meeting|conference|election|the act
law|laws|h\.r\.|h\.\d{2,5}|s\.\d{2,5}|hb|sb|introduced|docket|proposal|regulations?|sunsets?|expires?|legislature
markup|webinar|briefing|press release|published|guidelines?
audiencias?|votacion(?:es)?|votar|voto|voten?|ley|leyes|sesion(?:es)?|comite|comision|legislat\w{2,5}|senad[oa]r?a?
senado|camara|representantes?|capitolio|congreso|gobernador[a]?|proyecto|enmiendas?|plazo|entr(?:a|o|ara) en vigor
vigencia|testific\w{1,4}|testimonio|reglamento|promulg\w{1,4}|firm(?:o|ada) la|su oficina|conferencia|reunion|vence
debate|pleno|elecciones|publicad[oa]|medida
"""

#: Conditions that few have (the lists of NORD, the US organization for rare disorders, and of Orphanet).
RARE = r"""
rare (?:[\w-]{3,14} ){1,3}(?:disease|disorder|condition|cancer|syndrome|tumor|illness)(?! (?:day|act|council|caucus))
(?:enfermedad|trastorno|sindrome|tumor|cancer|anemia|condicion)(?: \w{2,14}){0,4} (?:muy |tan )?rar(?:[oa]|isim[oa])
(?:only|just|fewer than|about) (?:\d{1,4}|a few|a dozen|two|three|\w{3,6}ty) (?:known )?cases in the (?:world|country)
(?:only|just|fewer than|about) (?:\d{1,4}|a few|a dozen|two|three|\w{3,6}ty) people in the (?:world|country)
(?:casos|personas|pacientes|ninos) en (?:el mundo|el pais|todo el mundo|todo el pais)
so rare|tan rar[oa]|rett|kallmann|one in (?:\d{1,3} million|\d{2,3},000)
un[oa] (?:de|en|entre) cada \d{2,3}[.,]?000
cf|alport|bardet[ -]biedl|noonan|digeorge|22q|cri du chat|sturge[ -]weber|cdkl5|scn1a|sotos|kabuki syndrome|joubert
usher syndrome|sindrome de usher|stargardt|retinitis pigmentosa|retinosis pigmentaria|leber|cystinuria|crigler
osteosarcoma|medulloblastoma|meduloblastoma|dipg|chordoma|cordoma|angiosarcoma|sarcoma de \w{3,12}|desmoid
craniopharyng\w{2,4}
primary (?:biliary|sclerosing) cholangitis|colangitis (?:biliar|esclerosante)|polycythemia vera|policitemia
myelofibrosis|mielofibrosis|waldenstrom|hairy cell|mastocytoma|pemphigus|penfigo|dermatomyositis|dermatomiositis
lambert[ -]eaton|cidp|polyneuropathy|ataxia|multiple system atrophy|atrofia multisistemica|supranuclear|prion
wolfram|chiari|syringomyelia|siringomielia|tetralogy|tetralogia|hypoplastic left|ventriculo unico|gastroschisis
omphalocele|bladder exstrophy|extrofia|craniosynostosis|arthrogryposis|artrogriposis|dwarfism|enanismo|albinism
albinismo|vasculitis|polyarteritis|wegener|sjogren-larsson|chagas|rabies|tetanus|tularemia|anthrax
ornithine transcarbamylase|urea cycle|ciclo de la urea|mcad|homocysteine|glycogen storage|glucogenosis|biotinidase
(?:very|extremely|exceedingly) rare|one in (?:a|\d{1,3},000|ten thousand|\w{3,8} thousand)
enfermedad (?:muy )?poco comun
(?:gene|genetic) (?:mutation|disorder|disease) (?:so rare|that few|shared by)
rare (?:\w{3,10} )?(?:disease|disorder|condition|cancer|syndrome|tumor)(?! (?:day|act|advisory|council|caucus))
rare (?:\w{3,14} ){0,3}(?:illness|mutation|disorder|an(?:a?e)mia|leuk(?:a?e)mia)
rare (?:\w{3,14} ){0,3}(?:lymphoma|epilepsy|dystrophy|deficiency)
(?:enfermedad|trastorno|sindrome|tumor|cancer|anemia)(?: \w{3,14}){0,2} (?:rar[oa]|minoritari[oa])
(?:enfermedad|trastorno|sindrome|tumor|cancer|anemia)(?: \w{3,14}){0,2} poco (?:comun|frecuente)
one in a million|(?:un[oa]|1) entre un millon|mps|dmd|pnh|fibrodysplasia|fibrodisplasia|locked-in
spina bifida|espina bifida
rare (?:form|type|variant) of|ultra-rare|enfermedad(?:es)? (?:muy |genetica |metabolica )?rara|orphan disease
(?:trastorno|sindrome|cancer|condicion|tumor|afeccion|padecimiento) (?:genetic[oa] )?(?:muy )?rar[oa]
enfermedad huerfana
cystic fibrosis|fibrosis quistica|huntington|als|amyotrophic lateral sclerosis|lou gehrig
esclerosis lateral amiotrofica
ela|duchenne|becker muscular|muscular dystrophy|distrofia muscular|spinal muscular atrophy
atrofia muscular espinal|sma
fabry|gaucher|pompe|niemann[ -]pick|tay[ -]sachs|hurler|hunter syndrome|sindrome de hunter|sanfilippo|morquio
mucopolysaccharidos[ie]s|mucopolisacaridosis|batten|krabbe|phenylketonuria|pku|fenilcetonuria|maple syrup urine
jarabe de arce|homocystinuria|homocistinuria|galactosemia|wilson'?s disease|enfermedad de wilson|menkes
alkaptonuria
alcaptonuria|porphyria|porfiria|ha?emophili\w{1,3}|hemofili\w{1,3}|von willebrand|sickle cell|anemia falciforme
drepanocitosis
thalassemia|talasemia|fanconi|diamond[ -]blackfan|aplastic anemia|anemia aplasica|castleman|histiocytosis
histiocitosis
mastocytosis|mastocitosis|amyloidosis|amiloidosis|sarcoidosis|scleroderma|esclerodermia|myasthenia|miastenia
guillain[ -]barre|transverse myelitis|mielitis transversa|neuromyelitis|neuromielitis|moyamoya|rett syndrome
sindrome de rett|dravet|lennox[ -]gastaut|angelman|prader[ -]willi|williams syndrome|sindrome de williams|fragile x
x fragil|turner syndrome|sindrome de turner|klinefelter|marfan|ehlers[ -]danlos|osteogenesis imperfecta
huesos de cristal
achondroplasia|acondroplasia|progeria|epidermolysis bullosa|epidermolisis (?:bullosa|ampollosa)|piel de mariposa
ichthyosis|ictiosis|xeroderma|neurofibromatosis|tuberous sclerosis|esclerosis tuberosa|von hippel|retinoblastoma
neuroblastoma|wilms|ewing'?s? sarcoma|sarcoma de ewing|pheochromocytoma|feocromocitoma|carcinoid|mesothelioma
mesotelioma|cholangiocarcinoma|colangiocarcinoma|glioblastoma|creutzfeldt|hantavirus|leprosy|lepra|hansen'?s
alpha[ -]1 antitrypsin|alfa[ -]1 antitripsina|pulmonary arterial hypertension|hipertension arterial pulmonar
lymphangioleiomyomatosis|lam disease|linfangioleiomiomatosis|biliary atresia|atresia biliar|alagille|hirschsprung
short bowel syndrome|intestino corto|addison'?s|enfermedad de addison|cushing'?s|sindrome de cushing
acromegal[yi]a?
congenital adrenal hyperplasia|hiperplasia suprarrenal|hereditary angioedema|angioedema hereditario|behcet
takayasu|kawasaki|granulomatosis|stiff[ -]person|persona rigida|narcolepsy|narcolepsia|trisomy 1[38]|trisomia 1[38]
friedreich|charcot[ -]marie|leukodystrophy|leucodistrofia|adrenoleukodystrophy|adrenoleucodistrofia
mitochondrial disease
enfermedad mitocondrial|hypophosphatasia|hipofosfatasia|cystinosis|cistinosis|scid|severe combined immuno\w{1,12}
inmunodeficiencia combinada|burbuja|chronic granulomatous|wiskott|paroxysmal nocturnal|hemoglobinuria
atypical hemolytic
hemolitico atipico|acute intermittent|ataxia[ -]telangiectasia|ataxia[ -]telangiectasia|cadasil|kennedy'?s disease
"""
