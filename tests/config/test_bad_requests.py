"""A request that cannot be read gets a page that says what to do, and the server goes on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    """Has the cookie that makes the CSRF check read every POST before any page does, as in production."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client


def is_said_well(response) -> bool:
    return response.status_code == 400 and b"<h1>" in response.content and b'lang="es"' in response.content


def test_a_post_that_is_too_large_is_answered_with_what_to_do(strict):
    assert is_said_well(strict.post("/", {"story": "x" * 3_000_000}))


def test_a_post_of_too_many_fields_is_answered_with_what_to_do(strict):
    assert is_said_well(strict.post("/", {f"field{number}": "x" for number in range(2000)}))


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "base64"])
def test_a_post_in_another_alphabet_is_answered_and_not_raised_to_the_server(strict, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert is_said_well(strict.generic("POST", "/", b"a=b", content_type=kind))


def test_a_host_that_is_not_ours_is_told_nothing(strict, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    response = strict.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.database
@pytest.mark.parametrize("path", ["/%00/", "/es/%00/", "/documents/1/%00", "/media/%00", "/receipt/%00/"])
def test_an_address_with_a_nul_in_it_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.database
def test_a_search_for_a_nul_finds_nothing(client):
    assert client.get("/search/?q=%00").status_code == 200


@pytest.mark.database
@pytest.mark.parametrize("query", ["q=%00", "campaign=%00", "official=%00", "state=%00", "date_from=%00", "p=%00"])
def test_a_nul_in_the_ledger_s_filters_finds_nothing(admin_client, query):
    assert admin_client.get(f"/admin/letters/?{query}").status_code == 200
