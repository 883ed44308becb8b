"""Which of Anymail's addresses the site answers at: the tracking of the service that sends its mail."""

from anymail.urls import urlpatterns
from django.urls import URLPattern

_ANYMAIL = "anymail.backends."


def tracking_addresses(*, delivery_mode: str, backend: str) -> list[URLPattern]:
    """Those of the service in `backend`, a dotted path; of every service where nothing is sent, to try them.

    A service without keys would answer any post with an error, and mail that comes in has no reader here.
    """
    # Mandrill has one address for all that it reports.
    tracking = [each for each in urlpatterns if str(each.pattern).endswith(("tracking/", "mandrill/"))]
    if delivery_mode != "send":
        return tracking
    service = backend.removeprefix(_ANYMAIL).partition(".")[0] if backend.startswith(_ANYMAIL) else ""
    return [pattern for pattern in tracking if service and str(pattern.pattern).startswith(f"{service}/")]
