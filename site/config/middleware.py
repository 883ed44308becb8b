"""What happens around every request."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Wagtail's editor writes inline scripts and styles, so the admin gets a laxer policy than the public site.
ADMIN_ADDITIONS = {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}
#: Its preview shows a page beside the form that edits it.
ADMIN_REPLACEMENTS = {"frame-ancestors": ["'self'"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on public pages, laxer under /admin/."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_update = ADMIN_ADDITIONS  # type: ignore[attr-defined]
            response._csp_replace = ADMIN_REPLACEMENTS  # type: ignore[attr-defined]
        return super().process_response(request, response)
