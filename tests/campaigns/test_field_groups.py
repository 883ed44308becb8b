"""Groups of fields, and forms as they were when they were filled in."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaigns.content.field_groups import FieldGroup
from campaigns.forms.history import answers_of, as_answered, with_history
from campaigns.records.published_fields import PublishedField
from campaigns.records.submissions import Submission
from campaigns.services import form_versions
from tests.factories import campaigns as make
from tests.factories.forms import bound_form, form_specs, form_stream, raw_stream

pytestmark = pytest.mark.django_db

OPTIONS = [{"value": "er", "label": "Emergency"}, {"value": "gp", "label": "Family"}]
SPECIALTY = {"type": "choice", "label": "Specialty", "key": "specialty", "options": OPTIONS}
YEARS = {
    "type": "number",
    "label": "Years",
    "key": "years",
    "shown_when": {"conditions": [{"field": "Specialty", "test": "is", "value": "Emergency"}], "match": "all"},
}
PERSON = [{"type": "name", "label": "Name", "key": "name"}, {"type": "email", "label": "E-mail", "key": "email"}]


@pytest.fixture
def group():
    group = FieldGroup(name="Work", locale=Locale.get_default(), form_fields=raw_stream(SPECIALTY, YEARS))
    group.full_clean()
    group.save()
    return group


def _page(group, *fields, **options):
    stream = raw_stream(*PERSON, *fields)
    stream.insert(1, {"type": "field_group", "id": "group", "value": {"group": group.pk}})
    return make.action_page(form_fields=stream, **{"targets": [], "letter_subject": "", "letter_body": "", **options})


def _error_positions(page):
    """What the editor's form finds wrong, by position."""
    with pytest.raises(ValidationError) as caught:
        page.form_fields.stream_block.clean(page.form_fields)
    return caught.value.as_json_data()["blockErrors"]


def test_the_fields_of_a_group_stand_in_its_place(group):
    specs = _page(group).form_specs
    assert [spec.clean_name for spec in specs] == ["name", "specialty", "years", "email"]
    assert specs[2].shown_when.conditions[0].key == "specialty"


def test_the_rules_of_a_group_are_kept_by_key_and_value(group):
    condition = group.form_fields[1].value["shown_when"]["conditions"][0]
    assert (condition["field"], condition["value"]) == ("specialty", "er")


def test_a_form_whose_group_was_deleted_goes_without_it(group, client):
    page = _page(group)
    group.delete()
    page = type(page).objects.get(pk=page.pk)
    assert [spec.clean_name for spec in page.form_specs] == ["name", "email"]
    assert client.get(page.url).status_code == 200
    assert set(_error_positions(page)) == {1}


def test_a_field_of_the_form_goes_before_one_of_the_group_and_the_editor_is_told(group):
    page = _page(group, {"type": "text", "label": "Specialty", "key": "specialty"})
    keys = {spec.clean_name: spec.field_type for spec in page.form_specs}
    assert keys["specialty"] == "text"
    assert keys["specialty_2"] == "choice"
    assert "group" in _error_positions(page)[1]["blockErrors"]


def test_the_same_group_twice_is_an_error_at_the_second(group):
    page = _page(group)
    page.form_fields.append(("field_group", {"group": group}))
    assert set(_error_positions(page)) == {3}


def test_a_group_cannot_hold_a_group_or_a_step():
    offered = FieldGroup._meta.get_field("form_fields").stream_block.child_blocks
    assert {"text", "choice"} <= set(offered)
    assert {"field_group", "step"}.isdisjoint(offered)


def test_a_key_of_a_group_that_is_public_stays(group):
    _page(group)
    group.form_fields[0].value["key"] = "another"
    with pytest.raises(ValidationError) as caught:
        group.full_clean()
    (error,) = caught.value.error_dict["form_fields"]
    assert set(error.as_json_data()["blockErrors"]) == {0}


def test_a_field_that_a_group_gains_is_public_at_once(group):
    _page(group)
    group.form_fields = raw_stream(SPECIALTY, YEARS, {"type": "text", "label": "Clinic", "key": "clinic"})
    group.save()
    assert PublishedField.objects.filter(key="clinic").exists()


def test_a_group_says_itself_what_is_wrong_with_its_rules():
    wrong = {**YEARS, "shown_when": {"conditions": [{"field": "Nowhere", "test": "is", "value": "x"}], "match": "all"}}
    group = FieldGroup(name="Work", locale=Locale.get_default(), form_fields=raw_stream(wrong))
    with pytest.raises(ValidationError):
        group.form_fields.stream_block.clean(group.form_fields)


