"""Every geocoder keeps the same contract; those that ask somebody are asked over a real socket."""

import json
import logging
import time

import pytest
from django.views.debug import ExceptionReporter

from legislators.adapters.census import CensusGeocoder
from legislators.adapters.geocoding import OWN_GEOCODERS, Geocoder, GeocoderUnavailableError, geocoder_class
from legislators.adapters.geocodio import GeocodioGeocoder
from legislators.adapters.nominatim import NominatimGeocoder
from legislators.adapters.sample import SampleGeocoder
from legislators.adapters.street_ranges import StreetRangeGeocoder
from legislators.engine import matching
from legislators.engine.resolution import Certainty, PostalAddress
from legislators.services import geocoding
from tests.factories import legislators as make
from tests.legislators import geocoder_answers, misbehaving_server

pytestmark = pytest.mark.django_db
KNOWN = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")
SECRET = PostalAddress("42 Secret Hideaway Ln", "Birchfield", "ax", "69903")
SECRET_WORDS = ("Hideaway", "69903", "Birchfield", "the-secret-key")
KEY = "the-secret-key"
ANSWERS = {
    "census": geocoder_answers.census,
    "geocodio": geocoder_answers.geocodio,
    "nominatim": geocoder_answers.nominatim,
}
ON_NETWORK = pytest.mark.parametrize("name", list(ANSWERS))


@pytest.fixture
def service():
    with misbehaving_server.running() as service:
        yield service


def made(name, url, timeout_seconds=1.5) -> Geocoder:
    if name == "census":
        return CensusGeocoder(base_url=url, timeout_seconds=timeout_seconds)
    if name == "geocodio":
        return GeocodioGeocoder(base_url=url, key=KEY, timeout_seconds=timeout_seconds)
    return NominatimGeocoder(base_url=url, timeout_seconds=timeout_seconds)


@pytest.fixture(params=list(OWN_GEOCODERS))
def geocoder(request) -> Geocoder:
    """Each knows 5 Maple St in ZIP 69903, and no other number of it than odd ones below 100."""
    if request.param in ANSWERS:
        service = request.getfixturevalue("service")
        service.answer = ANSWERS[request.param]
        return made(request.param, service.url, 5)
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
        PostalAddress("PO Box 5", "Birchfield", "ax", "69903"),
        PostalAddress("5 Maple St; DROP TABLE", "Birchfield", "ax", "69903"),
        PostalAddress("5 Maple Ave", "Birchfield", "ax", "69903"),
        PostalAddress("½ ünïcødé 日本 \x00", "\n", "ax", "69903"),
        PostalAddress("9" * 10_000, "x" * 10_000, "ax", "69903"),
        PostalAddress("5 Maple", "", "ax", "\x00"),
    ],
)
def test_an_address_that_is_not_known_gives_none(geocoder, address):
    assert geocoder.locate(address) is None


def test_a_number_that_the_street_has_not_is_never_the_house(geocoder):
    found = geocoder.locate(PostalAddress("4000 Maple St", "Birchfield", "ax", "69903"))
    assert found is None or found.certainty == Certainty.STREET


def test_a_geocoder_says_whether_it_asks_somebody_else(geocoder):
    assert geocoder.asks_network is (geocoder.name in ANSWERS)


def test_a_geocoder_is_known_by_its_short_name(geocoder):
    assert geocoder_class(geocoder.name) is type(geocoder)


def test_a_geocoder_tells_nothing_of_itself_that_a_log_may_not_have(geocoder):
    found = geocoder.locate(KNOWN)
    for words in ("Maple", "MAPLE", "41.4", "69903"):
        assert words not in repr(found)


def test_the_sample_geocoder_knows_no_real_address():
    real = make.jurisdiction("ma", name="Massachusetts", is_sample=False)
    point = make.address_point(5, "MAPLE ST", "02451", -71.2, 42.4)
    point.jurisdiction = real
    point.save()
    assert SampleGeocoder().locate(PostalAddress("5 Maple St", "Waltham", "ma", "02451")) is None


# --- Services that misbehave ----------------------------------------------------------------------


