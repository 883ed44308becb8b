"""What has staff read a letter first, and above all what has not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaigns.engine import screening
from campaigns.engine.screening import Screened, found, reasons
from campaigns.selectors import held

TEMPLATE = (
    "Please support {campaign}\nDear {legislator_salutation},\n\nSee https://alder-medical.example/bill and call "
    "617-555-0199.\n\nTHIS BILL MUST PASS BEFORE THE SESSION ENDS IN THE SUMMER OF NEXT YEAR.\n\nSincerely,"
)


def _reasons(body: str, **changes: str) -> tuple[str, ...]:
    values = {
        "subject": "Please support telehealth",
        "template": TEMPLATE,
        "writer": "Dr. José Ortega",
        "letterhead": "Dr. José Ortega\n12 Main Street, Apt 4\nPort Alder, AX 69901",
    }
    return reasons(Screened(body=body, **{**values, **changes}))


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Read www.buy-pills.example/now today.", "link"),
        ("All is explained at mypage.com for everybody.", "link"),
        ("Answer me at jo.doe@clinic.example instead.", "email_address"),
        ("Call my office: (413) 555-0188.", "phone"),
        ("Call +44 20 7946 0958 at once.", "phone"),
        ("Carol Winters, my patient, died on March 14.", "name_date"),
        ("She was admitted on March 14.", "care_date"),
        ("Her MRN 0048213 says so.", "record_number"),
        ("She lives at 77 Fifth Avenue, alone.", "street_address"),
        ("A 94-year-old man waited.", "age_over_89"),
        ("In our town of 800 a boy has Fabry disease.", "small_place_rare_condition"),
        ("I WILL NOT VOTE FOR YOU EVER AGAIN UNLESS YOU LISTEN TO ALL OF US NOW", "shouting"),
        ("Listen to us!!!!!!!!", "shouting"),
        ("I know where you live, Senator.", "threat"),
        ("Vote no and I will kill you.", "threat"),
        ("Sabemos dónde viven ustedes.", "threat"),
        ("You are a hijo de puta.", "slur"),
        ("<b>Hear me</b>", "markup"),
        ("[url=x]here[/url]", "markup"),
        ("Пожалуйста, поддержите этот законопроект.", "script"),
        ("My name is Carol Winters and I write to you.", "writer"),
        ("Support it.\n\nSincerely,\nCarol Winters", "writer"),
        ("Atentamente,\n\nCarlos Fuentes", "writer"),
        ("Please vote for this bill today. " * 4, "repetitive"),
        ("word " * 1_600, "long"),
    ],
)
def test_what_is_read_first(body: str, key: str) -> None:
    assert key in _reasons(body)


@pytest.mark.parametrize(
    "body",
    [
        "Dear Senator Reyes,\n\nSee https://alder-medical.example/bill and call 617-555-0199.",
        "THIS BILL MUST PASS BEFORE THE SESSION ENDS IN THE SUMMER OF NEXT YEAR.",
        "My patients will die if the drug that could save them is not covered; delay kills.",
        "The pandemic killed your constituents. This would kill your own bill.",
        "He was born growth retarded, and there is a chink in the law.",
        "HIPAA, CMS and the FDA agree on H.R. 1234 and SB 98.",
        "I live at 12 Main Street, Port Alder, AX 69901-1234. My NPI is 1234567893.",
        "The dose is 500-1000 mg; pressure was 140/90; I saw 1,200 patients.",
        "My name is José Ortega. I am a doctor, e.g. of children.",
        "Thank you.\n\nSincerely,\nJose Ortega",
        "Sincerely,\nDr. J. Ortega, MD",
        "Señora senadora: muchísimas gracias por su atención. ¡Apoye la propuesta, por favor!",
        "The disease is called Μεσόγειος αναιμία (β-thalassemia).",
        "If x < y and y > z then the rate is 3 % of all.",
        "Wait... really? Yes!!",
    ],
)
def test_what_leaves_without_being_read(body: str) -> None:
    assert _reasons(body) == ()


def test_what_the_editor_wrote_is_not_held_against_the_person_but_the_rest_is() -> None:
    assert _reasons("See https://alder-medical.example/bill or https://other.example/bill.") == ("link",)


def test_the_subject_counts_too() -> None:
    assert _reasons("Dear Senator,", subject="Call 413-555-0188 now") == ("phone",)


def test_nothing_is_said_of_a_writer_whose_name_is_not_known() -> None:
    assert _reasons("My name is Carol Winters.", writer="") == ()


def test_places_are_places_in_the_body() -> None:
    body = "Write to jo@clinic.example or call 413-555-0188."
    places = found(Screened(subject="www.x.example", body=body, template="", writer="A B"))
    assert [(place.key, body[place.start : place.end]) for place in places] == [
        ("email_address", "jo@clinic.example"),
        ("phone", "413-555-0188"),
    ]


def test_every_check_is_explained_in_a_sentence() -> None:
    for key in screening.CHECKS:
        assert held.reason_words(key).endswith("."), key


@given(some.text(max_size=400), some.text(max_size=100), some.text(max_size=40))
def test_no_text_breaks_a_check(body: str, template: str, writer: str) -> None:
    screened = Screened(subject=body[:80], body=body, template=template, writer=writer)
    assert set(reasons(screened)) <= set(screening.CHECKS)
    assert all(0 <= place.start < place.end <= len(body) for place in found(screened))


@pytest.mark.parametrize(
    "body",
    [
        "a" * 20_000,
        "a." * 10_000,
        "<" * 20_000,
        "[" * 20_000,
        "A " * 10_000,
        "My name is " + "A" * 20_000,
        "Sincerely,\n" * 1_800,
        "1 " * 10_000,
        "a@" * 10_000,
        "\n" * 20_000,
        "](" * 10_000,
    ],
)
def test_a_text_made_to_be_slow_is_not(body: str) -> None:
    started = time.perf_counter()
    reasons(Screened(subject="", body=body, template=TEMPLATE, writer="A B"))
    assert time.perf_counter() - started < 2
