"""How much of a file is taken in before anybody has looked at it."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import cached_property

_MEGABYTE = 1_000_000
_ELSEWHERE = ("/admin/", "/anymail/")


class LimitedUploadHandler(FileUploadHandler):
    """Cuts a visitor's file off a little above the limit: enough to say that it is too large.

    What staff add to the site and what the mail service brings in have limits of their own.
    """

    def __init__(self, request: object = None) -> None:
        super().__init__(request)
        self._most = (settings.UPLOAD_MAX_MEGABYTES + 1) * _MEGABYTE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= self._most or self._is_elsewhere else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None

    @cached_property
    def _is_elsewhere(self) -> bool:
        return str(getattr(self.request, "path_info", "")).startswith(_ELSEWHERE)