def test_a_translated_form_takes_the_group_in_its_language(group):
    english = _page(group)
    locale, _created = Locale.objects.get_or_create(language_code="es")
    for source in (group, *english.get_ancestors(inclusive=True).exclude(depth__lt=2).specific()):
        _translate(source, locale)
    spanish = english.get_translation(locale)
    labels = {spec.clean_name: spec.label for spec in spanish.form_specs}
    assert labels["specialty"] == "ES Specialty"
    assert spanish.form_specs[1].choices == (("er", "ES Emergency"), ("gp", "ES Family"))
    assert spanish.form_specs[2].shown_when == english.form_specs[2].shown_when
    assert [spec.block_id for spec in spanish.form_specs] == [spec.block_id for spec in english.form_specs]
    assert group.get_translation(locale).name == "Work"


def _translate(instance, locale):
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        is_slug = segment.context.path == "slug"
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": f"es-{segment.string.data}" if is_slug else f"ES {segment.string.data}"},
        )
    translation.save_target(publish=True)


# --- The form as it was ------------------------------------------------------------------------------------


def _submission(specs, answers, **fields):
    page = make.action_page(targets=[], letter_subject="", letter_body="")
    version = form_versions.keep(page_key=page.translation_key, language="en", specs=specs)
    return Submission(page=page, page_key=page.translation_key, form_version=version, form_data=answers, **fields)


def test_an_old_answer_is_read_in_the_words_that_it_was_given_to():
    submission = _submission(form_specs(SPECIALTY), {"specialty": "er", "gone": ["a", "b"]})
    assert [(one.label, one.text) for one in answers_of(submission)] == [
        ("Specialty", "Emergency"),
        ("gone", "a, b"),
    ]


def test_in_the_list_the_heading_is_today_s_and_the_option_is_that_of_the_day():
    (seen,) = form_specs(SPECIALTY)
    (listed,) = form_specs(
        {**SPECIALTY, "label": "Your specialty", "options": [{"value": "er", "label": "Emergency medicine"}]}
    )
    field = as_answered(listed, {"specialty": seen}, is_same_language=True)
    assert (field.label, field.choice_label("er")) == ("Your specialty", "Emergency")
    other = as_answered(listed, {"specialty": seen}, is_same_language=False)
    assert (other.choice_label("er"), other.choice_label("gp")) == ("Emergency medicine", "Family")


def test_a_field_that_only_an_old_form_knows_is_listed_after_the_others():
    current, old = form_specs(PERSON[0]), form_specs(*PERSON)
    listed = with_history(current, [], [old])
    assert [spec.clean_name for spec in listed] == ["name", "email"]
    assert listed[1].label == "E-mail (no longer asked)"


def test_the_same_form_is_kept_once_and_a_form_without_fields_not_at_all():
    specs = form_specs(SPECIALTY)
    page_key = make.campaign_page().translation_key
    first, second = (form_versions.keep(page_key=page_key, language="en", specs=specs) for _time in range(2))
    assert first == second
    assert form_versions.keep(page_key=page_key, language="es", specs=specs) != first
    assert form_versions.keep(page_key=page_key, language="en", specs=()) is None


# --- Limits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ({"type": "text", "min_length": 3}, "ab", "must be 3 characters or more. It has 2 now."),
        ({"type": "text", "max_length": 3}, "abcd", "must be 3 characters or fewer. It has 4 now."),
        ({"type": "long_text", "min_length": 30}, "short", "must be 30 characters or more. It has 5 now."),
        ({"type": "text", "mask": "AA-9", "mask_message": "Like MA-1."}, "M-1", "Like MA-1."),
        ({"type": "date", "earliest": "2027-01-01"}, "2026-12-31", "must be Jan. 1, 2027 or later."),
        ({"type": "date", "latest": "2020-01-01"}, "2020-01-02", "must be Jan. 1, 2020 or earlier."),
        ({"type": "date", "today": "not_future"}, "2999-01-01", "must not be in the future."),
        ({"type": "date", "today": "not_past"}, "2020-01-01", "must not be in the past."),
    ],
)
def test_a_limit_is_said_in_plain_words(field, typed, says):
    form = bound_form({"label": "Question", "key": "question", **field}, typed={"question": typed})
    assert not form.is_valid()
    assert says.replace("Jan. ", "") in form.error_links[0].message.replace("January ", "").replace("Jan. ", "")


@pytest.mark.parametrize(
    ("settings", "at"),
    [
        ({"type": "text", "min_length": 9, "max_length": 3}, "max_length"),
        ({"type": "text", "mask": "[9", "mask_message": "x"}, "mask"),
        ({"type": "text", "mask": "9"}, "mask_message"),
        ({"type": "date", "earliest": "2027-02-01", "latest": "2027-01-01"}, "latest"),
        ({"type": "role", "roles": [{"type": "item", "value": {"role": "patient", "label": ""}}]}, "roles"),
    ],
)
def test_a_limit_that_nothing_can_meet_is_an_error_when_saved(settings, at):
    stream = form_stream(*PERSON, {"label": "Question", "key": "question", **settings})
    with pytest.raises(ValidationError) as caught:
        stream.stream_block.clean(stream)
    assert at in caught.value.as_json_data()["blockErrors"][2]["blockErrors"]
