"""What every page behind a signed link has in common."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from campaigns.engine.tokens import BadToken, ExpiredToken, read_receipt
from campaigns.records.submissions import Submission

View = Callable[..., HttpResponse]


def behind_a_link(*, expired: str, missing: str) -> Callable[[View], View]:
    """Kept by no cache, listed by no search engine, and its address told to no other site.

    :param expired: the template for a link that is too old; `missing` for one that never was ours.
    """

    def private(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, **arguments: object) -> HttpResponse:
            try:
                response = view(request, **arguments)
            except ExpiredToken:
                response = render(request, expired, {"is_expired": True}, status=410)
            except (BadToken, Http404):
                response = render(request, missing, status=404)
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex, nofollow"
            # Not `no-referrer`: browsers then send `Origin: null` with "I did this", which the CSRF check refuses.
            response["Referrer-Policy"] = "same-origin"
            return response

        return wrapped

    return private


#: For what hangs on a receipt.
of_a_receipt = behind_a_link(expired="campaigns/receipt_expired.html", missing="campaigns/receipt_not_found.html")


def receipt_key(token: str) -> UUID:
    """The key of the submission that a receipt's address names.

    :raises BadToken, ExpiredToken: which `of_a_receipt` answers.
    """
    return read_receipt(token, days=settings.RECEIPT_LINK_DAYS)


def submission_of(token: str) -> Submission:
    """The submission, with its page.

    :raises BadToken, ExpiredToken: as `receipt_key`.
    :raises Http404: where the submission is gone.
    """
    return get_object_or_404(Submission.objects.select_related("page"), key=receipt_key(token))
