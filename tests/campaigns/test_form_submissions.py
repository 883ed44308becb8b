"""What a form brought in, as staff see it: list, export, log and deletion."""

import csv
import io
import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Locale, PageLogEntry

from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Letter, Submission
from tests.factories import advocates, campaigns, delivery
from tests.factories.forms import raw_stream

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


def _submission(page, **answers):
    data = {
        "name": {"title": "Dr.", "given": "Ana", "family": "Ruiz"},
        "email": "ana@clinic.example",
        "home": {"street": "12 Maple Street", "unit": "", "city": "Alderton", "state": "AX", "zip_code": "69901"},
        "role": "dr",
        "clinic": "Alder Clinic",
        "years": 12,
        **answers,
    }
    return Submission.objects.create(
        token=uuid.uuid4(),
        page=page,
        page_title=page.title,
        page_key=page.translation_key,
        campaign_key=uuid.uuid4(),
        campaign_title="Parity",
        advocate=advocates.advocate(f"{uuid.uuid4()}@clinic.example"),
        language=page.locale.language_code,
        form_data=data,
        submit_time=datetime(2027, 3, 27, 12, tzinfo=UTC),
    )


def _letter(submission):
    return Letter.objects.create(
        submission=submission,
        outbox_message=delivery.make_message(),
        campaign_key=submission.campaign_key,
        advocate=submission.advocate,
        target_key="official:1",
        recipient_name="Senator",
    )


def _publish(page, *fields):
    page.form_fields = raw_stream(*fields)
    page.save_revision().publish()


def _list_url(page):
    return reverse("wagtailforms:list_submissions", args=[page.pk])


