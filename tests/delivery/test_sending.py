"""What a sender does with the letters that it has marked together."""

import itertools
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from delivery.adapters.carriers import Answer
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure, Fate
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.selectors import pauses as reading
from delivery.services import claiming, outcomes, pauses, sending
from tests.delivery.fakes import NO_ANSWER, REFUSED_FOR_NOW, SERVICE_AWAY, FakeMailer
from tests.factories.delivery import make_message

State = OutboxMessage.State
Scope = Pause.Scope
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]

CAMPAIGN, OTHER_CAMPAIGN = UUID(int=1), UUID(int=2)


def _claimed(count: int) -> list[OutboxMessage]:
    for _ in range(count):
        make_message()
    return claiming.claim(owner="a", limit=count, now=timezone.now())


def _send(
    group: Sequence[OutboxMessage], failure: Callable[[OutgoingMail], Failure | None] = lambda _mail: None
) -> tuple[FakeMailer, sending.Sender]:
    mailer = FakeMailer(failure=failure)
    sender = sending.Sender(sending.Lines(connects={"email": lambda: mailer}))
    sender.process(group)
    sender.settle()
    return mailer, sender


def _at(place: int, group: Sequence[OutboxMessage], failure: Failure) -> Callable[[OutgoingMail], Failure | None]:
    return lambda mail: failure if mail.reference == str(group[place].pk) else None


def _rows(group: Sequence[OutboxMessage]) -> list[tuple[str, int, str, list[str]]]:
    rows = OutboxMessage.objects.in_bulk([message.pk for message in group])
    return [
        (row.state, row.attempts, row.lease_owner, list(row.events.values_list("state", flat=True)))
        for row in (rows[message.pk] for message in group)
    ]


WAITS = (State.QUEUED, 0, "", [])
ACCEPTED = (State.ACCEPTED, 1, "", ["accepted"])


def test_a_group_is_sent_in_order_and_each_answer_written_with_its_event() -> None:
    group = _claimed(5)
    mailer, sender = _send(group)
    assert [mail.reference for mail in mailer.sent] == [str(message.pk) for message in group]
    assert (_rows(group), sender.by_state) == ([ACCEPTED] * 5, {"accepted": 5})
    ids = OutboxMessage.objects.values_list("pk", "provider_message_id")
    assert all(provider_id.startswith(f"<{pk}@") for pk, provider_id in ids)


def test_all_of_a_group_are_marked_before_the_first_goes_over_the_wire() -> None:
    group = _claimed(3)
    seen: list[list[str]] = []
    _send(group, lambda _mail: seen.append(list(OutboxMessage.objects.values_list("state", flat=True))))
    assert seen == [["sending"] * 3] * 3


def test_a_letter_that_is_refused_does_not_hold_up_those_behind_it() -> None:
    group = _claimed(3)
    mailer, _sender = _send(group, _at(1, group, REFUSED_FOR_NOW))
    assert len(mailer.sent) == 2
    assert _rows(group) == [ACCEPTED, (State.QUEUED, 1, "", ["queued"]), ACCEPTED]


def test_when_the_service_goes_away_the_answers_so_far_are_kept_and_the_rest_waits() -> None:
    group = _claimed(4)
    mailer, _sender = _send(group, _at(1, group, SERVICE_AWAY))
    assert len(mailer.sent) == 1
    assert _rows(group) == [ACCEPTED, (State.QUEUED, 0, "", ["queued"]), WAITS, WAITS]


@pytest.mark.parametrize("failure", [NO_ANSWER, Failure(Fate.UNCERTAIN, "HTTP 409")])
def test_when_an_answer_stays_away_one_letter_is_uncertain_and_not_those_behind_it(failure: Failure) -> None:
    group = _claimed(4)
    mailer, _sender = _send(group, _at(2, group, failure))
    assert len(mailer.sent) == 2
    assert _rows(group) == [ACCEPTED, ACCEPTED, (State.UNCERTAIN, 1, "", ["uncertain"]), WAITS]


def test_what_waits_for_a_service_that_asked_for_time_does_not_come_back_before() -> None:
    group = _claimed(2)
    _send(group, _at(0, group, Failure(Fate.RETRY, "HTTP 429", is_service_wide=True, retry_after_seconds=600)))
    soonest = timezone.now() + timedelta(seconds=590)
    assert OutboxMessage.objects.filter(state=State.QUEUED, next_attempt_at__gt=soonest).count() == 2


def test_an_error_that_nobody_foresaw_loses_no_answer_and_leaves_one_letter_in_doubt() -> None:
    group = _claimed(3)

    def fall(mail: OutgoingMail) -> None:
        if mail.reference == str(group[1].pk):
            raise MemoryError

    with pytest.raises(MemoryError):
        _send(group, fall)
    assert _rows(group) == [ACCEPTED, (State.SENDING, 0, "a", []), WAITS]


