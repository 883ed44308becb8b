"""What staff note of officials' positions, and tables of it."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.position_rows import Mistake, parse
from campaigns.records.positions import OfficialPosition
from campaigns.selectors.positions import campaign_choices
from campaigns.services import positions
from legislators.records.officials import Official
from tests.factories import campaigns as make

WORDS = {"supports": "supports", "supports it": "supports", "opposes": "opposes"}
KEY = uuid.UUID(int=3)
TODAY = date(2026, 5, 4)


def mistakes(text: str) -> list[tuple[int, Mistake]]:
    return [(error.line, error.mistake) for error in parse(text, positions=WORDS)[1]]


def test_a_table_is_read_by_the_names_of_its_columns():
    [row], errors = parse(
        "\ufeffPosition;Name;Cosponsor;Noted on\r\nSupports it;Ada  Okafor;YES;3/31/2026\r\n;;;\r\n", positions=WORDS
    )
    assert errors == []
    assert (row.line, row.name, row.position, row.is_cosponsor, row.noted_on) == (
        *(2, "Ada Okafor", "supports", True),
        date(2026, 3, 31),
    )


def test_an_empty_cell_says_nothing():
    [row], _errors = parse("name,position,cosponsor,source\nAda,,,\n", positions=WORDS)
    assert (row.position, row.is_cosponsor, row.source, row.noted_on) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, Mistake.NO_OFFICIAL_COLUMN)]),
        ("senator,position\nAda,supports", [(1, Mistake.NO_OFFICIAL_COLUMN)]),
        ("name,position\n", [(1, Mistake.NO_ROWS)]),
        ("name,position\n,supports", [(2, Mistake.NO_OFFICIAL)]),
        ("name,position\nAda,maybe\nBo,supports\nCy,perhaps", [(2, Mistake.POSITION), (4, Mistake.POSITION)]),
        ("name,cosponsor\nAda,2", [(2, Mistake.COSPONSOR)]),
        ("name,noted_on\nAda,31.3.2026", [(2, Mistake.NOTED_ON)]),
        ("name,source\nAda," + "x" * 301, [(2, Mistake.SOURCE)]),
        ("name,position\nOkafor, Ada,supports", [(2, Mistake.POSITION), (2, Mistake.COLUMNS)]),
        ('name,position\n"Ada,supports', [(2, Mistake.COLUMNS)]),
        ("name\n" + "Ada\n" * 5002, [(5002, Mistake.TOO_MANY)]),
    ],
)
def test_what_is_wrong_is_said_by_its_line(text, found):
    assert sorted(mistakes(text), key=str) == sorted(found, key=str)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    rows, errors = parse(text, positions=WORDS)
    assert rows or errors


@given(st.text())
def test_no_line_breaks_the_reading(text):
    parse(f"name,source_id,position,cosponsor,source,noted_on\n{text}", positions=WORDS)


def _import(text: str) -> positions.Imported:
    return positions.import_table(campaign_key=KEY, text=text, today=TODAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
def test_a_table_notes_each_official_and_what_it_leaves_out_stays():
    quayle = Official.objects.get(name="Ines Quayle")
    noted = OfficialPosition.objects.create(
        campaign_key=KEY, official=quayle, position="undecided", source="A call", noted_on="2026-01-01"
    )
    imported = _import(
        f"name,source_id,position,cosponsor\nwhoever,{quayle.source_id},,yes\nmarisol tidewater,,Supports it,\n"
    )
    assert (imported.added, imported.changed) == (1, 1)
    noted.refresh_from_db()
    assert (noted.position, noted.is_cosponsor, noted.source, noted.noted_on) == ("undecided", True, "A call", TODAY)
    other = OfficialPosition.objects.get(official__name="Marisol Tidewater")
    assert (other.position, other.is_cosponsor, other.campaign_key) == ("supports", False, KEY)


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
def test_one_wrong_line_and_nothing_is_taken_in():
    with pytest.raises(positions.BadTable) as caught:
        _import("name,position\nInes Quayle,supports\nNobody Known,huh\nInes  Quayle,opposes\nMarisol Tidewater,huh")
    assert [(error.line, error.mistake) for error in caught.value.errors] == [
        (3, Mistake.POSITION),
        (3, Mistake.UNKNOWN_OFFICIAL),
        (4, Mistake.TWICE),
        (5, Mistake.POSITION),
    ]
    assert OfficialPosition.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
def test_of_two_people_of_one_name_nobody_is_guessed():
    first = Official.objects.get(name="Ines Quayle")
    Official.objects.create(source_id="ocd-person/2", name="Ines Quayle")
    with pytest.raises(positions.BadTable) as caught:
        _import("name,position\nInes Quayle,supports")
    [error] = caught.value.errors
    assert error.mistake is Mistake.SEVERAL_OFFICIALS
    assert first.source_id in error.value


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
def test_staff_import_a_table_and_see_what_is_wrong_with_it(admin_client):
    page = make.action_page()
    key = str(page.campaign.translation_key)
    assert (key, "Telehealth parity") in campaign_choices()

    def send(text: bytes):
        table = SimpleUploadedFile("positions.csv", text)
        return admin_client.post(reverse("official_positions:import"), {"campaign_key": key, "table": table})

    wrong = send(b"name,position\nInes Quayle,supports\nNobody,supports\n")
    assert "Line 3: Nobody in office is known as “Nobody”." in wrong.content.decode()
    assert OfficialPosition.objects.count() == 0
    assert "UTF-8" in send(b"name\n\xff\xfe\x00").content.decode()

    done = send(b"name,position,source\nInes Quayle,Champion,Voted in committee\n")
    assert done.status_code == 302
    listed = admin_client.get(done.url).content.decode()
    assert "Ines Quayle" in listed
    assert "Champion" in listed
    assert "Telehealth parity" in listed


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
def test_a_position_is_noted_once_for_each_campaign(admin_client):
    key = str(make.action_page().campaign.translation_key)
    quayle = Official.objects.get(name="Ines Quayle")
    sent = {"campaign_key": key, "official": quayle.pk, "position": "opposes", "noted_on": "2026-01-01", "source": ""}
    add = reverse("official_positions:add")
    assert admin_client.post(add, sent).status_code == 302
    again = admin_client.post(add, sent)
    assert "noted already" in again.content.decode()
    assert "still to come" in admin_client.post(add, {**sent, "noted_on": "2999-01-01"}).content.decode()
    assert admin_client.post(add, {**sent, "official": "x"}).status_code == 200
    assert OfficialPosition.objects.count() == 1
