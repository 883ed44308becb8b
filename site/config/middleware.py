"""What happens around every request."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Wagtail's editor writes inline scripts and styles, so the admin gets a laxer policy than the public site.
ADMIN_ADDITIONS = {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}
#: Its preview shows a page beside the form that edits it.
FRAMED_BY_THE_ADMIN = {"frame-ancestors": ["'self'"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on public pages, laxer under /admin/.

    A page in the editor's preview is as strict, but may be framed; so may a form, by the sites that its editor named.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_update = ADMIN_ADDITIONS  # type: ignore[attr-defined]
            response._csp_replace = FRAMED_BY_THE_ADMIN  # type: ignore[attr-defined]
        elif getattr(request, "is_preview", False):
            # Wagtail asks for the page at its public address and hands the answer on with its headers.
            response._csp_replace = FRAMED_BY_THE_ADMIN  # type: ignore[attr-defined]
        elif surface := getattr(request, "surface", None):
            response._csp_replace = {"frame-ancestors": list(surface.origins) or ["'none'"]}  # type: ignore[attr-defined]
        return super().process_response(request, response)
