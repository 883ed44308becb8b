"""What may tell a reader who the patient is, and the much that may not."""

import dataclasses
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmarks import patient_guard as bench
from benchmarks.patient_guard import HOSTILE
from campaigns.engine.patient_guard import OF_DATED_SENTENCES, OF_PLACES, OF_TEXTS, Kind, findings
from campaigns.engine.patient_guard_beginnings import CannotTell, beginnings
from campaigns.engine.patient_guard_plain import plain_text
from campaigns.engine.patient_guard_rules import Rule, Rules, Sign, lexicon

FOUND = {
    Kind.NAME_DATE: [
        ("My patient Maria Lopez came to me on March 14.", "Maria Lopez"),
        ("On 3/14/2024 I admitted Mrs. Alvarez with sepsis.", "Mrs. Alvarez"),
        ("Kevin O'Brien was diagnosed with diabetes on June 2, 2023.", "Kevin O'Brien"),
        ("my patient maria was admitted on march 14.", "maria"),
        ("I saw Tamika Washington-Bell on April 9th.", "Tamika Washington-Bell"),
        ("Mi paciente José Luis ingresó el 3 de mayo.", "José Luis"),
        ("El 14 de marzo de 2024 operé a doña Carmen Ruiz.", "doña Carmen Ruiz"),
        ("La Sra. Ortiz falleció el 2 de enero.", "Sra. Ortiz"),
        ("mi hija, Ana María de la Cruz, nació el 7 de julio de 2019.", "Ana María de la Cruz"),
    ],
    Kind.RECORD_NUMBER: [
        ("Her MRN 0048213 shows it.", "MRN 0048213"),
        ("See medical record number: A-48213 for it.", "medical record number: A-48213"),
        ("The claim #88-20931 was denied.", "claim #88-20931"),
        ("Her member ID is XQ1234567.", "member ID is XQ1234567"),
        ("Policy number 55512 lapsed.", "Policy number 55512"),
        ("It is 219-09-9999, I think.", "219-09-9999"),
        ("El expediente 20931 lo muestra.", "expediente 20931"),
        ("Su número de póliza es AB-99812.", "número de póliza es AB-99812"),
        ("Historia clínica n.º 45120 del hospital.", "Historia clínica n.º 45120"),
        ("Seguro social: 219-09-9999.", "Seguro social: 219-09-9999"),
    ],
    Kind.PHONE: [
        ("Her mother is at 413-555-0188.", "413-555-0188"),
        ("Call (413) 555-0188, please.", "(413) 555-0188"),
        ("Her cell 413.555.0188 ext. 12 is off.", "413.555.0188 ext. 12"),
        ("Llame al +34 912 345 678 mañana.", "+34 912 345 678"),
        ("Su teléfono es 555-0188.", "555-0188"),
    ],
    Kind.EMAIL: [
        ("Write to maria.l@mail.example now.", "maria.l@mail.example"),
        ("She is maria dot lopez at gmail dot com today.", "maria dot lopez at gmail dot com"),
        ("Escriba a maria.lopez arroba gmail punto com.", "maria.lopez arroba gmail punto com"),
        ("Su correo es josé@correo.example.", "josé@correo.example"),
    ],
    Kind.STREET_ADDRESS: [
        ("She lives at 12 Main Street, alone.", "12 Main Street"),
        ("Her house, 1450 N. Old Mill Rd, burned.", "1450 N. Old Mill Rd"),
        ("at 77 Fifth Avenue, Apt 4B, she fell.", "77 Fifth Avenue, Apt 4B"),
        ("she lives at 12 maple street.", "12 maple street"),
        ("Mail goes to P.O. Box 123 there.", "P.O. Box 123"),
        ("Vive en la calle Olmo 12, sola.", "calle Olmo 12"),
        ("Vive en Avenida de la Constitución, núm. 45.", "Avenida de la Constitución, núm. 45"),
        ("Su apartado postal 340 está lleno.", "apartado postal 340"),
    ],
    Kind.AGE_OVER_89: [
        ("A 94-year-old man waited.", "94-year-old"),
        ("She is ninety-three years old.", "ninety-three years old"),
        ("My patient, aged 91, waited.", "aged 91"),
        ("My grandmother turned 102 and still waits.", "turned 102"),
        ("Una paciente de 95 años esperó.", "95 años"),
        ("Tiene noventa y dos años.", "noventa y dos años"),
        ("Mi abuela, de cien años de edad, espera.", "cien años de edad"),
    ],
    Kind.CARE_DATE: [
        ("She was admitted on March 14, 2024.", "March 14, 2024"),
        ("Her surgery was on 3/14/2024.", "3/14/2024"),
        ("She was born 14 March at home.", "14 March"),
        ("The biopsy of 2024-03-14 was clear.", "2024-03-14"),
        ("On May 3rd he had his first infusion.", "May 3rd"),
        ("My patient died on the 14th of March before the bill passed.", "14th of March"),
        ("The hearing came too late for her, who was admitted on March 2.", "March 2"),
        ("Ingresó el 14 de marzo.", "14 de marzo"),
        ("La operé el 3 de mayo de 2024.", "3 de mayo de 2024"),
        ("Murió en urgencias el 14/3/2024.", "14/3/2024"),
        ("Su cita fue el primero de abril.", "primero de abril"),
    ],
    Kind.SMALL_PLACE_RARE_CONDITION: [
        ("In one town of 800 I treat a boy with Fabry disease.", "town of 800"),
        ("She has cystic fibrosis and lives in the village of Alder.", "village of Alder"),
        ("She is the only person in Alder County with Gaucher disease.", "the only person in Alder"),
        ("In our small town one child has hemophilia.", "our small town"),
        ("Un niño con fibrosis quística vive en un pueblo de 1.200 habitantes.", "un pueblo de 1.200 habitantes"),
        ("Es la única paciente en Ponce con una enfermedad rara.", "la única paciente en Ponce"),
        ("En nuestro pequeño pueblo hay un caso de ELA.", "nuestro pequeño pueblo"),
    ],
}
CLEAN = [
    "Please support H.1234 and S.567, heard on March 14, 2026.",
    "On March 14 the committee votes on the bill about surgery.",
    "The bill died in committee on March 14.",
    "Senator Maria Lopez and Rep. John Hill spoke on March 14.",
    "Dr. Maria Lopez examined the child on an unnamed day.",
    "The American Medical Association met in Port Alder on June 3.",
    "The Mary Jane Act takes effect on July 1, 2025.",
    "I have 24 years in practice and saw 92 patients in March 2024.",
    "95 percent of patients wait 90 days; for 90 years our society has said so.",
    "In 1990 the cost was $1,995; in 2024 it was $12,000.",
    "Her blood pressure was 140/90 and the dose 500-1000 mg on day 3.",
    "My 89-year-old patient waited since 2019.",
    "Patients aged 90 and older are few.",
    "Call 1-800-222-1222, which is free.",
    "Call 988 or 911. The number is 42.",
    "The account of 2024 and the policy of 2023 differ; in that case 2,000 were denied.",
    "I drove 20 minutes down the street to court; 12 doctors on Main Street left.",
    "She was admitted in March 2024 and seen again in May.",
    "We may 3 times ask.",
    "A town of 800 has no doctor. Rare disease patients travel.",
    "In a city of 600,000 I treat cystic fibrosis.",
    "Small towns across the state wait; cystic fibrosis is costly.",
    "Rare Disease Day brought advocates to town hall.",
    "Look at us at our office, at noon.",
    "Apoye el proyecto S.567 en la audiencia del 14 de marzo.",
    "La votación de la ley es el 3 de mayo de 2026.",
    "La senadora María López habló el 14 de marzo.",
    "Tengo 24 años de práctica y atendí a 92 pacientes.",
    "Hace 95 años que existe nuestra sociedad; el 95 por ciento espera.",
    "Los mayores de 90 años esperan.",
    "El apartado 3 de la ley 45 y el expediente legislativo.",
    "Cerró la calle por 12 días; la clínica atiende a 20 pacientes.",
    "Un pueblo de 1.200 habitantes no tiene médico.",
    "Fue atendida en marzo de 2024.",
    "Tome 20 mg cada 12 horas; presión 140/90.",
]


