"""Whose fault a report says it is, read from codes alone."""

import pytest
from django.utils import timezone

from delivery.engine import tracking
from delivery.engine.tracking import Fault, TrackingReport


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("550 5.1.1", True),
        ("550 5.1.10", True),
        ("5.1.2", True),
        ("550 5.2.1", True),
        ("550 5.4.310", True),
        ("550", True),
        ("551", True),
        ("553", True),
        ("556", True),
        ("SMTP 550", True),
        ("550 5.7.1", False),
        ("550 5.1.1 5.7.1", False),
        ("553 5.1.8", False),
        ("550 5.1.7", False),
        ("550 5.2.2", False),
        ("554", False),
        ("552", False),
        ("550 5.0.0", False),
        ("450 4.1.1", False),
        ("", False),
        ("550x", False),
    ],
)
def test_whether_the_mailbox_is_gone(codes: str, expected: bool) -> None:
    assert tracking.is_mailbox_gone(codes) is expected


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("bounced", "bounced 550 5.1.1", Fault.MAILBOX),
        ("bounced", "bounced", Fault.MAILBOX),
        ("rejected", "invalid", Fault.MAILBOX),
        ("rejected", "bounced", Fault.MAILBOX),
        ("bounced", "other", Fault.OTHER),
        ("bounced", "", Fault.OTHER),
        ("rejected", "blocked", Fault.OTHER),
        ("bounced", "bounced 550 5.7.1", Fault.OTHER),
        ("bounced", "bounced 554 5.6.0", Fault.OTHER),
        ("bounced", "bounced 552 5.2.2", Fault.FOR_NOW),
        ("bounced", "bounced 452 4.2.2", Fault.FOR_NOW),
        ("soft_bounced", "bounced 550 5.1.1", Fault.FOR_NOW),
        ("deferred", "", Fault.FOR_NOW),
        ("failed", "", Fault.OTHER),
        ("delivered", "250 2.0.0", Fault.NONE),
        ("opened", "", Fault.NONE),
    ],
)
def test_whose_fault_it_is(kind: str, code: str, expected: Fault) -> None:
    report = TrackingReport(
        kind=kind, at=timezone.now(), source_id="1", reference="", provider_message_id="", code=code
    )
    assert tracking.fault(report) is expected


def test_a_pause_begins_with_the_second_refusal_and_is_never_longer_than_a_day() -> None:
    hours = [tracking.pause_seconds(number) / 3600 for number in (0, 1, 2, 3, 4, 5, 6, 7, 1_000)]
    assert hours == [0, 0, 1, 2, 4, 8, 16, 24, 24]
