"""Loading officials: idempotent, all or nothing, nobody deleted."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from legislators.engine.people import Person, Role
from legislators.models import DataLoad, Office, Official, Term
from legislators.selectors.seats import current_members, vacancies
from legislators.services import loading_legislators
from legislators.services.loading import LoadError
from tests.factories import legislators as make
from tests.factories.sources import archive, member, person, role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def load(path, **values):
    return loading_legislators.load(**({"source": "openstates", "path": path, "on": TODAY} | values))


def snapshot():
    return (
        list(Official.objects.order_by("pk").values()),
        sorted(Term.objects.values_list("official_id", "division_id", "chamber", "start", "end")),
        sorted(Office.objects.values_list("official_id", "kind", "name", "address", "phone")),
        DataLoad.objects.count(),
    )


def test_people_get_their_seat_office_and_a_line_in_the_data_loads(people):
    report = load(people(person(1), person(2)))
    assert (report.added, report.changed, report.refused) == (2, 0, [])
    official = Official.objects.get(source_id="ocd-person/1")
    assert official.terms.get().division.ocd_id == "ocd-division/country:us/state:ma/sldl:10th_middlesex"
    assert official.offices.get().phone == "617-555-0101"
    assert DataLoad.objects.get().added == 2


def test_the_same_files_again_change_nothing(people):
    path = people(person(1), person(2, role("11th Middlesex"), role("12th Middlesex", end_date="2020-01-01")))
    load(path)
    before = snapshot()[:3]
    report = load(path)
    assert (report.added, report.changed, report.unchanged, report.retired) == (0, 0, 2, 0)
    assert snapshot()[:3] == before


def test_what_differs_is_changed_and_counted_by_person(people):
    load(people(person(1), person(2)))
    report = load(people(person(1, email="new@legislature.example", offices=[]), person(2)))
    assert (report.changed, report.unchanged) == (1, 1)
    official = Official.objects.get(source_id="ocd-person/1")
    assert official.email == "new@legislature.example"
    assert not official.offices.exists()


def test_who_is_no_longer_listed_is_retired_and_stays(people):
    load(people(person(1), person(2)))
    report = load(people(person(1)))
    assert report.retired == 1
    gone = Official.objects.get(source_id="ocd-person/2")
    assert gone.retired_at is not None
    assert list(current_members(chamber="state_lower", jurisdiction="ma")) == [
        Official.objects.get(source_id="ocd-person/1")
    ]
    assert load(people(person(1))).retired == 0


def test_who_is_listed_again_is_back_in_office(people):
    load(people(person(1), person(2)))
    load(people(person(1)))
    report = load(people(person(1), person(2)))
    assert (report.changed, report.retired) == (1, 0)
    assert Official.objects.get(source_id="ocd-person/2").retired_at is None


def test_a_state_retires_nobody_of_another_state_or_source(people, congress, tmp_path):
    load(people(person(3, role("Addison-1", state="vt")), state="vt"), state="vt")
    loading_legislators.load(source="congress", path=congress(member(9)), on=TODAY)
    (tmp_path / "people" / "data" / "vt" / "legislature" / "0.yml").unlink()
    report = load(people(person(1)), state="ma")
    assert report.retired == 0
    assert Official.objects.filter(retired_at__isnull=True).count() == 3


def test_a_single_persons_file_retires_nobody(people):
    path = people(person(1), person(2))
    load(path)
    report = load(path / "data" / "ma" / "legislature" / "0.yml")
    assert (report.unchanged, report.retired) == (1, 0)


def test_a_person_whose_last_term_is_over_is_left_out_or_retired(people):
    load(people(person(1), person(2)))
    over = role("11th Middlesex", end_date="2026-11-20")
    report = load(people(person(1), person(2, over), person(3, over)))
    assert report.retired == 1
    assert {refusal.why for refusal in report.refused} == {
        "Person 2: not in office, the last term ended on 2026-11-20",
        "Person 3: not in office, the last term ended on 2026-11-20",
    }


def test_a_future_seat_is_stored_but_not_current(people):
    load(people(person(1, role("1st Essex", start_date="2027-01-06"))))
    assert not current_members(chamber="state_lower", on=date(2027, 1, 5)).exists()
    assert current_members(chamber="state_lower", on=date(2027, 1, 6)).count() == 1


def test_a_person_in_two_seats_is_refused_by_name_and_keeps_what_is_known(people):
    load(people(person(1), person(2)))
    report = load(people(person(1), person(2, role("11th Middlesex"), role("First Essex", "upper"))))
    assert "Person 2: in two seats at once" in report.refused[0].why
    assert report.retired == 0
    assert Official.objects.get(source_id="ocd-person/2").retired_at is None


def test_an_unknown_district_is_refused_by_name(people):
    report = load(people(person(1), person(2, role("99th Nowhere"))))
    assert (report.added, len(report.refused)) == (1, 1)
    assert "state_lower '99th Nowhere'" in report.refused[0].why
    assert report.refused[0].where.endswith("1.yml")


def test_a_past_seat_in_a_district_that_is_gone_is_left_out_quietly(people):
    report = load(people(person(1, role(), role("99th Nowhere", end_date="2020-01-01"))))
    assert report.refused == []
    assert Term.objects.count() == 1


def test_the_second_of_two_people_with_one_id_is_refused(people):
    report = load(people(person(1), person(1) | {"name": "Somebody Else"}))
    assert (report.added, len(report.refused)) == (1, 1)
    assert "already that of" in report.refused[0].why


def test_two_members_for_one_seat_are_noted(people):
    report = load(people(person(1), person(2, role("10th Middlesex"))))
    assert "has 2 members for 1 seat(s)" in report.notes[0]


def test_every_member_of_a_district_with_several_seats_is_kept(people):
    seats = [role("1", state="nj", start_date="2024-01-09") for _ in range(2)]
    report = load(people(person(1, seats[0]), person(2, seats[1]), state="nj"))
    assert (report.added, report.notes) == (2, [])
    assert [vacancy for vacancy in vacancies(jurisdiction="nj") if vacancy.division.ocd_id.endswith("sldl:1")] == []


@pytest.mark.parametrize(
    "content",
    [
        "id: x\nname: [unclosed\n",
        "id: ocd-person/7\nname: Cut Off\n",
        "id: ocd-person/7\nname: Cut Off\nroles: []\nemail: cut.off@legisl",
        "\tid: tab\n",
        "roles: 2023-02-30\n",
        "",
    ],
)
def test_a_damaged_person_file_changes_nothing_and_is_named(people, content):
    load(people(person(1)))
    path = people(person(1, email="new@legislature.example"), person(2))
    (path / "data" / "ma" / "legislature" / "9.yml").write_text(content)
    before = snapshot()
    with pytest.raises(LoadError, match=r"9\.yml"):
        load(path)
    assert snapshot() == before


def test_the_line_of_a_damaged_file_is_named(people):
    path = people(person(1))
    (path / "data" / "ma" / "legislature" / "9.yml").write_text("id: x\nname: y\nroles: [\n- broken: {\n")
    with pytest.raises(LoadError, match=r"9\.yml: line 4"):
        load(path)


def test_a_file_in_an_unknown_encoding_is_named_with_its_line(people):
    path = people(person(1))
    (path / "data" / "ma" / "legislature" / "9.yml").write_bytes("id: x\nname: Peñón\n".encode("latin-1"))
    with pytest.raises(LoadError, match=r"9\.yml: line 2 is not UTF-8"):
        load(path)


def test_an_archive_is_read_like_the_folder(people, tmp_path):
    path = people(person(1), person(2))
    assert load(archive(path, tmp_path / "all.tar.xz")).added == 2
    assert load(path).unchanged == 2


def test_a_truncated_archive_changes_nothing(people, tmp_path):
    target = archive(people(*(person(number) for number in range(1, 40))), tmp_path / "all.tar.xz")
    target.write_bytes(target.read_bytes()[: target.stat().st_size // 2])
    with pytest.raises(LoadError, match=r"all\.tar\.xz: the archive is damaged or half written"):
        load(target)
    assert not Official.objects.exists()


def test_other_people_of_the_repository_are_not_loaded(people):
    path = people(person(1))
    for folder in ("retired", "executive"):
        (path / "data" / "ma" / folder).mkdir()
        (path / "data" / "ma" / folder / "x.yml").write_text("not: a person\n")
    assert load(path).added == 1


def test_nothing_to_load_is_an_error(tmp_path):
    with pytest.raises(LoadError, match="no legislator"):
        load(tmp_path)
    with pytest.raises(LoadError, match="no such file"):
        load(tmp_path / "nowhere")


def test_congress_fills_the_seats_of_house_and_senate(congress):
    path = congress(member(1, 4), member(2, kind="sen", contact_form="https://two.example/contact"), member(3, 0, "VT"))
    report = load(path, source="congress")
    assert (report.added, report.refused) == (3, [])
    assert Official.objects.get(source_id="bioguide/B2").contact_form_url == "https://two.example/contact"
    assert current_members(chamber="us_house", jurisdiction="vt", on=TODAY).count() == 1
    assert Term.objects.get(official__source_id="bioguide/B3").division.ocd_id.endswith("state:vt/cd:at-large")


def test_congress_of_one_state_retires_nobody_elsewhere(congress):
    load(congress(member(1, 4), member(3, 0, "VT")), source="congress")
    report = load(congress(member(1, 4)), source="congress", state="ma")
    assert (report.unchanged, report.retired) == (1, 0)


def test_a_term_that_ended_this_month_is_not_in_office(congress):
    report = load(congress(member(1, 4), member(2, kind="sen", end="2026-11-03")), source="congress")
    assert report.refused[0].why == "Person 2: not in office, the last term ended on 2026-11-03"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_a_cut_off_congress_file_changes_nothing_and_names_where(congress, share):
    load(congress(member(1, 4)), source="congress")
    path = congress(*(member(number, number) for number in range(1, 10)))
    content = path.read_text()
    path.write_text(content[: int(len(content) * share)])
    before = snapshot()
    with pytest.raises(LoadError, match=r"legislators-current\.yaml"):
        load(path, source="congress")
    assert snapshot() == before


def test_an_invented_state_is_loaded_by_its_own_divisions():
    small = make.SmallState()
    everybody = Official.objects.count()
    fresh = Person(
        source_id="sample/new", name="Hector Elmore", where="demo",
        roles=(Role("state_lower", "ax", "2nd Birch", None, None),),
    )  # fmt: skip
    report = loading_legislators.apply(people=[fresh], source="sample", label="demo", state="ax", is_listing=False)
    assert (report.added, Official.objects.count()) == (1, everybody + 1)
    made = Official.objects.get(source_id="sample/new")
    assert made.is_sample
    assert made.terms.get().division == small.east


def test_the_command_prints_counts_and_vacancies(people, capsys):
    call_command("load_legislators", source="openstates", path=people(person(1)), state="MA")
    printed = capsys.readouterr().out
    assert "1 added, 0 changed, 0 unchanged, 0 retired, 0 refused" in printed
    assert "vacant: 11th Middlesex, state_lower of Massachusetts" in printed
    assert "159 vacant seat(s)" in printed


def test_the_command_fails_with_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_legislators", source="congress", path=tmp_path / "x.yaml", stdout=io.StringIO())


def test_a_plain_archive_that_ends_between_two_files_is_half_written(people, tmp_path):
    target = archive(people(*(person(number) for number in range(1, 9))), tmp_path / "all.tar", "")
    content = target.read_bytes()
    target.write_bytes(content[: content.index(b"\0" * 1024)][:-1].rpartition(b"ustar")[0][:-257])
    with pytest.raises(LoadError, match=r"all\.tar: the archive is damaged or half written"):
        load(target)
    assert not Official.objects.exists()


def test_a_mailbox_that_two_people_share_is_noted_and_both_keep_it(people):
    shared = {"email": "office@legislature.example"}
    report = load(people(person(1, **shared), person(2, **shared)))
    assert report.notes == ["the mailbox office@legislature.example is shared by Person 1 and Person 2"]
    assert Official.objects.filter(**shared).count() == 2
    assert DataLoad.objects.get().notes == report.notes
