"""The cookies by which a device knows again what was sent from it."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from campaigns.engine.memory_tokens import JUST_SENT, NEXT_STEP, REMEMBERED, Memory
from campaigns.engine.tokens import BadToken, ExpiredToken


def kept(request: HttpRequest, memory: Memory) -> uuid.UUID | None:
    """The submission that the cookie names; None in a frame and at a stand, where no device is anybody's."""
    value = "" if getattr(request, "surface", None) else request.COOKIES.get(memory.cookie, "")
    try:
        return memory.read(value) if value else None
    except (BadToken, ExpiredToken):
        return None


def keep(response: HttpResponse, memory: Memory, key: uuid.UUID) -> None:
    response.set_cookie(
        memory.cookie,
        memory.sign(key),
        max_age=memory.seconds,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def drop(response: HttpResponse, *memories: Memory) -> None:
    for memory in memories:
        response.delete_cookie(memory.cookie, samesite="Lax")


def to_fill_in(request: HttpRequest) -> uuid.UUID | None:
    """The submission whose details a form begins with: that of the step before, else the one that is remembered."""
    return kept(request, NEXT_STEP) or kept(request, REMEMBERED)


def was_sent_here(request: HttpRequest, key: uuid.UUID) -> bool:
    """Whether this very device sent it: whoever else has the link to a receipt reads it, and no more."""
    return kept(request, JUST_SENT) == key
