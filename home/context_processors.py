"""What every page needs: whether mail really leaves."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    return {"is_capturing_mail": settings.DELIVERY_MODE != "send"}