def _rows_of_csv(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def _spanish(page):
    spanish, _created = Locale.objects.get_or_create(language_code="es")
    page.copy_for_translation(spanish, copy_parents=True)
    translated = ActionPage.objects.get(translation_key=page.translation_key, locale=spanish)
    options = [{**option, "label": f"ES {option['label']}"} for option in ROLE["options"]]
    translated.form_fields = raw_stream(*FIELDS[:3], {**ROLE, "label": "Función", "options": options}, *FIELDS[4:])
    translated.save_revision().publish()
    return ActionPage.objects.get(pk=translated.pk)


def test_the_forms_menu_lists_the_page(editor, page):
    response = editor.get(reverse("wagtailforms:index"))
    assert response.status_code == 200
    assert b"Parity" in response.content


def test_the_list_shows_labels_names_and_addresses(editor, page):
    _submission(page)
    content = editor.get(_list_url(page)).content.decode()
    assert "Doctor" in content
    assert "Dr. Ana Ruiz" in content
    assert "12 Maple Street, Alderton, AX 69901" in content
    assert "{" not in content[content.index("<tbody>") : content.index("</tbody>")]


def test_what_a_visitor_typed_is_no_markup_in_the_list(editor, page):
    _submission(page, clinic="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in editor.get(_list_url(page)).content


def test_submissions_of_every_language_are_one_list(editor, page):
    translated = _spanish(page)
    _submission(page, clinic="English clinic")
    _submission(translated, clinic="Spanish clinic", role="rn")
    for shown, label in ((page, "Nurse"), (translated, "ES Nurse")):
        content = editor.get(_list_url(shown)).content.decode()
        assert "English clinic" in content
        assert "Spanish clinic" in content
        assert label in content


def test_answers_can_be_shown_with_the_labels_of_another_language(page):
    translated = _spanish(page)
    form = translated.get_form({"role": "dr"})
    form.is_valid()
    assert form.answer_labels("en")["role"] == "Doctor"
    assert form.answer_labels("es")["role"] == "ES Doctor"
    assert form.answer_labels()["role"] == "ES Doctor"


def test_an_answer_to_a_field_that_was_taken_away_is_still_listed(editor, page):
    _submission(page, role="rn")
    _publish(page, *FIELDS[:3], CLINIC)
    content = editor.get(_list_url(page)).content.decode()
    assert "Role (no longer asked)" in content
    assert "Nurse" in content


def test_an_answer_whose_option_was_taken_away_keeps_its_label(editor, page):
    _submission(page, role="rn")
    _publish(page, *FIELDS[:3], {**ROLE, "options": ROLE["options"][:1]})
    assert "Nurse" in editor.get(_list_url(page)).content.decode()


def test_the_csv_has_a_column_for_each_part_and_no_formula(editor, page):
    _submission(page, clinic="=HYPERLINK(1)", name={"title": "@Dr", "given": "+Ana", "family": "-Ruiz"}, years=-3)
    heading, row = _rows_of_csv(editor.get(_list_url(page), {"export": "csv"}))
    cells = dict(zip(heading, row, strict=True))
    assert list(cells) == [
        "Submission date", "Title", "Given name", "Family name", "E-mail", "Home or practice", "Street address",
        "Apartment or suite", "City or town", "State", "ZIP code", "Role", "Clinic", "Years",
    ]  # fmt: skip
    assert cells["Clinic"] == "'=HYPERLINK(1)"
    assert (cells["Title"], cells["Given name"], cells["Family name"]) == ("'@Dr", "'+Ana", "'-Ruiz")
    assert cells["Role"] == "Doctor"
    assert cells["Years"] == "-3"
    assert cells["ZIP code"] == "69901"
    # An answer of a time when forms asked for nothing else.
    assert cells["Home or practice"] == "Home address"


def test_the_workbook_has_texts_and_numbers_and_no_formula(editor, page):
    _submission(page, clinic="=1+1", email="\x00=x@clinic.example")
    response = editor.get(_list_url(page), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = {sheet.cell(1, column).value: sheet.cell(2, column) for column in range(1, sheet.max_column + 1)}
    assert cells["Clinic"].value == "'=1+1"
    assert cells["E-mail"].value == "'=x@clinic.example"
    assert cells["Years"].value == 12
    assert "f" not in {cell.data_type for cell in cells.values()}


def test_a_label_is_no_formula_either(editor):
    fields = (NAME, EMAIL, ADDRESS, {**CLINIC, "label": "=1+1"})
    page = campaigns.action_page(form_fields=raw_stream(*fields), targets=[], letter_subject="", letter_body="")
    heading = _rows_of_csv(editor.get(_list_url(page), {"export": "csv"}))[0]
    assert heading[-1] == "'=1+1"


def test_looking_and_exporting_are_logged_without_personal_data(editor, page):
    _submission(page)
    editor.get(_list_url(page))
    b"".join(editor.get(_list_url(page), {"export": "csv"}).streaming_content)
    entries = PageLogEntry.objects.filter(page=page, action__startswith="campaigns.").order_by("id")
    assert [(entry.action, entry.user.username, entry.data) for entry in entries] == [
        ("campaigns.view_submissions", "editor", {}),
        ("campaigns.export_submissions", "editor", {"format": "csv", "count": 1}),
    ]
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Exported 1 submission of the form (csv)" in history


# --- Deleting --------------------------------------------------------------------------------------------


def _delete(client, page, *ids, confirm=True):
    url = (
        reverse("wagtailforms:delete_submissions", args=[page.pk])
        + "?"
        + "&".join(f"selected-submissions={n}" for n in ids)
    )
    return client.post(url, follow=True) if confirm else client.get(url, follow=True)


def test_a_submission_with_letters_is_kept_and_staff_are_told_why(editor, page):
    submission = _submission(page)
    _letter(submission)
    for confirm in (False, True):
        response = _delete(editor, page, submission.pk, confirm=confirm)
        assert response.status_code == 200
    assert "cannot be deleted" in _delete(editor, page, submission.pk, confirm=False).content.decode()
    assert Submission.objects.filter(pk=submission.pk).exists()


def test_a_submission_without_letters_is_deleted_and_that_is_logged(editor, page):
    kept, gone = _submission(page), _submission(page)
    _letter(kept)
    question = _delete(editor, page, kept.pk, gone.pk, confirm=False).content.decode()
    assert "Are you sure" in question
    _delete(editor, page, kept.pk, gone.pk)
    assert list(Submission.objects.all()) == [kept]
    assert PageLogEntry.objects.get(action="campaigns.delete_submissions").data == {"count": 1}


def test_nonsense_in_the_selection_deletes_nothing(editor, page):
    _submission(page)
    assert _delete(editor, page, "x", "9" * 40, "-1").status_code == 200
    assert Submission.objects.count() == 1


def test_an_editor_of_one_form_reaches_no_other(client, page):
    other = campaigns.action_page(
        parent=campaigns.campaign_page(title="Other"),
        form_fields=raw_stream(*FIELDS),
        targets=[],
        letter_subject="",
        letter_body="",
    )
    theirs = _submission(other)
    group = Group.objects.create(name="Parity editors")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    user = User.objects.create_user("staff", "staff@alder-medical.example", "x")
    user.groups.add(group)
    client.force_login(user)
    assert client.get(_list_url(page)).status_code == 200
    assert client.get(_list_url(other), {"export": "csv"}).status_code == 302
    _delete(client, other, theirs.pk)
    _delete(client, page, theirs.pk)
    assert Submission.objects.filter(pk=theirs.pk).exists()


def test_a_page_that_is_deleted_leaves_its_submissions(editor, page):
    submission = _submission(page)
    _letter(submission)
    response = editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response.status_code == 302
    submission.refresh_from_db()
    assert submission.page is None
    assert submission.page_title == "Parity"


@pytest.mark.parametrize("mode", ["form", "landing"])
def test_both_previews_of_a_form_render(rf, page, mode):
    assert page.make_preview_request(preview_mode=mode).status_code == 200
