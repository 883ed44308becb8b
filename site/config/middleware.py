"""What happens around every request."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Wagtail's editor writes inline scripts and styles, so the admin gets a laxer policy than the public site.
ADMIN_POLICY = {"script-src": ["'self'", "'unsafe-inline'"], "style-src": ["'self'", "'unsafe-inline'"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on public pages, laxer under /admin/."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(("/admin/", "/queues/")):
            response._csp_update = ADMIN_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)
