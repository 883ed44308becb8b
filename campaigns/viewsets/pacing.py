"""How fast letters leave: the rules of the site and of each campaign, and when the last letter goes."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.forms.pacing_form import PacingForm
from campaigns.selectors import ledger
from campaigns.viewsets.capture_notice import CaptureNotice
from delivery.engine.pacing import USUAL
from delivery.records.pacing import PacingRule
from delivery.selectors import pacing
from delivery.selectors.pacing import Finish
from delivery.services import pacing_rules

URL_NAMESPACE = "pacing"
CHANGED = "delivery.change_pacing"
POLICY = ModelPermissionPolicy(PacingRule)


def register(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGED, _("Change pacing"), _("Changed how fast letters leave"))


class PacingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_permission(request.user, "change"))


class _PacingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = POLICY
    permission_required = "change"
    form_class = PacingForm
    template_name = "campaigns/admin/pacing.html"
    page_title = gettext_lazy("How fast letters leave")
    header_icon = "time"
    _show_breadcrumbs = True
    campaign_key: uuid.UUID | None = None

    @cached_property
    def rule(self) -> PacingRule:
        found = PacingRule.objects.filter(campaign_key=self.campaign_key).first()
        return found or PacingRule(campaign_key=self.campaign_key)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": self.rule,
            "campaign_key": self.campaign_key,
            "above": pacing.site_rules() if self.campaign_key else USUAL,
        }

    def form_valid(self, form: PacingForm) -> HttpResponse:
        before = pacing.expected_finish(campaign_key=self.campaign_key)
        rule = pacing_rules.save(campaign_key=self.campaign_key, rules=form.rules, by=self.request.user)
        log(rule, CHANGED, title=str(self.page_subtitle or _("Whole site")))
        after = pacing.expected_finish(campaign_key=self.campaign_key)
        messages.success(self.request, " ".join(filter(None, [_("Saved."), _moved(before, after)])))
        return redirect(self.request.path)

    def form_invalid(self, form: PacingForm) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was changed. Correct what is marked below."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "finish": pacing.expected_finish(campaign_key=self.campaign_key),
            "is_paced": settings.PACE_LETTERS,
            "is_of_a_campaign": self.campaign_key is not None,
            "capture_notice": CaptureNotice(),
            "site_url": reverse(f"{URL_NAMESPACE}:site"),
            "campaigns": [] if self.campaign_key else _campaigns(),
        }


class SitePacingView(_PacingView):
    """What holds for all letters together, and where no campaign says otherwise."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class CampaignPacingView(_PacingView):
    """What differs for one campaign."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign_key = kwargs["key"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Who may not be here is not told which campaigns there are.
        if self.user_has_permission(self.permission_required):
            self.page_subtitle = ledger.campaign_titles().get(kwargs["key"]) or _page_title(kwargs["key"])
            if not self.page_subtitle:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{URL_NAMESPACE}:site"), "label": self.page_title},
            {"url": "", "label": self.page_subtitle},
        ]


class PacingViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "time"
    menu_label = gettext_lazy("How fast letters leave")
    menu_hook = "register_settings_menu_item"
    menu_item_class = PacingMenuItem
    url_prefix = "pacing"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SitePacingView.as_view(), name="site"),
            path("<uuid:key>/", CampaignPacingView.as_view(), name="campaign"),
        ]


def _moved(before: Finish | None, after: Finish | None) -> str:
    """What the change did to the letters that wait."""
    if after is None:
        return ""
    if after.at is None:
        return _("The letters that wait are paused; they get new times when the pause ends.")
    shown = date_format(timezone.localtime(after.at), "DATETIME_FORMAT")
    about = _("about %(time)s") % {"time": shown} if after.is_estimate else shown
    if before is None or before.at is None:
        return _("The last letter that waits leaves %(after)s.") % {"after": about}
    return _("The last letter that waits leaves %(after)s; before, it was %(before)s.") % {
        "after": about,
        "before": date_format(timezone.localtime(before.at), "DATETIME_FORMAT"),
    }


def _campaigns() -> list[dict[str, Any]]:
    own = set(PacingRule.objects.exclude(campaign_key=None).values_list("campaign_key", flat=True))
    titles = dict(ledger.campaign_titles())
    titles |= {key: title for key in own - titles.keys() if (title := _page_title(key))}
    return [{"key": key, "title": title, "is_own": key in own} for key, title in titles.items()]


def _page_title(key: uuid.UUID) -> str:
    """Of a campaign in which nobody has taken part yet, in English where it has an English page."""
    pages = Page.objects.filter(translation_key=key).select_related("locale").order_by("pk")
    found = sorted(pages, key=lambda page: page.locale.language_code != "en")
    return found[0].title if found else ""
