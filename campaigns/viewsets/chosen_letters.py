"""What is done to many letters of the ledger at once: first it says how many, then does it when that is confirmed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from campaigns.forms.chosen_letters import ChosenLettersForm
from campaigns.services import chosen_letters
from campaigns.services.chosen_letters import Act, Outcome
from campaigns.viewsets import access
from delivery.records.messages import OutboxMessage

_LOGGED = {Act.RETRY: access.RETRIED, Act.REROUTE: access.REROUTED, Act.CANCEL: access.CANCELLED}


class ChosenLettersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = access.POLICY
    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]
    template_name = "campaigns/admin/chosen_letters.html"
    page_title = gettext_lazy("Chosen letters")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("letters:index"), "label": _("Letters")},
            {"url": "", "label": self.page_subtitle},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChosenLettersForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, errors[0])
            return self._back()
        if not form.cleaned_data["is_confirmed"]:
            return self._ask(form)
        self._perform(form)
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect(get_valid_next_url_from_request(self.request) or reverse("letters:index"))

    def _ask(self, form: ChosenLettersForm) -> HttpResponse:
        act = Act(form.cleaned_data["act"])
        found = chosen_letters.sort(act=act, letter_ids=form.letter_ids)
        self.page_subtitle = str(act.label)
        return self.render_to_response(
            self.get_context_data(
                act=act,
                found=found,
                letters=[*found.ready, *found.doubtful],
                states=_states(_counted(found.others)),
                next=get_valid_next_url_from_request(self.request) or reverse("letters:index"),
            )
        )

    def _perform(self, form: ChosenLettersForm) -> None:
        act = Act(form.cleaned_data["act"])
        outcome = chosen_letters.perform(
            act=act, letter_ids=form.letter_ids, is_doubt_accepted=form.cleaned_data["may_arrive_twice"]
        )
        for letter in outcome.done:
            log(letter, _LOGGED[act])
        _tell(self.request, act, outcome)


def _tell(request: HttpRequest, act: Act, outcome: Outcome) -> None:
    count = len(outcome.done)
    if count:
        said = {
            Act.RETRY: ngettext(
                "%(count)s letter is back in the queue.", "%(count)s letters are back in the queue.", count
            ),
            Act.REROUTE: ngettext("%(count)s letter goes another way.", "%(count)s letters go another way.", count),
            Act.CANCEL: ngettext(
                "%(count)s letter is cancelled. It was not sent.",
                "%(count)s letters are cancelled. They were not sent.",
                count,
            ),
        }[act]
        messages.success(request, said % {"count": count})
    if stayed := sum(outcome.stayed.values()):
        said = ngettext(
            "%(count)s letter stayed as it was: %(states)s.",
            "%(count)s letters stayed as they were: %(states)s.",
            stayed,
        )
        messages.warning(request, said % {"count": stayed, "states": _states(outcome.stayed)})


def _counted(letters: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for letter in letters:
        state = letter.outbox_message.state
        counts[state] = counts.get(state, 0) + 1
    return counts


def _states(counts: Mapping[str, int]) -> str:
    """How many are in which state, in the order of a letter's way."""
    return ", ".join(
        f"{OutboxMessage.State(state).label} ({counts[state]})"
        for state in OutboxMessage.State.values
        if counts.get(state)
    )
