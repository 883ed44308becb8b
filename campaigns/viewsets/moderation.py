"""The letters that wait for the staff, and what the staff decide about them, one or many at a time."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.forms.held_letters import Decision, DecisionForm
from campaigns.records.submissions import Letter
from campaigns.selectors import held
from campaigns.viewsets import access
from campaigns.viewsets.capture_notice import CaptureNotice
from delivery.services import moderation

URL_NAMESPACE = "held_letters"
PER_PAGE = 20


def _templates(letters: list[Letter]) -> dict[int, str]:
    """What the editors wrote, by page: nothing of it is marked as if the person had added it."""
    pages = Page.objects.filter(pk__in={letter.submission.page_id for letter in letters}).specific()
    return {page.pk: f"{getattr(page, 'letter_subject', '')}\n{getattr(page, 'letter_body', '')}" for page in pages}


class HeldLettersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The queue, those that have waited longest first. It shows what people wrote: reading it is on record."""

    permission_policy = access.POLICY
    any_permission_required = access.VIEW
    template_name = "campaigns/admin/held_letters.html"
    page_title = gettext_lazy("Held letters")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Held letters")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(held.letters(), PER_PAGE).get_page(self.request.GET.get("p"))
        letters = list(page.object_list)
        templates = _templates(letters)
        access.log_about_all(access.LISTED, {"held": True})
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "held": [
                held.shown(letter, template=templates.get(letter.submission.page_id or 0, "")) for letter in letters
            ],
            "form": DecisionForm(),
            "may_decide": access.POLICY.user_has_permission(self.request.user, "change"),
            "capture_notice": CaptureNotice(),
        }


class DecideView(PermissionCheckedMixin, View):
    permission_policy = access.POLICY
    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST)
        if form.is_valid():
            self._decide(form)
        else:
            for errors in form.errors.values():
                messages.error(request, errors[0])
        return redirect(get_valid_next_url_from_request(request) or f"{URL_NAMESPACE}:index")

    def _decide(self, form: DecisionForm) -> None:
        letters = {letter.outbox_message_id: letter for letter in held.letters().filter(pk__in=form.letter_ids)}
        decision = form.cleaned_data["decision"]
        ids = list(letters)
        if decision == Decision.APPROVE:
            count = moderation.approve(message_ids=ids)
        elif decision == Decision.REJECT:
            count = moderation.reject(message_ids=ids, why=form.cleaned_data["why"])
        elif decision == Decision.HAND_OVER:
            count = moderation.hand_over(message_ids=ids)
        else:
            count = moderation.cancel_held(message_ids=ids)
        for letter in held.decided(list(letters.values())):
            log(letter, _LOGGED[decision])
        _tell(self.request, decision, count, len(form.letter_ids) - count)


_LOGGED = {
    Decision.APPROVE: access.APPROVED,
    Decision.REJECT: access.REJECTED,
    Decision.HAND_OVER: access.REROUTED,
    Decision.CANCEL: access.CANCELLED,
}


def _tell(request: HttpRequest, decision: str, count: int, kept: int) -> None:
    if count:
        said = {
            Decision.APPROVE: ngettext(
                "%(count)s letter is approved and waits for its turn.",
                "%(count)s letters are approved and wait for their turn.",
                count,
            ),
            Decision.REJECT: ngettext(
                "%(count)s letter is rejected. Its writer sees that it was not sent.",
                "%(count)s letters are rejected. Their writers see that they were not sent.",
                count,
            ),
            Decision.HAND_OVER: ngettext(
                "%(count)s letter is handed over to its writer.",
                "%(count)s letters are handed over to their writers.",
                count,
            ),
            Decision.CANCEL: ngettext("%(count)s letter is cancelled.", "%(count)s letters are cancelled.", count),
        }[Decision(decision)]
        messages.success(request, said % {"count": count})
    if kept:
        said = ngettext(
            "%(count)s letter stayed as it was: it is no longer held, or it would reach the wrong person.",
            "%(count)s letters stayed as they were: they are no longer held, or would reach the wrong person.",
            kept,
        )
        messages.warning(request, said % {"count": kept})


class HeldLetterViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "tasks"
    menu_label = gettext_lazy("Held letters")
    menu_item_class = access.HeldMenuItem
    url_prefix = "deliveries/held"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", HeldLettersView.as_view(), name="index"),
            path("decide/", DecideView.as_view(), name="decide"),
        ]
