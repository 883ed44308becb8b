"""The one way to a file that somebody handed in: for staff who may see what the form brought in."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.contrib.forms.utils import get_forms_for_user
from wagtail.log_actions import LogActionRegistry, log

from campaigns.records.uploads import Upload

FETCHED = "campaigns.fetch_upload"


@require_safe
def fetch(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """The file as a download, never shown in the site's own pages: what is inside is a stranger's."""
    upload = get_object_or_404(Upload, key=key, submission__isnull=False)
    page = get_forms_for_user(request.user).filter(translation_key=upload.page_key).first()
    if page is None:
        raise PermissionDenied
    log(page, FETCHED)
    response = FileResponse(
        upload.file.open("rb"), as_attachment=True, filename=upload.name, content_type=upload.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def register(actions: LogActionRegistry) -> None:
    actions.register_action(FETCHED, _("Open a file of a form"), _("Opened a file that came with the form"))
