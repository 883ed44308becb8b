"""Where else a form can stand: on paper as a QR code, on a partner's site, and on a device at an event."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from campaigns.blocks.fields.source import DEFAULT_PARAMETER
from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from campaigns.content.originals import original
from campaigns.engine import qr_codes, stand_links
from campaigns.engine.origins import OWN_MACHINE
from campaigns.engine.stand_links import Stand
from campaigns.forms.sharing_forms import QrCodeForm, StandForm

URL_NAMESPACE = "sharing"
STAND_OPENED = "campaigns.open_stand"
_KINDS = {"svg": ("image/svg+xml", qr_codes.svg), "png": ("image/png", qr_codes.png)}


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of the editor of an action page and of a campaign."""
    model = page.cached_content_type.model_class() or Page
    if issubclass(model, ActionPage | CampaignPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("QR code, other sites, stands"),
            url=reverse(f"{URL_NAMESPACE}:share", args=[page.pk]),
            icon_name="link-external",
            priority=46,
        )


def register(actions: LogActionRegistry) -> None:
    actions.register_action(STAND_OPENED, _("Open a stand"), _("Made a link for a stand"))


class _OfPage:
    """Only for who may edit the page."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> Any:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not isinstance(page, ActionPage | CampaignPage):
            raise Http404
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @property
    def is_action(self) -> bool:
        return isinstance(self.page, ActionPage)

    def public(self, address: str) -> str:
        """The address as the public knows it, whatever name the editor's browser has called."""
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}"

    def address(self, source: str) -> str:
        found = self.public(urlsplit(self.page.get_url() or "/").path)
        return f"{found}?{urlencode({self.parameter or DEFAULT_PARAMETER: source})}" if source else found

    @cached_property
    def parameter(self) -> str:
        """What the form calls it; "" where it does not ask where people come from."""
        pages = [self.page] if self.is_action else ActionPage.objects.child_of(self.page).live()
        specs = [spec for page in pages for spec in page.form_specs if spec.field_type == "source"]
        return str(specs[0].options["parameter"]) if specs else ""


class ShareView(_OfPage, WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/sharing.html"
    page_title = gettext_lazy("QR code, other sites, stands")
    header_icon = "link-external"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = QrCodeForm(self.request.GET or {"size": 8})
        chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {"source": "", "size": 8}
        address = self.address(chosen["source"])
        host = urlsplit(address).hostname or ""
        query = urlencode({"source": chosen["source"], "size": chosen["size"]})
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "qr_form": form,
            "address": address,
            "downloads": [
                (kind.upper(), f"{reverse(f'{URL_NAMESPACE}:qr', args=[self.page.pk, kind])}?{query}")
                for kind in _KINDS
            ],
            "is_unreachable": bool(OWN_MACHINE.match(host)),
            "is_source_uncounted": bool(chosen["source"]) and not self.parameter,
            "is_action": self.is_action,
            # Where both are allowed: a translation has no list of its own.
            "original": original(self.page) if self.is_action else self.page,
            "may_open_stand": self._may_open_stand,
            "embed_lines": self._embed_lines() if self.is_action else None,
            "stand_form": kwargs.get("stand_form") or StandForm(initial={"until": timezone.localdate()}),
            "stand_address": kwargs.get("stand_address", ""),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._may_open_stand:
            raise PermissionDenied
        form = StandForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(stand_form=form))
        stand = Stand(self.page.translation_key, form.cleaned_data["name"], form.cleaned_data["until"])
        log(self.page, STAND_OPENED, data={"name": stand.name, "until": stand.until.isoformat()})
        address = self._localised("campaigns:stand", stand_links.sign(stand))
        return self.render_to_response(self.get_context_data(stand_form=form, stand_address=self.public(address)))

    def _file(self, kind: str) -> str:
        return reverse(f"{URL_NAMESPACE}:qr", args=[self.page.pk, kind])

    @property
    def _may_open_stand(self) -> bool:
        """It raises the limits of a network: that is for who decides what the public sees."""
        return (
            self.is_action
            and self.page.is_for_stands
            and bool(self.page.permissions_for_user(self.request.user).can_publish())
        )

    def _embed_lines(self) -> dict[str, SafeString] | None:
        if not self.page.frame_origins:
            return None
        address = self.public(self._localised("campaigns:frame", self.page.translation_key))
        # Not the name with a hash that static() gives: a partner's line has to work after the next release.
        script = self.public(f"{settings.STATIC_URL}js/embed.js")
        return {
            "script": format_html(
                '<script src="{}" data-action="{}" data-title="{}" async></script>', script, address, self.page.title
            ),
            "frame": format_html(
                '<iframe src="{}" title="{}" width="100%" height="900" allow="clipboard-write"></iframe>',
                address,
                self.page.title,
            ),
        }

    def _localised(self, name: str, argument: Any) -> str:
        with translation.override(self.page.locale.language_code):
            return reverse(name, args=[argument])


class QrCodeView(_OfPage, View):
    """The file to print."""

    def get(self, request: HttpRequest, page_id: int, kind: str) -> HttpResponse:
        form = QrCodeForm(request.GET)
        if kind not in _KINDS or not form.is_valid():
            raise Http404
        source, size = form.cleaned_data["source"], form.cleaned_data["size"]
        content_type, draw = _KINDS[kind]
        response = HttpResponse(draw(self.address(source), size_cm=size), content_type=content_type)
        name = "-".join(part for part in ("qr", self.page.slug, source, f"{size}cm") if part)
        response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return response


class SharingViewSet(ViewSet):
    name = URL_NAMESPACE
    url_prefix = "sharing"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("<int:page_id>/", ShareView.as_view(), name="share"),
            path("<int:page_id>/qr.<slug:kind>", QrCodeView.as_view(), name="qr"),
        ]
