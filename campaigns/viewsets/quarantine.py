"""The forms that wait because something speaks against them, and what the staff decide about them."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from campaigns.forms.quarantine_forms import Decision, QueueForm
from campaigns.selectors import quarantine
from campaigns.services import quarantine as decisions
from campaigns.viewsets import protection_access as access
from campaigns.viewsets.invalidations import (
    InvalidateView,
    InvalidationsView,
    UndoView,
)

URL_NAMESPACE = access.URL_NAMESPACE
PER_PAGE = 50


class QuarantineView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The queue. It shows who sent what: reading it is on record."""

    permission_policy = access.POLICY
    any_permission_required = access.VIEW
    template_name = "campaigns/admin/quarantine.html"
    page_title = gettext_lazy("Forms in quarantine")
    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.request.GET.get("order", "")
        order = order if order in (quarantine.BY_NETWORK, quarantine.BY_PERSON) else quarantine.BY_TIME
        standing = self.request.GET.get("standing", "")
        found = quarantine.waiting(order=order, standing=standing)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        access.log_about_all(access.LISTED)
        may = access.POLICY.user_has_permission
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "rows": [quarantine.row(submission, order=order) for submission in page.object_list],
            "order": order,
            "standing": standing if standing in quarantine.WAITING else "",
            "orders": [
                (quarantine.BY_TIME, _("By time")),
                (quarantine.BY_NETWORK, _("By network")),
                (quarantine.BY_PERSON, _("By person")),
            ],
            "standings": [
                ("", _("All")),
                ("quarantined", _("Wait for the staff")),
                ("unconfirmed", _("Wait for their people")),
            ],
            "form": QueueForm(),
            "may_decide": may(self.request.user, "add"),
            "invalidate_url": reverse(f"{URL_NAMESPACE}:invalidate"),
            "invalidations_url": reverse(f"{URL_NAMESPACE}:invalidations"),
        }


class DecideView(PermissionCheckedMixin, View):
    permission_policy = access.POLICY
    permission_required = "add"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = QueueForm(request.POST)
        if form.is_valid():
            # Only what waits: the queue is no way to any other form.
            waiting = quarantine.waiting().filter(pk__in=form.submission_ids).values_list("pk", flat=True)
            self._decide(form, list(waiting))
        else:
            for errors in form.errors.values():
                messages.error(request, errors[0])
        return redirect(get_valid_next_url_from_request(request) or f"{URL_NAMESPACE}:index")

    def _decide(self, form: QueueForm, waiting: list[int]) -> None:
        count = 0
        if form.cleaned_data["decision"] == Decision.RELEASE:
            count = len(decisions.release(submission_ids=waiting))
            if count:
                access.log_about_all(access.RELEASED, count=count)
                said = ngettext(
                    "%(count)s form is released: it counts, and its letters wait for their turn.",
                    "%(count)s forms are released: they count, and their letters wait for their turn.",
                    count,
                )
                messages.success(self.request, said % {"count": count})
        elif waiting:
            made = access.invalidate(waiting, reason=form.cleaned_data["why"], request=self.request)
            count = made.items.count() if made else 0
        if kept := len(form.submission_ids) - count:
            said = ngettext(
                "%(count)s form stayed as it was: it does not wait any more.",
                "%(count)s forms stayed as they were: they do not wait any more.",
                kept,
            )
            messages.warning(self.request, said % {"count": kept})


class QuarantineViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "lock"
    menu_label = gettext_lazy("Quarantine")
    menu_item_class = access.QuarantineMenuItem
    url_prefix = "deliveries/quarantine"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", QuarantineView.as_view(), name="index"),
            path("decide/", DecideView.as_view(), name="decide"),
            path("invalidate/", InvalidateView.as_view(), name="invalidate"),
            path("invalidated/", InvalidationsView.as_view(), name="invalidations"),
            path("invalidated/<int:pk>/undo/", UndoView.as_view(), name="undo"),
        ]
