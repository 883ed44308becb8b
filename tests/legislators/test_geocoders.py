"""Every geocoder keeps the same contract; the Census one is asked over a real socket."""

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from legislators.adapters.census import CensusGeocoder
from legislators.adapters.geocoding import Geocoder, GeocoderUnavailableError
from legislators.adapters.sample import SampleGeocoder
from legislators.adapters.street_ranges import StreetRangeGeocoder
from legislators.engine.resolution import Certainty, Point, PostalAddress
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db
KNOWN = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")
SECRET = PostalAddress("42 Secret Hideaway Ln", "Birchfield", "ax", "69903")


def census_answer(street="5 MAPLE ST", state="AX", x=-41.4, y=39.5):
    match = {
        "matchedAddress": f"{street}, BIRCHFIELD, {state}, 69903",
        "coordinates": {"x": x, "y": y},
        "addressComponents": {"state": state, "zip": "69903"},
    }
    return {"result": {"input": {}, "addressMatches": [match]}}


NO_MATCH = {"result": {"input": {}, "addressMatches": []}}


@dataclass
class FakeCensus:
    """What the local server answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes | None = None
    pause_seconds: float = 0.0
    drip: bool = False
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, query):
        if self.body is not None:
            return self.body
        return json.dumps(census_answer() if query.get("street") == ["5 Maple St"] else NO_MATCH).encode()


@pytest.fixture
def census():
    fake = FakeCensus()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            fake.asked.append(query | {"path": [parts.path]})
            time.sleep(fake.pause_seconds)
            body = fake.answer(query)
            try:
                self.send_response(fake.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                for piece in (bytes([one]) for one in body) if fake.drip else [body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(0.05 if fake.drip else 0)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fake.url = f"http://127.0.0.1:{server.server_port}/geocoder"
    yield fake
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["sample", "street_ranges", "census"])
def geocoder(request) -> Geocoder:
    """Each knows 5 Maple St in ZIP 69903, and no other number of it than odd ones below 100."""
    if request.param == "census":
        fake = request.getfixturevalue("census")
        return CensusGeocoder(base_url=fake.url, timeout_seconds=5)
    if request.param == "sample":
        make.address_point(5, "MAPLE ST", "69903", -41.4, 39.5)
        return SampleGeocoder()
    make.street_range("MAPLE ST", "69903", low_number=5, high_number=99)
    return StreetRangeGeocoder()


def test_a_known_address_has_a_point_and_says_how_sure(geocoder):
    found = geocoder.locate(KNOWN)
    assert found is not None
    assert (found.point.longitude, found.point.latitude) == pytest.approx((-41.4, 39.5))
    assert found.certainty in {Certainty.ROOFTOP, Certainty.INTERPOLATED}
    assert found.source == geocoder.name
    assert "MAPLE ST" in found.matched_address


@pytest.mark.parametrize(
    "address",
    [
        SECRET,
        PostalAddress("Maple St", "Birchfield", "ax", "69903"),
        PostalAddress("", "Birchfield", "ax", "69903"),
        PostalAddress("4000 Maple St", "Birchfield", "ax", "69903"),
        PostalAddress("PO Box 5", "Birchfield", "ax", "69903"),
        PostalAddress("5 Maple St; DROP TABLE", "Birchfield", "ax", "69903"),
        PostalAddress("½ ünïcødé 日本 \x00", "\n", "ax", "69903"),
        PostalAddress("9" * 10_000, "x" * 10_000, "ax", "69903"),
    ],
)
def test_an_address_that_is_not_known_gives_none(geocoder, address):
    assert geocoder.locate(address) is None


def test_a_geocoder_says_whether_it_asks_somebody_else(geocoder):
    assert geocoder.asks_network is (geocoder.name == "census")


# --- Street ranges ------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "longitude"), [(5, -41.4), (99, -41.3), (53, -41.3489)])
def test_a_number_lies_as_far_along_the_block_as_it_is_along_the_range(number, longitude):
    make.street_range("MAPLE ST", "69903", low_number=5, high_number=99)
    found = StreetRangeGeocoder().locate(PostalAddress(f"{number} Maple Street", "", "ax", "69903"))
    assert found is not None
    assert found.point.longitude == pytest.approx(longitude, abs=1e-4)


def test_even_numbers_stand_on_the_other_side():
    make.street_range("MAPLE ST", parity="odd", low_latitude=39.5, high_latitude=39.5)
    make.street_range("MAPLE ST", parity="even", low_number=2, high_number=98, low_latitude=39.6, high_latitude=39.6)
    found = StreetRangeGeocoder().locate(PostalAddress("12 Maple St", "", "ax", "69903"))
    assert found is not None
    assert found.point.latitude == pytest.approx(39.6)


def test_the_same_street_in_another_zip_or_state_is_not_taken():
    make.street_range("MAPLE ST", "69901")
    make.street_range("MAPLE ST", "69903", state=make.jurisdiction("bx", name="Bex"))
    assert StreetRangeGeocoder().locate(KNOWN) is None


def test_the_sample_geocoder_knows_no_real_address():
    real = make.jurisdiction("ma", name="Massachusetts", is_sample=False)
    point = make.address_point(5, "MAPLE ST", "02451", -71.2, 42.4)
    point.jurisdiction = real
    point.save()
    assert SampleGeocoder().locate(PostalAddress("5 Maple St", "Waltham", "ma", "02451")) is None


# --- Census -------------------------------------------------------------------------------------


def ask(census, address=SECRET, **values):
    return CensusGeocoder(**({"base_url": census.url, "timeout_seconds": 1.0} | values)).locate(address)


def test_the_census_is_asked_as_its_documentation_says(census):
    ask(census, KNOWN, key="abc")
    assert census.asked[0] == {
        "path": ["/geocoder/geographies/address"],
        "street": ["5 Maple St"],
        "city": ["Birchfield"],
        "state": ["AX"],
        "zip": ["69903"],
        "benchmark": ["Public_AR_Current"],
        "vintage": ["Current_Current"],
        "layers": ["all"],
        "format": ["json"],
        "key": ["abc"],
    }


def test_the_base_url_comes_from_the_settings(census, settings):
    settings.GEOCODER_CENSUS_URL = census.url + "/"
    found = CensusGeocoder().locate(KNOWN)
    assert found is not None
    assert found.point == Point(-41.4, 39.5)


def test_a_match_in_another_state_is_no_match(census):
    census.body = json.dumps(census_answer(state="NY")).encode()
    assert ask(census) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Service unavailable</body></html>",
        b"null",
        b"[]",
        b"{}",
        b'{"result": null}',
        b'{"result": {"addressMatches": {}}}',
        b'{"result": {"addressMatches": [{}]}}',
        b'{"result": {"addressMatches": [null]}}',
        b'{"result": {"addressMatches": [{"coordinates": {"x": "west", "y": 1}}]}}',
        b'{"result": {"addressMatches": [{"coordinates": {"x": 500, "y": 1}}]}}',
        b'{"result": {"addressMatches": [{"coordinates": {"x": NaN, "y": 1}}]}}',
        b'{"result": {"addressMatches"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_nonsense_is_unavailable_not_an_error(census, body):
    census.body = body
    with pytest.raises(GeocoderUnavailableError):
        ask(census)


@pytest.mark.parametrize("status", [301, 403, 404, 429, 500, 503])
def test_an_error_status_is_unavailable(census, status):
    census.status = status
    with pytest.raises(GeocoderUnavailableError, match=str(status)):
        ask(census)


def test_a_silent_server_is_given_up_in_time(census):
    census.pause_seconds = 3
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailableError, match="in time"):
        ask(census, timeout_seconds=0.3)
    assert time.monotonic() - started < 2


def test_a_server_that_drips_is_given_up_in_time(census):
    census.drip = True
    census.body = b" " * 1000
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailableError, match="in time"):
        ask(census, timeout_seconds=0.4)
    assert time.monotonic() - started < 3


def test_a_server_that_is_not_there_is_unavailable():
    with pytest.raises(GeocoderUnavailableError, match="not reached"):
        CensusGeocoder(base_url="http://127.0.0.1:1/geocoder", timeout_seconds=1).locate(SECRET)


@pytest.mark.parametrize("broken", ["status", "body", "gone"])
def test_no_address_in_the_log_or_in_an_error(census, broken, caplog):
    caplog.set_level(logging.DEBUG)
    if broken == "status":
        census.status = 500
    census.body = b"<html>" if broken == "body" else census.body
    url = "http://127.0.0.1:1" if broken == "gone" else census.url
    with pytest.raises(GeocoderUnavailableError) as caught:
        CensusGeocoder(base_url=url, timeout_seconds=1).locate(SECRET)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    for words in ("Secret", "Hideaway", "69903", "Birchfield"):
        assert words not in caplog.text
        assert words not in str(caught.value)
