"""Against abuse: what is seen of a form, what is made of it, and that nobody is refused."""

import datetime
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.content.action_page import ActionPage
from campaigns.content.protection_settings import ProtectionSettings
from campaigns.engine import form_stamps
from campaigns.engine.networks import client_address, keyed_hash, network_of
from campaigns.engine.protection import ALWAYS, NEVER, Rules, Signals, assess, domains_in, is_listed
from campaigns.engine.standing import Standing
from campaigns.records.protection import Attempt
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import pages
from campaigns.services import attempts, protection
from delivery.records.messages import OutboxMessage
from delivery.services import fallbacks, moderation, outbox
from tests.factories import campaigns
from tests.factories.letters import make_submission

State = OutboxMessage.State
FINE = {"domain": "clinic.example", "seconds": 60.0}


@pytest.fixture
def page(alder: object) -> ActionPage:
    return campaigns.action_page()


def _settings(page: ActionPage, **changes: object) -> None:
    found = ProtectionSettings.for_site(page.get_site())
    for name, value in changes.items():
        setattr(found, name, value)
    found.save()
    cache.clear()


def _latest() -> Submission:
    return Submission.objects.order_by("-pk")[0]


# --- The judgement -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signals", "standing", "reasons"),
    [
        ({}, Standing.CLEAR, ()),
        ({"is_trap_filled": True}, Standing.QUARANTINED, ("trap",)),
        ({"seconds": None}, Standing.QUARANTINED, ("no_time",)),
        ({"seconds": 1.0}, Standing.QUARANTINED, ("too_fast",)),
        ({"network_this_hour": 61}, Standing.QUARANTINED, ("network_limit",)),
        ({"network_today": 301}, Standing.QUARANTINED, ("network_limit",)),
        ({"network_this_hour": 60, "network_today": 300}, Standing.CLEAR, ()),
        ({"person_today": 11}, Standing.QUARANTINED, ("person_limit",)),
        ({"address_today": 21}, Standing.QUARANTINED, ("address_limit",)),
        ({"domain": "mailinator.com"}, Standing.UNCONFIRMED, ("disposable_domain",)),
        ({"domain": "spam.example"}, Standing.QUARANTINED, ("blocked_domain",)),
        ({"domain": "sub.spam.example"}, Standing.QUARANTINED, ("blocked_domain",)),
        (
            {"domain": "mailinator.com", "is_trap_filled": True},
            Standing.QUARANTINED,
            ("trap", "disposable_domain"),
        ),
    ],
)
def test_each_signal_has_its_consequence(signals: dict, standing: Standing, reasons: tuple[str, ...]) -> None:
    found = assess(Signals(**{**FINE, **signals}), Rules(blocked_domains=frozenset({"spam.example"})))
    assert (found.standing, found.reasons) == (standing, reasons)


def test_the_page_decides_who_confirms() -> None:
    assert assess(Signals(**FINE), Rules(), confirmation=ALWAYS).standing is Standing.UNCONFIRMED
    disposable = Signals(domain="mailinator.com", seconds=60)
    assert assess(disposable, Rules(), confirmation=NEVER).standing is Standing.QUARANTINED


def test_the_staff_s_list_of_fine_domains_wins_over_every_other() -> None:
    rules = Rules(blocked_domains=frozenset({"mailinator.com"}), allowed_domains=frozenset({"mailinator.com"}))
    assert assess(Signals(domain="mailinator.com", seconds=60), rules).standing is Standing.CLEAR


def test_a_limit_of_nought_is_none() -> None:
    rules = Rules(network_an_hour=0, network_a_day=0, person_a_day=0, address_a_day=0, fastest_seconds=0)
    seen = Signals(seconds=0, network_this_hour=9, network_today=9, person_today=9, address_today=9)
    assert assess(seen, rules).standing is Standing.CLEAR


def test_domains_are_read_as_staff_type_them() -> None:
    assert domains_in(" @Spam.Example \n\nmail.test.") == {"spam.example", "mail.test"}
    assert is_listed("a.b.spam.example", {"spam.example"})
    assert not is_listed("notspam.example", {"spam.example"})
    assert not is_listed("", {"spam.example"})


@given(st.booleans(), st.one_of(st.none(), st.floats(0, 100)), st.integers(0, 500), st.sampled_from([ALWAYS, NEVER]))
def test_whatever_is_not_clear_has_a_reason(is_trap: bool, seconds: float | None, count: int, asked: str) -> None:
    signals = Signals("clinic.example", is_trap, seconds, count, count, count, count)
    found = assess(signals, Rules(), confirmation=asked)
    assert (found.standing is Standing.CLEAR) is (not found.reasons)
    assert found.standing is not Standing.INVALID


# --- Where a request comes from ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "203.0.113.9"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 192.0.2.1", "198.51.100.7"),
        (2, "198.51.100.7", ""),
        (1, "", ""),
        (1, "unknown", ""),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(proxies: int, forwarded: str, expected: str) -> None:
    meta = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, trusted_proxies=proxies) == expected


