"""The addresses at which mail services report."""

import base64
import json

import pytest
from django.test import Client

from config import webhooks

pytestmark = pytest.mark.django_db


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_address_takes_mail_that_comes_in_unless_it_is_wanted_and_a_secret_is_set(settings):
    inbound = "/anymail/postmark/inbound/"
    assert [str(each.pattern) for each in webhooks.addresses() if "inbound" in str(each.pattern)]
    settings.REPLIES_DOMAIN, settings.ANYMAIL = "", {"WEBHOOK_SECRET": "postmark:sesame"}
    assert Client().post(inbound, "{}", content_type="application/json").status_code == 404
    settings.REPLIES_DOMAIN, settings.ANYMAIL = "replies.alder-medical.example", {}
    assert Client().post(inbound, "{}", content_type="application/json").status_code == 404
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:sesame"}
    assert Client().post(inbound, "{}", content_type="application/json").status_code == 403


def test_a_large_post_is_read_for_those_who_know_the_secret_alone(settings):
    settings.REPLIES_DOMAIN, settings.ANYMAIL = "replies.alder-medical.example", {"WEBHOOK_SECRET": "postmark:sesame"}
    body = json.dumps({"Padding": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    def post(credentials: str) -> int:
        headers = {"authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}
        client = Client(headers=headers)
        return client.post("/anymail/postmark/inbound/", body, content_type="application/json").status_code

    assert post("postmark:guess") == 403
    assert post("postmark:sesame") == 200


def test_a_service_without_keys_is_not_there(settings):
    settings.ANYMAIL = {}
    assert Client().post("/anymail/mailgun/tracking/", "{}", content_type="application/json").status_code == 404


def test_a_report_needs_no_token_of_ours_but_the_secret(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:sesame"}
    client = Client(enforce_csrf_checks=True)
    assert client.post("/anymail/postmark/tracking/", "{}", content_type="application/json").status_code == 403
