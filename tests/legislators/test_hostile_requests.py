"""What a hostile visitor sends to the pages and the JSON that find legislators."""

import json

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from legislators.content.find_page import FindLegislatorsPage
from legislators.models import LegislatorDoubt
from tests.factories import alder as invented_state
from tests.factories import home

pytestmark = pytest.mark.django_db

PREFIX = "ocd-division/country:us/state:ax"
URL = "/legislators/find.json"
PORT_ALDER = {"street": "21 Main Street", "city": "Port Alder", "state": "AX", "zip_code": "69901"}


@pytest.fixture
def page(db, settings):
    settings.GEOCODERS = ["sample", "street_ranges"]
    invented_state.build()
    return home.home_page().add_child(instance=FindLegislatorsPage(title="Find your legislators", slug="find"))


def _ask(body, content_type="application/json", **headers):
    return Client(enforce_csrf_checks=True).generic("POST", URL, body, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b'{"street": "\\ud800 Main", "city": "x", "state": "AX", "zip_code": "69901"}',
        b'{"street": "21 Main Street", "city": "\\udfff", "state": "AX", "zip_code": "69901"}',
        b'{"street": "21 Main Street", "city": "x", "state": "\\ud800", "zip_code": "69901"}',
        b'{"divisions": ["\\ud800"]}',
        b'{"divisions": [["a"]]}',
        b'{"divisions": {"a": 1}}',
        b'{"divisions": 5}',
        b'{"divisions": [null]}',
        b'{"divisions": "ocd-division/country:us/state:ax/sldl:nowhere"}',
        b'{"divisions": ["a", "a", "a"]}',
        b'{"street": {"a": 1}, "state": [], "zip_code": 69901}',
        b'{"street": "\\u0000", "state": "AX", "zip_code": "69901\\u0000"}',
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"NaN",
        b"{" * 4000,
        b"[" * 7000,
        b'{"zip_code": 1e999, "street": NaN}',
        b"1" * 7000,
    ],
)
def test_nonsense_in_json_is_answered_in_json(page, body):
    response = _ask(body)
    assert response.status_code in {200, 400}
    json.loads(response.content)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "",
        "application/json; charset=nonsense",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=nonsense",
    ],
)
def test_what_is_neither_a_form_nor_json_is_refused_in_json(page, content_type):
    response = _ask(b"street=1&state=AX", content_type=content_type)
    assert response.status_code in {400, 415}


@pytest.mark.parametrize(
    "body",
    [
        b"street=%ff%fe&state=AX",
        b"&" * 7000,
        b"a=1&" * 1500,
        b"street=%00",
        b"divisions=%ed%a0%80",
        b"divisions=a&" * 21,
        b"street=%ed%a0%80&state=AX&zip_code=69901&city=a",
    ],
)
def test_a_form_that_cannot_be_read_is_answered(page, body):
    response = _ask(body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 400}


ELSEWHERE = "https://www.society.example"


@pytest.mark.parametrize(
    "origin",
    [
        "https://WWW.society.example",
        "https://www.society.example:443",
        "https://www.society.example/",
        "http://www.society.example",
        "https://evil-www.society.example",
        "https://www.society.example.",
        "https://testserver",
        "http://testserver:80",
        "*",
        "null, https://www.society.example",
    ],
)
def test_an_origin_that_only_looks_like_a_listed_one_is_refused(page, settings, origin):
    settings.LEGISLATORS_EMBED_ORIGINS = [ELSEWHERE]
    response = _ask(json.dumps(PORT_ALDER), Origin=origin)
    assert response.status_code == 403
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize(
    "values",
    [
        {"finding": "x"},
        {"finding": ":::::"},
        {"finding": "\x00"},
        {"doubt": "x"},
        {"doubt": "x", "finding": "e:e:e"},
        {"stage": "choose", "choice-state_lower": "nonsense"},
        {"street": "\x00"},
        {"zip_code": "٠٢١٣٩"},
        {"state": "zz"},
        {"street": "a" * 100000},
        {"street": "1 " + "-" * 190},
        {"street": "1" * 200},
        {"street": "21 Main Street " + "# " * 90},
        {"street": "½" * 200},
    ],
)
def test_whatever_is_posted_to_the_page_is_answered_by_the_page(client, page, values):
    response = client.post(page.url, {**PORT_ALDER, **values})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/officials/people/99999999999999999999999-x/",
        "/officials/people/9999999999999999999999999999-x.json",
        "/officials/people/" + "9" * 5000 + "-x/",
        "/officials/committees/99999999999999999999999-x/",
        "/officials/zz/",
        "/officials/zz.json",
        "/officials/ax/nonsense/",
        "/officials/ax/senate.json?party=%00&name=%ff",
        "/officials/us/senate/",
        "/officials/us.json",
    ],
)
def test_no_address_in_the_directory_is_an_error_of_the_server(client, page, path):
    assert client.get(path).status_code in {200, 301, 302, 404}


@time_machine.travel("2026-03-04 15:00:30", tick=False)
def test_a_client_behind_a_proxy_cannot_name_itself(page, settings):
    """Ours writes the last of the names; whatever stands before it came from the visitor."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.LEGISLATORS_EMBED_REQUESTS_PER_MINUTE = 3
    cache.clear()
    forged = {"X-Forwarded-Proto": "https"}
    answers = [
        _ask(json.dumps(PORT_ALDER), **forged, **{"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.9"})
        for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    settings.SECURE_PROXY_SSL_HEADER = None
    cache.clear()
    answers = [_ask(json.dumps(PORT_ALDER), **{"X-Forwarded-For": f"10.0.0.{number}"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


@pytest.mark.parametrize("stage", ["find", "choose"])
def test_what_was_found_of_one_address_is_believed_for_no_other(client, page, stage):
    sealed = client.post(page.url, {**PORT_ALDER, "zip_code": "69903", "street": ""}).context["sealed"]
    response = client.post(
        page.url,
        {**PORT_ALDER, "stage": stage, "finding": sealed, "choice-state_lower": f"{PREFIX}/sldl:2nd_birch"},
    )
    assert [seat.district for seat in response.context["answer"].seats][:2] == ["Harbor", "1st Harbor"]


def test_a_doubt_about_somebody_who_was_not_shown_is_not_recorded(client, page):
    sealed = client.post(page.url, PORT_ALDER).context["sealed"]
    for forged in (f"1 state_lower {PREFIX}/sldl:2nd_birch", f"1 us_house {PREFIX}/sldl:1st_harbor", "1", "\x00 x y"):
        assert client.post(page.url, {**PORT_ALDER, "finding": sealed, "doubt": forged}).status_code == 200
    assert not LegislatorDoubt.objects.exists()


def test_a_doubt_names_nobody_and_keeps_nothing_of_the_visitor(client, page):
    sealed = client.post(page.url, PORT_ALDER).context["sealed"]
    forged = f"999999 state_lower {PREFIX}/sldl:1st_harbor"
    client.post(page.url, {**PORT_ALDER, "finding": sealed, "doubt": forged, "doubt-reason-999999": "21 Main Street"})
    (row,) = LegislatorDoubt.objects.values()
    assert (row["official_id"], row["reason"], row["certainty"], row["geocoder"]) == (
        None,
        "other",
        "rooftop",
        "sample",
    )
    assert not client.session.keys()
