"""A form in two languages: translated by wagtail-localize, one set of keys."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaigns.content.action_page import ActionPage
from campaigns.records.published_fields import PublishedField
from tests.factories import campaigns
from tests.factories.forms import EVERY_TYPE, FILLED_IN, post_data, raw_stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return campaigns.action_page(form_fields=raw_stream(*EVERY_TYPE), targets=[], letter_subject="", letter_body="")


@pytest.fixture
def spanish(english):
    """The page as translators would send it back: "ES " before every string."""
    locale, _created = Locale.objects.get_or_create(language_code="es")
    for page in english.get_ancestors(inclusive=True).exclude(depth__lt=2).specific():
        _translate(page, locale)
    return ActionPage.objects.get(locale=locale, translation_key=english.translation_key)


def _translate(page, locale):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        is_slug = segment.context.path == "slug"
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=f"es-{segment.string.data}" if is_slug else f"ES {segment.string.data}",
        )
    translation.save_target(publish=True)


def test_a_translated_form_has_the_same_blocks_keys_and_values(english, spanish):
    def identities(page):
        return [(spec.block_id, spec.clean_name, [value for value, _ in spec.choices]) for spec in page.form_specs]

    assert identities(spanish) == identities(english)
    assert [spec.label for spec in spanish.form_specs] == [f"ES {spec.label}" for spec in english.form_specs]


def test_an_answer_in_spanish_stores_the_same_value_and_shows_the_spanish_label(spanish):
    form = spanish.get_form(post_data(FILLED_IN))
    assert form.is_valid(), form.errors
    assert form.answers()["specialty"] == "er"
    assert form.answer_labels("es")["specialty"] == "ES Emergency medicine"
    assert form.answer_labels("en")["specialty"] == "Emergency medicine"


def test_the_consent_is_kept_in_the_words_of_the_language(spanish):
    form = spanish.get_form(post_data(FILLED_IN))
    form.is_valid()
    (consent,) = form.consents()
    assert consent.purpose == "newsletter"
    assert consent.text == "ES Keep me informed by e-mail."


def test_both_languages_share_one_set_of_published_keys(english, spanish):
    assert PublishedField.objects.count() == len(english.get_form_fields())
    spanish.form_fields[4].value["key"] = "otro"
    with pytest.raises(ValidationError) as caught:
        spanish.full_clean()
    (error,) = caught.value.error_dict["form_fields"]
    assert set(error.as_json_data()["blockErrors"]) == {4}