def _told(text: str) -> list[tuple[Kind, str]]:
    return [(finding.kind, text[finding.start : finding.end]) for finding in findings(text)]


@pytest.mark.parametrize(
    ("kind", "text", "marked"),
    [(kind, text, marked) for kind, examples in FOUND.items() for text, marked in examples],
)
def test_what_may_identify_a_patient_is_marked_where_it_stands(kind: Kind, text: str, marked: str) -> None:
    assert (kind, marked) in _told(text)


@pytest.mark.parametrize(
    ("kind", "text", "marked"),
    [(kind, text, marked) for kind, examples in FOUND.items() for text, marked in examples],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_emoji_accents_and_odd_spaces_move_no_place(kind: Kind, text: str, marked: str, form: str) -> None:
    text, marked = (unicodedata.normalize(form, f"{one}") for one in (text, marked))
    text, marked = (
        one.replace(" ", "\N{NO-BREAK SPACE}").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") for one in (text, marked)
    )
    assert (kind, marked) in _told(f"👩🏽‍⚕️ ¡Sí! “Hi.”\n\n{text}")


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, examples in FOUND.items() for text, _ in examples if kind != Kind.NAME_DATE],
)
def test_accents_and_capitals_may_be_missing(kind: Kind, text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert kind in {found for found, _ in _told(bare)}
    if kind is not Kind.STREET_ADDRESS:
        assert kind in {found for found, _ in _told(bare.lower())}


@pytest.mark.parametrize("text", CLEAN)
def test_what_identifies_nobody_is_clean(text: str) -> None:
    assert _told(text) == []


def test_a_list_of_words_with_an_empty_one_which_would_be_found_everywhere_is_refused() -> None:
    with pytest.raises(CannotTell):
        lexicon(Sign.CARE, "admitted||died")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?:re)?admitted|admission(?!\w)", {"admitted", "readmitted", "admission"}),
        (r"diagnos\w{1,6}", {"diagnos*"}),
        (r"nin[oa]s?(?: \w{1,9}){0,2} con", {"nino", "nina", "ninos", "ninas"}),
        (r"(?<![\w.(])(?:1[ .-]?)?\d{3}x", {"#", "###+", "####+"}),
        (r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd)? of", {"#", "##", "#+", "##+"}),
        (r"(?:the|a) (?:only|one)", {"the", "a"}),
        (r"p\. ?o\.|x-ray", {"p", "x"}),
    ],
)
def test_a_rule_is_tried_at_every_word_with_which_its_pattern_can_begin(pattern: str, words: set[str]) -> None:
    assert beginnings(pattern) == words


