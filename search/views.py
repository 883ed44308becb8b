"""The page of search results: officials by name, and pages by their words."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from wagtail.models import Site

from home.selectors import active_locale
from legislators.selectors.names import officials_named
from search.selectors import pages_matching

RESULTS_PER_PAGE = 10
MAX_QUERY_CHARACTERS = 200


class SearchView(View):
    """Answers GET only; what was asked for is neither stored nor logged."""

    def get(self, request: HttpRequest) -> HttpResponse:
        query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY_CHARACTERS]
        site = Site.find_for_request(request)
        found: Any = pages_matching(query, locale=active_locale(), site_root=site.root_page) if site else []
        results = Paginator(found, RESULTS_PER_PAGE).get_page(request.GET.get("page"))
        results.object_list = [page.specific for page in results.object_list]
        context = {
            "query": query,
            "results": results,
            "query_string": urlencode({"q": query}),
            # On the first page of results only: they are few and come first.
            "officials": officials_named(query) if results.number == 1 else [],
        }
        return render(request, "search/results.html", context)
