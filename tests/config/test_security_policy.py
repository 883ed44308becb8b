"""What a browser is allowed to run on our pages."""

import pytest
from django.http import HttpResponse

from config.middleware import ContentSecurityPolicyMiddleware
from tests.factories.home import standard_page


def policy_of(path: str, rf) -> dict[str, str]:
    middleware = ContentSecurityPolicyMiddleware(lambda request: HttpResponse("<p>"))
    header = middleware(rf.get(path)).headers["Content-Security-Policy"]
    return dict(directive.strip().split(" ", 1) for directive in header.split(";"))


@pytest.mark.parametrize("path", ["/", "/es/", "/campaigns/telehealth/", "/administration/", "/receipt/x/"])
def test_a_public_page_runs_nothing_inline_and_nothing_of_others(path, rf):
    policy = policy_of(path, rf)
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


def test_only_the_two_video_players_may_be_framed(rf):
    assert policy_of("/", rf)["frame-src"] == "'self' https://www.youtube-nocookie.com https://player.vimeo.com"


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/3/edit/"])
def test_the_editors_side_may_run_what_wagtail_writes_inline(path, rf):
    policy = policy_of(path, rf)
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"


@pytest.mark.django_db
def test_a_page_in_the_editors_preview_may_be_framed_and_is_otherwise_as_strict(rf):
    page = standard_page()
    response = page.make_preview_request(rf.get("/admin/pages/3/edit/preview/"))
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "'self'"
    assert policy["script-src"] == "'self'"


def test_the_editors_side_asks_no_other_server(settings):
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAILEMBEDS_FINDERS == []
