"""One request to an action page: what every step of it needs."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from campaigns.content import action_screens, email_question
from campaigns.content.action_screens import Context
from campaigns.content.originals import original
from campaigns.content.protection_settings import ProtectionSettings
from campaigns.engine import agreements, form_stamps, networks
from campaigns.engine.actions import Answers
from campaigns.engine.standing import Assessment
from campaigns.selectors import letter_words
from campaigns.services import protection

#: Inputs of the page's own; a hyphen keeps them apart from every storage key.
STAMP_INPUT = "form-opened"
#: Nobody sees it and nobody is to fill it in: it is called what programs like to fill in.
TRAP_INPUT = "website-url"
#: What the person agrees to by sending the form, as it stood there when they opened it.
AGREED_INPUT = "form-agreed"


class Flow:
    """Nothing is stored before the confirming POST; until then the answers travel in hidden inputs."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page = page
        page.keep_specs()
        self.request = request
        self.post = email_question.answered(request.POST, page.form_specs)
        self.terms = page.terms(request)
        #: Stands above the step: why it is shown, or shown again.
        self.notice = ""
        self.status = 200

    @property
    def is_open(self) -> bool:
        return bool(self.page.is_open)

    def _closed(self) -> HttpResponse:
        self.status = 403 if self.status == 403 else 409
        return self._render("campaigns/action_closed.html", action_screens.closed(self.page, self.post))

    def _render(self, template: str, context: Context) -> HttpResponse:
        full = {
            **self.page.get_context(self.request),
            "token": str(self._token()),
            "notice": self.notice,
            **self._proofs(),
            "consent_text": letter_words.consent(self.terms.society),
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

    # --- Against abuse -------------------------------------------------------------------------

    def _proofs(self) -> dict[str, str]:
        """What each step carries to the next: when the form was shown first, with what, and what is in the trap."""
        agreed = self.post.get(AGREED_INPUT, "")[:64] if self.request.method == "POST" else self._offered
        return {"opened": self._stamp(), "agreed": agreed, "trap": self.post.get(TRAP_INPUT, "")[:200]}

    @property
    def _offered(self) -> str:
        return agreements.digest(self.page.form_specs, self.terms.kinds)

    @property
    def has_changed(self) -> bool:
        """Whether an editor has changed what the person agrees to since they opened the form."""
        return self.post.get(AGREED_INPUT, "") not in ("", self._offered)

    def _stamp(self) -> str:
        """A new one for a form that is shown first, or that was open for a day; none is made up for a later step."""
        if self.request.method != "POST":
            return form_stamps.issue(page_key=self.terms.page_key, at=shown_at())
        seconds = self._seconds()
        if seconds is None:
            return ""
        if seconds > form_stamps.RENEWED_AFTER_SECONDS:
            return form_stamps.issue(page_key=self.terms.page_key, at=shown_at())
        return self.post.get(STAMP_INPUT, "")

    def _seconds(self) -> float | None:
        """Since the form was first shown; None where nothing proves that it was."""
        try:
            return form_stamps.seconds_since(
                self.post.get(STAMP_INPUT, ""), page_key=self.terms.page_key, now=timezone.now()
            )
        except form_stamps.NoStamp:
            return None

    def _assess(self, answers: Answers) -> Assessment:
        """What is made of the form just before it is stored; whoever sent it is told the same in any case."""
        address = networks.client_address(self.request.META, trusted_proxies=settings.TRUSTED_PROXIES)
        rules = ProtectionSettings.for_request(self.request).rules()
        # Whoever translates a page does not loosen what the editor decided for the form.
        page = original(self.page)
        surface = getattr(self.request, "surface", None)
        is_stand = surface is not None and surface.is_stand
        rules = rules.for_action(page.network_an_hour)
        return protection.assess(
            visit=protection.Visit(
                network=networks.network_of(address),
                counted_with=self._counted_with(page, is_stand=is_stand),
                is_trusted=networks.is_within(address, rules.trusted_networks),
                is_trap_filled=bool(self.post.get(TRAP_INPUT)),
                seconds=self._seconds(),
            ),
            answers=answers,
            rules=rules.at_a_stand if is_stand else rules,
            confirmation=page.confirmation,
        )

    @staticmethod
    def _counted_with(page: Any, *, is_stand: bool) -> str:
        """What many do at an event must not use up what others on the same network may do elsewhere on the site."""
        own = "" if page.network_an_hour is None else str(page.translation_key)
        return f"{own} stand".strip() if is_stand else own


def shown_at() -> datetime:
    """Now; tests, which fill in a form in no time, say that it was earlier."""
    return timezone.now()
