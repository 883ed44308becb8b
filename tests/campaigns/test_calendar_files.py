"""Calendar files as RFC 5545 has them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.calendar_files import LINE_OCTETS, CalendarEvent, calendar_file

BOSTON = ZoneInfo("America/New_York")
EVENT = CalendarEvent(
    uid="1@alder.example",
    summary="Advocacy Day",
    starts_at=datetime(2027, 3, 14, 9, tzinfo=BOSTON),
    ends_at=datetime(2027, 3, 14, 10, 30, tzinfo=BOSTON),
    written_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
)


def _lines(text):
    """Unfolded, as a calendar reads them."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def _unescaped(text):
    parts = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    found, position = "", 0
    while position < len(text):
        pair = text[position : position + 2]
        found += parts.get(pair, text[position])
        position += 2 if pair in parts else 1
    return found


def _with(**changes):
    values = {name: getattr(EVENT, name) for name in EVENT.__dataclass_fields__}
    return CalendarEvent(**{**values, **changes})


def test_times_are_in_utc_also_on_the_day_on_which_clocks_change():
    lines = _lines(calendar_file(EVENT, producer="Alder"))
    assert "DTSTART:20270314T130000Z" in lines
    assert "DTEND:20270314T143000Z" in lines
    assert "DTSTAMP:20261122T120000Z" in lines


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar_file(_with(starts_at=datetime(2027, 1, 1)), producer="Alder")


def test_the_file_has_what_a_calendar_needs():
    lines = _lines(calendar_file(EVENT, producer="Alder"))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    assert [line.partition(":")[0] for line in lines].count("UID") == 1


def test_what_would_end_a_line_or_a_value_is_escaped():
    text = calendar_file(_with(summary="A, B; C\\D\nE\r\nEND:VEVENT"), producer="Alder")
    assert "SUMMARY:A\\, B\\; C\\\\D\\nE\\nEND:VEVENT" in _lines(text)
    assert _lines(text).count("END:VEVENT") == 1


def test_an_address_cannot_add_a_line():
    text = calendar_file(_with(url="https://x.example/\r\nATTACH:y"), producer="Alder")
    assert "URL:https://x.example/ATTACH:y" in _lines(text)


@given(st.text(max_size=400))
def test_every_text_is_read_back_and_no_line_is_too_long(text):
    file = calendar_file(_with(summary=text, description=text), producer="Alder")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= LINE_OCTETS for line in file.split("\r\n"))
    [summary] = [line for line in _lines(file) if line.startswith("SUMMARY:")]
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(c for c in expected if c in "\n\t" or (c >= " " and c != "\x7f"))
    assert _unescaped(summary.removeprefix("SUMMARY:")) == expected
