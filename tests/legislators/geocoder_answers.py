"""What the services' documentation says that they answer, with an invented address."""

import json


def census(query=None, *, matches=None, **values) -> bytes:
    if matches is None:
        matches = [census_match(**values)] if _is_known(query) else []
    benchmark = {"id": "4", "benchmarkName": "Public_AR_Current"}
    return json.dumps({"result": {"input": {"benchmark": benchmark}, "addressMatches": matches}}).encode()


def census_match(street="5 MAPLE ST", state="AX", zip_code="69903", x=-41.4, y=39.5, geographies=None):
    return {
        "matchedAddress": f"{street}, BIRCHFIELD, {state}, {zip_code}",
        "coordinates": {"x": x, "y": y},
        "tigerLine": {"tigerLineId": "59653485", "side": "R"},
        "addressComponents": {"fromAddress": "1", "toAddress": "99", "state": state, "zip": zip_code},
        "geographies": geographies if geographies is not None else CENSUS_GEOGRAPHIES,
    }


CENSUS_GEOGRAPHIES = {
    "States": [{"STATE": "25", "GEOID": "25", "STUSAB": "MA", "NAME": "Massachusetts", "MTFCC": "G4000"}],
    "119th Congressional Districts": [
        {"STATE": "25", "CD119": "05", "CDSESSN": "119", "BASENAME": "5", "GEOID": "2505", "MTFCC": "G5200"}
    ],
    "2024 State Legislative Districts - Upper": [
        {"STATE": "25", "SLDU": "D27", "GEOID": "25D27", "NAME": "Second Middlesex District", "MTFCC": "G5210"}
    ],
    # Without its class it is known by the layer's name, without its GEOID by state and code.
    "2024 State Legislative Districts - Lower": [{"STATE": "25", "SLDL": "068", "NAME": "10th Middlesex District"}],
    "Counties": [{"STATE": "25", "COUNTY": "017", "GEOID": "25017", "MTFCC": "G4020"}],
}


def geocodio(query=None, *, results=None, **values) -> bytes:
    if results is None:
        results = [geocodio_result(**values)] if _is_known(query) else []
    return json.dumps({"input": {"formatted_address": "5 Maple St, Birchfield, AX 69903"}, "results": results}).encode()


def geocodio_result(
    number="5", street="Maple St", state="AX", zip_code="69903", lng=-41.4, lat=39.5, accuracy=1, kind="rooftop", **more
):
    return {
        "address_components": {
            "number": number, "street": "Maple", "suffix": "St", "formatted_street": street, "city": "Birchfield",
            "state": state, "zip": zip_code, "country": "US",
        },
        "formatted_address": f"{number} {street.upper()}, Birchfield, {state} {zip_code}",
        "location": {"lat": lat, "lng": lng},
        "accuracy": accuracy,
        "accuracy_type": kind,
        "source": "Birch County",
    } | more  # fmt: skip


GEOCODIO_FIELDS = {
    "congressional_districts": [
        {
            "name": "Congressional District 5",
            "district_number": 5,
            "ocd_id": "ocd-division/country:us/state:ma/cd:5",
            "congress_number": "119th",
            "congress_years": "2025-2027",
            "proportion": 1,
            "current_legislators": [{"type": "representative"}],
        }
    ],
    "state_legislative_districts": {
        "house": [
            {
                "name": "10th Middlesex",
                "ocd_id": "ocd-division/country:us/state:ma/sldl:10th_middlesex",
                "is_upcoming_state_legislative_district": False,
                "proportion": 1,
            },
            {"ocd_id": "ocd-division/country:us/state:ma/sldl:new", "is_upcoming_state_legislative_district": True},
            {"name": "No id", "ocd_id": None},
        ],
        "senate": [{"ocd_id": "ocd-division/country:us/state:ma/sldu:2nd_middlesex"}],
    },
}


def nominatim(query=None, *, places=None, **values) -> bytes:
    if places is None:
        places = [nominatim_place(**values)] if _is_known(query) else []
    return json.dumps(places).encode()


def nominatim_place(
    number="5", road="Maple Street", state="AX", postcode="69903", lon="-41.4", lat="39.5", rank=30, **more
):
    address = {"house_number": number, "road": road, "city": "Birchfield", "ISO3166-2-lvl4": f"US-{state}"}
    return {
        "place_id": 1620612, "osm_type": "node", "osm_id": 452010817, "lat": lat, "lon": lon, "category": "place",
        "type": "house", "place_rank": rank, "importance": 0.4, "addresstype": "place",
        "display_name": f"{number}, MAPLE ST, Birchfield, {postcode}",
        "address": {key: value for key, value in (address | {"postcode": postcode}).items() if value},
    } | more  # fmt: skip


def _is_known(query) -> bool:
    return query is None or query.get("street") == ["5 Maple St"]