@pytest.mark.parametrize("pattern", ["", ".{3}", "#?", r"a+", r"(?:a|)", r"\s?a", "(?:a"])
def test_a_pattern_that_could_be_missed_or_go_on_without_end_is_refused(pattern: str) -> None:
    with pytest.raises((CannotTell, IndexError)):
        beginnings(pattern)


@pytest.mark.parametrize("rule", [*OF_TEXTS, *OF_DATED_SENTENCES, *OF_PLACES], ids=lambda rule: rule.pattern[:40])
def test_no_rule_has_a_quantifier_without_bounds(rule: Rule) -> None:
    told = (rule.pattern, rule.before, rule.not_before, rule.before_as_written, rule.not_after, rule.near)
    assert not any(re.search(r"(?<![\\[])[*+](?![^\[]*\])", re.sub(r"\\.", "", pattern)) for pattern in told)


def test_the_letter_as_a_whole_is_read_in_order() -> None:
    text = "My patient Maria Lopez was admitted on March 14. Call 413-555-0188."
    assert _told(text) == [
        (Kind.NAME_DATE, "Maria Lopez"),
        (Kind.CARE_DATE, "March 14"),
        (Kind.PHONE, "413-555-0188"),
    ]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("My name is José Ortega; on May 3 I was seen late.", "Dr. Jose Ortega"),
        ("Mrs. Ortega was there on May 3.", "Ana Ortega"),
        ("Call (617) 555-0199 about it.", "Our number is 617-555-0199."),
        ("Write to office@society.example.", "Questions: office@society.example"),
        ("We are at 12 Main Street.", "The society, 12 Main Street, Port Alder"),
        ("Ana was admitted on March 14, 2024.", "Our member Ana was admitted on March 14, 2024."),
    ],
)
def test_what_is_known_is_no_news(text: str, known: str) -> None:
    told = {finding.kind for finding in findings(text)}
    left = {finding.kind for finding in findings(text, known=["Another text", known])}
    assert told
    assert left <= {Kind.CARE_DATE}
    assert left < told


def test_a_known_date_of_a_hearing_is_still_the_date_of_an_operation() -> None:
    known = ["The hearing is on March 14."]
    assert [one.kind for one in findings("She was admitted on March 14.", known=known)] == [Kind.CARE_DATE]
    assert findings("She was admitted on March 14.", known=["She was admitted on March 14."]) == ()


def test_a_name_alone_and_a_date_in_another_sentence_are_no_name_with_a_date() -> None:
    assert _told("My patient Maria Lopez waits. The hearing is on March 14.") == []


@given(some.text(max_size=400), some.lists(some.text(max_size=60), max_size=3))
def test_no_text_breaks_it_and_its_places_lie_within(text: str, known: list[str]) -> None:
    found = findings(text, known=known)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert found == findings(text, known=known)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.kind))


_PIECES = [marked for examples in FOUND.values() for pair in examples for marked in pair] + CLEAN


@settings(max_examples=60)
@given(
    some.lists(some.sampled_from(_PIECES) | some.text(max_size=5), max_size=8), some.sampled_from([" ", "", "\n", ". "])
)
def test_no_mix_of_what_it_looks_for_breaks_it(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert all(0 <= one.start < one.end <= len(text) for one in findings(text, known=pieces[:1]))


SPARING = Rules(OF_TEXTS)
PLODDING = Rules([dataclasses.replace(rule, needs=frozenset()) for rule in OF_TEXTS])


@pytest.mark.parametrize("text", [one.text for one in bench.labelled()])
def test_what_spares_time_changes_nothing(text: str) -> None:
    read = plain_text(text)
    assert sorted(SPARING.places(read.plain, read.low)) == sorted(PLODDING.places(read.plain, read.low))


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_four_times_as_long_takes_not_much_more_than_four_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        findings(text)
        return time.process_time() - start

    # Quadratic work would take sixteen times as long; a hundredth of a second is the clock's own noise.
    assert seconds(40_000) < 10 * min(seconds(10_000) for _ in range(2)) + 0.1
