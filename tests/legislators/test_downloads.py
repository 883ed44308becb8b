"""Fetching the published files."""

import io

import pytest
import requests
import responses
from django.core.management import CommandError, call_command

from legislators.adapters import downloads
from legislators.adapters.downloads import DownloadError
from legislators.models import Official

URL = "https://data.example/folder/people.tar.gz"


@responses.activate
def test_a_file_is_saved_under_its_name(tmp_path):
    responses.get(URL, body=b"content")
    path = downloads.fetch(URL, tmp_path)
    assert (path.name, path.read_bytes()) == ("people.tar.gz", b"content")
    assert [one.name for one in tmp_path.iterdir()] == ["people.tar.gz"]


@pytest.mark.parametrize("status", [404, 429, 500])
@responses.activate
def test_an_error_names_the_address(tmp_path, status):
    responses.get(URL, status=status)
    with pytest.raises(DownloadError, match="data.example"):
        downloads.fetch(URL, tmp_path)
    assert not (tmp_path / "people.tar.gz").exists()


@pytest.mark.parametrize("error", [requests.ConnectionError("x"), requests.Timeout("x")])
@responses.activate
def test_no_answer_is_an_error(tmp_path, error):
    responses.get(URL, body=error)
    with pytest.raises(DownloadError, match=type(error).__name__):
        downloads.fetch(URL, tmp_path)


@responses.activate
def test_a_download_that_breaks_off_leaves_nothing(tmp_path):
    responses.get(URL, body=b"half", headers={"Content-Length": "1000"}, auto_calculate_content_length=False)
    with pytest.raises(DownloadError):
        downloads.fetch(URL, tmp_path)
    assert not (tmp_path / "people.tar.gz").exists()


@responses.activate
def test_a_download_that_takes_too_long_is_given_up(tmp_path):
    responses.get(URL, body=b"content")
    with pytest.raises(DownloadError, match="too slow"):
        downloads.fetch(URL, tmp_path, deadline_seconds=-1)


def test_the_census_has_a_file_for_each_chamber():
    names = [url.rsplit("/", 1)[1] for url in downloads.tiger_urls("25", has_lower_house=True)]
    assert names == ["tl_2024_25_sldu.zip", "tl_2024_25_cd119.zip", "tl_2024_25_sldl.zip"]
    assert len(downloads.tiger_urls("31", has_lower_house=False)) == 2


@responses.activate
@pytest.mark.django_db
def test_without_a_path_the_official_address_is_asked():
    responses.get(
        downloads.CONGRESS_URL,
        body=(
            "- id: {bioguide: B1}\n  name: {first: Leonora, last: Strand}\n"
            "  terms: [{type: rep, start: '2025-01-03', end: '2199-01-03', state: MA, district: 4}]\n"
        ),
    )
    call_command("load_legislators", source="congress", stdout=io.StringIO())
    assert Official.objects.get().source_id == "bioguide/B1"


@responses.activate
@pytest.mark.django_db
def test_an_official_address_that_is_away_changes_nothing():
    responses.get(downloads.CONGRESS_URL, status=503)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_legislators", source="congress", stdout=io.StringIO())
    responses.get("https://www2.census.gov/geo/tiger/TIGER2024/SLDU/tl_2024_25_sldu.zip", status=429)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_boundaries", state="ma", stdout=io.StringIO())
