"""Beginning an action from a starter or a template, and keeping one as a template."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from campaigns.content import starting
from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.content.form_templates import ActionTemplate
from campaigns.content.starters import content_for, starters
from campaigns.forms.starting_form import StartForm, TemplateForm

URL_NAMESPACE = "action_starting"
_NEW = "new-"
#: Whoever looks for an older page finds it in the explorer, where the same button is.
MOST_PAGES = 50


def may_add(parent: Page, user: Any) -> bool:
    """Whether this user may make an action page there."""
    return bool(ActionPage.can_create_at(parent) and parent.permissions_for_user(user).can_add_subpage())


def may_add_campaign(parent: Page, user: Any) -> bool:
    return bool(CampaignPage.can_create_at(parent) and parent.permissions_for_user(user).can_add_subpage())


def may_save_templates(user: Any) -> bool:
    return bool(user.has_perm("campaigns.add_actiontemplate"))


def parents_for(user: Any) -> list[tuple[str, str]]:
    """Campaigns in which the user may begin an action, then where they may begin a campaign; newest first."""
    campaigns = CampaignPage.objects.filter(alias_of__isnull=True).order_by("-pk").select_related("locale")
    lists = CampaignIndexPage.objects.filter(alias_of__isnull=True).order_by("pk").select_related("locale")
    # An action in a translated campaign is rare: it would be there in that language only.
    first_language_first = sorted(campaigns, key=lambda page: page.locale.language_code != settings.LANGUAGE_CODE)
    found = [(str(page.pk), _named(page)) for page in first_language_first if may_add(page, user)]
    new = [
        (f"{_NEW}{page.pk}", _("A new campaign in “%(list)s”") % {"list": _named(page)})
        for page in lists
        if may_add_campaign(page, user)
    ]
    return found + new


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """On an action page: keep it as a template. On a campaign: begin an action in it."""
    model = page.cached_content_type.model_class() or Page
    if issubclass(model, CampaignPage) and may_add(page, user):
        yield Button(
            _("Start an action"),
            url=f"{reverse(f'{URL_NAMESPACE}:start')}?parent={page.pk}",
            icon_name="plus-inverse",
            priority=12,
        )
    if issubclass(model, ActionPage) and may_save_templates(user) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Save as a template"),
            url=reverse(f"{URL_NAMESPACE}:save", args=[page.pk]),
            icon_name="copy",
            priority=47,
        )


class StartMenuItem(MenuItem):
    """Shown to those who may make a page somewhere; where, the form says."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser or request.user.groups.filter(page_permissions__isnull=False).exists())


