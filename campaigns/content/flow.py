"""One request to an action page: what every step of it needs."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from campaigns.content import action_screens
from campaigns.content.action_screens import Context


class Flow:
    """Nothing is stored before the confirming POST; until then the answers travel in hidden inputs."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.post = request.POST
        self.terms = page.terms(request)
        #: Stands above the step: why it is shown, or shown again.
        self.notice = ""
        self.status = 200

    def _closed(self) -> HttpResponse:
        self.status = 403 if self.status == 403 else 409
        return self._render("campaigns/action_closed.html", action_screens.closed(self.page, self.post))

    def _render(self, template: str, context: Context) -> HttpResponse:
        full = {
            **self.page.get_context(self.request),
            "token": str(self._token()),
            "notice": self.notice,
            **context,
        }
        response = TemplateResponse(self.request, template, full, status=self.status)
        # Answers stand in the page, and a cached token would be refused.
        patch_cache_control(response, private=True, no_store=True)
        return response

    def _token(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.post.get("token", ""))
        except ValueError:
            return uuid.uuid4()
