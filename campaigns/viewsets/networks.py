"""Networks for the staff: who has joined, and the list as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from advocates.records.memberships import Membership
from campaigns.selectors import networks
from campaigns.viewsets import participation
from campaigns.viewsets.csv_files import as_csv
from campaigns.viewsets.participation import MEMBERS, StaffView

URL_NAMESPACE = "networks"


class MembersView(StaffView):
    """Of all networks, or of the one in `?network=`; as a file with `?export=csv`."""

    permission_policy = MEMBERS
    header_icon = "group"
    page_title = gettext_lazy("Networks")
    template_name = "campaigns/admin/members.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = networks.networks()
        network = request.GET.get("network", "")
        network = network if network in dict(known) else ""
        members = networks.members(network)
        if request.GET.get("export") == "csv":
            rows = [_cells(member) for member in members]
            _log(participation.MEMBERS_EXPORTED, network, len(rows))
            headings = [
                *(_("Network"), _("Title"), _("First name"), _("Last name"), _("E-mail"), _("Language")),
                *(_("Town"), _("State"), _("Role"), _("Joined")),
            ]
            return as_csv("members", headings, rows)
        _log(participation.MEMBERS_LISTED, network, 0)
        context = self.get_context_data(networks=known, network=network, page_obj=self.paginated(members), **kwargs)
        return self.render_to_response(context)


class NetworksViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "group"
    menu_label = gettext_lazy("Networks")
    menu_item_class = participation.menu_item_of(MEMBERS)
    url_prefix = "taking-part/networks"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", MembersView.as_view(), name="index")]


def _log(action: str, network: str, count: int) -> None:
    log(Membership(pk=0), action, title=str(_("Networks")), data={"district": network, "count": count})


def _cells(member: Membership) -> list[Any]:
    person = member.advocate
    return [
        *(member.network, person.title, person.given_name, person.family_name, person.email, person.language),
        *(getattr(member, "town", ""), str(getattr(member, "state_code", "") or "").upper()),
        *(getattr(member, "role", ""), date_format(timezone.localtime(member.joined_at), "SHORT_DATE_FORMAT")),
    ]
