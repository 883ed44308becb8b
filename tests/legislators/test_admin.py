"""Officials and data loads in the Wagtail admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.admin_url_finder import AdminURLFinder

from legislators.blocks.officials import OfficialChooserBlock
from legislators.models import DataLoad, Official
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


def user(name, **values):
    return get_user_model().objects.create_user(name, f"{name}@alder-medical.example", "a-long-password", **values)


@pytest.fixture
def editor(client):
    made = user("editor")
    made.groups.add(Group.objects.get(name="Editors"))
    client.force_login(made)
    return client


@pytest.fixture
def superuser(client):
    client.force_login(user("root", is_superuser=True))
    return client


@pytest.fixture
def data_load():
    return DataLoad.objects.create(
        kind="boundaries",
        source="MA_lower.json",
        started_at=timezone.now(),
        finished_at=timezone.now(),
        added=160,
        refused=[{"where": "MA_lower.json feature 4", "why": "<b>Nowhere District</b>: no such division"}],
    )


def test_an_editor_sees_officials_with_seat_and_e_mail(editor, small):
    page = editor.get(reverse("officials:index")).content.decode()
    assert "State house: 1st Birch, Alder" in page
    assert small.representative.email in page
    assert "no e-mail" in page


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ({"q": "Lindqvist"}, "Bronwyn", "Desmond"),
        ({"chamber": "state_upper"}, "Desmond", "Bronwyn"),
        ({"chamber": "us_senate"}, "Constance", "Leonora"),
        ({"has_email": "false"}, "Leonora", "Bronwyn"),
        ({"has_email": "true"}, "Bronwyn", "Leonora"),
        ({"party": "Commonfield"}, "Thaddeus", "Bronwyn"),
        ({"is_retired": "true"}, "Thaddeus", "Bronwyn"),
        ({"is_retired": "false"}, "Bronwyn", "Thaddeus"),
    ],
)
def test_officials_are_searched_and_filtered(editor, small, query, seen, unseen):
    make.official("Thaddeus Marsh", party="Commonfield", retired_at=timezone.now())
    page = editor.get(reverse("officials:index"), query).content.decode()
    assert seen in page
    assert unseen not in page


def test_officials_are_filtered_by_state(editor, small):
    other = make.jurisdiction("bx", name="Bex")
    make.member(make.division("sldl", "1", "District 1", state=other), "Thaddeus Marsh")
    page = editor.get(reverse("officials:index"), {"jurisdiction": other.pk}).content.decode()
    assert "Thaddeus" in page
    assert "Bronwyn" not in page


def test_the_list_asks_the_database_no_more_for_more_officials(editor, small, django_assert_max_num_queries):
    editor.get(reverse("officials:index"))
    for number in range(30):
        make.member(small.east, f"Member {number}")
    with django_assert_max_num_queries(25):
        assert editor.get(reverse("officials:index")).status_code == 200


def test_an_official_has_a_page_with_terms_and_offices(editor, small):
    make.office(small.representative, address="Room 7 <script>")
    page = editor.get(reverse("officials:inspect", args=[small.representative.pk])).content.decode()
    assert "State house: 1st Birch, Alder" in page
    assert "555-0100" in page
    assert "Room 7 &lt;script&gt;" in page


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_nobody_edits_what_a_loader_keeps(request, small, data_load, who):
    client = request.getfixturevalue(who)
    pages = [
        reverse("officials:add"),
        reverse("officials:edit", args=[small.representative.pk]),
        reverse("officials:delete", args=[small.representative.pk]),
        reverse("data-loads:add"),
        reverse("data-loads:delete", args=[data_load.pk]),
    ]
    for page in pages:
        assert client.get(page).status_code == 302
        assert client.post(page, {"name": "Changed"}).status_code == 302
    assert Official.objects.filter(pk=small.representative.pk, name="Bronwyn Lindqvist").exists()
    assert DataLoad.objects.filter(pk=data_load.pk).exists()
    listing = client.get(reverse("officials:index")).content.decode()
    assert reverse("officials:add") not in listing
    assert reverse("officials:edit", args=[small.representative.pk]) not in listing


@pytest.mark.parametrize("name", ["officials:index", "data-loads:index", "official_chooser:choose"])
def test_who_may_not_enter_the_admin_sees_nothing(client, small, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(user("visitor"))
    assert client.get(reverse(name)).status_code == 302


def test_data_loads_are_listed_with_their_counts(editor, data_load):
    page = editor.get(reverse("data-loads:index")).content.decode()
    assert "MA_lower.json" in page
    assert "160" in page


def test_a_data_load_says_what_was_refused_and_why(editor, data_load):
    page = editor.get(reverse("data-loads:inspect", args=[data_load.pk])).content.decode()
    assert "MA_lower.json feature 4: &lt;b&gt;Nowhere District&lt;/b&gt;: no such division" in page


def test_the_menu_leads_there(editor, small):
    assert reverse("officials:index") in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_the_chooser_offers_those_in_office_with_their_seat(editor, small):
    make.official("Thaddeus Marsh", retired_at=timezone.now())
    answer = editor.get(reverse("official_chooser:choose")).json()
    assert answer["step"] == "choose"
    assert "1st Birch" in answer["html"]
    assert "Thaddeus" not in answer["html"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [({"q": "lindq"}, "Bronwyn"), ({"q": "1st Birch"}, "Bronwyn"), ({"chamber": "state_lower"}, "Bronwyn")],
)
def test_the_chooser_finds_by_name_district_and_chamber(editor, small, query, seen):
    page = editor.get(reverse("official_chooser:choose_results"), query).content.decode()
    assert seen in page
    assert "Desmond" not in page


def test_a_chosen_official_is_handed_back(editor, small):
    answer = editor.get(reverse("official_chooser:chosen", args=[small.representative.pk])).json()
    assert answer["result"]["id"] == str(small.representative.pk)


def test_the_block_stores_the_id_and_gives_the_official(small):
    block = blocks.StructBlock([("official", OfficialChooserBlock())])
    value = block.to_python({"official": small.representative.pk})
    assert value["official"] == small.representative
    assert block.get_prep_value(value) == {"official": small.representative.pk}


def test_the_block_shows_the_official_with_the_seat(small):
    widget = OfficialChooserBlock().widget
    assert widget.get_display_title(small.representative) == "Bronwyn Lindqvist – 1st Birch"
    assert reverse("official_chooser:choose") in widget.render("official", small.representative.pk, {"id": "x"})


def test_an_official_has_no_edit_link(superuser, small):
    root = get_user_model().objects.get(username="root")
    assert AdminURLFinder(root).get_edit_url(small.representative) is None
