"""Proof of authorship: what is kept of each letter, and what anybody can learn of a reference."""

import re

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from campaigns.content.action_page import ActionPage
from campaigns.engine import authorship
from campaigns.records.protection import Authorship
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import letter_words
from campaigns.services import invalidations, test_letters
from campaigns.views import checking
from delivery.records.messages import OutboxMessage
from legislators.records.officials import Official
from tests.factories import campaigns

State = OutboxMessage.State
REFERENCE = re.compile(r"reference ([0-9A-Z]{5}-[0-9A-Z]{5})")


@pytest.fixture
def page(alder: object) -> ActionPage:
    return campaigns.action_page()


@pytest.fixture
def sent(page: ActionPage, client: Client) -> Letter:
    campaigns.send(page, client)
    OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER).update(state=State.DELIVERED)
    return Submission.objects.get().letters.select_related("outbox_message", "authorship").order_by("pk")[0]


def _reference(letter: Letter) -> str:
    found = REFERENCE.search(letter.outbox_message.body)
    assert found
    return found[1]


def _check(client: Client, reference: str, text: str = "", address: str = "/check/") -> str:
    content = client.post(address, {"reference": reference, "text": text}).content.decode()
    return content.split("<main")[1]


# --- References and fingerprints ---------------------------------------------------------------------


def test_a_reference_is_read_however_it_was_copied() -> None:
    reference = authorship.new_reference()
    for typed in (reference, authorship.shown(reference), reference.lower(), f"  {reference[:3]} {reference[3:]}. "):
        assert authorship.read_reference(typed) == reference
    assert authorship.read_reference("o1i2l-34567") == "0112134567"
    for nonsense in ("", "ABCDE", "ABCDEFGHJKM", "ABCDE-FGHJU", "\0" * 10, "é" * 10):
        assert authorship.read_reference(nonsense) == ""


def test_references_do_not_follow_from_each_other() -> None:
    found = {authorship.new_reference() for _number in range(500)}
    assert len(found) == 500
    assert all(authorship.read_reference(reference) == reference for reference in found)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(1, 5))
def test_how_lines_are_broken_makes_no_other_letter(text: str, width: int) -> None:
    words = text.split()
    wrapped = "\r\n".join(" ".join(words[start : start + width]) + "  " for start in range(0, len(words), width))
    assert authorship.is_same_text(wrapped, authorship.text_hash(" ".join(words)))


@given(st.text(alphabet="abc ", min_size=1).filter(str.strip), st.text(alphabet="xyz", min_size=1))
def test_other_words_make_another_letter(text: str, added: str) -> None:
    assert not authorship.is_same_text(f"{text} {added}", authorship.text_hash(text))


# --- What is kept ------------------------------------------------------------------------------------


def test_each_letter_has_a_proof_and_says_where_it_can_be_asked_for(sent: Letter) -> None:
    proofs = {proof.letter_id: proof for proof in Authorship.objects.all()}
    assert set(proofs) == set(Letter.objects.values_list("pk", flat=True))
    proof = proofs[sent.pk]
    assert authorship.shown(proof.reference) == _reference(sent)
    assert "/check/" in sent.outbox_message.body
    assert proof.way == "form"
    assert proof.agreed_at == sent.submission.submit_time
    assert not proof.is_invalid
    kept = " ".join(str(value) for value in Authorship.objects.filter(pk=proof.pk).values().get().values())
    for personal in ("Maria", "Santos", "clinic.example", "Main Street", "forty patients"):
        assert personal not in kept


def test_the_words_beside_the_button_are_those_that_are_kept(page: ActionPage, client: Client) -> None:
    review = campaigns.details(page, client)
    campaigns.confirm(page, client, review)
    proof = Authorship.objects.all()[0]
    assert proof.consent_text in review.content.decode().replace("&#x27;", "'")
    assert proof.consent_hash == authorship.consent_hash(proof.consent_text)
    assert proof.consent_text == letter_words.consent(page.terms(review.wsgi_request).society)


def test_whether_the_person_wrote_themselves_is_kept(page: ActionPage, client: Client) -> None:
    review = campaigns.details(page, client)
    name = next(name for name in campaigns.hidden(review) if name.endswith("-own_words"))
    campaigns.confirm(page, client, review, **{name: "My own patients wait for months."})
    assert set(Authorship.objects.values_list("is_personalised", flat=True)) == {True}


