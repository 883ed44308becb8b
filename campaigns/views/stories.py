"""The stories that may be shown, all of them, and their photographs. Nothing of either is kept by any cache."""

import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.selectors import public_stories
from campaigns.selectors.pages import action_with_key, society

STORIES_A_PAGE = 10


@require_safe
def all_stories(request: HttpRequest, page_key: uuid.UUID | None = None) -> HttpResponse:
    """Of one page, or of all. A page without any has no list: nobody is told which pages ask for stories."""
    page = action_with_key(page_key) if page_key else None
    shown = public_stories.showable(page_key)
    if page_key and not shown.exists():
        raise Http404
    results = Paginator(shown, STORIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "results": results,
        "stories": public_stories.stories(results.object_list),
        "tell_page": public_stories.page_to_tell_on(page),
        "society": society(request),
    }
    response = render(request, "campaigns/stories.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def photo(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """A photograph whose teller let us show it. Drawn anew when it came, it holds pixels and nothing else."""
    upload = public_stories.photo(key)
    if upload is None:
        raise Http404
    response = FileResponse(upload.file.open("rb"), content_type=upload.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
