"""A society that has errors mailed to itself gets none of what its visitors typed."""

import json
import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils.log import AdminEmailHandler

from campaigns.content import flow_letters
from config.demo import state
from legislators.content.find_page import FindLegislatorsPage
from legislators.services import findings, resolution
from tests.factories import campaigns, home

pytestmark = pytest.mark.django_db

HOME = {"street": "4711 Zanzibar Lane", "city": "Xyzzyville", "state": "AX", "zip_code": "69903"}
SECRETS = ("4711", "Zanzibar", "Xyzzyville", "69903", "Quillfeather", "quill@", "sessionsecret")


@pytest.fixture(autouse=True)
def mailed(db, settings):
    """Every error goes to the administrators, as Django does it by default."""
    settings.GEOCODERS = ["sample", "street_ranges"]
    settings.DEBUG = False
    settings.ADMINS = [("Staff", "staff@alder.example")]
    state.build()
    handler = AdminEmailHandler(include_html=True)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)


@pytest.fixture
def visitor():
    client = Client(raise_request_exception=False)
    client.cookies["other"] = "sessionsecret"
    return client


@pytest.fixture(params=["_locate", "_choose", "_zip_is_in"])
def broken(request, monkeypatch):
    """A fault of ours deep in the look-up, whose words and causes quote the address."""

    def breaks(*_arguments):
        street = HOME["street"]
        try:
            raise ValueError(street)
        except ValueError as error:
            raise RuntimeError(f"no idea what {street} is") from error

    monkeypatch.setattr(resolution, request.param, breaks)


def _report() -> str:
    (message,) = mail.outbox
    return "\n".join([message.subject, message.body, *(str(part[0]) for part in message.alternatives)])


def _is_useful_and_private(report: str) -> bool:
    assert [secret for secret in SECRETS if secret in report] == []
    return "RuntimeError" in report and "legislators/services/resolution.py" in report


def test_a_fault_behind_the_page_says_where_it_is_and_not_for_whom(visitor, broken):
    page = home.home_page().add_child(instance=FindLegislatorsPage(title="Find", slug="find"))
    response = visitor.post(page.url + "?q=Zanzibar", HOME, headers={"referer": f"http://testserver/?{HOME['street']}"})
    assert response.status_code == 500
    assert _is_useful_and_private(_report())


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_fault_behind_the_json_says_where_it_is_and_not_for_whom(visitor, broken, kind):
    body = json.dumps(HOME) if kind.endswith("json") else "street=4711+Zanzibar+Lane&state=AX&zip_code=69903"
    response = visitor.post("/legislators/find.json", body, content_type=kind)
    assert response.status_code == 500
    assert _is_useful_and_private(_report())


def test_a_refused_upload_is_reported_without_its_fields(visitor):
    assert visitor.post("/legislators/find.json", HOME).status_code == 415
    assert [secret for secret in SECRETS if secret in _report()] == []


def test_a_fault_behind_a_form_with_two_addresses_names_nobody(visitor, monkeypatch):
    def breaks(*, terms, addresses):
        raise RuntimeError(addresses[0].address.street)

    monkeypatch.setattr(flow_letters.actions, "look_up", breaks)
    page = campaigns.action_page()
    answers = {
        "address__street": HOME["street"],
        "address__city": HOME["city"],
        "name__family": "Quillfeather",
        "email": "quill@feather.example",
    }
    assert campaigns.details(page, visitor, **answers).status_code == 500
    assert [secret for secret in SECRETS if secret in _report()] == []


def test_a_developer_sees_the_variables(client, settings, monkeypatch):
    def breaks(*_arguments, **_more):
        raise RuntimeError("here it is")

    settings.DEBUG = True
    monkeypatch.setattr(findings, "look_up", breaks)
    client.raise_request_exception = False
    response = client.post("/legislators/find.json", json.dumps(HOME), content_type="application/json")
    assert response.status_code == 500
    assert b"here it is" in response.content
    assert b"Zanzibar" in response.content
