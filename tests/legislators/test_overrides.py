"""Staff correct an official's contact, with a reason and an end, and settle what visitors doubted."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from campaigns.services import staff
from legislators.forms.override_form import ContactOverrideForm
from legislators.models import Committee, CommitteeMembership, ContactOverride, LegislatorDoubt, OfficialChange
from legislators.selectors.contacts import contact_of
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


def log_in(client, name, group):
    made = get_user_model().objects.create_user(name, f"{name}@alder-medical.example", "a-long-password")
    made.groups.add(Group.objects.get(name=group))
    client.force_login(made)
    return client


@pytest.fixture
def clerk(client):
    staff.set_up_group()
    return log_in(client, "clerk", staff.GROUP_NAME)


@pytest.fixture
def editor(client):
    return log_in(client, "editor", "Editors")


def answers(official, **values):
    return {
        "official": official.pk,
        "email": "right@house.example",
        "contact_form_url": "",
        "phone": "",
        "reason": "The office said so on the phone",
        "expires_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
    } | values


def correct(client, official, **values):
    return client.post(reverse("contact_overrides:add"), answers(official, **values))


def test_whom_a_correction_is_about_is_asked_in_the_language_of_the_staff():
    with translation.override("es"):
        assert ContactOverrideForm()["official"].label == "Autoridad"


def test_the_officials_page_leads_to_the_form_which_shows_what_the_source_says(clerk, small):
    official = small.representative
    make.office(official, phone="555-0199")
    page = clerk.get(reverse("officials:inspect", args=[official.pk])).content.decode()
    url = f"{reverse('contact_overrides:add')}?official={official.pk}"
    assert url in page
    form = clerk.get(url).content.decode()
    assert "What the source says about Bronwyn Lindqvist" in form
    assert official.email in form
    assert "555-0199" in form
    assert f'value="{official.pk}"' in form


def test_a_correction_counts_from_now_on_and_says_who_made_it(clerk, small):
    assert correct(clerk, small.representative).status_code == 302
    override = ContactOverride.objects.get()
    assert (override.email, override.changed_by.username) == ("right@house.example", "clerk")
    small.representative.refresh_from_db()
    assert contact_of(small.representative).email == "right@house.example"
    page = clerk.get(reverse("officials:inspect", args=[small.representative.pk])).content.decode()
    assert small.representative.email in page
    assert "right@house.example" in page
    assert "The office said so on the phone" in page
    assert reverse("contact_overrides:edit", args=[override.pk]) in page


def days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("email", {"email": "right at house"}, "valid email"),
        ("reason", {"reason": "  "}, "required"),
        ("expires_on", {"expires_on": ""}, "required"),
        ("expires_on", {"expires_on": lambda: days(0)}, "has passed"),
        ("expires_on", {"expires_on": lambda: days(-3)}, "has passed"),
        ("expires_on", {"expires_on": lambda: days(400)}, "within a year"),
        ("stops_email", {"stops_email": "on"}, "Empty the one or clear the other"),
        ("email", {"email": ""}, "Give an address, a form or a number"),
        ("contact_form_url", {"contact_form_url": "ftp://house.example/x"}, "begins with https"),
        ("phone", {"phone": "call me"}, "seven digits"),
    ],
)
def test_what_cannot_be_is_explained_beside_the_field(clerk, small, field, values, words):
    values = {name: value() if callable(value) else value for name, value in values.items()}
    answer = correct(clerk, small.representative, **values)
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors[field])
    assert words in answer.content.decode()
    assert not ContactOverride.objects.exists()


def test_what_the_source_says_already_is_no_correction(clerk, small):
    answer = correct(clerk, small.representative, email=small.representative.email.upper())
    assert "The source says the same" in answer.content.decode()


def test_an_address_may_be_stopped_without_a_better_one(clerk, small):
    assert correct(clerk, small.representative, email="", stops_email="on").status_code == 302
    small.representative.refresh_from_db()
    assert contact_of(small.representative).email == ""


def test_one_person_has_one_correction(clerk, small):
    correct(clerk, small.representative)
    answer = correct(clerk, small.representative, email="other@house.example")
    assert "is corrected already" in answer.content.decode()
    assert ContactOverride.objects.count() == 1


def test_a_correction_is_changed_for_the_same_person_and_the_log_says_what(clerk, small):
    correct(clerk, small.representative)
    override = ContactOverride.objects.get()
    url = reverse("contact_overrides:edit", args=[override.pk])
    assert clerk.get(url).status_code == 200
    clerk.post(url, answers(small.state_senator, email="newer@house.example"))
    override.refresh_from_db()
    assert (override.official, override.email) == (small.representative, "newer@house.example")
    entry = ModelLogEntry.objects.get(action="legislators.change_corrected_contact")
    assert entry.user.username == "clerk"
    assert entry.data["fields"] == {"email": ["right@house.example", "newer@house.example"]}
    history = clerk.get(reverse("contact_overrides:history", args=[override.pk])).content.decode()
    assert "right@house.example → newer@house.example" in history


def test_an_ended_correction_is_renewed_not_doubled(clerk, small):
    override = ContactOverride.objects.create(
        official=small.representative, phone="555-0100", reason="x", expires_on=timezone.localdate()
    )
    page = clerk.get(reverse("officials:inspect", args=[small.representative.pk])).content.decode()
    assert "the source counts again" in page
    assert reverse("contact_overrides:edit", args=[override.pk]) in page


def test_deleting_it_lets_the_source_count_again(clerk, small):
    correct(clerk, small.representative)
    url = reverse("contact_overrides:delete", args=[ContactOverride.objects.get().pk])
    assert "counts again" in clerk.get(url).content.decode()
    clerk.post(url)
    small.representative.refresh_from_db()
    assert contact_of(type(small.representative).objects.get(pk=small.representative.pk)).is_corrected is False
    assert ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_corrections_are_listed_with_what_the_source_says(clerk, small):
    correct(clerk, small.representative)
    page = clerk.get(reverse("contact_overrides:index")).content.decode()
    assert date_format(ContactOverride.objects.get().expires_on, "SHORT_DATE_FORMAT") in page
    assert small.representative.email in page
    assert "right@house.example" in page
    listed = clerk.get(reverse("officials:index"), {"is_corrected": "true"}).content.decode()
    assert "Bronwyn" in listed
    assert "Desmond" not in listed
    assert "right@house.example (corrected)" in listed


def test_the_officials_list_is_exported_with_the_contact_that_counts(clerk, small):
    correct(clerk, small.representative)
    answer = clerk.get(reverse("officials:index"), {"export": "csv", "chamber": "state_lower"})
    text = b"".join(answer.streaming_content).decode()
    assert "right@house.example" in text
    assert "State house: 1st Birch, Alder" in text
    assert "Desmond" not in text


def test_who_was_not_given_the_right_corrects_nothing(editor, small):
    assert correct(editor, small.representative).status_code == 302
    assert not ContactOverride.objects.exists()
    page = editor.get(reverse("officials:inspect", args=[small.representative.pk])).content.decode()
    assert reverse("contact_overrides:add") not in page
    assert editor.get(reverse("doubts:index")).status_code == 302


@pytest.mark.parametrize("number", ["", "x", "0", "999999", "9" * 30, "²"])
def test_a_link_for_nobody_shows_an_empty_form(clerk, small, number):
    assert clerk.get(reverse("contact_overrides:add"), {"official": number}).status_code == 200


def test_the_officials_page_shows_committees_history_and_doubts(clerk, small):
    official = small.representative
    committee = Committee.objects.create(
        source_id="c/1", jurisdiction=small.state, chamber="state_lower", name="Health Care"
    )
    CommitteeMembership.objects.create(committee=committee, official=official, name=official.name, role="chair")
    OfficialChange.objects.create(
        official=official, changed_at=timezone.now(), fields={"email": ["old@house.example", official.email]}
    )
    LegislatorDoubt.objects.create(official=official, division=small.west, reason="left_office")
    page = clerk.get(reverse("officials:inspect", args=[official.pk])).content.decode()
    for words in ("Health Care", "(chair)", "old@house.example", "This person is no longer in office"):
        assert words in page


# --- Doubts -----------------------------------------------------------------------------------------


@pytest.fixture
def doubts(small):
    return [
        LegislatorDoubt.objects.create(division=division, official=official, reason=reason)
        for division, official, reason in (
            (small.west, small.representative, "wrong_district"),
            (small.west, small.representative, "wrong_contact"),
            (small.east, None, "wrong_district"),
        )
    ]


def settle(client, *chosen, **values):
    return client.post(reverse("doubts:settle"), {"doubt": [one.pk for one in chosen], **values})


def test_doubts_are_counted_by_division(clerk, small, doubts):
    page = clerk.get(reverse("doubts:index")).content.decode()
    assert f"?is_open=true&amp;division={small.west.pk}" in page
    assert page.index("1st Birch") < page.index("2nd Birch")


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 3), ({"reason": "wrong_contact"}, 1), ({"is_open": "false"}, 0), ({"is_open": "true"}, 3)],
)
def test_doubts_are_filtered(clerk, doubts, query, count):
    assert len(clerk.get(reverse("doubts:index"), query).context["object_list"]) == count


def test_what_is_ticked_is_settled_and_logged(clerk, doubts):
    assert settle(clerk, *doubts[:2]).status_code == 302
    assert list(LegislatorDoubt.objects.filter(settled_at=None)) == [doubts[2]]
    entry = ModelLogEntry.objects.get(action="legislators.settle_doubts")
    assert (entry.data["count"], entry.user.username) == (2, "clerk")


def test_the_boxes_of_the_list_are_those_of_its_open_doubts(clerk, small, doubts):
    settle(clerk, doubts[2])
    page = clerk.get(reverse("doubts:index")).content.decode()
    values = re.findall(r'<input type="checkbox" name="doubt" value="(.*?)" form="settle-doubts"', page)
    assert sorted(values) == sorted(str(one.pk) for one in doubts[:2])
    assert "Settle the doubt about 1st Birch" in page


def test_settling_twice_keeps_the_first_day(clerk, doubts):
    settle(clerk, doubts[0])
    first = LegislatorDoubt.objects.get(pk=doubts[0].pk).settled_at
    settle(clerk, doubts[0])
    assert LegislatorDoubt.objects.get(pk=doubts[0].pk).settled_at == first


def test_all_that_the_filters_show_are_settled(clerk, small, doubts):
    settle(clerk, all="yes", query=f"division={small.west.pk}")
    assert list(LegislatorDoubt.objects.filter(settled_at=None)) == [doubts[2]]


@pytest.mark.parametrize("query", ["division=x", "reason=nonsense", "q=Birch"])
def test_a_filter_that_cannot_be_read_settles_nothing(clerk, doubts, query):
    settle(clerk, all="yes", query=query)
    assert LegislatorDoubt.objects.filter(settled_at=None).count() == 3


def test_nothing_ticked_settles_nothing(clerk, doubts):
    settle(clerk)
    assert LegislatorDoubt.objects.filter(settled_at=None).count() == 3


def test_only_who_may_settles_and_only_by_post(editor, doubts):
    assert settle(editor, *doubts).status_code == 302
    assert LegislatorDoubt.objects.filter(settled_at=None).count() == 3


def test_a_link_settles_nothing(clerk, doubts):
    assert clerk.get(reverse("doubts:settle")).status_code == 405


def test_nobody_writes_or_deletes_a_doubt_in_the_admin(clerk, doubts):
    for name, arguments in (("add", []), ("edit", [doubts[0].pk]), ("delete", [doubts[0].pk])):
        assert clerk.post(reverse(f"doubts:{name}", args=arguments)).status_code == 302
    assert LegislatorDoubt.objects.count() == 3
