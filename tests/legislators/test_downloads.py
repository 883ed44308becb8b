"""Fetching the published files."""

import gzip
import hashlib
import io
import lzma
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
import responses
from django.core.management import CommandError, call_command

from legislators.adapters import downloads
from legislators.adapters.committee_files import COMMITTEES_FILE, MEMBERSHIP_FILE
from legislators.adapters.downloads import DownloadError
from legislators.adapters.people_files import OFFICES_FILE, SOCIAL_FILE
from legislators.engine.states import STATES
from legislators.models import Boundary, DataLoad, Official
from tests.factories.shapefiles import write_shapefile

URL = "https://data.example/folder/people.yaml"
CENSUS = "https://www2.census.gov/geo/tiger/TIGER2024"


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@responses.activate
def test_a_file_is_saved_under_its_name(tmp_path):
    responses.get(URL, body=b"content")
    path = downloads.fetch(URL, tmp_path)
    assert (path.name, path.read_bytes()) == ("people.yaml", b"content")
    assert [one.name for one in tmp_path.iterdir()] == ["people.yaml"]


@responses.activate
def test_a_file_comes_with_what_tells_its_version(tmp_path):
    responses.get(URL, body=b"content", headers={"ETag": '"v7"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"})
    found = downloads.download(URL, tmp_path)
    assert found.checksum == hashlib.sha256(b"content").hexdigest()
    assert (found.etag, found.last_modified) == ('"v7"', "Sat, 21 Nov 2026 10:00:00 GMT")


@pytest.mark.parametrize("status", [404, 403, 429, 500, 503])
@responses.activate
def test_an_error_names_the_address_and_the_answer(tmp_path, status):
    responses.get(URL, status=status)
    with pytest.raises(DownloadError, match=rf"data\.example.*{status}"):
        downloads.fetch(URL, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
@responses.activate
def test_what_may_pass_is_tried_again_after_a_longer_and_longer_pause(tmp_path, waits, status):
    responses.get(URL, status=status)
    responses.get(URL, status=status)
    responses.get(URL, body=b"content")
    assert downloads.fetch(URL, tmp_path).read_bytes() == b"content"
    assert len(waits) == 2
    assert 2 <= waits[0] < waits[1]


@responses.activate
def test_what_will_not_pass_is_not_tried_again(tmp_path, waits):
    responses.get(URL, status=404)
    with pytest.raises(DownloadError):
        downloads.fetch(URL, tmp_path)
    assert len(responses.calls) == 1
    assert waits == []


@responses.activate
def test_a_server_that_says_how_long_to_wait_is_heard_within_reason(tmp_path, waits):
    responses.get(URL, status=429, headers={"Retry-After": "60"})
    responses.get(URL, status=503, headers={"Retry-After": "86400"})
    responses.get(URL, body=b"content")
    downloads.fetch(URL, tmp_path)
    assert waits == [60, 120]


@responses.activate
def test_no_pause_goes_past_the_deadline(tmp_path, waits):
    responses.get(URL, status=429, headers={"Retry-After": "60"})
    with pytest.raises(DownloadError, match="429"):
        downloads.fetch(URL, tmp_path, deadline_seconds=10)
    assert waits == []


@pytest.mark.parametrize("error", [requests.ConnectionError("x"), requests.Timeout("x")])
@responses.activate
def test_no_answer_is_an_error_in_the_end(tmp_path, waits, error):
    responses.get(URL, body=error)
    with pytest.raises(DownloadError, match=type(error).__name__):
        downloads.fetch(URL, tmp_path)
    assert len(waits) == 3


@responses.activate
def test_a_download_that_breaks_off_leaves_nothing(tmp_path):
    responses.get(URL, body=b"half", headers={"Content-Length": "1000"}, auto_calculate_content_length=False)
    with pytest.raises(DownloadError):
        downloads.fetch(URL, tmp_path)
    assert not list(tmp_path.iterdir())


@responses.activate
def test_a_download_that_breaks_off_leaves_the_file_of_last_time(tmp_path):
    (tmp_path / "people.yaml").write_bytes(b"last time's")
    responses.get(URL, status=503)
    with pytest.raises(DownloadError):
        downloads.fetch(URL, tmp_path)
    assert (tmp_path / "people.yaml").read_bytes() == b"last time's"


@responses.activate
def test_a_download_that_takes_too_long_is_given_up(tmp_path):
    responses.get(URL, body=b"content")
    with pytest.raises(DownloadError, match="too slow"):
        downloads.fetch(URL, tmp_path, deadline_seconds=-1)


@pytest.mark.parametrize("name", ["sldu.zip", "main.tar.gz", "people.yaml", "cd.geojson"])
@pytest.mark.parametrize("page", [b"<!DOCTYPE html><title>Sorry</title>", b"\xef\xbb\xbf\r\n <HTML><body>Busy</body>"])
@responses.activate
def test_a_web_page_instead_of_the_file_is_refused_by_name(tmp_path, name, page):
    responses.get(f"https://data.example/{name}", body=page)
    with pytest.raises(DownloadError, match=rf"{name}: a web page came"):
        downloads.fetch(f"https://data.example/{name}", tmp_path)
    assert not list(tmp_path.iterdir())


WHOLE = {
    "a.zip": zipped(**{"a.shp": b"outline " * 5000}),
    "a.tar.gz": gzip.compress(bytes(range(256)) * 500),
    "a.tar.xz": lzma.compress(bytes(range(256)) * 500),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@responses.activate
def test_half_an_archive_that_is_called_whole_is_refused(tmp_path, name, share):
    content = WHOLE[name]
    responses.get(f"https://data.example/{name}", body=content[: int(len(content) * share)])
    with pytest.raises(DownloadError, match="half of one"):
        downloads.fetch(f"https://data.example/{name}", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", WHOLE)
@responses.activate
def test_a_whole_archive_is_taken_and_an_empty_or_other_file_is_not(tmp_path, name):
    url = f"https://data.example/{name}"
    responses.get(url, body=WHOLE[name])
    assert downloads.fetch(url, tmp_path).read_bytes() == WHOLE[name]
    for content, why in ((b"", "empty"), (b"%PDF-1.7", "is no")):
        responses.upsert(responses.GET, url, body=content)
        with pytest.raises(DownloadError, match=why):
            downloads.fetch(url, tmp_path)


@pytest.fixture
def half_server():
    """Promises a long answer, sends a part of it and hangs up; the third time it is well."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.headers["Accept-Encoding"])
            self.send_response(200)
            if self.path.startswith("/chunked"):
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(b"5\r\nwhole\r\n" + (b"0\r\n\r\n" if len(asked) > 2 else b"fff\r\nhal"))
            else:
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"whole" if len(asked) > 2 else b"wh")

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["/length/a.yaml", "/chunked/a.yaml"])
def test_a_server_that_hangs_up_half_way_is_asked_again(half_server, tmp_path, waits, path):
    address, asked = half_server
    assert downloads.fetch(address + path, tmp_path).read_bytes() == b"whole"
    assert len(waits) == 2
    # What the transport compresses cannot be measured against its promised length.
    assert asked == ["identity"] * 3
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


def test_the_census_has_a_file_for_each_chamber():
    names = [url.rsplit("/", 1)[1] for url in downloads.tiger_urls("25", has_lower_house=True)]
    assert names == ["tl_2024_25_sldu.zip", "tl_2024_25_cd119.zip", "tl_2024_25_sldl.zip"]
    assert len(downloads.tiger_urls("31", has_lower_house=False)) == 2


@pytest.mark.parametrize(("year", "congress"), [(2022, 118), (2023, 118), (2024, 119), (2025, 119), (2026, 120)])
def test_the_year_of_the_files_tells_the_congress_they_outline(year, congress):
    assert downloads.tiger_urls("25", has_lower_house=False, year=year)[1].endswith(f"tl_{year}_25_cd{congress}.zip")


@responses.activate
def test_several_files_are_asked_for_with_a_pause_between(tmp_path, waits):
    urls = [f"https://data.example/{place}.yaml" for place in range(3)]
    for url in urls:
        responses.get(url, body=url.encode())
    assert [one.path.name for one in downloads.download_all(urls, tmp_path)] == ["0.yaml", "1.yaml", "2.yaml"]
    assert len(waits) == 2
    assert all(2 <= wait <= 5 for wait in waits)


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
    beside = downloads.CONGRESS_URL.rpartition("/")[0]
    others = {
        OFFICES_FILE: "- {id: {bioguide: B1}, offices: []}\n",
        SOCIAL_FILE: "- {id: {bioguide: B1}, social: {}}\n",
        COMMITTEES_FILE: "- {type: house, name: House Committee on Agriculture, thomas_id: HSAG}\n",
        MEMBERSHIP_FILE: "HSAG: [{name: Leonora Strand, party: majority, rank: 1, bioguide: B1}]\n",
    }
    for name, content in others.items():
        responses.get(f"{beside}/{name}", body=content)
    call_command("load_legislators", source="congress", stdout=io.StringIO())
    assert Official.objects.get().source_id == "bioguide/B1"


@responses.activate
@pytest.mark.django_db
def test_an_official_address_that_is_away_changes_nothing():
    responses.get(downloads.CONGRESS_URL, status=503)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_legislators", source="congress", stdout=io.StringIO())
    responses.get(f"{CENSUS}/SLDU/tl_2024_25_sldu.zip", status=429)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_boundaries", state="ma", stdout=io.StringIO())
    assert not Boundary.objects.exists()
    assert not DataLoad.objects.exists()


def census_zip(folder, fips, kind, rows):
    """What the Census publishes for one state and kind."""
    name = f"tl_2024_{fips}_{kind}"
    write_shapefile(folder, name, rows)
    return zipped(**{part.name: part.read_bytes() for part in folder.glob(f"{name}.*")})


def square(west):
    return [[[west, 44.0], [west, 45.0], [west + 1, 45.0], [west + 1, 44.0], [west, 44.0]]]


@pytest.fixture
def census(tmp_path, monkeypatch):
    """The Census with two states, each with the shapefiles of three kinds; Delaware's congressional one is real."""
    monkeypatch.setattr(
        "legislators.management.commands.load_boundaries.STATES", {code: STATES[code] for code in ("de", "vt")}
    )
    for code in ("de", "vt"):
        fips = STATES[code].fips
        for folder, kind in (("SLDU", "sldu"), ("SLDL", "sldl"), ("CD", "cd119")):
            rows = [(square(-73.0), (f"{fips}00", "Congressional District (at Large)", "G5200", "119"))]
            content = census_zip(tmp_path, fips, kind, rows)
            responses.get(f"{CENSUS}/{folder}/tl_2024_{fips}_{kind}.zip", body=content)


@responses.activate
@pytest.mark.django_db
def test_every_state_is_fetched_from_the_census_with_pauses(census, waits):
    out = io.StringIO()
    call_command("load_boundaries", state="all", stdout=out)
    assert set(Boundary.objects.values_list("geoid", flat=True)) == {"1000", "5000"}
    assert len(responses.calls) == 6
    # Between any two requests, to the last file of one state and the first of the next as well.
    assert len(waits) == 5


@responses.activate
@pytest.mark.django_db
def test_a_state_that_cannot_be_had_keeps_no_other_out_and_is_named(census, waits):
    responses.replace(responses.GET, f"{CENSUS}/SLDL/tl_2024_10_sldl.zip", body=b"<html>Too many requests</html>")
    errors = io.StringIO()
    with pytest.raises(CommandError, match="Not loaded: DE. Every other state is"):
        call_command("load_boundaries", state="all", stdout=io.StringIO(), stderr=errors)
    assert "Delaware: Nothing was changed. " in errors.getvalue()
    assert "a web page came instead of the file" in errors.getvalue()
    assert set(Boundary.objects.values_list("geoid", flat=True)) == {"5000"}
