"""What an editor may publish, what a draft may leave open, and what translators are sent."""

import json

import pytest
from wagtail.blocks import StreamBlockValidationError

from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.blocks.form_keys import fill_keys
from campaigns.blocks.form_specs import specs_of
from campaigns.engine.frozen_keys import PublishedFieldFacts
from tests.factories.forms import EVERY_TYPE, form_stream


def _errors(*fields, is_draft=False):
    """What is wrong with each block, by position and input."""
    block = FormFieldsBlock()
    clean = block.clean_deferred if is_draft else block.clean
    try:
        clean(block.to_python(form_stream(*fields).get_prep_value()))
    except StreamBlockValidationError as error:
        return {position: set(child["blockErrors"]) for position, child in error.as_json_data()["blockErrors"].items()}
    return {}


def _text(**settings):
    return {"type": "text", "label": "Employer", **settings}


def test_a_form_of_every_type_can_be_published():
    assert _errors(*EVERY_TYPE) == {}


def test_two_fields_with_one_key_are_an_error_at_the_second():
    assert _errors(_text(key="a"), _text(key="b"), _text(key="a", id="third")) == {2: {"key"}}


@pytest.mark.parametrize("name", ["name", "email", "source"])
def test_a_form_asks_only_once_who_somebody_is(name):
    twice = [{"type": name, "label": "One", "key": key} for key in ("one", "two")]
    assert _errors(*twice) == {1: {"label"}}


@pytest.mark.parametrize("name", ["choice", "choices"])
def test_a_choice_needs_options_of_different_values(name):
    assert _errors({"type": name, "label": "Role", "options": []}) == {0: {"options"}}
    same = [{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]
    assert _errors({"type": name, "label": "Role", "options": same}) == {0: {"options"}}


def test_the_limits_of_a_number_may_not_be_crossed():
    assert _errors({"type": "number", "label": "Years", "minimum": 5, "maximum": 4}) == {0: {"maximum"}}


def test_two_consents_for_one_purpose_are_an_error():
    consent = {"type": "consent", "label": "News", "text": "Yes", "purpose": "news"}
    assert _errors({**consent, "key": "a"}, {**consent, "key": "b"}) == {1: {"purpose"}}


@pytest.mark.parametrize("key", ["Employer", "where work", "token", "a__b", "1st", "é"])
def test_a_key_that_is_not_lower_snake_case_is_an_error_at_the_key(key):
    assert _errors(_text(key=key)) == {0: {"key"}}


def test_a_field_without_a_label_cannot_be_published():
    assert _errors(_text(label="")) == {0: {"label"}}


def test_a_draft_may_be_half_done():
    half_done = [
        _text(label=""),
        {"type": "choice", "label": "Role", "options": []},
        _text(key="a"),
        _text(key="a", id="x"),
    ]
    assert _errors(*half_done) == {0: {"label"}, 1: {"options"}, 3: {"key"}}
    assert _errors(*half_done, is_draft=True) == {}


def test_a_draft_with_two_equal_keys_still_shows_every_field():
    keys = [spec.clean_name for spec in specs_of(form_stream(_text(key="a"), _text(key="a", id="x"), _text(label="")))]
    assert keys == ["a", "a_2", "text"]


def test_no_heading_and_no_new_field_takes_the_key_of_another():
    fields = ({"type": "heading", "label": "Employer"}, _text(id="new"), _text(key="employer"))
    assert [spec.clean_name for spec in specs_of(form_stream(*fields))] == ["", "employer_2", "employer"]


# --- Making keys -----------------------------------------------------------------------------------------


def test_empty_keys_and_values_are_made_from_the_labels_and_stored():
    stream = form_stream(
        _text(),
        _text(id="second"),
        {"type": "choice", "label": "Role", "options": [{"label": "Doctor"}, {"label": "Doctor"}]},
        {"type": "heading", "label": "About"},
    )
    fill_keys(stream, [])
    stored = [child["value"] for child in stream.get_prep_value()]
    assert [value.get("key") for value in stored] == ["employer", "employer_2", "role", None]
    assert [item["value"]["value"] for item in stored[2]["options"]] == ["doctor", "doctor_2"]


def test_an_editor_that_stayed_open_gives_a_published_field_its_key_back():
    published = [PublishedFieldFacts("b1", "employer", "text"), PublishedFieldFacts("gone", "clinic", "text")]
    stream = form_stream(_text(id="b1", label="Clinic"), _text(id="new", label="Clinic"))
    fill_keys(stream, published)
    assert [child.value["key"] for child in stream] == ["employer", "clinic_2"]


def test_a_published_option_gets_its_value_back():
    published = [PublishedFieldFacts("b1", "role", "choice", "Role", {"o1": ("dr", "Doctor")})]
    options = [{"id": "o1", "label": "Physician"}, {"id": "o2", "label": "Dr"}]
    stream = form_stream({"type": "choice", "id": "b1", "label": "Role", "options": options})
    fill_keys(stream, published)
    assert [option["value"] for option in stream[0].value["options"]] == ["dr", "dr_2"]


def test_a_field_without_a_label_waits_for_its_key():
    stream = form_stream(_text(label=""))
    fill_keys(stream, [])
    assert stream[0].value["key"] == ""


# --- Translation -----------------------------------------------------------------------------------------


def test_translators_are_sent_labels_and_never_keys():
    from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

    stream = form_stream(*EVERY_TYPE)
    segments = StreamFieldSegmentExtractor(None).handle_stream_block(stream)
    last_steps = {segment.path.rsplit(".", 1)[-1] for segment in segments}
    assert last_steps == {"label", "help_text", "text", "mask_message"}
    sent = {segment.string.data for segment in segments if segment.string.data}
    assert {"Your name", "Emergency medicine", "Keep me informed by e-mail."} <= sent
    assert sent.isdisjoint({"employer", "specialty", "er", "family", "delay", "newsletter", "source"})


def test_the_stream_survives_being_stored():
    stream = form_stream(*EVERY_TYPE)
    stored = json.loads(json.dumps(stream.get_prep_value(), default=str))
    assert specs_of(FormFieldsBlock().to_python(stored)) == specs_of(stream)
