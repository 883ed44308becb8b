"""A form that was read before is not read again, and a form that was changed is."""

from typing import Any

import pytest
from django.utils import translation
from wagtail import blocks

from campaigns.blocks import form_specs
from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.blocks.form_specs import specs_of
from tests.factories.forms import raw_stream

NAME = {"type": "name", "label": "Name", "key": "name"}
STATE = {
    "type": "choice",
    "label": "State",
    "key": "state",
    "options": [{"value": "ax", "label": "Axis"}],
    "shown_when": {"conditions": [{"field": "Name", "test": "is_answered", "value": ""}], "match": "all"},
}


def _stored(*fields: dict[str, Any]) -> blocks.StreamValue:
    """A stream as it comes from the database, with nothing of it read yet; the ids of its blocks do not change."""
    stored = [{**item, "id": f"id{number}"} for number, item in enumerate(raw_stream(*fields))]
    return FormFieldsBlock().to_python(stored)


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_specs, "_KNOWN", {})


def test_what_is_stored_alike_is_put_together_once() -> None:
    first = specs_of(_stored(NAME, STATE))
    again = _stored(NAME, STATE)

    assert specs_of(again) is first
    assert not any(again._bound_blocks)
    assert [(spec.clean_name, spec.label) for spec in first] == [("name", "Name"), ("state", "State")]


def test_one_other_letter_is_another_form() -> None:
    specs_of(_stored(NAME, STATE))
    assert [spec.label for spec in specs_of(_stored(NAME, {**STATE, "label": "Your state"}))] == ["Name", "Your state"]


def test_a_form_that_is_changed_in_place_says_so_at_once() -> None:
    specs_of(_stored(NAME, STATE))
    stream = _stored(NAME, STATE)
    stream[1].value["label"] = "Where you live"

    assert [spec.label for spec in specs_of(stream)] == ["Name", "Where you live"]
    assert [spec.label for spec in specs_of(_stored(NAME, STATE))] == ["Name", "State"]


def test_each_language_has_its_own() -> None:
    english = specs_of(_stored(NAME))
    with translation.override("es"):
        assert specs_of(_stored(NAME)) is not english


def test_what_depends_on_a_setting_is_asked_for_each_time(settings: Any) -> None:
    upload = {"type": "upload", "label": "File", "key": "file", "types": ["application/pdf"], "megabytes": 8}
    assert specs_of(_stored(upload))[0].options["megabytes"] == 8

    settings.UPLOAD_MAX_MEGABYTES = 3
    assert specs_of(_stored(upload))[0].options["megabytes"] == 3


def test_no_more_is_kept_than_some_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_specs, "_MOST_KNOWN", 3)
    for number in range(10):
        specs_of(_stored({**NAME, "label": f"Name {number}"}))
        assert len(form_specs._KNOWN) <= 3
