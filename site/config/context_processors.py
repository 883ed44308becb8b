"""What every page needs that no room alone knows."""

from django.http import HttpRequest

from delivery.adapters import mail


def delivery(request: HttpRequest) -> dict[str, object]:
    """Whether mail is only captured here: what the outbox itself goes by, so that no page says otherwise."""
    return {"is_capturing_mail": not mail.is_sending()}
