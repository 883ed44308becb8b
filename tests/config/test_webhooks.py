"""The addresses at which mail services report."""

from config.webhooks import tracking_addresses


def _routes(**settings: str) -> list[str]:
    return [str(pattern.pattern) for pattern in tracking_addresses(**settings)]


def test_a_site_that_sends_answers_only_the_service_that_it_sends_through():
    assert _routes(delivery_mode="send", backend="anymail.backends.postmark.EmailBackend") == ["postmark/tracking/"]
    assert _routes(delivery_mode="send", backend="anymail.backends.amazon_ses.EmailBackend") == ["amazon_ses/tracking/"]


def test_a_site_with_a_mail_server_of_its_own_answers_none():
    assert _routes(delivery_mode="send", backend="delivery.adapters.smtp.SmtpBackend") == []


def test_no_address_takes_mail_that_comes_in():
    routes = _routes(delivery_mode="capture", backend="delivery.adapters.capture.CapturedMailBackend")
    assert "postmark/tracking/" in routes
    assert [route for route in routes if "inbound" in route] == []
