"""Congress's own system for the staff: how its lists of offices stand, and a refusal that came late by mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from campaigns.forms.late_refusal import LateRefusalForm
from campaigns.selectors import deliveries
from campaigns.viewsets import access
from delivery.records.messages import OutboxMessage
from delivery.services import congress_letters


class CongressView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who sees the board sees the lists; who may change letters records a refusal."""

    permission_policy = access.BOARD
    permission_required = "view"
    template_name = "campaigns/admin/congress.html"
    page_title = gettext_lazy("Congress’s own system")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("deliveries:index"), "label": _("Deliveries")},
            {"url": "", "label": self.page_title},
        ]

    @property
    def may_record(self) -> bool:
        return bool(access.POLICY.user_has_permission(self.request.user, "change"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(LateRefusalForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_record:
            messages.error(request, _("You may not change letters, so nothing was recorded."))
            return redirect("deliveries:congress")
        form = LateRefusalForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            state = congress_letters.reject_late(delivery_id=form.cleaned_data["delivery_id"])
        except congress_letters.UnknownDelivery:
            form.add_error("delivery_id", _("No letter of this site was accepted under this number."))
            return self._show(form)
        access.log_stop(access.REFUSED_LATE, _("Congress’s own system"))
        said = _("Recorded. The letter is now: %(state)s.") % {"state": OutboxMessage.State(state).label}
        messages.success(request, said)
        return redirect("deliveries:congress")

    def _show(self, form: LateRefusalForm) -> HttpResponse:
        context = self.get_context_data(form=form, office_lists=deliveries.office_lists(), may_record=self.may_record)
        return self.render_to_response(context)
