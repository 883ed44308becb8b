"""Stopping and starting deliveries: everything, a campaign, an office; and cancelling what a campaign has waiting."""

import uuid
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from campaigns.forms.deliveries import PauseForm
from campaigns.selectors import deliveries
from campaigns.services import deliveries as acts
from campaigns.viewsets import access
from delivery.services import moderation

#: Letters in one press: some ten seconds. Who has more presses again, and is told so.
MOST_CANCELLED = 20_000


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("deliveries:index"))


class _PauseView(PermissionCheckedMixin):
    permission_policy = access.PAUSES
    permission_required = "change"


class PauseView(_PauseView, WagtailAdminTemplateMixin, TemplateView):
    """Says what a pause does, and does it when that is confirmed."""

    template_name = "campaigns/admin/pause.html"
    page_title = gettext_lazy("Pause deliveries")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("deliveries:index"), "label": _("Deliveries")},
            {"url": "", "label": _("Pause")},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PauseForm(request.GET)
        if not form.is_valid():
            return redirect("deliveries:index")
        scope, key = form.cleaned_data["scope"], form.cleaned_data["key"]
        return self.render_to_response(
            self.get_context_data(
                scope=scope,
                key=key,
                what=deliveries.name_of(scope, key),
                next=get_valid_next_url_from_request(request),
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PauseForm(request.POST)
        if form.is_valid():
            made = acts.pause(**form.cleaned_data, by=request.user)
            what = deliveries.name_of(made.scope, made.key)
            access.log_stop(access.PAUSED, what)
            messages.success(
                request, _("Paused: %(what)s. Nothing of it leaves until somebody resumes.") % {"what": what}
            )
        else:
            messages.error(request, _("It is not known what to pause, so nothing was changed."))
        return _back(request)


class ResumeView(_PauseView, View):
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PauseForm(request.POST)
        if form.is_valid() and acts.resume(**form.cleaned_data):
            what = deliveries.name_of(form.cleaned_data["scope"], form.cleaned_data["key"])
            access.log_stop(access.RESUMED, what)
            messages.success(request, _("Resumed: %(what)s. What waited leaves at the usual pace.") % {"what": what})
        else:
            messages.error(request, _("Nothing of that kind is paused any more."))
        return _back(request)


class CancelWaitingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Cancels the letters of a campaign that still wait, after saying how many they are."""

    permission_policy = access.POLICY
    permission_required = "change"
    template_name = "campaigns/admin/cancel_waiting.html"
    page_title = gettext_lazy("Cancel what waits")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        key = self.kwargs["key"]
        return [
            *self.breadcrumbs_items,
            {"url": reverse("deliveries:index"), "label": _("Deliveries")},
            {"url": reverse("deliveries:campaign", args=[key]), "label": deliveries.campaign_titles([key])[key]},
            {"url": "", "label": _("Cancel what waits")},
        ]

    def get_context_data(self, *, key: uuid.UUID, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "campaign": deliveries.campaign(key, timezone.now()),
            "waiting": deliveries.cancellable(key),
        }

    def post(self, request: HttpRequest, *args: Any, key: uuid.UUID, **kwargs: Any) -> HttpResponse:
        count = moderation.cancel_waiting(campaign_key=key, limit=MOST_CANCELLED)
        left = deliveries.cancellable(key)
        if count:
            access.log_stop(access.ALL_CANCELLED, deliveries.campaign_titles([key])[key], count=count)
            said = ngettext(
                "%(count)s letter is cancelled. It was not sent.",
                "%(count)s letters are cancelled. They were not sent.",
                count,
            )
            messages.success(request, said % {"count": count})
        else:
            messages.error(request, _("No letter of this campaign waits any more, so nothing was changed."))
        if left:
            said = ngettext("%(count)s letter still waits.", "%(count)s letters still wait. Cancel again.", left)
            messages.warning(request, said % {"count": left})
        return redirect("deliveries:campaign", key)
