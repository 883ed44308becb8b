"""Finding many forms invalid after the fact, by what they have in common, and taking that back."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from campaigns.forms.quarantine_forms import ChoiceForm, ReasonForm
from campaigns.records.protection import Invalidation
from campaigns.selectors import quarantine
from campaigns.services import invalidations
from campaigns.viewsets import protection_access as access

PER_PAGE = 50
#: So many of those that are chosen are shown.
SAMPLE = 20


class _ProtectionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = access.POLICY
    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        queue = {"url": reverse(f"{access.URL_NAMESPACE}:index"), "label": _("Forms in quarantine")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.page_title}]


class InvalidateView(_ProtectionView):
    """A choice by GET shows how many and some of them; only a POST with its reason decides."""

    permission_required = "add"
    template_name = "campaigns/admin/invalidate.html"
    page_title = gettext_lazy("Invalidate forms")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choosing = ChoiceForm(self.request.GET or None)
        context = {**super().get_context_data(**kwargs), "choosing": choosing, "most": invalidations.MOST}
        if not choosing.is_valid():
            return context
        found = quarantine.chosen(choosing.choice)
        count = found.count()
        access.log_about_all(access.LISTED)
        return {
            **context,
            "is_chosen": True,
            "is_empty": choosing.choice.is_empty,
            "count": count,
            "sample": found[:SAMPLE],
            "reason_form": kwargs.get("reason_form") or ReasonForm(initial={"expected": count}),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        choosing = ChoiceForm(request.GET)
        reason_form = ReasonForm(request.POST)
        if not choosing.is_valid() or not reason_form.is_valid():
            return self.render_to_response(self.get_context_data(reason_form=reason_form))
        found = quarantine.chosen(choosing.choice)
        count = found.count()
        if count > reason_form.cleaned_data["expected"]:
            messages.warning(request, _("More forms have come in since this page was shown. Look at them first."))
            return redirect(request.get_full_path())
        ids = list(found.values_list("pk", flat=True)[: invalidations.MOST])
        access.invalidate(ids, reason=reason_form.cleaned_data["why"], request=request)
        if count > len(ids):
            said = ngettext(
                "%(count)s form is left. Choose once more.",
                "%(count)s forms are left. Choose once more.",
                count - len(ids),
            )
            messages.warning(request, said % {"count": count - len(ids)})
            return redirect(request.get_full_path())
        return redirect(f"{access.URL_NAMESPACE}:invalidations")


class InvalidationsView(_ProtectionView):
    """What was decided, by whom and why, each with a button that takes it back."""

    any_permission_required = access.VIEW
    template_name = "campaigns/admin/invalidations.html"
    page_title = gettext_lazy("What was found invalid")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(quarantine.invalidations(), PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "decisions": page.object_list,
            "may_undo": access.POLICY.user_has_permission(self.request.user, "change"),
        }


class UndoView(PermissionCheckedMixin, View):
    permission_policy = access.POLICY
    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        decision = get_object_or_404(Invalidation, pk=pk)
        undone = invalidations.undo(invalidation_id=decision.pk, user_id=request.user.pk)
        if undone is None:
            messages.error(request, _("This was taken back already."))
        else:
            count = undone.count
            log(decision, access.RESTORED, data={"count": count})
            said = ngettext(
                "%(count)s form stands as before. What was stopped of it is back in the queue, unless another letter "
                "of the same person goes to that office.",
                "%(count)s forms stand as before. What was stopped of them is back in the queue, unless another letter "
                "of the same person goes to that office.",
                count,
            )
            messages.success(request, said % {"count": count})
            if undone.waiting:
                said = ngettext(
                    "%(count)s person had a place at an event that was given to somebody else meanwhile. They are on "
                    "the waiting list now, before those who signed up later; if the form is in order, we tell them.",
                    "%(count)s people had places at events that were given to others meanwhile. They are on the "
                    "waiting lists now, before those who signed up later; if the form is in order, we tell them.",
                    undone.waiting,
                )
                messages.warning(request, said % {"count": undone.waiting})
        return redirect(f"{access.URL_NAMESPACE}:invalidations")
