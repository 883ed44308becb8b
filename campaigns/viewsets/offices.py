"""How one office takes letters: the order of its channels, and how many an hour."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from campaigns.forms.deliveries import OfficeForm
from campaigns.selectors import deliveries
from campaigns.services import offices
from campaigns.viewsets import access
from delivery.records.pauses import Pause
from legislators.records.officials import Official

#: As `OutboxMessage.recipient_key` begins.
_KINDS = ("official:", "recipient:")


def official_buttons(official: Official, user: Any) -> list[Button]:
    """On an official's page in the admin, for who may change how the office takes letters."""
    if not access.OFFICES.user_has_permission(user, "change"):
        return []
    url = f"{reverse('deliveries:office')}?{urlencode({'key': deliveries.key_of(official)})}"
    return [Button(_("How this office takes letters"), url=url, icon_name="mail", priority=6)]


class OfficeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = access.OFFICES
    permission_required = "change"
    template_name = "campaigns/admin/office.html"
    page_title = gettext_lazy("How this office takes letters")
    header_icon = "user"

    @property
    def key(self) -> str:
        return str(self.request.GET.get("key", ""))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("deliveries:index"), "label": _("Deliveries")},
            {"url": "", "label": self.page_subtitle},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._is_known():
            messages.error(request, _("There is no such office."))
            return redirect("deliveries:index")
        return self._show(OfficeForm.of(offices.record_of(self.key)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._is_known():
            messages.error(request, _("There is no such office."))
            return redirect("deliveries:index")
        form = OfficeForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        record = offices.save(
            key=self.key,
            name=deliveries.name_of(Pause.Scope.RECIPIENT, self.key),
            routes=form.routes(),
            per_hour=form.cleaned_data["per_hour"],
            by=request.user,
        )
        log(record, access.OFFICE_CHANGED, title=str(record))
        messages.success(request, _("Saved. Letters that are written from now on go this way."))
        return redirect(f"{reverse('deliveries:office')}?key={self.key}")

    def _is_known(self) -> bool:
        return self.key.startswith(_KINDS) and deliveries.is_known_office(self.key)

    def _show(self, form: OfficeForm) -> HttpResponse:
        self.page_subtitle = deliveries.name_of(Pause.Scope.RECIPIENT, self.key)
        office = deliveries.office(self.key, timezone.now())
        return self.render_to_response(
            self.get_context_data(
                form=form,
                key=self.key,
                office=office,
                may_pause=access.PAUSES.user_has_permission(self.request.user, "change"),
            )
        )