def test_a_network_is_as_large_as_a_household_or_an_office() -> None:
    assert network_of("203.0.113.9") == network_of("203.0.113.200") == network_of("::ffff:203.0.113.1")
    assert network_of("203.0.113.9") != network_of("203.0.114.9")
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::1") == "::/64"
    assert network_of("nonsense") == network_of("") == ""


def test_a_key_tells_nothing_of_what_it_counts() -> None:
    assert "203" not in keyed_hash("network", "203.0.113.0/24")
    assert keyed_hash("network", "x") != keyed_hash("person", "x")
    assert keyed_hash("network", "") == ""


# --- When it was shown -------------------------------------------------------------------------------


def test_a_stamp_says_how_long_a_form_was_open_and_for_which_page() -> None:
    key, now = uuid.uuid4(), timezone.now()
    stamp = form_stamps.issue(page_key=key, at=now - datetime.timedelta(seconds=90))
    assert 89 <= form_stamps.seconds_since(stamp, page_key=key, now=now) <= 91
    for wrong, page_key in [(stamp, uuid.uuid4()), (f"1{stamp}", key), ("", key), ("x:y", key), ("\0", key)]:
        with pytest.raises(form_stamps.NoStamp):
            form_stamps.seconds_since(wrong, page_key=page_key, now=now)


# --- Counting ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_attempts_are_counted_by_the_hour_and_by_the_day() -> None:
    start = datetime.datetime(2027, 3, 1, 10, 59, tzinfo=datetime.UTC)
    seen = {attempts.NETWORK: "203.0.113.0/24", attempts.PERSON: "ada@clinic.example", attempts.ADDRESS: ""}
    attempts.count(seen=seen, now=start)
    attempts.count(seen=seen, now=start)
    later = attempts.count(seen=seen, now=start + datetime.timedelta(minutes=2))
    assert later[attempts.NETWORK] == attempts.Counts(this_hour=1, today=3)
    assert later[attempts.PERSON].today == 3
    assert later[attempts.ADDRESS] == attempts.Counts()
    tomorrow = attempts.count(seen=seen, now=start + datetime.timedelta(hours=24))
    assert tomorrow[attempts.NETWORK] == attempts.Counts(this_hour=1, today=2)
    kept = "".join(f"{row.scope}{row.key}" for row in Attempt.objects.all())
    assert "203.0" not in kept
    assert "ada" not in kept


@pytest.mark.django_db
def test_counting_takes_one_statement_and_reading_another(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        attempts.count(seen={attempts.NETWORK: "a", attempts.PERSON: "b", attempts.ADDRESS: "c"})


@pytest.mark.django_db
def test_the_clock_forgets_counts_and_networks() -> None:
    now = timezone.now()
    attempts.count(seen={attempts.NETWORK: "a"}, now=now - datetime.timedelta(days=3))
    attempts.count(seen={attempts.NETWORK: "a"}, now=now)
    old = make_submission(network="a" * 64, submit_time=now - datetime.timedelta(days=31))
    new = make_submission(network="a" * 64, submit_time=now - datetime.timedelta(days=29))
    protection.forget(now=now)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (Attempt.objects.count(), old.network, new.network) == (1, "", "a" * 64)


# --- Over HTTP ---------------------------------------------------------------------------------------


def test_somebody_who_fills_in_the_form_is_clear_and_their_letters_leave(page: ActionPage, client: Client) -> None:
    shown = client.get(page.url)
    typed = {**campaigns.hidden(shown), **campaigns.person(), "stage": "details"}
    campaigns.confirm(page, client, client.post(page.url, typed))
    found = _latest()
    assert (found.standing, found.standing_reasons) == ("clear", [])
    assert found.network == keyed_hash("network", "127.0.0.0/24")
    assert {letter.outbox_message.state for letter in found.letters.all()} == {State.QUEUED}
    assert pages.supporters(found.campaign_key) == 1


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"website-url": "https://spam.example"}, "trap"),
        ({"form-opened": ""}, "no_time"),
        ({"form-opened": "1:forged"}, "no_time"),
    ],
)
def test_what_speaks_against_a_form_is_stored_and_waits(
    page: ActionPage, client: Client, sent: dict[str, str], reason: str
) -> None:
    review = campaigns.details(page, client, **sent)
    response = campaigns.confirm(page, client, review)
    found = _latest()
    assert response.status_code == 302
    assert (found.standing, found.standing_reasons) == ("quarantined", [reason])
    states = {letter.outbox_message.state for letter in found.letters.all()}
    assert states == {State.HELD}
    assert not OutboxMessage.objects.exclude(stream=OutboxMessage.Stream.LETTER).exists()
    assert pages.supporters(found.campaign_key) == 0
    receipt = client.get(response["Location"]).content.decode()
    assert "What you sent is being checked before it goes." in receipt
    assert reason not in receipt
    assert "quarantine" not in receipt.lower()


