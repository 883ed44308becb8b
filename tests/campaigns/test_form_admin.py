"""The form as an editor composes it: what can be published, and which keys stay."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from campaigns.models import ActionPage
from campaigns.records.published_fields import PublishedField
from tests.factories import campaigns
from tests.factories.forms import editor_data, empty_streams, raw_stream

pytestmark = pytest.mark.django_db

ROLE = {
    "type": "choice",
    "label": "Role",
    "key": "role",
    "id": "b-role",
    "options": [{"id": "o-dr", "value": "dr", "label": "Doctor"}, {"id": "o-rn", "value": "rn", "label": "Nurse"}],
}
NAME = {"type": "name", "label": "Your name", "key": "name", "id": "b-name"}
EMAIL = {"type": "email", "label": "E-mail", "key": "email", "id": "b-email"}
ADDRESS = {"type": "address", "label": "Home", "key": "home", "id": "b-home"}
CLINIC = {"type": "text", "label": "Clinic", "key": "clinic", "id": "b-clinic", "is_required": False}
YEARS = {"type": "number", "label": "Years", "key": "years", "id": "b-years", "is_required": False}
FIELDS = (NAME, EMAIL, ADDRESS, ROLE, CLINIC, YEARS)


@pytest.fixture
def page():
    return campaigns.action_page(
        form_fields=raw_stream(*FIELDS), targets=[], letter_subject="", letter_body="", title="Parity"
    )


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor", "editor@alder-medical.example", "x"))
    return client


def _edit(client, page, *fields, action="action-publish"):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
    data.update(nested_form_data({**empty_streams(ActionPage), "form_fields": editor_data(*fields)}))
    if action:
        data[action] = "1"
    return client.post(url, data)


def _stream_errors(response):
    """Errors of the editor's form by position of the block and name of the input."""
    (error,) = response.context["form"].errors["form_fields"].as_data()
    return {position: child["blockErrors"] for position, child in error.as_json_data()["blockErrors"].items()}


def test_publishing_notes_the_keys_and_values_of_the_form(page):
    noted = PublishedField.objects.filter(page_key=page.translation_key)
    assert {(row.block_id, row.key, row.field_type) for row in noted} >= {
        ("b-name", "name", "name"),
        ("b-role", "role", "choice"),
    }
    assert noted.get(key="role").options == {"o-dr": ["dr", "Doctor"], "o-rn": ["rn", "Nurse"]}


def test_an_editor_can_publish_a_changed_form(editor, page):
    response = _edit(
        editor, page, *FIELDS[:4], {**CLINIC, "label": "Where you work"}, {"type": "date", "label": "Day", "id": "n"}
    )
    assert response.status_code == 302
    page.refresh_from_db()
    assert [spec.clean_name for spec in page.get_form_fields()] == ["name", "email", "home", "role", "clinic", "day"]
    assert PublishedField.objects.filter(page_key=page.translation_key, key="day").exists()


def test_the_key_of_a_published_field_cannot_be_changed(editor, page):
    response = _edit(editor, page, *FIELDS[:4], {**CLINIC, "key": "employer"})
    assert response.status_code == 200
    (message,) = _stream_errors(response)[4]["key"]["messages"]
    assert "“clinic”" in message
    page.refresh_from_db()
    assert page.form_fields[4].value["key"] == "clinic"


def test_the_key_of_a_published_field_cannot_be_changed_in_a_draft_either(editor, page):
    response = _edit(editor, page, *FIELDS[:4], {**CLINIC, "key": "employer"}, action=None)
    assert set(_stream_errors(response)[4]) == {"key"}


def test_a_published_key_cannot_be_used_for_another_type_of_field(editor, page):
    response = _edit(editor, page, *FIELDS[:4], {"type": "number", "label": "Clinic", "key": "clinic", "id": "new"})
    assert "Short text" in _stream_errors(response)[4]["key"]["messages"][0]


def test_the_value_of_a_published_option_cannot_be_changed(editor, page):
    options = [{**ROLE["options"][0], "value": "physician"}, ROLE["options"][1]]
    response = _edit(editor, page, *FIELDS[:3], {**ROLE, "options": options})
    assert "dr" in _stream_errors(response)[3]["options"]["messages"][0]


def test_an_editor_left_open_with_an_empty_key_and_a_new_label_keeps_the_key(editor, page):
    response = _edit(editor, page, *FIELDS[:4], {**CLINIC, "label": "Workplace", "key": ""})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.form_fields[4].value["key"] == "clinic"


def test_the_key_of_a_field_that_was_never_published_is_free(editor, page):
    draft = {"type": "text", "label": "Town", "id": "new"}
    assert _edit(editor, page, *FIELDS, {**draft, "key": "town"}, action=None).status_code == 302
    assert _edit(editor, page, *FIELDS, {**draft, "key": "place"}).status_code == 302
    page.refresh_from_db()
    assert page.form_fields[6].value["key"] == "place"


def test_unpublishing_does_not_free_the_keys(editor, page):
    page.unpublish()
    response = _edit(editor, page, *FIELDS[:4], {**CLINIC, "key": "employer"}, action=None)
    assert set(_stream_errors(response)[4]) == {"key"}


def test_a_copied_page_may_have_other_keys(page):
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)
    copy.form_fields[4].value["key"] = "employer"
    copy.full_clean()


def test_what_is_wrong_with_a_form_stands_at_the_field(editor, page):
    response = _edit(editor, page, *FIELDS[:3], {**ROLE, "options": []}, {**CLINIC, "id": "x", "key": "years"}, YEARS)
    errors = _stream_errors(response)
    assert set(errors[3]) == {"options"}
    assert set(errors[5]) == {"key"}


def test_the_editor_of_a_form_opens(editor, page):
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert b"Postal address" in response.content
