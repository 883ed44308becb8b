"""Staff see how many addresses want no mail, and whose only when they type it."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import ModelLogEntry

from delivery.records.recipients import Suppression
from delivery.selectors import suppressions as listed
from delivery.services import suppressions

pytestmark = pytest.mark.django_db
PATH, ADA = "/admin/suppressions/", "ada.quill@clinic.example"


def _client(*codenames: str) -> Client:
    group = Group.objects.create(name="staff")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user = User.objects.create_user("staff")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def _listed() -> None:
    for stream in ("alert", "receipt"):
        suppressions.suppress(address=ADA, stream=stream, reason=Suppression.Reason.COMPLAINED)


@pytest.mark.usefixtures("_listed")
def test_who_may_not_change_the_list_does_not_see_it() -> None:
    client = _client()
    assert client.get(PATH).status_code == 302
    assert client.post(PATH, {"address": ADA}).status_code == 302
    assert listed.is_suppressed(ADA, "alert")


@pytest.mark.usefixtures("_listed")
def test_numbers_are_shown_and_an_address_that_is_typed_is_lifted_without_a_name_in_the_log() -> None:
    client = _client("change_suppression")
    page = client.get(PATH).content.decode()
    assert "Alert to a supporter" in page
    assert ADA not in page
    answer = client.post(PATH, {"address": ADA.upper()}, follow=True).content.decode()
    assert "2 entries were removed" in answer
    assert not Suppression.objects.exists()
    entry = ModelLogEntry.objects.get(action="delivery.lift_suppression")
    assert entry.data == {"count": 2}
    assert "ada" not in f"{entry.label} {entry.object_id}".lower()


@pytest.mark.usefixtures("_listed")
@pytest.mark.parametrize("address", ["", "x", "other@clinic.example", "a" * 5_000])
def test_anything_else_changes_nothing(address: str) -> None:
    assert _client("change_suppression").post(PATH, {"address": address}, follow=True).status_code == 200
    assert Suppression.objects.count() == 2
    assert not ModelLogEntry.objects.filter(action="delivery.lift_suppression").exists()