@ON_NETWORK
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Service unavailable</body></html>",
        b"null",
        b"7",
        b'"5 Maple St"',
        b'[{"lat": "39.5", "lon": "-41.4"}]',
        b'{"result": null, "results": null}',
        b'{"result": {"addressMatches": {}}, "results": {}}',
        b'{"result": {"addressMatches": [{}]}, "results": [{}]}',
        b'{"result": {"addressMatches": [null]}, "results": [null]}',
        b"[null]",
        b'[{"place_rank": 30, "lat": "north", "lon": "west"}]',
        b'{"result": {"addressMatches"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b" " * 2_000_000,
        b"9" * 10_000,
    ],
)
def test_nonsense_is_unavailable_not_an_error(service, name, body):
    service.body(body)
    with pytest.raises(GeocoderUnavailableError):
        made(name, service.url).locate(SECRET)


@pytest.mark.parametrize("longitude", [500, -180.5, "west", None, True, [1], float("nan"), float("inf")])
@ON_NETWORK
def test_coordinates_that_are_no_place_on_earth_are_nonsense(service, name, longitude):
    field = {"census": "x", "geocodio": "lng", "nominatim": "lon"}[name]
    service.body(ANSWERS[name](**{field: longitude}))
    with pytest.raises(GeocoderUnavailableError):
        made(name, service.url).locate(KNOWN)


@ON_NETWORK
@pytest.mark.parametrize("status", [204, 301, 302, 400, 401, 403, 404, 429, 500, 503])
def test_an_error_status_is_unavailable_and_no_redirect_is_followed(service, name, status):
    service.statuses = [status]
    with pytest.raises(GeocoderUnavailableError, match=str(status)):
        made(name, service.url).locate(SECRET)
    assert not any("elsewhere" in query["path"][0] for query in service.asked)


@ON_NETWORK
@pytest.mark.parametrize("trouble", ["hang", "drip", "drip_headers"])
def test_a_service_that_takes_its_time_is_given_up_in_time(service, name, trouble):
    service.troubles = [trouble]
    service.body(b" " * 1000)
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailableError, match="in time"):
        made(name, service.url, 0.4).locate(SECRET)
    assert time.monotonic() - started < 1.5


@ON_NETWORK
@pytest.mark.parametrize("trouble", ["drop", "cut_off"])
def test_a_lost_connection_is_tried_once_more(service, name, trouble):
    service.answer = ANSWERS[name]
    service.troubles = [trouble, ""]
    found = made(name, service.url).locate(KNOWN)
    assert found is not None
    assert len(service.asked) == 2


@ON_NETWORK
@pytest.mark.parametrize("trouble", ["drop", "cut_off"])
def test_a_connection_that_is_lost_again_is_unavailable(service, name, trouble):
    service.answer = ANSWERS[name]
    service.troubles = [trouble]
    with pytest.raises(GeocoderUnavailableError, match="not reached"):
        made(name, service.url).locate(KNOWN)
    assert len(service.asked) == 2


@ON_NETWORK
def test_an_error_of_the_server_is_tried_once_more(service, name):
    service.answer = ANSWERS[name]
    service.statuses = [503, 200]
    assert made(name, service.url).locate(KNOWN) is not None
    assert len(service.asked) == 2


@ON_NETWORK
@pytest.mark.parametrize(("status", "body"), [(429, b""), (403, b""), (200, b"<html>")])
def test_what_another_try_would_not_change_is_not_tried_again(service, name, status, body):
    service.statuses = [status]
    service.body(body)
    with pytest.raises(GeocoderUnavailableError):
        made(name, service.url).locate(SECRET)
    assert len(service.asked) == 1


@ON_NETWORK
def test_the_second_try_has_only_the_time_that_is_left(service, name):
    service.troubles = ["drop", "hang"]
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailableError, match="in time"):
        made(name, service.url, 0.6).locate(SECRET)
    assert time.monotonic() - started < 1.5


@ON_NETWORK
def test_a_server_that_is_not_there_is_unavailable(name):
    with pytest.raises(GeocoderUnavailableError, match="not reached"):
        made(name, "http://127.0.0.1:1").locate(SECRET)


# --- What nobody may read -------------------------------------------------------------------------


