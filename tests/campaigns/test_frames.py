"""An action on somebody else's site, from the form to the receipt."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from campaigns.records.submissions import Submission
from tests.factories import campaigns as make

pytestmark = pytest.mark.django_db
OURS = {"headers": {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}}
PARTNER = "https://partner.example"


@pytest.fixture
def page(alder):
    return make.action_page(allowed_origins=f"{PARTNER}\nhttps://second.example:8443")


@pytest.fixture
def strict() -> Client:
    """Asks for the token that frames cannot have."""
    return Client(enforce_csrf_checks=True)


def address(page) -> str:
    return reverse("campaigns:frame", args=[page.translation_key])


def policy(response) -> str:
    return response.headers["Content-Security-Policy"]


def test_only_the_listed_sites_may_show_it_and_only_this_address(client, page):
    response = client.get(address(page))

    assert "frame-ancestors https://partner.example https://second.example:8443" in policy(response)
    assert "script-src 'self'" in policy(response)
    assert "X-Frame-Options" not in response.headers
    own = client.get(page.url)
    assert "frame-ancestors 'none'" in policy(own)
    assert own.headers["X-Frame-Options"] == "DENY"


def test_it_has_a_title_a_language_and_a_main_part_and_nothing_of_the_site_around_it(client, page):
    html = client.get(address(page)).content.decode()

    assert '<html lang="en"' in html
    assert "<title>" in html
    assert '<main id="main"' in html
    assert 'class="site-header"' not in html
    assert "skip-link" not in html
    assert "css/forms.css" in html
    assert "js/embed-frame.js" in html
    assert f'action="{address(page)}"' in html


def test_it_needs_and_sets_no_cookie_and_is_kept_nowhere(strict, page):
    response = strict.get(address(page))

    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_the_whole_way_works_without_a_cookie(strict, page):
    review = strict.post(address(page), {**make.person(), "stage": "details", "token": str(uuid.uuid4())}, **OURS)
    assert "Read your letters" in review.content.decode()
    sent = strict.post(address(page), {**make.hidden(review), "stage": "confirm"}, **OURS)

    assert sent.status_code == 302
    assert sent.url.startswith(f"{address(page)}receipt/")
    receipt = strict.get(sent.url)
    assert "Thank you" in receipt.content.decode()
    assert "frame-ancestors https://partner.example" in policy(receipt)
    assert Submission.objects.count() == 1
    assert [answer.cookies for answer in (review, sent, receipt) if answer.cookies] == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": PARTNER, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Referer": "https://testserver.evil.example/"},
    ],
)
def test_a_post_from_elsewhere_stores_nothing_and_shows_what_was_typed_again(strict, page, headers):
    review = strict.post(address(page), {**make.person(), "stage": "details", "token": str(uuid.uuid4())}, **OURS)
    answer = strict.post(address(page), {**make.hidden(review), "stage": "confirm"}, headers=headers)

    assert answer.status_code == 403
    assert "maria.santos@clinic.example" in answer.content.decode()
    assert not Submission.objects.exists()


def test_what_is_done_on_the_receipt_needs_our_own_page_too(strict, page):
    answer = strict.post(f"{address(page)}receipt/x/done/{uuid.uuid4()}/", headers={"Origin": PARTNER})
    assert answer.status_code == 403


def test_nothing_but_receipts_is_reached_through_a_frame(client, page):
    for rest in ("", "../admin/", "x/y/z/w/"):
        assert client.get(f"{address(page)}receipt/{rest}").status_code == 404
    assert client.get(f"{address(page)}receipt/forged/").status_code == 404


def test_without_a_list_it_is_refused_and_nobody_may_frame_the_refusal(client, page):
    page.allowed_origins = ""
    page.save()
    response = client.get(address(page))

    assert response.status_code == 403
    assert page.url in response.content.decode()
    assert "frame-ancestors 'none'" in policy(response)
    assert response.headers["X-Frame-Options"] == "DENY"


def test_what_the_public_may_not_see_is_not_framed(client, page):
    assert client.get(reverse("campaigns:frame", args=[uuid.uuid4()])).status_code == 404
    assert client.get(f"/es{address(page)}").status_code == 404
    page.unpublish()
    assert client.get(address(page)).status_code == 404


def test_a_closed_campaign_says_so_in_the_frame(client, page):
    campaign = page.get_parent().specific
    campaign.status = "closed"
    campaign.save()
    response = client.get(address(page))

    assert response.status_code == 200
    assert "This campaign is closed" in response.content.decode()


def test_the_partner_is_counted_by_its_host_through_every_step(client, alder):
    fields = [*make.FIELDS, ("source", {"label": "Source", "key": "source", "parameter": "from"})]
    page = make.action_page(allowed_origins=PARTNER, form_fields=fields)
    start = client.get(address(page), headers={"Referer": f"{PARTNER}/members/dr-jones"})
    html = start.content.decode()

    assert 'value="partner-example"' in html
    assert f'action="{address(page)}?source=partner-example"' in html
    assert "dr-jones" not in html


def test_an_editor_cannot_list_what_is_no_site(page):
    page.allowed_origins = "https://partner.example/path\n*"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert len(refusal.value.message_dict["allowed_origins"]) == 2
