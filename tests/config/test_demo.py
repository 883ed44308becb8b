"""The demonstration: what a newcomer finds after `make run`, built once for this module and taken back."""

import io
import re
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from advocates.models import Advocate
from campaigns.blocks.kinds import KINDS
from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from campaigns.models import Letter, Submission
from config.demo import build, officials, portraits
from delivery.models import OutboxMessage
from learning.content.lesson_page import LessonPage
from legislators.models import Committee, Official
from tests.factories import home
from tests.factories.campaigns import confirm, details, hidden, person

# One process builds the demonstration for all of these.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]


def _everything() -> dict[str, list]:
    """What two machines must have in common, whatever the time and the random keys."""
    pages = [page.specific for page in Page.objects.exclude(depth=1).order_by("path")]
    streams = [
        [field.value_from_object(page).get_prep_value() for field in page._meta.get_fields() if _is_stream(field)]
        for page in pages
    ]
    return {
        "pages": [(type(page).__name__, page.pk, page.title, page.url_path, page.locale_id) for page in pages],
        "streams": streams,
        "officials": list(Official.objects.order_by("pk").values_list("pk", "source_id", "name", "email")),
        "people": list(Advocate.objects.order_by("pk").values_list("email", "given_name", "family_name")),
        "forms": list(Submission.objects.order_by("pk").values_list("token", "page_title", "form_data", "unwritten")),
        "letters": [
            (*known, re.sub(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", "", body))
            for *known, body in Letter.objects.order_by("pk").values_list(
                "target_key", "recipient_name", "outbox_message__subject", "outbox_message__body"
            )
        ],
    }


def _is_stream(field) -> bool:
    return type(field).__name__ == "StreamField"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, django_db_setup, django_db_blocker):
    """Builds it twice, each time from nothing; the second is the one that the tests look at."""
    mail = tmp_path_factory.mktemp("mail")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.conf.settings.EMAIL_BACKEND", "delivery.adapters.capture.CapturedMailBackend")
        patch.setattr("django.conf.settings.CAPTURED_MAIL_DIR", mail)
        patch.setattr("delivery.adapters.queue.acknowledge", lambda _name: None)
        home.fresh_site()
        savepoint = transaction.savepoint()
        build.build()
        first = _everything()
        transaction.savepoint_rollback(savepoint)
        build.build()
        yield {"first": first, "mail": mail}
        transaction.set_rollback(True)


def _live_pages() -> list[Page]:
    return [page for page in Page.objects.live().exclude(depth=1).order_by("path") if page.url]


def test_it_has_five_campaigns_and_four_lessons(demo):
    assert CampaignPage.objects.live().filter(locale__language_code="en").count() == 5
    assert LessonPage.objects.live().filter(locale__language_code="en").count() == 4


def test_every_live_page_of_both_languages_answers_without_a_leftover(demo, client):
    pages = _live_pages()
    assert {page.locale.language_code for page in pages} == {"en", "es"}
    wrong = {}
    for page in pages:
        response = client.get(page.url)
        text = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
        # What a script is to fill in stands in the data of its element.
        text = re.sub(r' data-[a-z-]+="[^"]*"', "", text)
        leftovers = re.findall(r"\{\{|\{%|\{[a-z_.]+\}|\bNone\b|Traceback", text)
        if response.status_code != 200 or leftovers:
            wrong[page.url] = (response.status_code, leftovers)
    assert wrong == {}


def test_no_letter_has_a_merge_field_left(demo):
    assert Letter.objects.exists()
    texts = Letter.objects.values_list("outbox_message__subject", "outbox_message__body")
    assert [text for pair in texts for text in pair if re.search(r"[{}]", text)] == []


def test_two_machines_build_the_same(demo):
    second = _everything()
    assert [name for name, rows in demo["first"].items() if second[name] != rows] == []


def test_nothing_was_called_sent_and_every_sample_letter_lies_apart(demo):
    assert set(OutboxMessage.objects.filter(channel="email").values_list("state", flat=True)) == {"captured"}
    assert OutboxMessage.objects.filter(channel="email", stream="letter").count() > 30
    mail: Path = demo["mail"]
    assert list(mail.glob("*.eml")) == []
    assert len(list((mail / "sample-letters").glob("*.eml"))) > 0


def test_nobody_in_it_could_be_reached(demo):
    addresses = [
        *Advocate.objects.values_list("email", flat=True),
        *Official.objects.exclude(email="").values_list("email", flat=True),
        *OutboxMessage.objects.filter(channel="email").values_list("recipient_address", flat=True),
    ]
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_there_is_a_page_for_every_kind_of_action(demo):
    shown = {kind.kind for page in ActionPage.objects.live() for kind in page.kinds}
    assert shown == set(KINDS)


def _telehealth() -> ActionPage:
    return ActionPage.objects.get(slug="write-your-legislators", locale__language_code="en")


def _at(street: str, city: str, zip_code: str) -> dict[str, str]:
    where = {"address__street": street, "address__city": city, "address__zip_code": zip_code}
    return {**where, "specialty": "pediatrics", "email": f"{uuid.uuid4()}@clinic.example"}


def test_stories_stand_where_their_tellers_let_them(demo, client):
    campaign = CampaignPage.objects.get(slug="ways-to-take-part")
    page = client.get(campaign.url).content.decode()
    assert "The school secretary kept his inhaler" in page
    assert "Odette" in page
    assert "Marlow" not in page
    assert "Ruben Castellane" in page
    story_page = ActionPage.objects.get(slug="tell-your-story", locale=campaign.locale)
    assert 'type="file"' in client.get(story_page.url).content.decode()


def test_the_vacant_seat_is_said_to_be_vacant(demo, client):
    review = details(_telehealth(), client, **_at("12 Main Street", "Quarry Hill", "69906"))
    assert [letter["letter"].target.name for letter in review.context["by_email"]] == ["Priya Granger"]
    [unwritten] = review.context["unwritten"]
    assert "2nd Stone" in unwritten.who
    assert "vacant" in unwritten.sentence


def test_the_representative_without_e_mail_is_handed_over(demo, client):
    page = _telehealth()
    review = details(page, client, **_at("12 Main Street", "Millbrook", "69907"))
    assert [letter["letter"].target.name for letter in review.context["by_hand"]] == ["Rupert Weaver"]
    receipt = client.get(confirm(page, client, review).url)
    [line] = receipt.context["receipt"].handed_over
    assert (line.recipient, line.state, line.phone) == ("Rupert Weaver", "needs_handoff", "555-555-0110")


def test_a_split_zip_without_a_street_is_asked_for_the_street(demo, client):
    page = _telehealth()
    without_street = details(page, client, **_at("", "Birchfield", "69903"))
    [(target, message)] = without_street.context["errors"]
    assert target.endswith("address__street")
    assert "street" in message
    asked = _at("7 Nowhere Lane", "Birchfield", "69903")
    unknown = details(page, client, **asked)
    assert "by_email" not in unknown.context
    offered = {
        item["input_name"]: {one.district: one.division_ocd_id for one in item["question"].candidates}
        for item in unknown.context["questions"]
    }
    assert {name: list(districts) for name, districts in offered.items()} == {
        "choice-state_upper": ["Birch"],
        "choice-state_lower": ["1st Birch", "2nd Birch"],
    }
    chosen = {
        "choice-state_upper": offered["choice-state_upper"]["Birch"],
        "choice-state_lower": offered["choice-state_lower"]["2nd Birch"],
    }
    review = client.post(page.url, {**person(**asked), **hidden(unknown), **chosen, "stage": "choose"})
    assert {item["letter"].target.name for item in review.context["by_email"]} == {"Desmond Oakes", "Hector Elmore"}


def test_the_streets_on_the_line_are_not_guessed(demo, client):
    choosing = details(_telehealth(), client, **_at("100 Line Road", "Birchfield", "69903"))
    assert len(choosing.context["questions"]) == 1


def test_the_officials_are_as_the_readme_tells(demo):
    assert Official.objects.filter(source="sample").count() == len(officials.OFFICIALS)
    state = Official.objects.filter(source="sample", terms__chamber__startswith="state_")
    assert list(state.filter(email="").values_list("name", flat=True)) == ["Rupert Weaver"]


def test_the_officials_have_portraits_of_our_own_and_one_has_none(demo):
    without = Official.objects.filter(source="sample", photo="")
    assert list(without.values_list("name", flat=True)) == ["Rupert Weaver"]
    shown = Official.objects.get(name="Ines Quayle")
    with shown.photo.open() as stored:
        assert stored.read() == portraits.portrait(next(one for one in officials.OFFICIALS if one.number == 5))
    assert (shown.photo.width, shown.photo.height) == (320, 400)


def test_the_officials_sit_whatever_the_day(demo):
    assert not Official.objects.filter(source="sample", terms__end__isnull=False).exists()


def test_the_committees_have_members_with_roles(demo):
    health = Committee.objects.get(name="Committee on Health Care Financing")
    assert health.memberships.get(role="chair").official.name == "Ines Quayle"
    assert [part.name for part in health.subcommittees.all()] == ["Subcommittee on Telehealth"]


def test_it_is_not_built_over_somebodys_campaigns(demo):
    before = Page.objects.count()
    with pytest.raises(CommandError, match="campaigns already"):
        call_command("build_demo")
    call_command("build_demo", if_empty=True, stdout=io.StringIO())
    assert Page.objects.count() == before


def test_it_is_not_built_where_its_password_would_be_a_hole(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="development only"):
        call_command("build_demo", if_empty=True)


def test_the_editor_logs_in_with_what_make_run_prints(demo):
    from config.demo import EDITOR_PASSWORD, EDITOR_USERNAME

    client = Client()
    assert client.login(username=EDITOR_USERNAME, password=EDITOR_PASSWORD)
    assert client.get("/admin/").status_code == 200