@ON_NETWORK
@pytest.mark.parametrize(
    "broken", ["", "status", "redirect", "html", "shape", "cut_off", "broken_header", "slow", "gone"]
)
def test_no_address_and_no_key_in_a_log_or_in_an_error(service, name, broken, caplog):
    caplog.set_level(logging.DEBUG)
    for logger in ("urllib3", "urllib3.connectionpool", "urllib3.connection", "requests"):
        caplog.set_level(logging.DEBUG, logger=logger)
    service.answer = ANSWERS[name]
    service.statuses = [{"status": 500, "redirect": 302}.get(broken, 200)]
    service.troubles = [{"slow": "hang"}.get(broken, broken if broken in ("cut_off", "broken_header") else "")]
    if broken in ("html", "shape"):
        service.body(b"<html>Secret Hideaway" if broken == "html" else b'{"error": "42 Secret Hideaway Ln"}')
    url = "http://127.0.0.1:1" if broken == "gone" else service.url
    error = _failure(made(name, url, 0.5))
    assert (error is None) == (broken in ("", "broken_header"))
    if error is not None:
        assert error.__cause__ is None
        assert error.__context__ is None or error.__suppress_context__
        # Django's report of an error, as an administrator would get it; the test's own frames know the address.
        report = ExceptionReporter(None, type(error), error, error.__traceback__)
        frames = [frame for frame in report.get_traceback_frames() if "legislators/adapters" in frame["filename"]]
        assert frames
        _assert_nothing_of_it(repr(error), report.get_traceback_text(), str([frame["vars"] for frame in frames]))
    _assert_nothing_of_it(caplog.text)
    _assert_nothing_of_it(*(str(vars(record)) for record in caplog.records))


def _failure(geocoder):
    try:
        geocoder.locate(SECRET)
    except GeocoderUnavailableError as error:
        return error
    return None


def _assert_nothing_of_it(*texts):
    for text in texts:
        assert [words for words in SECRET_WORDS if words in text] == []


@pytest.mark.parametrize("name", list(OWN_GEOCODERS))
def test_an_adapter_s_own_mistake_leaves_no_address_in_the_log_or_the_report(
    service, settings, name, caplog, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    settings.DEBUG = False
    settings.GEOCODERS = [name]
    settings.GEOCODER_CENSUS_URL = settings.GEOCODER_GEOCODIO_URL = settings.GEOCODER_NOMINATIM_URL = service.url
    settings.GEOCODER_GEOCODIO_KEY = KEY
    service.answer = ANSWERS.get(name, lambda query: b"{}")

    def break_down(self, address):
        street = address.street
        raise RuntimeError(f"no idea what to do about {street}")

    monkeypatch.setattr(geocoder_class(name), "locate", break_down)
    geocoding.forget_failures()
    with pytest.raises(GeocoderUnavailableError) as caught:
        geocoding.geocode(address=SECRET, is_sample=name == "sample")
    geocoding.forget_failures()
    report = ExceptionReporter(None, caught.type, caught.value, caught.tb)
    for text in (caplog.text, str(caught.value), report.get_traceback_text()):
        assert "Hideaway" not in text
    frames = [frame for frame in report.get_traceback_frames() if frame["function"] in ("geocode", "_ask")]
    assert frames
    assert not any("Hideaway" in str(value) for frame in frames for _, value in frame["vars"])
    assert "RuntimeError" in caplog.text


def test_a_key_goes_into_a_header_and_not_into_the_address(service):
    service.answer = geocoder_answers.geocodio
    made("geocodio", service.url).locate(KNOWN)
    assert service.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(service.asked)


def test_too_many_unanswered_questions_are_not_added_to(service, monkeypatch):
    monkeypatch.setattr("legislators.adapters.http_json._SLOTS.acquire", lambda blocking: False)
    with pytest.raises(GeocoderUnavailableError, match="too many"):
        made("census", service.url).locate(SECRET)
    assert service.asked == []


def test_json_that_is_a_number_too_long_for_python_is_nonsense(service):
    service.body(json.dumps({"results": []}).encode().replace(b"[]", b"9" * 5000))
    with pytest.raises(GeocoderUnavailableError, match="not JSON"):
        made("geocodio", service.url).locate(SECRET)


def test_a_coordinate_may_be_a_number_or_its_text():
    assert matching.degrees("-41.4", 39) == matching.degrees(-41.4, "39.0")
