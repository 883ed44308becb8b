"""Nothing that people type can become a header or a recipient."""

import email
import uuid
from email.policy import default as modern

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import addressing
from delivery.engine.addressing import UnusableAddress

HOSTILE_NAMES = [
    "Joe\r\nBcc: victim@elsewhere.example",
    "Joe\nSubject: other",
    'Joe" <victim@elsewhere.example>, "Other',
    "Joe, victim@elsewhere.example",
    "victim@elsewhere.example",
    "Joe <victim@elsewhere.example>",
    "Group: a@b.example, c@d.example;",
    "=?utf-8?q?Joe=0D=0ABcc=3A_victim=40elsewhere.example?=",
    "Joe\u2028Bcc: victim@elsewhere.example",
    "\u202egnp.exe\u202c Joe",
    "Joe\x00\x0b\x0c\x85Bcc: x",
    "Ñ" * 10_000,
    "x" * 10_000,
    "\\" * 99 + '"',
    "(comment) Joe",
    "",
]


def _addresses(header: str) -> list[str]:
    parsed = email.message_from_string(f"From: {header}\n\n", policy=modern)
    assert parsed.keys() == ["From"]
    return [address.addr_spec for address in parsed["From"].addresses]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_one_name_of_one_mailbox(name: str) -> None:
    header = addressing.mailbox(name, "letters@society.example")
    assert "\n" not in header
    assert "\r" not in header
    assert _addresses(header) == ["letters@society.example"]
    assert len(header) < 2 * addressing.MAX_DISPLAY_NAME + 60


@given(st.text(max_size=300))
def test_any_name_at_all_stays_one_name_of_one_mailbox(name: str) -> None:
    assert _addresses(addressing.mailbox(name, "letters@society.example")) == ["letters@society.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "two@a.example, three@b.example",
        "two@a.example three@b.example",
        "two@a.example\r\nBcc: three@b.example",
        "two@a.example\x00",
        "Name <two@a.example>",
        '"quoted two"@a.example',
        "two(comment)@a.example",
        "two@@a.example",
        "two@a",
        "two@-a.example",
        "two@.example",
        "two..three@a.example",
        "two@[127.0.0.1]",
        "joé@a.example",
        "a" * 65 + "@a.example",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["b" * 60] * 5),
        "Group: two@a.example;",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    assert not addressing.is_usable(address)
    with pytest.raises(UnusableAddress):
        addressing.mailbox("Joe", address)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Ada.Quill+letters@clinic.example", "Ada.Quill+letters@clinic.example"),
        (" o'brien@house.example ", "o'brien@house.example"),
        ("ada@clínica.example", "ada@xn--clnica-4va.example"),
    ],
)
def test_ordinary_addresses_pass(typed: str, written: str) -> None:
    assert addressing.mailbox_address(typed) == written


def test_the_error_names_no_address() -> None:
    with pytest.raises(UnusableAddress) as caught:
        addressing.mailbox_address("secret person@clinic.example")
    assert "secret" not in str(caught.value)


@given(st.text(max_size=400), st.integers(min_value=1, max_value=100))
def test_one_line_is_one_line_and_no_longer_than_asked(text: str, max_length: int) -> None:
    line = addressing.one_line(text, max_length=max_length)
    assert len(line) <= max_length
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line


def test_a_name_in_letters_that_need_accents_survives() -> None:
    assert addressing.one_line("Dra. María-José Ñandú,  M.D.", max_length=80) == "Dra. María-José Ñandú, M.D."


@given(st.text(alphabet=st.characters(), max_size=200))
def test_a_body_can_always_be_stored_and_sent(text: str) -> None:
    body = addressing.storable(text)
    body.encode("utf-8")
    assert "\x00" not in body
    assert "\r" not in body


def _mail(**changes: str) -> addressing.OutgoingMail:
    values = {
        "reference": "00000000-0000-0000-0000-000000000001",
        "from_address": "letters@society.example",
        "sender_name": "Ada Quill",
        "recipient_name": "Sen. Poe",
        "recipient_address": "poe@senate.example",
        "reply_to_address": "ada@clinic.example",
        "subject": "Hello\r\nBcc: victim@elsewhere.example",
        "body": "Dear\r\nSenator",
    }
    return addressing.address_mail(**{**values, **changes}, is_automatic=False)


def test_a_letter_comes_from_our_domain_and_is_answered_to_the_person() -> None:
    mail = _mail()
    assert mail.from_ == "Ada Quill <letters@society.example>"
    assert mail.reply_to == "Ada Quill <ada@clinic.example>"
    assert mail.to == '"Sen. Poe" <poe@senate.example>'
    assert mail.message_id == "<00000000-0000-0000-0000-000000000001@society.example>"
    assert mail.subject == "Hello Bcc: victim@elsewhere.example"
    assert mail.headers == {}


def test_a_mail_without_an_answer_address_has_none() -> None:
    assert _mail(reply_to_address="").reply_to == ""


def test_a_message_id_leads_back_to_its_row() -> None:
    reference = str(uuid.uuid4())
    made = addressing.message_id(reference, "letters@alder-medical.example")
    assert addressing.reference_of(made) == addressing.reference_of(made.strip("<>").upper()) == reference


@pytest.mark.parametrize(
    "text", ["", "x", "<a@b>", f"{uuid.UUID(int=7)}", f"<{uuid.UUID(int=7)}@b>\r\nX: y", "<" * 99_999]
)
def test_what_is_no_message_id_of_ours_names_no_row(text: str) -> None:
    assert addressing.reference_of(text) == ""
