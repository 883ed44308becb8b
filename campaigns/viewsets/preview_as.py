"""An action seen as somebody else: who gets which text by which channel, and what a visitor sees at each step."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from campaigns.content import preview_screen
from campaigns.content.action_page import ActionPage
from campaigns.content.preview_flow import PreviewFlow, without_files
from campaigns.engine.actions import Answers
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.targeting import chambers_by_address
from campaigns.engine.tokens import Finding
from campaigns.forms.action_form import ActionForm
from campaigns.forms.preview_form import PreviewForm
from campaigns.selectors import receipts
from campaigns.services import actions, previewing
from legislators.engine.resolution import PostalAddress
from legislators.selectors import words

URL_NAMESPACE = "preview_as"
#: Which step the editor opens; a hyphen keeps it apart from every storage key of the form.
STEP_INPUT = "preview-step"


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of an action page, in its editor and in the explorer."""
    if issubclass(page.cached_content_type.model_class() or Page, ActionPage) and may_preview(page, user):
        yield Button(
            _("Preview as…"), url=reverse(f"{URL_NAMESPACE}:preview", args=[page.pk]), icon_name="view", priority=44
        )


def may_preview(page: Page, user: Any) -> bool:
    """Who may edit the page may see what it would do."""
    return bool(page.permissions_for_user(user).can_edit())


