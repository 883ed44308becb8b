"""What each geocoder's service is asked, and how its documented answers are read."""

import pytest

from legislators.adapters.census import CensusGeocoder
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.adapters.geocodio import GeocodioGeocoder
from legislators.adapters.nominatim import NominatimGeocoder
from legislators.engine.resolution import Certainty, PostalAddress
from tests.legislators import geocoder_answers, misbehaving_server

KNOWN = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")


@pytest.fixture
def service():
    with misbehaving_server.running() as service:
        yield service


def made(name, url):
    if name == "census":
        return CensusGeocoder(base_url=url, timeout_seconds=2)
    if name == "geocodio":
        return GeocodioGeocoder(base_url=url, key="k", timeout_seconds=2)
    return NominatimGeocoder(base_url=url, timeout_seconds=2)


def locate(service, name, answer, address=KNOWN):
    service.body(answer)
    return made(name, service.url).locate(address)


def test_the_census_is_asked_as_its_documentation_says(service):
    service.answer = geocoder_answers.census
    CensusGeocoder(base_url=service.url + "/", key="abc", timeout_seconds=2).locate(KNOWN)
    assert service.asked[0] == {
        "path": ["/geographies/address"], "street": ["5 Maple St"], "city": ["Birchfield"], "state": ["AX"],
        "zip": ["69903"], "benchmark": ["Public_AR_Current"], "vintage": ["Current_Current"], "layers": ["all"],
        "format": ["json"], "key": ["abc"],
    }  # fmt: skip


def test_the_census_names_districts_with_their_plan(service):
    found = locate(service, "census", geocoder_answers.census())
    assert {(one.kind, one.geoid, one.vintage) for one in found.districts} == {
        ("cd", "2505", "119"),
        ("sldu", "25D27", "2024"),
        ("sldl", "25068", "2024"),
    }


@pytest.mark.parametrize(
    "geographies",
    [
        None,
        [],
        {},
        {"Congressional Districts": None},
        {"119th": [{"MTFCC": "G5200"}]},
        {"119th Congressional Districts": [{"GEOID": "25ZZ", "MTFCC": "G5200"}, 7]},
    ],
)
def test_the_census_need_not_name_districts(service, geographies):
    match = geocoder_answers.census_match() | {"geographies": geographies}
    found = locate(service, "census", geocoder_answers.census(matches=[match]))
    assert (found.certainty, found.districts) == (Certainty.INTERPOLATED, ())


def test_census_matches_that_lie_apart_are_no_house(service):
    matches = [geocoder_answers.census_match(x=x) for x in (-41.4, -41.3)]
    assert locate(service, "census", geocoder_answers.census(matches=matches)).certainty == Certainty.STREET


@pytest.mark.parametrize(
    ("kind", "accuracy", "certainty"),
    [
        ("rooftop", 1, Certainty.ROOFTOP),
        ("rooftop", 0.79, Certainty.STREET),
        ("point", 0.9, Certainty.INTERPOLATED),
        ("range_interpolation", 0.8, Certainty.INTERPOLATED),
        ("range_interpolation", 0.5, Certainty.STREET),
        ("nearest_rooftop_match", 1, Certainty.STREET),
        ("intersection", 1, Certainty.STREET),
        ("street_center", 1, Certainty.STREET),
        ("place", 1, Certainty.STREET),
    ],
)
def test_geocodio_says_how_sure_it_is(service, kind, accuracy, certainty):
    assert locate(service, "geocodio", geocoder_answers.geocodio(kind=kind, accuracy=accuracy)).certainty == certainty


@pytest.mark.parametrize("kind", ["county", "state", "planet"])
def test_a_county_is_no_answer(service, kind):
    assert locate(service, "geocodio", geocoder_answers.geocodio(kind=kind)) is None


def test_geocodio_is_asked_for_districts_only_where_the_society_pays_for_them(service, settings):
    service.answer = geocoder_answers.geocodio
    for is_wanted in (False, True):
        settings.GEOCODER_GEOCODIO_DISTRICTS = is_wanted
        made("geocodio", service.url).locate(KNOWN)
    assert [query.get("fields") for query in service.asked] == [None, ["cd,stateleg"]]


def test_geocodio_names_the_districts_in_force_by_their_ocd_ids(service):
    found = locate(service, "geocodio", geocoder_answers.geocodio(fields=geocoder_answers.GEOCODIO_FIELDS))
    state = "ocd-division/country:us/state:ma"
    assert {(one.kind, one.ocd_id, one.vintage) for one in found.districts} == {
        ("cd", f"{state}/cd:5", "119"),
        ("sldl", f"{state}/sldl:10th_middlesex", ""),
        ("sldu", f"{state}/sldu:2nd_middlesex", ""),
    }


def test_geocodio_refusing_an_address_does_not_know_it(service):
    service.statuses = [422]
    assert made("geocodio", service.url).locate(KNOWN) is None


@pytest.mark.parametrize(("status", "why"), [(403, "the key is wrong"), (429, "too many")])
def test_geocodio_s_refusals_are_explained(service, status, why):
    service.statuses = [status]
    with pytest.raises(GeocoderUnavailableError, match=why):
        made("geocodio", service.url).locate(KNOWN)


@pytest.mark.parametrize(
    ("values", "certainty"),
    [
        ({}, Certainty.ROOFTOP),
        ({"category": "building", "type": "yes", "osm_type": "way"}, Certainty.ROOFTOP),
        ({"osm_type": "way"}, Certainty.INTERPOLATED),
        ({"number": "7"}, Certainty.STREET),
        ({"number": ""}, Certainty.STREET),
        ({"rank": 26, "number": ""}, Certainty.STREET),
        ({"rank": 21, "number": "", "road": ""}, Certainty.STREET),
    ],
)
def test_nominatim_s_rank_says_whether_it_is_a_house(service, values, certainty):
    assert locate(service, "nominatim", geocoder_answers.nominatim(**values)).certainty == certainty


@pytest.mark.parametrize("values", [{"rank": 12}, {"state": "NY"}])
def test_nominatim_s_county_or_other_state_is_no_answer(service, values):
    assert locate(service, "nominatim", geocoder_answers.nominatim(**values)) is None


def test_nominatim_is_asked_by_the_parts_of_an_address(service):
    service.answer = geocoder_answers.nominatim
    made("nominatim", service.url).locate(PostalAddress("5 Maple St", "", "ma", "02451"))
    assert service.asked[0] == {
        "path": ["/search"], "street": ["5 Maple St"], "state": ["Massachusetts"], "postalcode": ["02451"],
        "countrycodes": ["us"], "format": ["jsonv2"], "addressdetails": ["1"], "layer": ["address"], "limit": ["5"],
    }  # fmt: skip


@pytest.mark.parametrize("url", ["", "https://nominatim.openstreetmap.org/", "https://OpenStreetMap.org./nominatim"])
def test_openstreetmap_s_own_server_is_not_asked(url, settings):
    settings.GEOCODER_NOMINATIM_URL = url
    with pytest.raises(GeocoderUnavailableError):
        NominatimGeocoder().locate(KNOWN)


def test_geocodio_without_a_key_is_not_asked(service, settings):
    settings.GEOCODER_GEOCODIO_KEY = ""
    with pytest.raises(GeocoderUnavailableError, match="GEOCODER_GEOCODIO_KEY"):
        GeocodioGeocoder(base_url=service.url).locate(KNOWN)
    assert service.asked == []
