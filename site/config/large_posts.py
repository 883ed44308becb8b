"""Reads a post beyond the size that Django allows to strangers, for those who have proved who they are."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def read_whole(request: HttpRequest) -> None:
    """Fills in the body, the fields and the files, before anything asks Django for them.

    The caller has looked at the length.
    """
    body = request.read()
    request._body = body  # type: ignore[attr-defined]
    if request.content_type == "multipart/form-data":
        request._post, request._files = _form(body, request.META["CONTENT_TYPE"])  # type: ignore[attr-defined]
    elif request.content_type == "application/x-www-form-urlencoded":
        request._post, request._files = QueryDict(body), MultiValueDict()  # type: ignore[attr-defined]


def _form(body: bytes, content_type: str) -> tuple[QueryDict, MultiValueDict]:
    """The fields and files of a form (RFC 7578)."""
    post, files = QueryDict(mutable=True), MultiValueDict()
    boundary = str(_headers(b"Content-Type: " + content_type.encode("latin-1")).get_boundary("")).encode("latin-1")
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        if part.startswith(b"--"):
            break
        head, _separator, content = part.partition(b"\r\n\r\n")
        headers = _headers(head.lstrip())
        name = str(headers.get_param("name", "", header="content-disposition"))
        filename = headers.get_filename()
        if filename is None:
            post.appendlist(name, content.decode(headers.get_content_charset() or "utf-8", "replace"))
        else:
            # A name that Django would refuse, and the file with it, is an attachment all the same.
            given = filename.rpartition("/")[2].strip(".") or "attachment"
            files.appendlist(name, SimpleUploadedFile(given, content, headers.get_content_type()))
    return post, files


def _headers(head: bytes) -> EmailMessage:
    message = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the policy makes
    return message