def test_the_proof_outlives_what_is_personal(sent: Letter, client: Client) -> None:
    reference = _reference(sent)
    Letter.objects.all().delete()
    Submission.objects.all().delete()
    answer = _check(client, reference)
    assert "Sent by a person through" in answer


def test_what_a_person_takes_there_by_hand_has_no_proof(page: ActionPage, client: Client) -> None:
    Official.objects.update(email="")
    campaigns.send(page, client)
    handed = Letter.objects.filter(outbox_message__channel="handoff").count()
    assert handed
    assert Authorship.objects.count() == Letter.objects.count() - handed


def test_a_test_letter_has_no_proof(page: ActionPage, rf: RequestFactory) -> None:
    terms = page.terms(rf.get("/"))
    test_letters.send(terms=terms, texts={}, editor_id=1, editor_email="erin@alder-medical.example")
    assert "(given when it is sent)" in OutboxMessage.objects.all()[0].body
    assert not Authorship.objects.exists()


# --- Asking ------------------------------------------------------------------------------------------


def test_whoever_has_the_reference_learns_that_a_person_sent_it_and_not_who(sent: Letter, client: Client) -> None:
    answer = _check(client, _reference(sent).lower())
    assert "Sent by a person through" in answer
    assert sent.recipient_name in answer
    assert "Telehealth parity" in answer
    for personal in ("Maria", "Santos", "clinic.example", "Main Street"):
        assert personal not in answer


def test_a_pasted_letter_is_compared_and_not_kept(sent: Letter, client: Client) -> None:
    body, reference = sent.outbox_message.body, _reference(sent)
    quoted = body.replace("\n", "\r\n").replace("-- \r\n", "--\r\n")
    assert "Are those of the letter" in _check(client, reference, quoted)
    assert "Are those of the letter" in _check(client, reference, body.split("\n-- ")[0])
    answer = _check(client, reference, body.replace("vote for", "vote against"))
    assert "Are not those of the letter" in answer


def test_an_unknown_reference_is_said_to_be_unknown(client: Client, db: None) -> None:
    assert "We do not know this reference" in _check(client, authorship.new_reference())
    assert "We do not know this reference" in _check(client, "anything at all")


def test_a_letter_that_has_not_left_is_not_called_sent(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    answer = _check(client, _reference(Letter.objects.all()[0]))
    assert "This letter has not been sent through us" in answer
    assert "Sent by a person" not in answer


def test_what_was_found_invalid_is_not_to_be_counted(sent: Letter, client: Client) -> None:
    invalidations.invalidate(submission_ids=[sent.submission_id], reason="A script.", user_id=None)
    answer = _check(client, _reference(sent))
    assert "Do not count this letter" in answer
    assert "A script." not in answer
    assert "Sent by a person" not in answer


def test_an_office_of_congress_asks_by_its_delivery_id(sent: Letter, client: Client) -> None:
    message = sent.outbox_message
    assert "We do not know" in _check(client, message.pk.hex)
    message.channel, message.congress = OutboxMessage.Channel.CWC, {"office": "HMA05"}
    message.save()
    assert "Sent by a person through" in _check(client, message.pk.hex)


def test_both_numbers_answer_after_everything_about_the_person_was_erased(sent: Letter, client: Client) -> None:
    reference, number = _reference(sent), sent.outbox_message_id.hex
    Letter.objects.filter(pk=sent.pk).delete()
    OutboxMessage.objects.filter(pk=number).delete()
    for typed in (reference, number):
        answer = _check(client, typed)
        assert sent.recipient_name in answer
        assert "Santos" not in answer


def test_nothing_that_is_asked_stands_in_an_address(client: Client, db: None) -> None:
    content = client.get("/check/?reference=AB2CD-EF3GH").content.decode()
    assert 'value="AB2CD-EF3GH"' not in content
    assert 'method="post"' in content.split("<main")[1]


def test_an_empty_question_is_an_error_at_its_field(client: Client, db: None) -> None:
    response = client.post("/check/", {"reference": ""})
    assert response.status_code == 422
    assert 'href="#id_reference"' in response.content.decode()


def test_a_network_that_asks_very_often_waits(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_IN_AN_HOUR", 1)
    client.post("/check/", {"reference": "AB2CD-EF3GH"})
    assert client.post("/check/", {"reference": "AB2CD-EF3GH"}).status_code == 429
    elsewhere = client.post("/check/", {"reference": "AB2CD-EF3GH"}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_it_stands_in_every_language(client: Client, db: None) -> None:
    assert client.get("/es/check/").status_code == 200
