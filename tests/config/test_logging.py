"""No personal data reaches the log, whoever writes it."""

import io
import logging
import logging.config
import time
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from campaigns.engine.tokens import sign_receipt
from config.logging import MaskingFormatter, mask


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the project's own console handler writes, as configured in the settings."""
    logging.config.dictConfig(settings.LOGGING)
    console = next(
        handler for handler in logging.getLogger().handlers if isinstance(handler.formatter, MaskingFormatter)
    )
    output = io.StringIO()
    previous = console.setStream(output)
    yield output
    console.setStream(previous)


def test_an_address_in_the_message_is_masked():
    assert mask("Refused: <jo.o'hara+list@mail.example.org>") == "Refused: <[e-mail]>"


def test_an_encoded_address_in_a_query_is_masked():
    assert mask('GET "/search/?q=jo%40example.org&zip=69901" failed') == 'GET "/search/?…" failed'


@pytest.mark.parametrize("phone", ["555-010-4477", "(555) 010-4477", "+1 555 010 4477", "555.010.4477"])
def test_a_telephone_number_is_masked(phone):
    assert mask(f"office of {phone} says") == "office of [phone] says"


def test_numbers_that_are_no_telephone_are_kept():
    line = "message 3f2c1a77-555a-4b10-9c01-4477aa010203 took 1250 ms at 2026-11-21 23:10:03"
    assert mask(line) == line


def test_a_receipt_link_is_masked():
    path = f"/es/receipt/{sign_receipt(uuid.uuid4())}/done/"
    assert mask(f"Method Not Allowed (GET): {path}") == "Method Not Allowed (GET): /es/receipt/[token]/done/"


def test_whatever_else_is_signed_is_masked():
    path = f"/preview/{signing.dumps({'page': 7})}/"
    assert mask(f"Not Found: {path}") == "Not Found: /preview/[token]/"


def test_what_postgresql_quotes_of_a_row_is_masked():
    error = "DETAIL:  Key (lower(name), street)=(Jo Hara, 1 Maple (rear) Street) already exists."
    assert mask(error) == "DETAIL:  Key (lower(name), street)=([value]) already exists."


@pytest.mark.parametrize("part", ["a", ":", "%", "a.", "@a", "/:", ")=(", "555 ", "?"])
def test_a_long_line_of_nonsense_keeps_no_server_busy(part):
    begun_at = time.perf_counter()
    mask(f"Not Found: /{part * 20_000}!")
    assert time.perf_counter() - begun_at < 1.0


def test_a_line_without_personal_data_is_left_as_it_is():
    line = "drain: claimed 50, accepted 48, failed 2 (SMTP 451). Why? see the events"
    assert mask(line) == line


def test_arguments_are_masked(written):
    logging.getLogger("delivery").info("could not reach %s", "jo@example.org")
    assert "jo@example.org" not in written.getvalue()
    assert "could not reach [e-mail]" in written.getvalue()


def test_a_traceback_is_masked(written):
    try:
        raise ValueError("550 <jo@example.org> unknown")
    except ValueError:
        logging.getLogger("delivery").exception("failed")
    assert "jo@example.org" not in written.getvalue()
    assert "ValueError: 550 <[e-mail]> unknown" in written.getvalue()


def test_a_failed_job_of_rq_is_masked(written):
    from rq.logutils import setup_loghandlers

    setup_loghandlers("INFO")
    logging.getLogger("rq.worker").error("[Job %s]: exception raised\n%s", "7", "Recipient jo@example.org refused")
    assert "Recipient [e-mail] refused" in written.getvalue()
    assert not logging.getLogger("rq.worker").handlers, "RQ must not write past the mask"


def test_a_request_that_fails_is_logged_without_its_query(written, db):
    Client().get("/media/absent.png?email=jo@example.org")
    assert "absent.png" in written.getvalue()
    assert "jo@" not in written.getvalue()
    assert "email=" not in written.getvalue()


def test_no_handler_of_django_mails_requests_to_administrators(written):
    assert logging.getLogger("django").handlers == []
