"""The receipt says what is true, to nobody but who has its link."""

import datetime
import uuid

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Submission
from campaigns.selectors.receipts import dialable
from campaigns.selectors.sending_words import state_words
from delivery.records.messages import OutboxMessage
from delivery.services import pauses
from tests.factories import campaigns as make
from tests.factories.delivery import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def _receipt(client, **fields):
    return make.send(make.action_page(**fields), client).url


def test_it_is_kept_by_no_cache_no_search_engine_and_its_address_is_told_to_nobody(client):
    response = client.get(_receipt(client))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_its_address_holds_nothing_personal(client):
    url = _receipt(client)
    assert "santos" not in url.lower()
    assert "@" not in url


@pytest.mark.parametrize("state", OutboxMessage.State.values)
def test_every_state_is_said_in_words_of_its_own(state):
    words = state_words(state)
    assert words.tone in {"good", "waiting", "warning", "bad"}
    assert words.headline
    assert words.explanation.endswith(".")


def test_what_was_stopped_between_two_tries_is_not_said_never_to_have_left():
    words = state_words("cancelled", reason="stopped_in_doubt")
    assert words.explanation == "It was stopped. An earlier try may have reached the office."
    assert "before it left" in state_words("cancelled", reason="staff_cancelled").explanation


def test_only_what_was_delivered_or_done_by_the_person_looks_good():
    good = {state for state in OutboxMessage.State.values if state_words(state).tone == "good"}
    assert good == {"delivered", "handed_off"}


def test_each_letter_shows_its_state_as_it_is_now(client):
    url = _receipt(client)
    assert client.get(url).content.count(b"Waiting to be sent") == 2
    row = OutboxMessage.objects.filter(stream="letter").first()
    OutboxMessage.objects.filter(pk=row.pk).update(state="bounced", state_changed_at=timezone.now())
    content = client.get(url).content
    assert content.count(b"Waiting to be sent") == 1
    assert b"mail server sent it back" in content


def test_a_letter_that_waits_says_for_how_long_and_promises_no_more(client):
    url, now = _receipt(client), timezone.now()
    assert client.get(url).content.count(b"leaves soon") == 2
    soon, later = OutboxMessage.objects.filter(stream="letter").order_by("pk")
    OutboxMessage.objects.filter(pk=later.pk).update(next_attempt_at=now + datetime.timedelta(days=2))
    told = client.get(url).content.decode()
    when = date_format(timezone.localtime(now + datetime.timedelta(days=2)), "DATE_FORMAT")
    assert (told.count("leaves soon"), told.count(f"yours leaves about {when}")) == (1, 1)
    OutboxMessage.objects.filter(pk=soon.pk).update(planned_at=None)
    assert "leaves when its turn comes" in client.get(url).content.decode()


@pytest.mark.parametrize(("scope", "count"), [("site", 2), ("domain", 2), ("recipient", 1), ("campaign", 2)])
def test_a_letter_that_a_pause_keeps_says_that_sending_is_paused(client, scope, count):
    url = _receipt(client)
    row = OutboxMessage.objects.filter(stream="letter").first()
    keys = {
        "site": "",
        "domain": row.recipient_domain,
        "recipient": row.recipient_key,
        "campaign": row.campaign_key.hex,
    }
    pauses.pause(scope=scope, key=keys[scope])
    told = client.get(url).content.decode()
    assert (told.count("Sending is paused for now"), told.count("leaves soon")) == (count, 2 - count)


def test_it_shows_the_text_of_each_letter_escaped(client):
    page = make.action_page()
    url = make.send(page, client, story="<script>alert(1)</script>").url
    content = client.get(url).content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert b"<script>alert" not in content


def test_a_site_that_only_captures_mail_says_so(client):
    assert b"nothing is really sent" in client.get(_receipt(client)).content


def test_a_hand_off_has_a_phone_a_form_and_the_text_and_can_be_reported_once(client):
    url = _receipt(client, targets=[("us_house", None)])
    content = client.get(url).content.decode()
    row = OutboxMessage.objects.get(stream="letter")
    assert 'href="tel:555-555-0112"' in content
    assert "https://strand.congress.alder.example/contact" in content
    done = url + f"done/{row.pk}/"
    assert client.get(done).status_code == 405
    response = client.post(done)
    assert response.status_code == 302
    assert response.url == url
    client.post(done)
    row.refresh_from_db()
    assert row.state == "handed_off"
    assert row.events.filter(state="handed_off").count() == 1
    content = client.get(url).content
    assert b"You told us" in content
    assert b"I did this" not in content


