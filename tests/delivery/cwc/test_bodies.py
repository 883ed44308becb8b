"""What is taken off a letter before it goes into a CWC message, and what stays."""

import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine.cwc import bodies

NAME = "Dr. Ada Quill"
STREET, TOWN = "12 Alder Street", "Cambridge, MA 02139"
CORE = "Please support the bill.\n\nMy patients need it."


def _bare(text: str) -> str:
    return bodies.bare(text, NAME, STREET, TOWN, "ada.quill@clinic.example", "617-555-0100")


@pytest.mark.parametrize(
    "salutation",
    [
        "Dear Senator Warren,",
        "Dear Representative Clark:",
        "dear senator warren",
        "To the Honorable Katherine Clark,",
        "Hello Senator,",
        "To Whom It May Concern:",
        "Good morning,",
        "The Honorable Elizabeth Warren\nUnited States Senate\nWashington, DC 20510\n\nDear Senator Warren:",
        "March 9, 2026\n\nDear Members of Congress,",
        "Estimada senadora Warren:",
        "Estimado Representante:",
        "Estimados señores:",
        "Distinguida senadora Warren,",
        "A quien corresponda:",
        "Honorable senadora Warren:",
        "Muy señora mía:",
    ],
)
def test_a_salutation_goes(salutation: str) -> None:
    assert _bare(f"{salutation}\n\n{CORE}") == CORE


@pytest.mark.parametrize(
    "closing",
    [
        "Sincerely,\nDr. Ada Quill",
        "Sincerely,\n\nAda Quill, MD\nPractice address: 12 Alder Street\nCambridge, MA 02139\n617-555-0100",
        "Respectfully yours,\nAda",
        "Thank you,\nAda Quill",
        "Best regards,\nAda Quill, M.D., Ph.D.\nAlder Clinic",
        "Atentamente,\nDra. Ada Quill\n12 Alder Street",
        "Cordialmente:\nAda Quill",
        "Muchas gracias,\nAda",
        "Con respeto,\n\nAda Quill",
        "Sincerely,",
        "Dr. Ada Quill\n12 Alder Street\nCambridge, MA 02139",
        "Ada Quill, MD\nada.quill@clinic.example",
    ],
)
def test_a_closing_and_what_stands_below_it_go(closing: str) -> None:
    assert _bare(f"{CORE}\n\n{closing}\n") == CORE


@pytest.mark.parametrize(
    "text",
    [
        CORE,
        "Dear to my heart is the health of my patients, and this bill protects it.",
        "Hi-tech medicine needs telehealth. It works.",
        "Honorable service deserves honorable care, and veterans wait for months.",
        f"{CORE}\n\nThank you for your time and your service.",
        f"{CORE}\n\nSincerely held beliefs should not stand between a patient and care.",
        f"{CORE}\n\nMy name is Ada Quill and I practise at 12 Alder Street.",
        "Best practice is clear. Regards for evidence are few.",
        f"{CORE}\n\nThank you.",
        "Gracias a la telemedicina los pacientes siguen en tratamiento.",
    ],
)
def test_what_is_part_of_the_letter_stays(text: str) -> None:
    assert _bare(text) == text


def test_a_salutation_on_the_line_of_the_first_sentence_goes_alone() -> None:
    assert _bare("Dear Senator Warren, please vote for the bill. It matters.") == (
        "Please vote for the bill. It matters."
    )
    assert _bare("Dear Senator Warren, I see patients who wait.") == "I see patients who wait."


def test_a_postscript_stays_without_the_signature_above_it() -> None:
    text = f"Dear Senator,\n\n{CORE}\n\nSincerely,\nAda Quill\n\nP.S. I would gladly show you our clinic."
    assert _bare(text) == f"{CORE}\n\nP.S. I would gladly show you our clinic."


def test_a_closing_far_above_the_end_is_part_of_the_letter() -> None:
    rest = "\n".join(f"Point {number} matters to every patient that I see in my practice." for number in range(4))
    assert _bare(f"Thanks,\n{rest}") == f"Thanks,\n{rest}"


@pytest.mark.parametrize("line", ["Hi,\n", "Sincerely,\n", "P.S. a\n", "Ada Quill\n", "P.S.: Dear Senator,\n"])
def test_thousands_of_lines_that_look_like_parts_of_a_letter_are_read_in_a_moment(line: str) -> None:
    began = time.monotonic()
    _bare(line * 2500)
    assert time.monotonic() - began < 2


def test_nothing_is_known_of_a_signature_that_nobody_named() -> None:
    assert bodies.bare(f"{CORE}\n\nAda Quill") == f"{CORE}\n\nAda Quill"


@given(st.text(max_size=400))
def test_what_is_bare_stays_as_it_is(text: str) -> None:
    # The first pass may uncover what looks like a salutation itself, so the law is about the end.
    once = _bare(text)
    for _again in range(5):
        text, once = once, _bare(once)
    assert _bare(once) == once


_WORD = st.text(alphabet="abcdefghilmnoprstu", min_size=2, max_size=9)
_SENTENCE = st.lists(_WORD, min_size=4, max_size=12).map(lambda words: f"{' '.join(words)}.")


@given(st.lists(_SENTENCE, min_size=1, max_size=6))
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    body = "\n\n".join(f"Patients wait: {sentence}" for sentence in sentences)
    assert _bare(f"Dear Senator Warren,\n\n{body}\n\nSincerely,\n{NAME}\n{STREET}\n{TOWN}") == body


KEY = UUID("12345678-1234-5678-1234-567812345678")


def test_a_campaign_s_id_has_at_most_sixty_four_letters_and_digits() -> None:
    found = bodies.campaign_id(KEY, "pro", "7")
    assert (len(found), found.isalnum(), found.isascii()) == (64, True, True)
    assert found.startswith(KEY.hex)


def test_a_campaign_s_id_is_the_same_for_the_same_text_and_no_other() -> None:
    ids = {
        bodies.campaign_id(KEY, position, version) for position in ("", "pro", "con") for version in ("1", "2", "pro")
    }
    assert len(ids) == 9
    assert bodies.campaign_id(KEY, "pro", "1") in ids
