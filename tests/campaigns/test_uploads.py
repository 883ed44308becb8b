"""Files that come with a form: from the first step to the staff, and away again."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from campaigns.content.flow_uploads import REMOVE_INPUT
from campaigns.engine import networks
from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Submission
from campaigns.records.uploads import Upload, private_storage
from campaigns.services import uploads
from tests.campaigns.test_upload_checks import PLAIN_PDF, photograph, picture
from tests.factories import campaigns as make
from tests.factories import participation
from tests.factories.letters import make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

NAME_AND_EMAIL = [make.FIELDS[0], make.FIELDS[1]]


def _page(**field):
    photo = {"label": "Your photograph", "key": "photo", "is_required": False, "megabytes": 1, "most": 2, **field}
    return make.action_page(
        form_fields=[*NAME_AND_EMAIL, ("upload", photo)], targets=[], letter_subject="", letter_body=""
    )


def _file(data=None, name="clinic.jpg"):
    return SimpleUploadedFile(name, picture() if data is None else data)


def _typed(page, **changes):
    person = {name: make.PERSON[name] for name in ("name__title", "name__given", "name__family", "email")}
    return {**person, "stage": "details", "token": str(uuid.uuid4()), **make.opened(page), **changes}


def _tokens(response):
    found = make.hidden(response).get("photo__held", [])
    return [found] if isinstance(found, str) else found


def _errors(response):
    return [str(message) for _target, message in response.context["errors"]]


def test_a_form_with_files_says_so_and_others_do_not(client):
    assert b'enctype="multipart/form-data"' in client.get(_page().url).content
    assert b"enctype" not in client.get(make.action_page(slug="other").url).content


def test_a_file_that_comes_with_the_form_is_kept_with_the_submission(client):
    page = _page()
    response = client.post(page.url, _typed(page, photo=_file(photograph())))
    assert response.status_code == 302
    upload = Upload.objects.get()
    submission = Submission.objects.get()
    assert upload.submission == submission
    assert submission.form_data["photo"] == {upload.key.hex: "clinic.jpg"}
    assert "clinic" not in upload.file.name
    assert b"0048213" not in upload.file.open().read()


def test_a_file_survives_an_error_elsewhere_and_is_sent_with_the_rest(client):
    page = _page()
    typed = _typed(page, email="none")
    response = client.post(page.url, {**typed, "photo": _file()})
    assert b"clinic.jpg" in response.content
    (token,) = _tokens(response)
    assert Upload.objects.get().submission is None
    response = client.post(page.url, {**typed, "email": "maria@clinic.example", "photo__held": token})
    assert response.status_code == 302
    assert Upload.objects.get().submission == Submission.objects.get()


def test_a_file_goes_along_to_the_letters_and_is_kept_when_they_are_confirmed(client):
    fields = [*make.FIELDS, ("upload", {"label": "Photo", "key": "photo", "is_required": True, "megabytes": 1})]
    page = make.action_page(form_fields=fields)
    review = client.post(page.url, {**_typed(page, **make.person()), "photo": _file()})
    assert b"clinic.jpg" in review.content
    assert Upload.objects.get().submission is None
    assert make.confirm(page, client, review).status_code == 302
    assert Upload.objects.get().submission == Submission.objects.get()


def test_the_same_form_sent_twice_keeps_one_file_and_leads_to_one_receipt(client):
    page = _page()
    typed = _typed(page, email="none")
    (token,) = _tokens(client.post(page.url, {**typed, "photo": _file()}))
    whole = {**typed, "email": "maria@clinic.example", "photo__held": token}
    first, second = client.post(page.url, whole), client.post(page.url, whole)
    assert first.status_code == second.status_code == 302
    assert Submission.objects.count() == Upload.objects.count() == 1


def test_a_file_can_be_taken_back_and_is_gone(client, django_capture_on_commit_callbacks):
    page = _page()
    typed = _typed(page, email="none")
    (token,) = _tokens(client.post(page.url, {**typed, "photo": _file()}))
    name = Upload.objects.get().file.name
    del typed["stage"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page.url, {**typed, "photo__held": token, REMOVE_INPUT: f"photo {token}"})
        assert "The file has been removed." in response.content.decode()
    assert response.status_code == 200
    assert _tokens(response) == []
    assert b"Maria" in response.content
    assert not Upload.objects.exists()
    assert not private_storage().exists(name)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ((b"", "empty.jpg"), "empty"),
        ((b"MZ program", "holiday.jpg"), "not a file that we can take"),
        ((b"\xff\xd8\xff" + b"x" * 1_000_001, "large.jpg"), "larger than 1 MB"),
        ((None, "a.exe.jpg"), "does not fit"),
        ((PLAIN_PDF.replace(b"/OpenAction", b"/JS (x) /X"), "a.pdf"), "holds programs"),
    ],
)
def test_what_is_not_taken_is_said_at_the_field_and_nothing_is_stored(client, file, says):
    page = _page()
    data, name = file
    response = client.post(page.url, _typed(page, photo=_file(data, name)))
    assert response.status_code == 200
    (error,) = _errors(response)
    assert says in error
    assert not Upload.objects.exists()
    assert not Submission.objects.exists()


def test_no_more_files_are_taken_than_the_field_allows(client):
    page = _page(most=2)
    response = client.post(page.url, _typed(page, photo=[_file(name=f"{n}.jpg") for n in range(3)]))
    assert "no more than 2" in _errors(response)[0]
    assert len(_tokens(response)) == Upload.objects.count() == 2


def test_where_one_file_is_asked_for_another_takes_its_place(client, django_capture_on_commit_callbacks):
    page = _page(most=1)
    typed = _typed(page, email="none")
    (first,) = _tokens(client.post(page.url, {**typed, "photo": _file()}))
    response = client.post(page.url, {**typed, "photo": _file(b"no picture", name="notes.jpg"), "photo__held": first})
    assert _tokens(response) == [first], "what cannot be taken replaces nothing"
    sent = {**typed, "email": "maria@clinic.example", "photo": _file(name="ward.jpg"), "photo__held": first}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page.url, sent).status_code == 302
    assert list(Submission.objects.get().form_data["photo"].values()) == ["ward.jpg"]
    assert Upload.objects.count() == 1


def test_a_required_file_that_is_missing_is_an_error_at_its_field(client):
    page = _page(is_required=True)
    response = client.post(page.url, _typed(page))
    assert _errors(response) == ["Choose a file for “Your photograph”."]


def test_a_token_of_another_page_or_that_was_made_up_brings_no_file(client):
    page, other = _page(), None
    other = make.action_page(
        slug="other", form_fields=list(page.form_fields.raw_data), targets=[], letter_subject="", letter_body=""
    )
    (token,) = _tokens(client.post(page.url, {**_typed(page, email="none"), "photo": _file()}))
    for wrong in (token, "photo." + uuid.uuid4().hex, "", "\x00"):
        response = client.post(other.url, _typed(other, photo__held=wrong))
        assert "no longer have a file" in _errors(response)[0]
    assert not Submission.objects.exists()


def test_nothing_more_is_taken_while_too_much_lies_here(client, settings):
    settings.UPLOADS_WAITING_MEGABYTES = 0
    page = _page()
    client.post(page.url, {**_typed(page, email="none"), "photo": _file()})
    response = client.post(page.url, _typed(page, photo=_file()))
    assert "cannot take files just now" in _errors(response)[0]


def test_the_site_s_limit_holds_whatever_the_editor_says(client, settings):
    settings.UPLOAD_MAX_MEGABYTES = 0
    page = _page()
    assert "larger than" in _errors(client.post(page.url, _typed(page, photo=_file())))[0]


def test_what_was_never_sent_is_swept_away_after_a_day_and_nothing_else(client, django_capture_on_commit_callbacks):
    page = _page()
    client.post(page.url, _typed(page, photo=_file()))
    kept = Upload.objects.get()
    old, fresh = _stored("old.jpg"), _stored("fresh.jpg")
    yesterday = timezone.now() - timedelta(hours=25)
    Upload.objects.filter(pk__in=[old.pk, kept.pk]).update(uploaded_at=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.sweep() == 1
    assert set(Upload.objects.values_list("pk", flat=True)) == {fresh.pk, kept.pk}
    assert not private_storage().exists(old.file.name)
    assert private_storage().exists(kept.file.name)


def test_a_file_whose_row_went_with_others_is_swept_away_too(monkeypatch):
    upload = _stored("a.jpg")
    Upload.objects.all().delete()
    assert uploads.sweep() == 0
    assert private_storage().exists(upload.file.name)
    monkeypatch.setattr(uploads, "HELD_FOR", timedelta(hours=-1))
    assert uploads.sweep() >= 1
    assert not private_storage().exists(upload.file.name)


def test_staff_find_the_file_in_the_list_and_get_it_as_a_download(client, admin_client):
    page = _page()
    client.post(page.url, _typed(page, photo=_file()))
    upload = Upload.objects.get()
    address = reverse("campaigns_upload", args=[upload.key])
    listing = admin_client.get(reverse("wagtailforms:list_submissions", args=[page.pk]))
    assert f'<a href="{address}">clinic.jpg</a>' in listing.content.decode()
    response = admin_client.get(address)
    assert response.getvalue() == upload.file.open().read()
    assert response["Content-Disposition"] == 'attachment; filename="clinic.jpg"'
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_nobody_else_gets_it(client):
    page = _page()
    client.post(page.url, _typed(page, photo=_file()))
    address = reverse("campaigns_upload", args=[Upload.objects.get().key])
    assert client.get(address).status_code == 302
    user = User.objects.create_user("moderator", "m@alder-medical.example", "x")
    user.groups.add(Group.objects.get(name="Editors"))
    Group.objects.get(name="Editors").page_permissions.all().delete()
    client.force_login(user)
    assert client.get(address).status_code in (302, 403)
    assert client.get(f"/media/{Upload.objects.get().file.name}").status_code == 404


def test_a_file_that_was_not_sent_yet_is_shown_to_nobody(admin_client):
    address = reverse("campaigns_upload", args=[_stored("a.jpg").key])
    assert admin_client.get(address).status_code == 404


def test_deleting_a_submission_deletes_its_file(client, admin_client, django_capture_on_commit_callbacks):
    page = _page()
    client.post(page.url, _typed(page, photo=_file()))
    name = Upload.objects.get().file.name
    address = reverse("wagtailforms:delete_submissions", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"{address}?selected-submissions={Submission.objects.get().pk}")
    assert not Submission.objects.exists()
    assert not Upload.objects.exists()
    assert not private_storage().exists(name)


def _stored(name):
    return uploads.hold(
        page_key=uuid.uuid4(), field_key="photo", file=_file(name=name), types=("image/jpeg",), megabytes=1
    )


def test_a_story_that_is_taken_back_takes_its_photographs_along(client, django_capture_on_commit_callbacks):
    fields = [*participation.NAME_AND_MAIL, ("upload", {"label": "Photo", "key": "photo", "is_required": False})]
    page = participation.page(participation.action("story"), form_fields=fields)
    client.post(page.url, _typed(page, story_text="The drive took two hours.", photo=_file()))
    submission = Submission.objects.get()
    path = Upload.objects.get().file.name
    url = reverse("campaigns:withdraw_story", args=[sign_receipt(submission.key), submission.taken_actions.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)
    submission.refresh_from_db()
    assert submission.form_data["photo"] == {}
    assert not Upload.objects.exists()
    assert not private_storage().exists(path)


# --- A sender's share ------------------------------------------------------------------------------------


def _hold(size=1000, network="203.0.113.0/24", **changes):
    """A row alone stands for a file of that size."""
    upload = uploads.hold(
        page_key=uuid.uuid4(),
        field_key="photo",
        file=_file(name="a.jpg"),
        types=("image/jpeg",),
        megabytes=1,
        network=network,
    )
    Upload.objects.filter(pk=upload.pk).update(size=size, **changes)
    return upload


def _is_taken(network):
    try:
        _hold(network=network)
    except uploads.Refused as refused:
        return refused.why != uploads.Why.NO_SPACE
    return True


@pytest.fixture
def one_megabyte(settings):
    settings.UPLOADS_WAITING_MEGABYTES = 1


def test_one_sender_does_not_take_all_the_room(one_megabyte):
    _hold(size=199_900)
    assert not _is_taken("203.0.113.0/24")
    assert _is_taken("198.51.100.0/24")


def test_many_senders_have_to_be_many_before_nobody_else_gets_in(one_megabyte):
    count = 0
    for number in range(100):
        network = f"10.0.{number}.0/24"
        if not _is_taken(network):
            break
        count += 1
        Upload.objects.filter(sender=Upload.objects.latest("pk").sender).update(size=100_000)
    assert count >= 10


def test_what_was_sent_with_a_form_that_is_clear_makes_room_and_with_another_does_not(one_megabyte):
    submission = make_submission()
    _hold(size=300_000, submission=submission)
    assert _is_taken("203.0.113.0/24")
    Submission.objects.filter(pk=submission.pk).update(standing="quarantined")
    assert not _is_taken("203.0.113.0/24")
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    assert _is_taken("203.0.113.0/24")


def test_where_the_network_is_not_known_nobody_is_kept_out_for_others(one_megabyte):
    _hold(size=400_000, network="")
    assert _is_taken("")


def test_the_network_is_kept_as_a_hash_and_for_a_day_only(client):
    page = _page()
    client.post(page.url, _typed(page, photo=_file()))
    kept = Upload.objects.get()
    assert len(kept.sender) == 64
    uploads.sweep()
    assert Upload.objects.get().sender == kept.sender
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    uploads.sweep()
    assert Upload.objects.get().sender == ""


def test_all_that_one_customer_has_is_one_sender():
    assert networks.site_of("2001:db8:7:1::5") == networks.site_of("2001:db8:7:ffff::9") == "2001:db8:7::/48"
    assert networks.site_of("203.0.113.7") == networks.site_of("::ffff:203.0.113.9") == "203.0.113.0/24"
    assert networks.site_of("nonsense") == ""