def test_a_hand_off_of_somebody_else_cannot_be_reported(client):
    mine = _receipt(client, targets=[("us_house", None)])
    make.send(make.action_page(targets=[("us_house", None)]), client, email="other@clinic.example")
    theirs = OutboxMessage.objects.filter(stream="letter").order_by("created_at").last()
    assert client.post(f"{mine}done/{theirs.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "needs_handoff"


def test_a_letter_by_e_mail_cannot_be_reported_as_done_by_hand(client):
    url = _receipt(client)
    row = OutboxMessage.objects.filter(stream="letter").first()
    assert client.post(f"{url}done/{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.state == "queued"


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "é"])
def test_a_made_up_link_finds_nothing(client, token):
    response = client.get(reverse("campaigns:receipt", args=[token]))
    assert response.status_code == 404
    assert b"There is no such receipt" in response.content


def test_the_link_of_another_submission_cannot_be_made_from_ones_own(client):
    url = _receipt(client)
    other = Submission.objects.get()
    Submission.objects.filter(pk=other.pk).update(key=uuid.uuid4())
    token = url.rstrip("/").rsplit("/", 1)[1]
    forged = Submission.objects.get().key.hex + token[32:]
    assert client.get(reverse("campaigns:receipt", args=[forged])).status_code == 404
    assert client.get(url).status_code == 404


def test_an_expired_link_says_what_to_do(client):
    _receipt(client)
    with time_machine.travel("2026-01-01", tick=False):
        token = sign_receipt(Submission.objects.get().key)
    with time_machine.travel("2026-12-31", tick=False):
        response = client.get(reverse("campaigns:receipt", args=[token]))
    assert response.status_code == 410
    assert b"This link has expired" in response.content
    assert response["Cache-Control"] == "private, no-store"


def test_the_receipt_stays_when_its_page_is_gone(client):
    page = make.action_page()
    url = make.send(page, client).url
    page.delete()
    assert client.get(url).status_code == 200


def test_the_confirmation_says_how_each_letter_stands_and_where_to_look(client):
    url = _receipt(client, targets=[("state_upper", None), ("us_house", None)])
    mail = OutboxMessage.objects.get(stream="receipt")
    assert mail.subject == "What you sent: Telehealth parity"
    text = words_of(mail)
    assert "Marisol Tidewater (State senate, Harbor)\n  Waiting to be sent." in text
    assert "Leonora Strand (U.S. House, 1st Congressional)\n  Needs you." in text
    assert "Phone: 555-555-0112" in text
    assert "THIS IS A TEST SITE" in text
    link = next(line for line in text.splitlines() if line.startswith(settings.WAGTAILADMIN_BASE_URL))
    assert client.get(link.removeprefix(settings.WAGTAILADMIN_BASE_URL)).status_code == 200
    assert client.get(url).status_code == 200


def test_where_mail_really_leaves_nothing_speaks_of_a_test_site(client, settings):
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "delivery.adapters.smtp.SmtpBackend"
    url = _receipt(client)
    assert "TEST SITE" not in words_of(OutboxMessage.objects.get(stream="receipt"))
    assert b"test site" not in client.get(url).content


def test_the_confirmation_is_plain_text_whatever_was_typed(client):
    page = make.action_page()
    make.send(page, client, name__given="O'Neil & <b>Co</b>")
    assert "O'Neil & <b>Co</b>" in words_of(OutboxMessage.objects.get(stream="receipt"))


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("(617) 555-0123", "617-555-0123"), ("+1 617.555.0123 ext. 4", "+1-617-555-0123;ext=4"), ("", "")],
)
def test_a_phone_number_becomes_one_that_can_be_dialled(written, dialled):
    assert dialable(written) == dialled


# --- Letters that the person takes there ---------------------------------------------------------------------------


def _to_congress(client, **changes):
    page = make.action_page(targets=[("us_house", None)])
    return make.confirm(page, client, make.details(page, client), **changes).url


def test_the_card_says_what_to_say_on_the_telephone_and_claims_no_more_than_the_address(client):
    url = _to_congress(client, **{"letter-own_words": "My patients wait for weeks."})
    (line,) = client.get(url).context["receipt"].handed_over
    assert line.script == (
        "Hello, my name is Dr. Maria Santos.\n\nI live in Port Alder, AX 69901.\n\n"
        "I am calling with a message for Leonora Strand about this: Please support Telehealth parity\n\n"
        "My patients wait for weeks.\n\n"
        "Please pass on my view, and let me know how the office sees this. Thank you."
    )
    assert "What to say on the telephone" in client.get(url).content.decode()


def test_the_text_to_copy_does_not_say_that_it_was_sent_and_that_by_e_mail_does(client):
    (line,) = client.get(_to_congress(client)).context["receipt"].handed_over
    assert "Sent through the website" not in line.text
    first = client.get(_receipt(client, slug="other")).context["receipt"].by_email[0]
    assert "Sent through the website of" in first.text
    assert "The sender also writes to: Ines Quayle." in first.text


