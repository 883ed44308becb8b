"""Congress has two sources: who is the authority on what, and what stands in the files beside the members."""

from datetime import date

import pytest
from django.core.management import call_command

from legislators.adapters import downloads
from legislators.models import Official, Term
from legislators.selectors.seats import current_members, vacancies
from legislators.services import loading_legislators
from tests.factories.sources import member, us_person, write_yaml

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def load(path, **values):
    return loading_legislators.load(**({"source": "openstates", "path": path, "on": TODAY} | values))


def test_open_states_adds_the_contact_form_that_congress_leaves_out(people, congress):
    path = congress(member(1, 4))
    load(path, source="congress")
    us_path = people(us_person(1), state="us")
    assert load(us_path).changed == 1
    official = Official.objects.get()
    assert (official.contact_form_url, official.email, official.source) == (
        "https://one.example/contact",
        "",
        "congress",
    )
    assert (load(us_path).changed, load(path, source="congress").changed) == (0, 0)


def test_offices_and_accounts_stay_where_the_files_beside_are_not_there(congress, tmp_path):
    path = congress(member(1, 4))
    identity = {"id": {"bioguide": "B1"}}
    beside = tmp_path / "legislators-district-offices.yaml"
    write_yaml(beside, [identity | {"offices": [{"city": "Newton", "phone": "617-332-3333"}]}])
    write_yaml(tmp_path / "legislators-social-media.yaml", [identity | {"social": {"twitter": "one"}}])
    load(path, source="congress")
    beside.unlink()
    (tmp_path / "legislators-social-media.yaml").unlink()
    assert load(path, source="congress").unchanged == 1
    official = Official.objects.get()
    assert (official.offices.count(), official.social_handles) == (2, {"twitter": "one"})


def test_who_has_left_congress_is_not_seated_again_by_the_other_source(people, congress):
    us_path = people(us_person(1), us_person(2, "MA-5"), state="us")
    load(us_path)
    path = congress(member(1, 4), member(2, 5, end="2026-11-03"))
    load(path, source="congress")
    assert [one.source_id for one in current_members(chamber="us_house", on=TODAY)] == ["bioguide/B1"]
    assert (load(us_path).changed, load(path, source="congress").changed) == (0, 0)


def test_open_states_adds_nobody_to_the_congress_of_the_other_source(people, congress):
    load(congress(member(1, 4)), source="congress")
    report = load(people(us_person(1), us_person(2, "MA-5"), us_person(3, "VT-AL"), state="us"))
    assert {one.source_id for one in current_members(chamber="us_house", on=TODAY)} == {"bioguide/B1", "bioguide/B3"}
    assert any(note.endswith("knows better: Person 2") for note in report.notes)


def test_a_representative_of_open_states_sits_until_the_next_congress(people):
    load(people(us_person(1), state="us"))
    assert Term.objects.get().end == date(2027, 1, 3)
    load(people(us_person(1), state="us"), on=date(2027, 1, 3))
    assert Term.objects.get().end == date(2029, 1, 3)


def test_a_delegate_of_a_territory_sits_at_large(congress):
    report = load(congress(member(1, 0, "GU"), member(2, 0, "AS")), source="congress")
    assert report.refused == []
    division = Term.objects.get(official__source_id="bioguide/B1").division
    assert division.ocd_id == "ocd-division/country:us/territory:gu/cd:at-large"
    assert vacancies(jurisdiction="gu", on=TODAY) == []


def test_the_command_fetches_every_file_of_congress(monkeypatch, congress, tmp_path, capsys):
    path = congress(member(1, 4))
    identity = {"id": {"bioguide": "B1"}}
    write_yaml(tmp_path / "legislators-district-offices.yaml", [identity | {"offices": []}])
    write_yaml(tmp_path / "legislators-social-media.yaml", [identity | {"social": {"twitter": "one"}}])
    write_yaml(tmp_path / "committees-current.yaml", [{"type": "house", "name": "Agriculture", "thomas_id": "HSAG"}])
    write_yaml(tmp_path / "committee-membership-current.yaml", {"HSAG": [{"name": "Person 1", "bioguide": "B1"}]})

    def fetch(url, folder):
        target = folder / url.rpartition("/")[2]
        target.write_bytes((path.parent / target.name).read_bytes())
        return target

    monkeypatch.setattr(downloads, "fetch", fetch)
    call_command("load_legislators", source="congress")
    printed = capsys.readouterr().out
    assert printed.count("Downloading https://raw.githubusercontent.com/unitedstates/") == 5
    assert printed.count("1 added, 0 changed, 0 unchanged, 0 retired, 0 refused") == 2
    assert Official.objects.get().social_handles == {"twitter": "one"}
