"""Finding legislators from another site: the same answer as JSON, for those who may ask, and not too often."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from legislators.adapters import throttle
from legislators.models import Division
from tests.factories import alder as invented_state

pytestmark = pytest.mark.django_db

URL = "/legislators/find.json"
PORT_ALDER = {"street": "21 Main Street", "city": "Port Alder", "state": "AX", "zip_code": "69901"}
LINE_ROAD = {"street": "101 Line Road", "city": "Birchfield", "state": "AX", "zip_code": "69903"}
ELSEWHERE = "https://www.society.example"


@pytest.fixture(autouse=True)
def alder(db, settings):
    settings.GEOCODERS = ["sample", "street_ranges"]
    settings.LEGISLATORS_EMBED_ORIGINS = [ELSEWHERE]
    return invented_state.build()


def _ask(body, client=None, **headers):
    return (client or Client(enforce_csrf_checks=True)).post(
        URL, json.dumps(body), content_type="application/json", headers=headers
    )


def test_an_address_is_answered_with_districts_and_officials():
    response = _ask(PORT_ALDER)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["certainty"], answer["next_step"], answer["problems"]) == ("rooftop", "nothing", [])
    assert "sent to nobody" in answer["source_words"]
    upper, lower = answer["districts"][:2]
    assert (upper["chamber"], upper["chamber_name"], upper["district"]) == ("state_upper", "State senate", "Harbor")
    assert lower["division"] == "ocd-division/country:us/state:ax/sldl:1st_harbor"
    (official,) = lower["officials"]
    assert (official["title"], official["name"]) == ("Representative", "Ines Quayle")
    assert official["url"].startswith("http://testserver/officials/people/")


def test_a_form_is_understood_as_well():
    response = Client(enforce_csrf_checks=True).post(
        URL,
        "street=21+Main+Street&city=Port+Alder&state=AX&zip_code=69901",
        content_type="application/x-www-form-urlencoded",
    )
    assert [seat["district"] for seat in response.json()["districts"]][:2] == ["Harbor", "1st Harbor"]


def test_a_doubt_comes_with_its_candidates_and_the_map_in_words():
    answer = _ask(LINE_ROAD).json()
    assert (answer["certainty"], answer["next_step"]) == ("near_boundary", "confirm_on_map")
    (question,) = answer["candidates"]
    assert {seat["district"] for seat in question["districts"]} == {"1st Birch", "2nd Birch"}
    assert question["map"].startswith("By our map your address lies in 2nd Birch.")
    assert [problem["code"] for problem in answer["problems"]] == ["near_boundary"]
    assert not any(seat["chamber"] == "state_lower" for seat in answer["districts"])


def test_what_the_visitor_chose_is_answered_with_who_sits_there():
    chosen = "ocd-division/country:us/state:ax/sldl:2nd_birch"
    answer = _ask({"divisions": [chosen]}).json()
    assert answer["certainty"] == "chosen"
    assert [official["name"] for seat in answer["districts"] for official in seat["officials"]] == ["Hector Elmore"]
    assert _ask({"divisions": chosen}).json() == answer


def test_where_a_visitor_lives_is_not_in_the_answer():
    text = _ask(LINE_ROAD).content.decode()
    assert not any(part in text for part in ("Line Road", "69903", "-41.4", "39.5"))


def test_it_answers_in_the_language_of_its_address():
    response = Client().post(f"/es{URL}", json.dumps(LINE_ROAD), content_type="application/json")
    assert "/es/officials/" in response.json()["districts"][0]["officials"][0]["url"]


def test_it_is_kept_by_no_cache_and_sets_no_cookie():
    response = _ask(PORT_ALDER)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


# --- Who may ask ------------------------------------------------------------------------------------


def test_a_listed_origin_may_ask_from_its_visitors_browsers():
    response = _ask(PORT_ALDER, Origin=ELSEWHERE)
    assert response["Access-Control-Allow-Origin"] == ELSEWHERE
    assert "Access-Control-Allow-Credentials" not in response
    assert "Origin" in response["Vary"]


def test_the_site_s_own_pages_may_ask():
    assert _ask(PORT_ALDER, Origin="http://testserver").status_code == 200


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", f"{ELSEWHERE}.evil.example"])
def test_any_other_origin_is_refused_before_anything_is_looked_up(origin, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = _ask(PORT_ALDER, Origin=origin)
    assert response.status_code == 403
    assert "error" in response.json()
    assert "Access-Control-Allow-Origin" not in response


def test_without_the_setting_only_the_site_itself_may_ask(settings):
    settings.LEGISLATORS_EMBED_ORIGINS = []
    assert _ask(PORT_ALDER, Origin=ELSEWHERE).status_code == 403


def test_a_browser_that_asks_first_is_told_what_it_may_send():
    response = Client().options(URL, headers={"Origin": ELSEWHERE, "Access-Control-Request-Method": "POST"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == ELSEWHERE
    assert response["Access-Control-Allow-Methods"] == "POST"
    assert response["Access-Control-Allow-Headers"] == "Content-Type"
    refused = Client().options(URL, headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403


# --- How often --------------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_to_wait(settings):
    settings.LEGISLATORS_EMBED_REQUESTS_PER_MINUTE = 2
    answers = [_ask({"divisions": ["x"]}) for _request in range(3)]
    # A minute may end between two of them, which begins the count anew.
    if answers[2].status_code != 429:
        answers = [_ask({"divisions": ["x"]}) for _request in range(3)]
    assert answers[2].status_code == 429
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json() == {"error": "Too many requests. Try again in a minute."}


def test_another_visitor_is_not_held_up_and_nought_is_no_limit():
    assert throttle.permits("find", "192.0.2.1", most=1, seconds=3600)
    assert throttle.permits("find", "192.0.2.2", most=1, seconds=3600)
    assert not throttle.permits("find", "192.0.2.1", most=1, seconds=3600)
    assert throttle.permits("find", "192.0.2.1", most=0, seconds=3600)


def test_the_count_holds_no_address_of_anybody():
    throttle.permits("find", "192.0.2.77", most=1, seconds=60)
    assert not any("192.0.2.77" in key for key in cache._cache)


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(settings):
    settings.LEGISLATORS_EMBED_REQUESTS_PER_MINUTE = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    body = {"divisions": ["x"]}
    statuses = [_ask(body, **{"X-Forwarded-For": f"10.9.9.9, 192.0.2.{number}"}).status_code for number in range(3)]
    assert statuses == [200, 200, 200]


# --- What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_a_post_is_answered(method):
    response = getattr(Client(), method)(URL)
    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"
    assert "error" in response.json()


@pytest.mark.parametrize("body", [b" ", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 4000])
def test_what_is_no_json_object_is_refused_as_json(body):
    response = Client().post(URL, body, content_type="application/json")
    assert response.status_code == 400
    assert "error" in response.json()


def test_an_address_that_is_not_complete_names_its_fields():
    response = _ask({"street": "21 Main Street"})
    assert response.status_code == 400
    assert response.json()["fields"] == {"state": ["Choose your state."], "zip_code": ["Enter your ZIP code."]}


@pytest.mark.parametrize(
    "body",
    [{"zip_code": 69901, "state": "AX"}, {**PORT_ALDER, "street": "\0"}, {"divisions": ["a\0"]}, {"divisions": [1]}],
)
def test_values_of_another_kind_are_refused(body):
    assert _ask(body).status_code == 400


def test_a_body_that_is_too_large_is_refused():
    assert _ask({**PORT_ALDER, "city": "x" * 9000}).status_code == 413


def test_more_divisions_than_anybody_has_are_refused():
    ids = list(Division.objects.values_list("ocd_id", flat=True))
    assert _ask({"divisions": (ids * 3)[:21]}).status_code == 400


def test_another_type_of_body_is_refused():
    assert Client().post(URL, PORT_ALDER).status_code == 415