def test_a_group_that_takes_too_long_puts_the_rest_back_where_a_pause_reaches_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "LONGEST_GROUP_SECONDS", 0.01)
    group = _claimed(3)

    def hang(_mail: OutgoingMail) -> None:
        pauses.pause(scope=Scope.SITE)
        time.sleep(0.02)

    mailer, _sender = _send(group, hang)
    assert len(mailer.sent) == 1
    assert _rows(group) == [ACCEPTED, WAITS, WAITS]
    assert claiming.claim(owner="b", limit=5, now=timezone.now()) == []


def test_of_a_group_only_what_may_leave_is_marked_and_the_rest_put_back() -> None:
    make_message(campaign_key=CAMPAIGN)
    make_message(campaign_key=OTHER_CAMPAIGN)
    make_message(send_before=timezone.now() + timedelta(minutes=5))
    group = claiming.claim(owner="a", limit=3, now=timezone.now())
    pauses.pause(scope=Scope.CAMPAIGN, key=CAMPAIGN.hex)
    OutboxMessage.objects.filter(send_before__isnull=False).update(send_before=timezone.now())
    mailer, sender = _send(group)
    assert ([mail.reference for mail in mailer.sent], sender.by_state) == ([str(group[1].pk)], {"accepted": 1})
    assert _rows(group) == [WAITS, ACCEPTED, WAITS]


def test_a_report_that_is_quicker_than_our_answer_is_not_undone() -> None:
    group = _claimed(2)
    pairs = [(message, Answer(f"theirs-{number}")) for number, message in enumerate(group)]
    claiming.mark_sending(group)
    OutboxMessage.objects.filter(pk=group[0].pk).update(state=State.DELIVERED, lease_owner="")
    assert outcomes.step(pairs).states == [State.ACCEPTED, State.ACCEPTED]
    assert [row[0] for row in _rows(group)] == [State.DELIVERED, State.ACCEPTED]
    assert set(OutboxMessage.objects.values_list("provider_message_id", flat=True)) == {"theirs-0", "theirs-1"}
    assert group[0].events.count() == 0


def test_an_answer_to_a_letter_that_is_another_workers_by_now_is_not_written_as_ours() -> None:
    group = _claimed(2)
    claiming.mark_sending(group)
    OutboxMessage.objects.filter(pk=group[0].pk).update(lease_owner="another")
    outcomes.step([(message, Answer("theirs")) for message in group])
    assert [row[:3] for row in _rows(group)] == [(State.SENDING, 0, "another"), (State.ACCEPTED, 1, "")]


def _sizes(seconds: float | None, count: int = 20) -> list[int]:
    lines = sending.Lines()
    if seconds is not None:
        lines.recent_sends.extend([seconds] * 9)
    return [len(group) for group in lines.groups([OutboxMessage(channel="email")] * count)]


def test_how_many_go_together_depends_on_how_soon_the_service_answers() -> None:
    assert _sizes(None) == [1] * 20
    assert _sizes(0.001, sending.LARGEST_GROUP + 4) == [sending.LARGEST_GROUP, 4]
    assert _sizes(0.005) == [5] * 4
    assert _sizes(0.05) == [1] * 20


def test_groups_hold_one_lane_and_congress_gets_each_letter_alone() -> None:
    lines = sending.Lines()
    lines.recent_sends.append(0.001)
    email, house = OutboxMessage(channel="email"), OutboxMessage(channel="cwc", congress={"chamber": "us_house"})
    groups = list(lines.groups([email, email, house, house, email]))
    assert groups == [[email, email], [house], [house], [email]]


@pytest.mark.parametrize("stream", ["letter", "receipt", "alert"])
def test_the_statement_that_marks_and_the_one_that_claims_agree_on_what_a_pause_keeps(stream: str) -> None:
    letters = [
        make_message(
            stream=stream,
            campaign_key=campaign,
            recipient_key=recipient,
            recipient_domain=domain,
            state=State.CLAIMED,
            lease_owner="a",
        )
        for campaign, recipient, domain in itertools.product(
            (CAMPAIGN, OTHER_CAMPAIGN, None), ("official:1", "official:2", ""), ("house.example", "senate.example")
        )
    ]
    for scope, key in [
        (Scope.SITE, ""),
        (Scope.CAMPAIGN, CAMPAIGN.hex),
        (Scope.RECIPIENT, "official:1"),
        (Scope.DOMAIN, "house.example"),
    ]:
        for until in (None, timezone.now() + timedelta(hours=1), timezone.now() - timedelta(seconds=1)):
            Pause.objects.all().delete()
            pauses.pause(scope=scope, key=key, until=until)
            now = timezone.now()
            may_leave = reading.without_paused(OutboxMessage.objects.all(), reading.in_force(now))
            alone = {letter.pk for letter in letters if not Pause.objects.about(letter, now).exists()}
            paused = reading.in_force(now)
            assert alone == {letter.pk for letter in letters if not paused.keeps(letter)}
            OutboxMessage.objects.update(state=State.CLAIMED)
            marked = claiming.mark_sending(letters)
            assert marked == set(may_leave.values_list("pk", flat=True)) == alone, (scope, until)
