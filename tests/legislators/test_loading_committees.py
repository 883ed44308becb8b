"""Loading committees: with the people, in one transaction, each member found or kept by name."""

from datetime import date

import pytest

from legislators.models import Committee, CommitteeMembership, DataLoad, Official
from legislators.services import loading_legislators
from legislators.services.loading import LoadError
from tests.factories.sources import archive, committee, member, person, role, seat, us_person, write_yaml

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def load(path, **values):
    return loading_legislators.load(**({"source": "openstates", "path": path, "on": TODAY} | values))


def members(name="Committee 1"):
    rows = CommitteeMembership.objects.filter(committee__name=name)
    return [(one.official.source_id if one.official else "", one.name, one.role) for one in rows]


def stored():
    return (
        list(Committee.objects.order_by("pk").values()),
        list(CommitteeMembership.objects.order_by("pk").values()),
    )


def test_committees_are_loaded_with_the_people_and_have_their_own_line(people, committees):
    path = people(person(1), person(2))
    committees(committee(1, seat(1, "chair"), seat(2)), committee(2, parent="ocd-organization/1"))
    report = load(path)
    assert report.committees.summary == "2 added, 0 changed, 0 unchanged, 0 retired, 0 refused"
    assert members() == [("ocd-person/1", "Person 1", "chair"), ("ocd-person/2", "Person 2", "member")]
    assert Committee.objects.get(name="Committee 2").parent == Committee.objects.get(name="Committee 1")
    assert Committee.objects.get(name="Committee 1").jurisdiction.code == "ma"
    assert DataLoad.objects.get(kind="committees").added == 2


def test_the_same_committees_again_change_nothing(people, committees, tmp_path):
    path = people(person(1), person(2))
    committees(committee(1, seat(1), seat(2), {"name": "Nobody"}), committee(2, parent="ocd-organization/1"))
    load(path)
    before = stored()
    report = load(archive(path, tmp_path / "all.tar.xz"))
    assert report.committees.summary == "0 added, 0 changed, 2 unchanged, 0 retired, 0 refused"
    assert stored() == before


def test_a_change_of_members_is_counted_by_committee(people, committees):
    path = people(person(1), person(2))
    committees(committee(1, seat(1, "chair")), committee(2, seat(2)))
    load(path)
    committees(committee(1, seat(1), seat(2, "chair")), committee(2, seat(2), name="Committee Two"))
    assert load(path).committees.changed == 2
    assert members() == [("ocd-person/1", "Person 1", "member"), ("ocd-person/2", "Person 2", "chair")]


def test_a_committee_that_is_gone_is_retired_and_may_come_back(people, committees):
    path = people(person(1), person(2))
    committees(committee(1, seat(1)), committee(2, seat(2)))
    load(path)
    committees(committee(1, seat(1)))
    assert load(path).committees.retired == 1
    gone = Committee.objects.get(name="Committee 2")
    assert gone.retired_at is not None
    assert gone.memberships.count() == 1
    committees(committee(1, seat(1)), committee(2, seat(2)))
    assert load(path).committees.changed == 1
    gone.refresh_from_db()
    assert gone.retired_at is None


def test_without_committee_files_nothing_of_them_is_touched(people, committees):
    path = people(person(1))
    committees(committee(1, seat(1)))
    load(path)
    committees()
    report = load(path)
    assert report.committees is None
    assert Committee.objects.get().retired_at is None


def test_one_persons_file_says_nothing_about_committees(people, committees):
    path = people(person(1))
    committees(committee(1, seat(1)))
    assert load(path / "data" / "ma" / "legislature" / "0.yml").committees is None


def test_another_states_committees_are_left_alone(people, committees):
    path = people(person(1))
    people(person(3, role("Addison-1", state="vt")), state="vt")
    committees(committee(1, seat(1)))
    committees(committee(2, seat(3), state="vt"), state="vt")
    load(path)
    committees(state="vt")
    report = load(path, state="ma")
    assert (report.committees.unchanged, report.committees.retired) == (1, 0)


