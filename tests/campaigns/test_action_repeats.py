"""One letter for each campaign, person and official: however often, from wherever, and at the same moment."""

import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client

from campaigns.records.submissions import Letter, Submission
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def test_the_same_form_sent_twice_gives_the_same_receipt_and_no_second_letter(client):
    page = make.action_page()
    review = make.details(page, client)
    first, second = make.confirm(page, client, review), make.confirm(page, client, review)
    assert first.status_code == second.status_code == 302
    assert Submission.objects.count() == 1
    assert OutboxMessage.objects.filter(stream="letter").count() == 2
    assert OutboxMessage.objects.filter(stream="receipt").count() == 1


def test_a_second_form_of_the_same_person_writes_nobody_twice_and_says_so(client):
    page = make.action_page()
    make.send(page, client)
    response = make.send(page, client, email="Maria.Santos@Clinic.Example")
    assert Submission.objects.count() == 2
    assert Letter.objects.count() == 2
    assert b"was written before in this campaign" in client.get(response.url).content
    assert OutboxMessage.objects.filter(stream="receipt").count() == 1


def test_another_page_of_the_same_campaign_writes_only_to_who_has_no_letter_yet(client):
    campaign = make.campaign_page()
    make.send(make.action_page(campaign, targets=[("state_upper", None)]), client)
    make.send(make.action_page(campaign, slug="second"), client)
    assert sorted(Letter.objects.values_list("recipient_name", flat=True)) == ["Ines Quayle", "Marisol Tidewater"]


def test_another_campaign_is_another_letter(client):
    make.send(make.action_page(), client)
    make.send(make.action_page(), client)
    assert Letter.objects.count() == 4


def test_a_form_that_goes_back_for_a_colleague_is_a_second_submission(client):
    page = make.action_page()
    review = make.details(page, client)
    make.confirm(page, client, review)
    make.confirm(page, client, review, email="noor@clinic.example", name__given="Noor")
    assert Submission.objects.count() == 2
    assert Letter.objects.count() == 4


def test_a_token_that_is_none_is_no_hindrance(client):
    page = make.action_page()
    review = make.details(page, client)
    assert make.confirm(page, client, review, token="x' OR 1=1").status_code == 302


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same_form", [True, False])
def test_posts_at_the_same_moment_write_each_letter_once(client, is_same_form):
    page = make.action_page()
    review = make.details(page, client)
    barrier = threading.Barrier(6)
    statuses = []

    def post():
        try:
            own = Client()
            changes = {} if is_same_form else {"token": str(uuid.uuid4())}
            barrier.wait(timeout=20)
            statuses.append(make.confirm(page, own, review, **changes).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert statuses == [302] * 6
    assert Submission.objects.count() == (1 if is_same_form else 6)
    assert Letter.objects.count() == 2
    assert OutboxMessage.objects.filter(stream="letter").count() == 2
    assert connection.vendor in {"sqlite", "postgresql"}
