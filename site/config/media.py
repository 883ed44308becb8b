"""Serves uploaded images; in production the web server in front may take this over."""

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.views.static import serve


def serve_media(request: HttpRequest, path: str) -> FileResponse:
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=86400"
    # An uploaded SVG or HTML file must not run as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response  # type: ignore[return-value]
