"""What goes over the wire to either chamber, and what each answer means for the letter."""

import logging
import threading
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from delivery.adapters.carriers import Answer, NotAccepted
from delivery.adapters.cwc import carrier, configuration, connect, http
from delivery.adapters.cwc.rate import Pacer
from delivery.engine.cwc import answers, document
from delivery.engine.cwc.chambers import HOUSE, RULES, SENATE
from delivery.engine.cwc.outgoing import OutgoingCongress
from delivery.engine.failures import Failure, Fate
from tests.delivery.cwc.samples import make_content, make_senate_content, make_society
from tests.delivery.cwc.server import HOUSE_KEY, SENATE_KEY, CwcServer

ID = "0123456789abcdef0123456789abcdef"
CHAMBERS = [HOUSE, SENATE]


def _letter(chamber: str, **changes: Any) -> OutgoingCongress:
    content = make_content(**changes) if chamber == HOUSE else make_senate_content(**changes)
    written = document.build(
        content,
        society=make_society(),
        rules=RULES[chamber],
        delivery_id=ID,
        delivery_date=date(2026, 3, 10),
    )
    return OutgoingCongress(reference="row", chamber=chamber, delivery_id=ID, document=written)


def _send(chamber: str, **changes: Any) -> Answer:
    sender = connect()
    try:
        return sender.send(_letter(chamber, **changes))
    finally:
        sender.close()


def _failure(chamber: str, **changes: Any) -> Failure:
    with pytest.raises(NotAccepted) as caught:
        _send(chamber, **changes)
    return caught.value.failure


@pytest.mark.parametrize(("chamber", "path"), [(HOUSE, "/house/v2/message"), (SENATE, "/senate/production-messages/")])
def test_a_letter_is_handed_over_and_called_sent(congress: CwcServer, chamber: str, path: str) -> None:
    assert _send(chamber) == Answer(ID, detail="CWC")
    assert [(received.path, received.delivery_id) for received in congress.delivered] == [(path, ID)]
    assert congress.asked[0].content_type == "application/xml"


@pytest.mark.parametrize(
    ("mode", "chamber", "path"),
    [
        ("validate", HOUSE, "/house-test/v2/validate"),
        ("validate", SENATE, "/senate/testing-messages/"),
        ("test", HOUSE, "/house-test/v2/message"),
        ("test", SENATE, "/senate/testing-messages/"),
    ],
)
def test_a_mode_that_is_not_live_never_asks_a_path_that_delivers(
    congress: CwcServer, settings: Settings, mode: str, chamber: str, path: str
) -> None:
    settings.CWC_MODE = mode
    answer = _send(chamber)
    assert (answer.is_sent, answer.reason) == (False, "cwc_not_live")
    assert [received.path for received in congress.asked] == [path]
    assert congress.delivered == []


@pytest.mark.parametrize("mode", ["validate", "test"])
def test_a_test_that_was_made_before_is_still_no_letter_that_was_sent(
    congress: CwcServer, settings: Settings, mode: str
) -> None:
    settings.CWC_MODE = mode
    _send(SENATE)
    assert _send(SENATE).is_sent is False


@pytest.mark.parametrize(("mode", "delivery_mode"), [("off", "send"), ("live", "capture"), ("LIVE", "send")])
@pytest.mark.parametrize("chamber", CHAMBERS)
def test_nothing_leaves_when_it_is_off_or_live_without_the_other_lock_open(
    congress: CwcServer, settings: Settings, mode: str, delivery_mode: str, chamber: str
) -> None:
    settings.CWC_MODE, settings.DELIVERY_MODE = mode, delivery_mode
    failure = _failure(chamber)
    assert (failure.fate, failure.is_service_wide, failure.reason) == (Fate.RETRY, True, "cwc_not_live")
    assert congress.asked == []
    with pytest.raises(ValueError, match="off"):
        configuration.letters_url(chamber)