def test_writing_oneself_is_offered_where_e_mail_failed_with_the_subject_alone(client):
    url = _receipt(client, targets=[("state_upper", None)])
    assert b"mailto:marisol" not in client.get(url).content
    OutboxMessage.objects.filter(stream="letter").update(
        channel="handoff", state="needs_handoff", subject="Care & time = 100%?"
    )
    content = client.get(url).content.decode()
    link = "mailto:marisol.tidewater@legislature.alder.example?subject=Care%20%26%20time%20%3D%20100%25%3F"
    assert f'href="{link}"' in content
    assert "body=" not in content.replace("mailto:?subject", "").split(link)[1][:20]


def test_where_no_address_is_known_writing_oneself_is_not_offered(client):
    content = client.get(_to_congress(client)).content.split(b"<footer")[0]
    # A link by which to pass the campaign on names no recipient.
    assert b"mailto:" not in content.replace(b"mailto:?subject", b"")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no_address", "takes no e-mail"),
        ("gave_up", "We tried to deliver"),
        ("too_long", "longer than the system"),
        ("cwc_office_left", "We cannot deliver"),
    ],
)
def test_a_hand_off_says_why_it_became_one(client, reason, words):
    url = _receipt(client, targets=[("state_upper", None)])
    row = OutboxMessage.objects.get(stream="letter")
    OutboxMessage.objects.filter(pk=row.pk).update(channel="handoff", state="needs_handoff")
    row.events.create(at=timezone.now(), state="needs_handoff", reason=reason)
    (line,) = client.get(url).context["receipt"].handed_over
    assert words in line.explanation


def test_a_letter_held_because_its_official_left_says_so(client):
    url = _receipt(client, targets=[("state_upper", None)])
    row = OutboxMessage.objects.get(stream="letter")
    OutboxMessage.objects.filter(pk=row.pk).update(state="held")
    row.events.create(at=timezone.now(), state="held", reason="left_office")
    assert "has left office since" in client.get(url).content.decode()


# --- Their own words ------------------------------------------------------------------------------------------------


def test_own_words_go_into_each_letter_before_the_society_s_and_count_as_personal(client):
    page = make.action_page(is_letter_locked=True)
    make.confirm(page, client, make.details(page, client), **{"letter-own_words": "I {town} <b>saw</b> it."})
    for row in OutboxMessage.objects.filter(stream="letter"):
        own, society = row.body.index("I {town} <b>saw</b> it."), row.body.index("I live in Port Alder")
        assert row.body.index("AX 69901") < row.body.index("Dear") < own < society
        assert "The sender’s own words come first." in row.body
    submission = Submission.objects.get()
    assert submission.own_words == "I {town} <b>saw</b> it."
    assert [letter.is_personalised for letter in submission.letters.all()] == [True, True]


@pytest.mark.parametrize(
    ("typed", "error"), [("x" * 3001, "3,000"), ("Hm.", "a few words more"), ("a\0bcdefg", "Type")]
)
def test_own_words_that_cannot_go_are_an_error_at_their_field_and_are_kept(client, typed, error):
    page = make.action_page()
    again = make.confirm(page, client, make.details(page, client), **{"letter-own_words": typed})
    assert again.context["errors"][0][0] == "id_letter-own_words"
    assert error in again.context["errors"][0][1]
    assert not Submission.objects.exists()


def test_own_words_are_kept_while_a_district_is_chosen(client):
    page = make.action_page()
    split = {"address__street": "", "address__zip_code": "69903"}
    sent = {**make.person(**split), "letter-own_words": "Keep me.", "stage": "details", "token": str(uuid.uuid4())}
    asked = client.post(page.url, sent)
    assert ("letter-own_words", "Keep me.") in asked.context["carried"]


def test_a_letter_that_the_staff_read_first_is_held_and_says_so(client):
    page = make.action_page(moderation="all")
    url = make.send(page, client).url
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("state", flat=True)) == {"held"}
    assert b"Waits for our staff" in client.get(url).content


def test_each_letter_names_its_campaign_its_recipient_and_its_state(client):
    page = make.action_page()
    make.send(page, client)
    rows = OutboxMessage.objects.filter(stream="letter").values_list("campaign_key", "recipient_key", "jurisdiction")
    keys = set(Submission.objects.get().letters.values_list("target_key", flat=True))
    assert set(rows) == {(page.campaign.translation_key, key, "ax") for key in keys}


@pytest.mark.parametrize(
    ("purpose", "ticked", "noted"), [("record_reply", "on", True), ("record_reply", "", False), ("news", "on", False)]
)
def test_that_an_office_answered_is_noted_only_where_the_person_agreed(client, purpose, ticked, noted):
    fields = [field for field in make.FIELDS if field[0] != "consent"]
    box = {"label": "Answers", "key": "news", "purpose": purpose, "text": "Note answers.", "is_required": False}
    page = make.action_page(form_fields=[*fields, ("consent", box)])
    make.send(page, client, **({"news": ticked} if ticked else {"news": ""}))
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("may_record_reply", flat=True)) == {noted}