class StartView(WagtailAdminTemplateMixin, FormView):
    """One page: where, what, and what it is called; it ends in the editor."""

    template_name = "campaigns/admin/start_action.html"
    page_title = gettext_lazy("Start an action")
    header_icon = "plus-inverse"
    form_class = StartForm

    @cached_property
    def parents(self) -> list[tuple[str, str]]:
        return parents_for(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("parent", "")
        known = {number for number, _title in self.parents}
        return {"parent": chosen if chosen in known else "", "content": "starter:letter"}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "parents": self.parents, "contents": _contents()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "has_parents": bool(self.parents),
            "choices": list(_choices(kwargs.get("form") or self.get_form())),
            "breadcrumbs_items": [*self.breadcrumbs_items, {"url": "", "label": _("Start an action")}],
        }

    def form_valid(self, form: StartForm) -> HttpResponse:
        said, user = form.cleaned_data, self.request.user
        parent, is_new = self._parent(said)
        page = starting.start(
            parent=parent,
            title=said["title"],
            content=_content(said["content"], parent.locale.language_code),
            user=user,
        )
        if is_new:
            starting.show_form(campaign=parent, action=page, user=user)
        messages.success(
            self.request, _("“%(title)s” is a draft. The checklist says what it needs.") % {"title": page.title}
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _parent(self, said: dict[str, Any]) -> tuple[Any, bool]:
        """The campaign, made first where the editor asked for a new one. Asked again: the list was for reading."""
        number = said["parent"]
        page = get_object_or_404(Page, pk=number.removeprefix(_NEW)).specific
        is_new = number.startswith(_NEW)
        if not (may_add_campaign(page, self.request.user) if is_new else may_add(page, self.request.user)):
            raise PermissionDenied
        if not is_new:
            return page, False
        title = said["campaign_title"] or said["title"]
        return starting.start_campaign(parent=page, title=title, user=self.request.user), True


class SaveTemplateView(WagtailAdminTemplateMixin, FormView):
    template_name = "campaigns/admin/save_template.html"
    page_title = gettext_lazy("Save as a template")
    header_icon = "copy"
    form_class = TemplateForm

    @cached_property
    def page(self) -> ActionPage:
        page = get_object_or_404(ActionPage, pk=self.kwargs["page_id"])
        user = self.request.user
        if not (page.permissions_for_user(user).can_edit() and may_save_templates(user)):
            raise PermissionDenied
        draft: ActionPage = page.get_latest_revision_as_object()
        return draft

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.page.title[:80]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        items = [{"url": edit, "label": self.page.title}, {"url": "", "label": _("Save as a template")}]
        return {**super().get_context_data(**kwargs), "breadcrumbs_items": [*self.breadcrumbs_items, *items]}

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        template = starting.save_as_template(page=self.page, user=self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            _("“%(name)s” is a template now. Begin with it under “Start an action”.") % {"name": template.name},
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class TemplatePagesView(WagtailAdminTemplateMixin, TemplateView):
    """The pages that a template can be made from."""

    template_name = "campaigns/admin/template_pages.html"
    page_title = gettext_lazy("Save a page as a template")
    header_icon = "copy"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        if not may_save_templates(user):
            raise PermissionDenied
        editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        pages = ActionPage.objects.filter(pk__in=editable.values("pk"), alias_of__isnull=True)
        return {
            **super().get_context_data(**kwargs),
            "pages": [
                (_named(page), reverse(f"{URL_NAMESPACE}:save", args=[page.pk]))
                for page in pages.select_related("locale").order_by("-latest_revision_created_at", "-pk")[:MOST_PAGES]
            ],
            "breadcrumbs_items": [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}],
        }


class StartingViewSet(ViewSet):
    name = URL_NAMESPACE
    url_prefix = "start-action"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", StartView.as_view(), name="start"),
            path("template/", TemplatePagesView.as_view(), name="pages"),
            path("template/<int:page_id>/", SaveTemplateView.as_view(), name="save"),
        ]


def _named(page: Page) -> str:
    return f"{page.get_admin_display_title()} ({page.locale.language_code})"


def _contents() -> list[tuple[str, list[tuple[str, str]]]]:
    kinds = [(f"starter:{one.kind}", one.label) for one in starters()]
    kept = [(f"template:{one.pk}", one.name) for one in ActionTemplate.objects.all()]
    groups = [(_("Kinds of action"), kinds)]
    return [*groups, (_("Your templates"), kept)] if kept else groups


def _choices(form: StartForm) -> Iterator[dict[str, Any]]:
    """Each thing to begin with, with its sentence; the first of a group carries the group's name."""
    about = _descriptions()
    chosen = form["content"].value()
    for group, choices in form.fields["content"].choices:  # type: ignore[attr-defined]
        for place, (value, label) in enumerate(choices):
            yield {
                "group": "" if place else group,
                "value": value,
                "label": label,
                "about": about.get(value, ""),
                "is_chosen": value == chosen,
            }


def _descriptions() -> dict[str, str]:
    kinds = {f"starter:{one.kind}": one.description for one in starters()}
    return kinds | {f"template:{one.pk}": one.description for one in ActionTemplate.objects.all()}


def _content(chosen: str, language: str) -> dict[str, Any]:
    origin, _colon, name = chosen.partition(":")
    if origin == "starter":
        return content_for(name, language)
    return dict(get_object_or_404(ActionTemplate, pk=name).content)
