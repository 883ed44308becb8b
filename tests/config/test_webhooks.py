"""The addresses at which mail services report."""

import pytest
from django.test import Client

from config.webhooks import tracking_addresses

pytestmark = pytest.mark.django_db


def test_no_address_takes_mail_that_comes_in():
    routes = [str(pattern.pattern) for pattern in tracking_addresses()]
    assert "postmark/tracking/" in routes
    assert [route for route in routes if "inbound" in route] == []
    assert Client().post("/anymail/mailgun/inbound/").status_code == 404


def test_a_service_without_keys_is_not_there(settings):
    settings.ANYMAIL = {}
    assert Client().post("/anymail/mailgun/tracking/", "{}", content_type="application/json").status_code == 404


def test_a_report_needs_no_token_of_ours_but_the_secret(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:sesame"}
    client = Client(enforce_csrf_checks=True)
    assert client.post("/anymail/postmark/tracking/", "{}", content_type="application/json").status_code == 400
