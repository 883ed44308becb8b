"""One campaign in two languages: its letters and its supporters are counted once."""

import pytest
from django.utils import translation
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from campaigns.engine.lifecycle import Phase
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import pages
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make
from tests.factories import home
from tests.factories.delivery import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]
WORDS = {"Write to your legislators": "Escriba a sus legisladores", "Your story": "Su historia"}
SPECIALTY = {"label": "Specialty", "key": "specialty", "options": [{"value": "er", "label": "Emergency medicine"}]}
LETTER = "Hola, {legislator_salutation}.\n\nVivo en {town}."


def _translate(page):
    """As a translator would; what has no Spanish words stays English."""
    home.home_page("es")
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    target = Translation.objects.get_or_create(source=source, target_locale=home.locale("es"))[0]
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        words = LETTER if segment.context.path == "letter_body" else WORDS.get(segment.string.data)
        if words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=home.locale("es"),
                context=segment.context,
                data=StringValue.from_plaintext(words).data,
            )
    target.save_target(publish=True)
    return page.get_translation(home.locale("es"))


@pytest.fixture
def english():
    return make.action_page()


@pytest.fixture
def spanish(english, django_capture_on_commit_callbacks):
    # wagtail-localize publishes on commit; in one transaction a parent would be published without its new children.
    for page in (make.index_page(), english.campaign, english):
        with django_capture_on_commit_callbacks(execute=True):
            _translate(page)
    return english.get_translation(home.locale("es"))


@pytest.fixture(autouse=True)
def _english_again():
    yield
    translation.activate("en")


def test_the_spanish_page_asks_in_spanish_and_writes_to_the_same_people(client, spanish):
    assert spanish.url.startswith("/es/")
    assert "Su historia" in client.get(spanish.url).content.decode()
    review = make.details(spanish, client)
    assert [item["letter"].target.name for item in review.context["items"]] == ["Marisol Tidewater", "Ines Quayle"]
    assert [item["letter"].body for item in review.context["items"]] == [
        "Hola, Senator Tidewater.\n\nVivo en Port Alder.",
        "Hola, Representative Quayle.\n\nVivo en Port Alder.",
    ]


def test_a_letter_that_was_left_in_english_stays_english_throughout_and_says_so(client, english, spanish):
    fields = [*make.FIELDS, ("choice", SPECIALTY)]
    english.form_fields = fields
    spanish.form_fields = [*make.FIELDS, ("choice", SPECIALTY | {"options": [{"value": "er", "label": "Urgencias"}]})]
    english.letter_body = spanish.letter_body = "I work in {answer.specialty}, {chamber}. {campaign}!"
    spanish.campaign.title = "Paridad de la telemedicina"
    spanish.campaign.save()
    english.save()
    spanish.save()
    review = make.details(spanish, client, specialty="er")
    assert review.context["items"][0]["letter"].body == (
        "I work in Emergency medicine, State senate. Telehealth parity!"
    )
    assert "Estas cartas están en inglés" in review.content.decode()
    assert b'lang="en"><textarea' in review.content
    make.confirm(spanish, client, review)
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("language", flat=True)) == {"en"}


def test_the_receipt_and_the_confirmation_are_in_the_language_of_the_page(client, spanish):
    response = make.send(spanish, client)
    assert response.url.startswith("/es/receipt/")
    mail = OutboxMessage.objects.get(stream="receipt")
    assert mail.language == "es"
    assert "/es/receipt/" in words_of(mail)
    assert Submission.objects.get().language == "es"


def test_a_letter_in_one_language_is_not_written_again_in_the_other(client, english, spanish):
    make.send(english, client)
    make.send(spanish, client)
    assert Submission.objects.count() == 2
    assert Letter.objects.count() == 2


def test_supporters_are_counted_over_both_languages(client, english, spanish):
    make.send(english, client)
    make.send(spanish, client, email="noor@clinic.example")
    key = english.campaign.translation_key
    assert spanish.campaign.translation_key == key
    assert pages.supporters(key) == 2


def test_closing_the_campaign_closes_it_in_every_language_at_once(client, english, spanish):
    campaign = english.campaign
    campaign.status = "closed"
    campaign.save()
    assert spanish.specific.campaign.phase is Phase.CLOSED
    answer = make.details(spanish, client)
    assert answer.status_code == 409
    assert "Esta campaña está cerrada" in answer.content.decode()
    assert Submission.objects.count() == 0
