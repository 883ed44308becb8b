"""Keeps what visitors typed out of error reports, whoever is set up to send them."""

from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from config.logging import mask

#: What says where a fault lies, and nothing of who met it.
_KEPT_META = frozenset({"CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_HOST", "REQUEST_METHOD", "SERVER_NAME", "SERVER_PORT"})


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """Names variables and fields, and leaves their values out: an address passes through too many to list them."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        given = super().get_post_parameters(request)
        if request is None or not self.is_active(request):
            return given
        hidden = QueryDict(mutable=True)
        hidden.update(dict.fromkeys(given, self.cleansed_substitute))
        return hidden

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

    def get_safe_request_meta(self, request: HttpRequest) -> Any:
        meta = super().get_safe_request_meta(request)
        if not self.is_active(request):
            return meta
        return {name: value for name, value in meta.items() if name in _KEPT_META}

    def get_safe_cookies(self, request: HttpRequest) -> Any:
        cookies = super().get_safe_cookies(request)
        return dict.fromkeys(cookies, self.cleansed_substitute) if self.is_active(request) else cookies


class PrivateReporter(ExceptionReporter):
    """What the filter is not asked about: the address of the page, the query and the exception's own words."""

    def get_traceback_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_traceback_data()
        if not self.filter.is_active(self.request):
            return data
        hidden = self.filter.cleansed_substitute
        for name in ("request_GET_items", "request_FILES_items"):
            data[name] = [(key, hidden) for key, _value in data.get(name) or ()]
        data["user_str"] = hidden
        # Messages may quote the value that they are about; the type and the frames say where to look.
        data |= {"exception_value": hidden, "exception_notes": "", "unicode_hint": "", "template_info": None}
        for frame in data.get("frames", ()):
            frame["exc_cause"] = type(frame["exc_cause"]).__name__ if frame.get("exc_cause") else None
        data["request_insecure_uri"] = mask(str(data.get("request_insecure_uri") or ""))
        return data
