"""The group of the communications staff: what it may do, what it may not, and that it can be set up again."""

import io

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from campaigns.models import Letter
from campaigns.services import staff
from home.models import HomePage, OrganisationSettings, SiteText
from tests.factories import campaigns, home
from tests.factories.letters import make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    home.fresh_site()


@pytest.fixture
def member(client):
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder-medical.example", "x")
    user.groups.add(group)
    client.force_login(user)
    return client


def _opens(client, name: str, *args: object) -> bool:
    return client.get(reverse(name, args=args)).status_code == 200


def test_staff_may_add_edit_and_publish_every_page(member):
    page = campaigns.campaign_page()
    user = User.objects.get(username="erin")
    for one in (page, page.get_parent(), HomePage.objects.first()):
        allowed = one.permissions_for_user(user)
        assert (allowed.can_edit(), allowed.can_publish()) == (True, True)
    assert page.get_parent().permissions_for_user(user).can_add_subpage()
    assert _opens(member, "wagtailadmin_pages:edit", page.pk)


def test_staff_may_read_and_export_what_a_form_brought_in(member):
    page = campaigns.action_page()
    assert _opens(member, "wagtailforms:index")
    assert page.title in member.get(reverse("wagtailforms:index")).content.decode()
    assert member.get(reverse("wagtailforms:list_submissions", args=[page.pk]), {"export": "csv"}).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        *("wagtailimages:index", "wagtailimages:add", "wagtaildocs:index", "wagtaildocs:add"),
        *("wagtailsnippets_home_sitetext:list", "wagtailsnippets_home_sitetext:add"),
        *("wagtailsnippets_campaigns_fieldgroup:add", "wagtailsnippets_campaigns_officiallist:add"),
        *("letters:index", "campaign_numbers:index", "officials:index", "data-loads:index"),
    ],
)
def test_staff_may_open(member, name):
    assert _opens(member, name)


def test_staff_may_edit_the_header_the_footer_and_the_organisation(member):
    home.home_page()
    text = SiteText.objects.create(locale=home.locale("en"), site_title="Act")
    assert _opens(member, "wagtailsnippets_home_sitetext:edit", text.pk)
    site = home.organisation().site
    url = reverse("wagtailsettings:edit", args=["home", "organisationsettings", site.pk])
    assert member.post(url, {"name": "Birch Medical Society", "reading_level": "8"}).status_code == 302
    assert OrganisationSettings.for_site(site).name == "Birch Medical Society"


def test_staff_may_read_letters_and_put_one_back_into_the_queue(member):
    letter: Letter = make_letter(state="failed")
    assert _opens(member, "letters:letter", letter.pk)
    member.post(reverse("letters:retry", args=[letter.pk]))
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == "queued"


def test_staff_may_send_a_page_to_translation(member):
    home.locale("es")
    page = campaigns.campaign_page()
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert member.get(url).status_code == 200
    member.post(url, {"locales": [Locale.objects.get(language_code="es").pk], "publish_translations": "on"})
    assert page.get_translations().filter(locale__language_code="es").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/",
        "/admin/groups/",
        "/admin/locales/",
        "/admin/sites/",
        "/admin/users/new/",
        "/admin/workflows/list/",
    ],
)
def test_staff_may_not_manage_people_or_the_site(member, path):
    assert member.get(path).status_code == 302
    assert member.get(path).url.startswith("/admin/")


def test_setting_up_again_changes_nothing_and_takes_nothing_away():
    group, given = staff.set_up_group()
    extra = Permission.objects.get(codename="add_redirect")
    group.permissions.add(extra)
    assert given > 0
    again, given_again = staff.set_up_group()
    assert (again, given_again) == (group, 0)
    assert extra in group.permissions.all()
    assert GroupPagePermission.objects.filter(group=group).count() == len(staff.ON_PAGES)


def test_a_group_that_lost_a_permission_gets_it_back():
    group, _given = staff.set_up_group()
    group.permissions.remove(Permission.objects.get(codename="view_letter"))
    out = io.StringIO()
    call_command("set_up_staff_group", stdout=out)
    assert out.getvalue() == "Communications staff: 1 permission given.\n"


def test_a_release_leaves_a_group_as_the_society_has_made_it():
    call_command("set_up_staff_group", if_missing=True, stdout=io.StringIO())
    group = Group.objects.get(name=staff.GROUP_NAME)
    group.permissions.clear()
    call_command("set_up_staff_group", if_missing=True, stdout=io.StringIO())
    assert group.permissions.count() == 0


def test_before_the_database_is_ready_nothing_is_half_made():
    Permission.objects.filter(codename="submit_translation").delete()
    with pytest.raises(CommandError, match="wagtail_localize.submit_translation"):
        call_command("set_up_staff_group")
    assert not Group.objects.filter(name=staff.GROUP_NAME).exists()
    assert Page.objects.filter(depth=1).exists()


def test_a_migration_gives_the_group_what_is_new_and_not_what_was_taken_away():
    group, _given = staff.set_up_group()
    taken, new = (Permission.objects.get(codename=name) for name in ("add_fieldgroup", "view_story"))
    group.permissions.remove(taken)
    # As in a database that an older version made: it has never heard of this one.
    new.delete()
    call_command("migrate", verbosity=0)
    held = set(group.permissions.values_list("codename", flat=True))
    assert "view_story" in held
    assert "add_fieldgroup" not in held
    group.permissions.remove(Permission.objects.get(codename="view_story"))
    call_command("migrate", verbosity=0)
    assert not group.permissions.filter(codename__in=["view_story", "add_fieldgroup"]).exists()


def test_a_migration_makes_no_group():
    Group.objects.filter(name=staff.GROUP_NAME).delete()
    Permission.objects.get(codename="view_story").delete()
    call_command("migrate", verbosity=0)
    assert Permission.objects.filter(codename="view_story").exists()
    assert not Group.objects.filter(name=staff.GROUP_NAME).exists()