def test_a_member_is_found_by_name_only_where_the_id_is_unknown_and_the_name_is_one_persons(people, committees):
    twins = [person(5, name="Ann Twin"), person(6, role("First Essex", "upper"), name="Ann Twin")]
    path = people(person(1, name="José Peñón"), *twins)
    somebody = {"name": "Jose Penon", "role": "chair", "person_id": "ocd-person/unknown"}
    twin = {"name": "Ann Twin"}
    committees(
        committee(1, somebody, twin),
        committee(2, twin, chamber="legislature"),
        committee(3, {"name": "Person 1", "person_id": "ocd-person/1"}),
    )
    report = load(path)
    assert members("Committee 1") == [
        ("ocd-person/1", "Jose Penon", "chair"),
        ("ocd-person/5", "Ann Twin", "member"),
    ]
    assert members("Committee 2") == [("", "Ann Twin", "member")]
    assert members("Committee 3") == [("ocd-person/1", "Person 1", "member")]
    assert report.committees.notes == [
        "members of committees found by their name, for the source has no known id of theirs: 2",
        "members of committees who are none of the officials here, kept by name only: 1",
    ]
    assert DataLoad.objects.get(kind="committees").notes == report.committees.notes


def test_the_same_person_by_id_and_by_name_is_one_member(people, committees):
    path = people(person(1))
    committees(committee(1, seat(1, "chair"), {"name": "Person 1"}))
    report = load(path)
    assert members() == [("ocd-person/1", "Person 1", "chair")]
    assert any("twice" in note for note in report.committees.notes)


def test_the_second_of_two_committees_with_one_id_is_refused(people, committees):
    path = people(person(1))
    committees(committee(1, seat(1)), committee(1, name="Another"))
    assert "already that of" in load(path).committees.refused[0].why


def test_a_damaged_committee_file_changes_nothing_of_the_people_either(people, committees):
    path = people(person(1))
    folder = committees(committee(1, seat(1))) / "data" / "ma" / "committees"
    (folder / "9.yml").write_text("id: ocd-organization/9\nname: Cut off\n")
    with pytest.raises(LoadError, match=r"9\.yml"):
        load(path)
    assert not Official.objects.exists()


def test_a_retired_member_stays_known_on_the_committee(people, committees):
    path = people(person(1), person(2))
    committees(committee(1, seat(1), seat(2)))
    load(path)
    load(people(person(1)))
    assert [source_id for source_id, *_ in members()] == ["ocd-person/1", "ocd-person/2"]


HOUSE = {
    "type": "house",
    "name": "House Committee on Agriculture",
    "thomas_id": "HSAG",
    "subcommittees": [{"name": "Forestry", "thomas_id": "15"}],
}
SEATS = {
    "HSAG": [
        {"name": "Person 1", "party": "majority", "rank": 1, "title": "Chair", "bioguide": "B1"},
        {"name": "Person 2", "party": "minority", "rank": 1, "bioguide": "B77"},
    ],
    "HSAG15": [{"name": "Person 1", "party": "majority", "rank": 1, "bioguide": "B1"}],
}


def of_congress(tmp_path, committees=(HOUSE,), seats=SEATS):
    write_yaml(tmp_path / "committees-current.yaml", list(committees))
    write_yaml(tmp_path / "committee-membership-current.yaml", seats)


@pytest.mark.parametrize("is_folder", [True, False])
def test_committees_of_congress_are_read_beside_its_members(congress, tmp_path, is_folder):
    path = congress(member(1, 4), member(2, 5))
    of_congress(tmp_path)
    report = load(path.parent if is_folder else path, source="congress")
    assert report.committees.added == 2
    assert members("House Committee on Agriculture") == [
        ("bioguide/B1", "Person 1", "chair"),
        # An id that we do not know is another person, even if somebody has the same name.
        ("", "Person 2", "member"),
    ]
    part = Committee.objects.get(name="Forestry")
    assert (part.parent.name, part.jurisdiction, part.chamber) == ("House Committee on Agriculture", None, "us_house")
    assert load(path, source="congress").committees.unchanged == 2


def test_one_of_the_two_files_of_congress_without_the_other_changes_nothing(congress, tmp_path):
    path = congress(member(1, 4))
    of_congress(tmp_path)
    (tmp_path / "committee-membership-current.yaml").unlink()
    with pytest.raises(LoadError, match=r"committees-current\.yaml is there without committee-membership"):
        load(path, source="congress")
    assert not Official.objects.exists()


def test_committees_of_congress_come_from_one_source_only(people, committees):
    path = people(us_person(1), state="us")
    committees(committee(1, seat(1), state=""), state="us")
    report = load(path)
    assert report.committees.notes == ["committees of Congress, left out for congress-legislators has them: 1"]
    assert not Committee.objects.exists()