class Previewing:
    """What both views do: find the draft that is asked for, in the language that is asked for."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> ActionPage:
        page = get_object_or_404(ActionPage, pk=self.kwargs["page_id"])
        if not may_preview(page, self.request.user):
            raise PermissionDenied
        draft: ActionPage = page.get_latest_revision_as_object()
        return draft

    @cached_property
    def versions(self) -> dict[str, ActionPage]:
        """By language; of the others those that the editor may edit too."""
        others = ActionPage.objects.filter(translation_key=self.page.translation_key, alias_of__isnull=True)
        found = {page.locale.language_code: page for page in others.exclude(pk=self.page.pk).select_related("locale")}
        allowed = {code: page for code, page in found.items() if may_preview(page, self.request.user)}
        return {self.page.locale.language_code: self.page, **allowed}

    def form(self, data: QueryDict | None = None) -> PreviewForm:
        languages = [(code, str(get_language_info(code)["name_translated"])) for code in self.versions]
        terms = self.page.terms(self.request)
        return PreviewForm(
            data,
            languages=languages,
            needs_place=bool(chambers_by_address(terms.rules)),
            has_guidance=bool(terms.guidance),
            must_say_role=any(
                spec.field_type == "role" and spec.required and not spec.shown_when for spec in self.page.form_specs
            ),
        )

    def shown(self, form: PreviewForm) -> ActionPage:
        """The draft in the chosen language."""
        page = self.versions[form.cleaned_data["language"]]
        draft: ActionPage = page if page is self.page else page.get_latest_revision_as_object()
        return draft

    def finding(self, form: PreviewForm) -> Finding | None:
        """Of the official that was picked; None where addresses are to be looked up."""
        official = form.cleaned_data.get("official")
        return previewing.finding_of_official(official.pk) if official else None


def addresses_for(form: PreviewForm, finding: Finding | None) -> tuple[StatedAddress, ...]:
    """Those that were typed; somebody of an official's own district has an address that is nobody's."""
    if finding is None:
        return form.addresses()
    place = PostalAddress("1 Sample Street", "Sampleton", finding.state.upper(), "00000")
    return (StatedAddress(AddressKind.HOME, place),)


def sample_for(flow: PreviewFlow, form: PreviewForm, addresses: tuple[StatedAddress, ...]) -> QueryDict:
    said = form.cleaned_data
    return flow.sample(addresses=addresses, role=said["role"], is_guided=bool(said.get("is_guided")))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PreviewAsView(Previewing, WagtailAdminTemplateMixin, TemplateView):
    """A GET shows the empty form; what was typed comes by POST only, and goes nowhere but into the answer."""

    template_name = "campaigns/admin/preview_as.html"
    page_title = gettext_lazy("Preview as")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        items = [{"url": edit, "label": self.page.title}, {"url": "", "label": _("Preview as")}]
        context = {"form": self.form(), "page": self.page, "saved_at": self.page.latest_revision_created_at}
        return {
            **super().get_context_data(**kwargs),
            **context,
            **kwargs,
            "breadcrumbs_items": [*self.breadcrumbs_items, *items],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        found = self._found(form) if form.is_valid() else {}
        response = self.render_to_response(self.get_context_data(form=form, **found))
        patch_cache_control(response, private=True, no_store=True)
        return response

    def _found(self, form: PreviewForm) -> dict[str, Any]:
        page, finding = self.shown(form), self.finding(form)
        stated = addresses_for(form, finding)
        flow = PreviewFlow(page, self.request, address="")
        with override(page.locale.language_code):
            filled = without_files(page.get_form(sample_for(flow, form, stated)))
            answers = flow.answers(filled)
        if answers is None:
            return {
                "is_incomplete": True,
                "form_errors": [link.message for link in filled.error_links],
                "steps": preview_screen.steps_of_form(filled),
                "typed": form.typed(),
            }
        if finding is None:
            finding = previewing.finding_of_addresses(terms=flow.terms, addresses=stated)
        return self._context(form, flow, filled, answers, finding)

    def _context(
        self, form: PreviewForm, flow: PreviewFlow, filled: ActionForm, answers: Answers, finding: Finding
    ) -> dict[str, Any]:
        page, terms, official = flow.page, flow.terms, form.cleaned_data.get("official")
        with override(page.locale.language_code):
            preview = previewing.preview(
                terms=terms,
                answers=answers,
                finding=finding,
                letters=flow.written(answers, finding).letters if terms.writes_letters else (),
                official_id=official.pk if official else None,
            )
            guide = preview_screen.guide(terms, answers, preview)
            steps = preview_screen.steps(filled, preview, guide, writes_letters=terms.writes_letters)
        return {
            "preview": preview,
            "answered_steps": filled.answers_by_step(),
            "items": [preview_screen.letter(one, role=answers.role) for one in preview.letters],
            "guide": guide,
            "deeds": preview_screen.deeds(terms.kinds, preview),
            "without": receipts.unwritten_lines(preview.unwritten),
            "questions": actions.questions(finding),
            "problems": [sentence for part in finding.parts for sentence in words.sentences(part.problems)],
            "unmapped": actions.unmapped_seats(terms=terms, finding=finding),
            "unasked": preview_screen.unasked(page, () if official else form.addresses(), form.cleaned_data["role"]),
            "official": official,
            "is_not_addressed": bool(official and not preview.targets),
            "page_language": page.locale.language_code,
            "letter_language": page.letter_language,
            "writes_letters": terms.writes_letters,
            "steps": steps,
            "typed": form.typed(),
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class WalkView(Previewing, TemplateView):
    """The real pages of the form, by POST only; each comes back here, and the last stores nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.POST.get(STEP_INPUT, "")
        form = self.form(request.POST) if step else None
        if form is not None and not form.is_valid():
            return HttpResponse(status=400)
        page = self.shown(form) if form else self.versions.get(self.kwargs["language"], self.page)
        finding = self.finding(form) if form else None
        address = reverse(f"{URL_NAMESPACE}:walk", args=[self.page.pk, page.locale.language_code])
        with override(page.locale.language_code):
            flow = PreviewFlow(page, request, address=address, finding=finding)
            if form is None:
                response = flow.respond()
            else:
                response = flow.at(step, sample_for(flow, form, addresses_for(form, finding)))
            if hasattr(response, "render"):
                response.render()
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class PreviewAsViewSet(ViewSet):
    name = URL_NAMESPACE
    url_prefix = "preview-as"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("<int:page_id>/", PreviewAsView.as_view(), name="preview"),
            path("<int:page_id>/walk/<str:language>/", WalkView.as_view(), name="walk"),
        ]
