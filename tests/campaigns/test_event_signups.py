"""Sign-ups for events: no place is given twice, none is lost, and the link is for those who have one."""

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from advocates.models import Advocate
from campaigns.engine.tokens import sign_receipt
from campaigns.records.participation import Registration
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import events
from campaigns.services import registrations
from delivery.records.messages import OutboxMessage
from tests.factories import participation
from tests.factories.advocates import advocate

LINK = "https://video.example/room"


@pytest.fixture
def event(db):
    return participation.page(participation.action("event"))


def _register(page, number, **answers):
    return participation.sent(page, email=f"p{number}@clinic.example", name__given=f"Person{number}", **answers)


def _state(submission):
    return Registration.objects.get(taken_action__submission=submission).state


def _url(name, submission):
    taken = submission.taken_actions.get()
    return reverse(f"campaigns:{name}", args=[sign_receipt(submission.key), taken.pk])


def _receipt(submission):
    response = Client().get(reverse("campaigns:receipt", args=[sign_receipt(submission.key)]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def _taken(page):
    return events.places_taken(page.translation_key, "event")


def test_the_page_says_when_in_the_events_own_zone_and_keeps_the_link_to_itself(event):
    html = Client().get(event.url).content.decode()
    text = BeautifulSoup(html, "html.parser").main.get_text(" ", strip=True)
    assert "Monday, May 4, 2099" in text
    assert "6 p.m. – 7:30 p.m. EDT" in text
    assert "State House, Room 428 or online" in text
    assert "2 of 2 places are left." in text
    assert LINK not in html


def test_who_has_a_place_sees_the_link_and_who_waits_does_not(event):
    first, _second, third = (_register(event, number) for number in range(3))
    assert _state(first) == "confirmed"
    assert LINK in _receipt(first)
    assert _state(third) == "waiting"
    assert LINK not in _receipt(third)
    assert "waiting list" in Client().get(event.url).content.decode()
    assert first.taken_actions.get().done_at is not None
    assert third.taken_actions.get().done_at is None


def test_a_place_that_is_given_back_goes_to_who_has_waited_longest_and_they_are_told(event):
    first, _second, third, fourth = (_register(event, number) for number in range(4))
    response = Client().post(_url("cancel_registration", first))
    assert response.status_code == 302
    assert [_state(one) for one in (first, third, fourth)] == ["cancelled", "confirmed", "waiting"]
    told = OutboxMessage.objects.get(dedupe_key__startswith="place:")
    assert told.recipient_address == "p2@clinic.example"
    assert "a place has become free at “Advocacy Day”" in told.body
    assert sign_receipt(third.key).split(".")[0] in told.body
    assert "You gave your place back" in _receipt(first)


def test_giving_a_place_back_twice_moves_one_person_up(event):
    first, _second, _third, fourth = (_register(event, number) for number in range(4))
    for _time in range(2):
        Client().post(_url("cancel_registration", first))
    assert _state(fourth) == "waiting"
    assert OutboxMessage.objects.filter(dedupe_key__startswith="place:").count() == 1


def test_looking_at_the_link_gives_nothing_back(event):
    first = _register(event, 1)
    assert Client().get(_url("cancel_registration", first)).status_code == 405
    assert _state(first) == "confirmed"


def test_nobody_gives_back_what_is_another_receipts(event):
    first, second = _register(event, 1), _register(event, 2)
    url = reverse("campaigns:cancel_registration", args=[sign_receipt(first.key), second.taken_actions.get().pk])
    assert Client().post(url).status_code == 404
    assert Client().post(url.replace("receipt/", "receipt/x", 1)).status_code == 404
    assert _state(second) == "confirmed"


def test_one_person_takes_one_place_however_often_they_sign_up(event):
    _register(event, 1)
    _register(event, 1)
    assert _taken(event) == 1
    assert _state(_register(event, 2)) == "confirmed"
    assert _state(_register(event, 1)) == "confirmed"
    assert _state(_register(event, 3)) == "waiting"


def test_somebody_who_types_anothers_address_cannot_give_their_place_back(event):
    owner, forger = _register(event, 1), _register(event, 1)
    Client().post(_url("cancel_registration", forger))
    assert _state(owner) == "confirmed"
    assert _taken(event) == 1
    Client().post(_url("cancel_registration", owner))
    assert _taken(event) == 0


def test_the_first_form_of_a_person_gives_back_what_later_ones_hold(event):
    owner, again = _register(event, 1), _register(event, 1)
    Client().post(_url("cancel_registration", owner))
    assert (_state(owner), _state(again)) == ("cancelled", "cancelled")


def test_a_form_that_is_found_invalid_frees_its_place_and_one_that_waits_keeps_it(event):
    first, second, third = (_register(event, number) for number in range(3))
    Submission.objects.filter(pk=second.pk).update(standing="unconfirmed")
    assert _taken(event) == 2
    Submission.objects.filter(pk=first.pk).update(standing="invalid")
    found = events.event_of(event.kinds[0].settings)
    assert registrations.fill(page_key=event.translation_key, block_id="event", event=found) == 1
    assert _state(third) == "confirmed"


def test_who_waits_and_has_not_confirmed_is_passed_over(event):
    first, _second, third, fourth = (_register(event, number) for number in range(4))
    Submission.objects.filter(pk=third.pk).update(standing="unconfirmed")
    Client().post(_url("cancel_registration", first))
    assert (_state(third), _state(fourth)) == ("waiting", "confirmed")


def test_an_event_that_has_begun_takes_nobody(event):
    begun = (timezone.now() - timedelta(days=1)).date().isoformat()
    past = participation.page(participation.action("event", day=begun), slug="past")
    assert not past.is_open
    response = participation.send(past)
    assert response.status_code == 409
    assert Registration.objects.count() == 0


def test_a_page_that_asks_for_more_than_a_past_event_stays_open_and_says_so(db):
    page = participation.page(participation.action("event", day="2020-01-01"), participation.action("join"))
    assert page.is_open
    submission = participation.sent(page)
    assert Registration.objects.count() == 0
    assert "You are not signed up" in _receipt(submission)


def test_any_number_may_come_where_no_capacity_is_set(db):
    page = participation.page(participation.action("event", capacity=None))
    assert {_state(_register(page, number)) for number in range(3)} == {"confirmed"}


def test_the_calendar_file_is_for_who_has_a_place(event):
    first, _second, third = (_register(event, number) for number in range(3))
    response = Client().get(_url("calendar", first))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    text = response.content.decode()
    assert "DTSTART:20990504T220000Z\r\n" in text
    assert "SUMMARY:Advocacy Day\r\n" in text
    assert f"URL:{LINK}\r\n" in text
    assert Client().get(_url("calendar", third)).status_code == 404


def test_the_receipt_follows_when_the_editor_moves_the_event(event):
    submission = _register(event, 1)
    event.actions = [("event", {**event.actions[0].value, "day": date(2099, 6, 1)})]
    event.actions[0].id = "event"
    event.save()
    assert "June 1, 2099" in _receipt(submission)


def test_an_event_that_ends_before_it_begins_ends_the_next_day():
    from campaigns.blocks.kinds.event import times

    day = date(2026, 12, 31)
    value = {"day": day, "starts": datetime(1, 1, 1, 22).time(), "ends": datetime(1, 1, 1, 1).time()}
    begin, end = times({**value, "zone": "America/Chicago"})
    assert begin == datetime(2026, 12, 31, 22, tzinfo=ZoneInfo("America/Chicago"))
    assert end == datetime(2027, 1, 1, 1, tzinfo=ZoneInfo("America/Chicago"))


def test_a_translation_that_lags_behind_gives_no_more_places_than_there_are(event):
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    event.campaign.get_parent().copy_for_translation(spanish).save_revision().publish()
    event.campaign.copy_for_translation(spanish).save_revision().publish()
    translated = event.copy_for_translation(spanish)
    translated.save_revision().publish()
    value = {**event.actions.raw_data[0]["value"], "capacity": 1}
    event.actions = [{"type": "event", "id": "event", "value": value}]
    event.save()
    translated.refresh_from_db()
    assert _state(_register(translated, 1)) == "confirmed"
    assert _state(_register(translated, 2)) == "waiting"
    assert _state(_register(event, 3)) == "waiting"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_people_who_come_at_once_get_as_many_places_as_there_are():
    page = participation.page(participation.action("event", capacity=3))
    settings = page.kinds[0].settings
    people = 12
    taken = []
    for number in range(people):
        person = advocate(email=f"p{number}@clinic.example")
        submission = Submission.objects.create(
            token=f"00000000-0000-4000-8000-0000000000{number:02}",
            page=page,
            page_title="x",
            page_key=page.translation_key,
            campaign_key=page.translation_key,
            campaign_title="x",
            advocate=person,
            language="en",
            form_data={},
            submit_time=timezone.now(),
        )
        taken.append(TakenAction.objects.create(submission=submission, kind="event", block_id="event", terms=settings))
    start = threading.Barrier(people)
    errors = []

    def work(one):
        start.wait()
        try:
            registrations.register(taken=one, event=events.event_of(settings))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(one,)) for one in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Advocate.objects.count() == people
    assert Registration.objects.filter(state="confirmed").count() == 3
    assert Registration.objects.filter(state="waiting").count() == people - 3


def test_a_form_that_nobody_confirmed_gives_back_no_place_but_its_own(event):
    forged = _register(event, 1)
    Submission.objects.filter(pk=forged.pk).update(standing="unconfirmed")
    owner = _register(event, 1)
    Client().post(_url("cancel_registration", forged))
    assert (_state(forged), _state(owner)) == ("cancelled", "confirmed")