def test_a_form_that_is_filled_in_at_once_waits(page: ActionPage, client: Client) -> None:
    typed = {**campaigns.person(), **campaigns.opened(page, seconds=0), "stage": "details"}
    campaigns.confirm(page, client, client.post(page.url, typed))
    assert _latest().standing_reasons == ["too_fast"]


def test_a_form_that_was_open_for_days_only_gets_a_new_time(page: ActionPage, client: Client) -> None:
    old = campaigns.opened(page, seconds=3 * 24 * 3600)
    review = client.post(page.url, {**campaigns.person(), **old, "stage": "details"})
    assert campaigns.hidden(review)["form-opened"] != old["form-opened"]
    campaigns.confirm(page, client, review)
    assert _latest().standing == "clear"


def test_a_machine_and_somebody_whose_letters_are_read_first_see_the_same(alder: object, client: Client) -> None:
    page = campaigns.action_page(moderation="all")
    by_person = campaigns.send(page, client)
    by_machine = campaigns.send(page, client, email="bot@clinic.example", **{"form-opened": ""})
    said = [
        _words(client.get(response["Location"]).content.decode().split("<main")[1].split("Your letters")[0])
        for response in (by_person, by_machine)
    ]
    assert "What you sent is being checked before it goes." in said[0]
    assert said[0] == said[1]


def _words(page: str) -> str:
    """Without what is another in every page: the tokens of forms and links."""
    return re.sub(r'(?:value|data-sent|href|action)="[^"]*"', "", page)


def test_limits_are_those_that_the_staff_set(page: ActionPage, client: Client) -> None:
    _settings(page, person_a_day=1)
    campaigns.send(page, client)
    campaigns.send(page, client, email="MARIA.SANTOS@Clinic.example")
    assert _latest().standing_reasons == ["person_limit"]


def test_beyond_the_limit_of_a_network_people_wait_and_others_do_not(page: ActionPage, client: Client) -> None:
    _settings(page, network_an_hour=1)
    campaigns.send(page, client)
    campaigns.send(page, client, email="two@clinic.example")
    assert _latest().standing_reasons == ["network_limit"]
    campaigns.send(page, Client(REMOTE_ADDR="198.51.100.7"), email="three@clinic.example")
    assert _latest().standing == "clear"


def test_nobody_writes_less_because_a_machine_typed_their_address(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client, **{"form-opened": ""})
    campaigns.send(page, client)
    found = _latest()
    assert found.standing == "clear"
    assert found.letters.filter(outbox_message__state=State.QUEUED).count() == 2
    assert Letter.objects.filter(is_pending=True).count() == 2


def test_no_way_leads_out_for_a_letter_whose_form_waits(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client, **{"form-opened": ""})
    ids = list(OutboxMessage.objects.values_list("pk", flat=True))
    assert moderation.approve(message_ids=ids) == 0
    assert moderation.hand_over(message_ids=ids) == 0
    assert [fallbacks.fall_back(message_id=pk, reason="next_channel") for pk in ids] == ["", ""]
    assert [outbox.reroute(message_id=pk) for pk in ids] == ["", ""]
    assert not any(outbox.retry(message_id=pk) for pk in ids)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.HELD}


def test_the_trap_is_reached_neither_by_keyboard_nor_by_a_screen_reader(page: ActionPage, client: Client) -> None:
    content = client.get(page.url).content.decode()
    trap = content[content.index('<div class="honeypot"') :].split("</div>")[0]
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "leave this empty" in trap
    assert "display" not in trap
    assert " hidden" not in trap


# --- An address that looks like a slip ---------------------------------------------------------------


def test_a_mistyped_domain_is_asked_about_once_and_kept_without_an_answer(page: ActionPage, client: Client) -> None:
    asked = campaigns.details(page, client, email="maria@gmial.com")
    content = asked.content.decode()
    assert "Did you mean maria@gmail.com?" in content
    again = {**campaigns.person(email="maria@gmial.com"), **campaigns.opened(page), "email-asked": "maria@gmial.com"}
    review = client.post(page.url, {**again, "stage": "details"})
    assert "Read your letters" in review.content.decode()
    campaigns.confirm(page, client, review)
    assert _latest().advocate.email == "maria@gmial.com"


def test_the_correction_is_taken_where_somebody_chooses_it(page: ActionPage, client: Client) -> None:
    typed = {**campaigns.person(email="maria@gmial.com"), **campaigns.opened(page), "stage": "details"}
    chosen = {"email-asked": "maria@gmial.com", "email-choice": "corrected"}
    campaigns.confirm(page, client, client.post(page.url, {**typed, **chosen}))
    assert _latest().advocate.email == "maria@gmail.com"


def test_a_made_up_choice_changes_no_address(page: ActionPage, client: Client) -> None:
    typed = {**campaigns.person(), **campaigns.opened(page), "stage": "details"}
    chosen = {"email-asked": "somebody@gmial.com", "email-choice": "corrected"}
    campaigns.confirm(page, client, client.post(page.url, {**typed, **chosen}))
    assert _latest().advocate.email == campaigns.PERSON["email"]
