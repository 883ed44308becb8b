"""Petitions for the staff: names and comments to look through, and the packet that is handed over."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from campaigns.engine.participation import PETITION
from campaigns.engine.petition_pdf import Packet, petition_pdf
from campaigns.records.participation import Signature
from campaigns.selectors import kind_pages, petition_packets, signatures
from campaigns.selectors.kind_pages import KindOnPage
from campaigns.selectors.pages import society
from campaigns.services import signatures as signing
from campaigns.viewsets import participation
from campaigns.viewsets.csv_files import as_csv
from campaigns.viewsets.participation import SIGNATURES, StaffView, asked
from legislators.records.divisions import Division

URL_NAMESPACE = "petitions"
#: What is listed, by the value of `show` in the address.
SHOWN = {
    "all": gettext_lazy("All"),
    "comments": gettext_lazy("Comments to read"),
    "hidden": gettext_lazy("Hidden names"),
}
ACTS = {
    "hide": (participation.NAME_HIDDEN, gettext_lazy("The name is no longer shown. The signature counts.")),
    "show": (participation.NAME_SHOWN, gettext_lazy("The name is shown again.")),
    "allow": (participation.COMMENT_ALLOWED, gettext_lazy("The comment goes with the petition.")),
    "decline": (participation.COMMENT_DECLINED, gettext_lazy("The comment stays here.")),
}


class _PetitionView(StaffView):
    permission_policy = SIGNATURES
    header_icon = "edit"
    page_title = gettext_lazy("Petitions")


class AllPetitionsView(_PetitionView):
    template_name = "campaigns/admin/petitions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [
            {"petition": one, "number": signatures.number_of(one.page_key, one.block_id)}
            for one in kind_pages.all_with(PETITION)
        ]
        return {**super().get_context_data(**kwargs), "petitions": found}


class PetitionView(_PetitionView):
    """One petition: its signatures, and what can be done with each."""

    template_name = "campaigns/admin/petition.html"

    @cached_property
    def petition(self) -> KindOnPage:
        return asked(PETITION, self.kwargs["key"], self.kwargs["block"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Petitions")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        petition = self.petition
        self.page_subtitle = str(petition.settings.get("heading") or petition.page.title)
        show = self.request.GET.get("show", "all")
        show = show if show in SHOWN else "all"
        participation.log_about(petition.page, participation.SIGNATURES_LISTED)
        rows = signatures.counted(petition.page_key, petition.block_id).select_related("advocate")
        if show == "comments":
            rows = rows.filter(comment_state=Signature.CommentState.WAITING)
        elif show == "hidden":
            rows = rows.filter(is_hidden=True)
        return {
            **super().get_context_data(**kwargs),
            "petition": petition,
            "show": show,
            "shown": SHOWN,
            "page_obj": self.paginated(rows),
            "number": signatures.number_of(petition.page_key, petition.block_id),
            "districts": petition_packets.districts(petition),
            "may_change": self.may_change,
        }


class JudgeView(PetitionView):
    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        petition = self.petition
        rows = Signature.objects.filter(page_key=petition.page_key, block_id=petition.block_id)
        signature = get_object_or_404(rows, pk=kwargs["number"])
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        if act in ("hide", "show"):
            is_done = signing.hide(signature_id=signature.pk, is_hidden=act == "hide")
        else:
            is_done = signing.judge_comment(signature_id=signature.pk, is_allowed=act == "allow")
        action, words = ACTS[act]
        if is_done:
            participation.log_about(signature, action)
            messages.success(request, words)
        show = request.POST.get("show", "")
        url = reverse(f"{URL_NAMESPACE}:petition", args=[petition.page_key, petition.block_id])
        return redirect(f"{url}?show={show}" if show in SHOWN else url)


class PacketView(PetitionView):
    """Of everybody, or of who lives in one district: PDF, a page to print, or a table. Making one is on record."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        petition = self.petition
        division = None
        if number := request.GET.get("division"):
            if not number.isdecimal():
                raise Http404
            division = get_object_or_404(Division, pk=int(number[:12]))
        with translation.override(petition.page.locale.language_code):
            packet = petition_packets.packet(petition, society=society(request), division=division)
            name = slugify("-".join(["petition", packet.heading, packet.district]))[:100]
            response = self._as(request.GET.get("as", "pdf"), packet, name)
        participation.log_about(
            petition.page, participation.PACKET_MADE, count=packet.total, district=division.name if division else ""
        )
        return response

    def _as(self, form: str, packet: Packet, name: str) -> HttpResponse:
        """:raises Http404: for a form that there is not."""
        if form == "page":
            # Every browser shapes every script, and writes headings and tables into what it prints as PDF.
            return render(self.request, "campaigns/admin/petition_packet.html", {"packet": packet})
        if form == "table":
            # Names only: a comment stands in the packet without the name of who wrote it.
            return as_csv(name, [_("Name"), _("Town")], packet.names)
        if form != "pdf":
            raise Http404
        response = HttpResponse(petition_pdf(packet), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        return response


class PetitionViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "edit"
    menu_label = gettext_lazy("Petitions")
    menu_item_class = participation.menu_item_of(SIGNATURES)
    url_prefix = "taking-part/petitions"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AllPetitionsView.as_view(), name="index"),
            path("<uuid:key>/<str:block>/", PetitionView.as_view(), name="petition"),
            path("<uuid:key>/<str:block>/packet/", PacketView.as_view(), name="packet"),
            path("<uuid:key>/<str:block>/<int:number>/", JudgeView.as_view(), name="judge"),
        ]
