"""Every page says of the mail what the outbox goes by."""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

from delivery.adapters import mail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "backend", "leaves"),
    [
        ("capture", "delivery.adapters.smtp.SmtpBackend", False),
        ("send", "delivery.adapters.smtp.SmtpBackend", True),
        # Told to send, by something that reaches nobody.
        ("send", "django.core.mail.backends.console.EmailBackend", False),
        ("Send", "delivery.adapters.smtp.SmtpBackend", False),
    ],
)
def test_a_page_and_the_outbox_agree_whether_mail_leaves(settings, mode, backend, leaves):
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = mode, backend
    page = Template("{% if is_capturing_mail %}captured{% else %}sent{% endif %}")
    said = page.render(RequestContext(RequestFactory().get("/")))
    assert said == ("sent" if leaves else "captured")
    assert mail.is_sending() is leaves
