"""Serves uploaded images; in production the web server in front may take this over."""

import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.static import serve

#: Documents lie here too, but leave only through Wagtail's view, which knows who may read each collection.
_NOT_SERVED = ("documents",)


def serve_media(request: HttpRequest, path: str) -> FileResponse:
    if posixpath.normpath(path).lstrip("/").split("/")[0].casefold() in _NOT_SERVED:
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=86400"
    # An uploaded SVG or HTML file must not run as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response  # type: ignore[return-value]
