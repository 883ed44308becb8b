"""What staff see of the addresses that want no more mail: how many. One of them is lifted by who types it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from delivery.records.messages import OutboxMessage
from delivery.records.recipients import Suppression
from delivery.selectors import suppressions as listed
from delivery.services import suppressions

#: `delivery.change_suppression`.
POLICY = ModelPermissionPolicy(Suppression)
LIFTED = "delivery.lift_suppression"


class LiftForm(forms.Form):
    address = forms.EmailField(label=gettext_lazy("E-mail address"))


class SuppressionsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = POLICY
    permission_required = "change"
    template_name = "delivery/admin/suppressions.html"
    page_title = gettext_lazy("Addresses that get no more mail")
    header_icon = "mail"
    form_class = LiftForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        streams, reasons = dict(OutboxMessage.Stream.choices), dict(Suppression.Reason.choices)
        rows = [
            (streams.get(stream, stream), reasons.get(reason, reason), number)
            for (stream, reason), number in sorted(listed.counts().items())
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}

    def form_valid(self, form: LiftForm) -> Any:
        count = suppressions.lift(address=form.cleaned_data["address"])
        if count:
            # Who did it is logged, and never for whom: the list would name people after all.
            log(Suppression(pk=0), LIFTED, title=str(_("An address")), data={"count": count})
            words = ngettext(
                "The address gets mail again: %(count)d entry was removed.",
                "The address gets mail again: %(count)d entries were removed.",
                count,
            )
            messages.success(self.request, words % {"count": count})
        else:
            messages.warning(self.request, _("This address is not on the list; nothing was changed."))
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("suppressions")