def test_a_chamber_without_a_key_is_not_asked(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_HOUSE_KEY = " "
    assert _failure(HOUSE).reason == "cwc_not_live"
    assert _send(SENATE).is_sent
    assert [received.path for received in congress.asked] == ["/senate/production-messages/"]


def test_409_means_that_it_was_accepted_before(congress: CwcServer) -> None:
    _send(SENATE)
    assert _send(SENATE) == Answer(ID, reason="accepted_before", detail="CWC HTTP 409")
    assert len(congress.delivered) == 1


# Chamber, what happens, the letter's fate, whether others would meet it too, the reason.
ERRORS = [
    ("400", Fate.FAILED, False, "invalid"),
    ("413", Fate.FAILED, False, "too_long"),
    ("422", Fate.FAILED, False, "invalid"),
    ("401", Fate.RETRY, True, ""),
    ("403", Fate.RETRY, True, ""),
    ("404", Fate.RETRY, True, ""),
    ("415", Fate.RETRY, True, ""),
    ("429", Fate.RETRY, True, ""),
    ("503", Fate.RETRY, True, ""),
    ("500", Fate.UNCERTAIN, True, ""),
    ("502", Fate.UNCERTAIN, True, ""),
    ("504", Fate.UNCERTAIN, True, ""),
    ("202", Fate.UNCERTAIN, True, ""),
    ("redirect", Fate.RETRY, True, ""),
    ("html", Fate.UNCERTAIN, True, ""),
    ("hang", Fate.UNCERTAIN, True, ""),
    ("drop", Fate.UNCERTAIN, True, ""),
    ("refuse", Fate.UNCERTAIN, True, ""),
]


@pytest.mark.parametrize("chamber", CHAMBERS)
@pytest.mark.parametrize(("trouble", "fate", "is_service_wide", "reason"), ERRORS)
def test_what_each_answer_means(
    congress: CwcServer,
    monkeypatch: pytest.MonkeyPatch,
    chamber: str,
    trouble: str,
    fate: Fate,
    is_service_wide: bool,
    reason: str,
) -> None:
    monkeypatch.setattr(http, "SILENCE_SECONDS", 0.3)
    congress.troubles = [trouble]
    failure = _failure(chamber)
    assert (failure.fate, failure.is_service_wide, failure.reason) == (fate, is_service_wide, reason)


@pytest.mark.parametrize("trouble", ["500", "html", "hang", "drop", "202"])
def test_in_a_test_nothing_is_uncertain(
    congress: CwcServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(http, "SILENCE_SECONDS", 0.3)
    settings.CWC_MODE = "test"
    congress.troubles = [trouble]
    assert _failure(HOUSE).fate is Fate.RETRY


def test_the_other_chamber_s_yes_is_no_yes(congress: CwcServer) -> None:
    congress.troubles = ["200"]
    assert _failure(SENATE).fate is Fate.UNCERTAIN
    congress.troubles = ["201"]
    assert _failure(HOUSE).fate is Fate.UNCERTAIN


def test_a_chamber_that_is_not_reached_has_certainly_taken_nothing(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_HOUSE_URL = "http://127.0.0.1:9"
    failure = _failure(HOUSE)
    assert (failure.fate, failure.is_service_wide) == (Fate.RETRY, True)


def test_a_redirect_is_not_followed(congress: CwcServer) -> None:
    congress.troubles = ["redirect"]
    _failure(HOUSE)
    assert [received.path for received in congress.asked] == ["/house/v2/message"]


def test_how_long_it_wants_to_be_left_alone_is_heard(congress: CwcServer) -> None:
    congress.troubles, congress.headers = ["429"], {"Retry-After": "90"}
    assert _failure(HOUSE).retry_after_seconds == 90
    congress.headers = {"Retry-After": "Fri, 13 Mar 2026 07:00:00 GMT"}
    assert _failure(HOUSE).retry_after_seconds is None


@pytest.mark.parametrize(
    ("chamber", "moment", "seconds"),
    [
        (HOUSE, datetime(2026, 3, 10, 5, 0, tzinfo=UTC), 5 * 3600),
        (SENATE, datetime(2026, 3, 11, 10, 0, tzinfo=UTC), 3600),
    ],
)
def test_a_chamber_that_is_closed_is_not_asked(
    congress: CwcServer, monkeypatch: pytest.MonkeyPatch, chamber: str, moment: datetime, seconds: float
) -> None:
    monkeypatch.setattr(carrier, "now", lambda: moment)
    failure = _failure(chamber)
    assert (failure.fate, failure.is_service_wide, failure.reason) == (Fate.RETRY, True, "maintenance")
    assert failure.retry_after_seconds == seconds
    assert congress.asked == []


def test_what_is_complained_of_is_kept_and_what_a_person_typed_is_not(congress: CwcServer) -> None:
    congress.complaints = [
        "Element Zip: '02139-XYZ' is not valid",
        "Invalid Email ada.quill@clinic.example for Ada Quill",
        "<Code>12 Alder Street</Code> Address1 too short",
    ]
    failure = _failure(HOUSE)
    assert failure.code == "HTTP 400: Element Zip … is not valid; Invalid Email …; … Address1 too short"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<Errors><Error>Phone is missing</Error><Error>Phone is missing</Error></Errors>", "Phone is missing"),
        ('<ns:Error code="7">City too short</ns:Error>', "City too short"),
        ("<Error>Quill &amp; Ada &lt;x@y.example&gt;</Error>", ""),
        ("no elements at all: Ada Quill", ""),
        ("<Error>" * 30_000, ""),
        ("<Error>" + "<" * 100_000 + "</Error>", ""),
        ("<Error " * 30_000, ""),
        ("<Error>" + "Zip is invalid " * 100 + "</Error>", None),
    ],
)
def test_complaints_are_read_out_of_whatever_comes_in_a_moment(body: str, expected: str | None) -> None:
    began = time.monotonic()
    found = answers.complaints(body)
    assert time.monotonic() - began < 2
    assert len(found) <= 280
    assert expected is None or found == expected


def test_the_key_is_in_no_log_and_in_no_error(
    congress: CwcServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(http, "SILENCE_SECONDS", 0.3)
    caplog.set_level(logging.DEBUG)
    said = []
    for trouble in ("", "400", "500", "hang", "drop", "redirect", "html"):
        congress.troubles = [trouble]
        try:
            _send(HOUSE)
        except NotAccepted as error:
            said.append(_everything_about(error))
    settings.CWC_HOUSE_URL = "http://127.0.0.1:9"
    with pytest.raises(NotAccepted) as caught:
        _send(HOUSE)
    said.append(_everything_about(caught.value))
    text = caplog.text + " ".join(said)
    assert "/house/v2/message" in caplog.text
    assert HOUSE_KEY not in text
    assert SENATE_KEY not in text
    assert "quill" not in text.lower()


def _everything_about(error: BaseException | None) -> str:
    """The error and what it was raised because of."""
    parts = []
    while error is not None:
        parts.append(f"{error!r} {error} {vars(error)}")
        error = error.__cause__ or error.__context__
    return " ".join(parts)


def test_a_letter_tells_nothing_of_the_person_when_it_is_printed() -> None:
    assert "Quill" not in repr(_letter(HOUSE))


def test_messages_are_spaced_for_all_threads_together() -> None:
    moment, slept = 100.0, []
    pacer = Pacer(clock=lambda: moment, sleep=slept.append)
    for _message in range(4):
        pacer.wait(HOUSE, 5)
    pacer.wait(SENATE, 5)
    assert slept == [pytest.approx(0.2), pytest.approx(0.4), pytest.approx(0.6)]


def test_eight_threads_keep_the_rate_together() -> None:
    pacer, left = Pacer(), []

    def send() -> None:
        for _message in range(3):
            pacer.wait(HOUSE, 100)
            left.append(time.monotonic())

    threads = [threading.Thread(target=send) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(left) - min(left) >= 0.22


def test_a_rule_that_makes_no_sense_keeps_letters_waiting(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_HOUSE_RULES = {"colour": "blue"}
    failure = _failure(HOUSE)
    assert (failure.fate, failure.is_service_wide) == (Fate.RETRY, True)
    assert congress.asked == []
