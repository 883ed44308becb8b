"""A test of a form's letters, sent to the editor who asks for it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.content.action_page import ActionPage
from campaigns.services import test_letters
from campaigns.viewsets import access
from campaigns.viewsets.capture_notice import CaptureNotice
from delivery.records.messages import OutboxMessage

URL_NAMESPACE = "test_letters"


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of an action page's editor."""
    if issubclass(page.cached_content_type.model_class() or Page, ActionPage) and may_test(page, user):
        yield Button(
            _("Send me a test of the letters"),
            url=reverse(f"{URL_NAMESPACE}:test", args=[page.pk]),
            icon_name="mail",
            priority=45,
        )


def may_test(page: Page, user: Any) -> bool:
    """Who may edit the page may see what it sends."""
    return bool(page.permissions_for_user(user).can_edit())


def testable_pages(campaign_key: Any, user: Any) -> list[Page]:
    """The forms of a campaign, in the site's languages, that this user may test."""
    parents = Page.objects.filter(translation_key=campaign_key)
    found = {page.pk: page for page in ActionPage.objects.filter(translation_key=campaign_key)}
    for parent in parents:
        found |= {page.pk: page for page in ActionPage.objects.child_of(parent)}
    return [page for page in found.values() if may_test(page, user)]


class SendTestView(WagtailAdminTemplateMixin, TemplateView):
    """Says whom the samples are to and how each would go; a POST sends them."""

    template_name = "campaigns/admin/test_letters.html"
    page_title = gettext_lazy("Test letters")
    header_icon = "mail"

    @cached_property
    def page(self) -> ActionPage:
        page = get_object_or_404(ActionPage, pk=self.kwargs["page_id"])
        if not may_test(page, self.request.user):
            raise PermissionDenied
        # What is in the editor, published or not: it is that which is to be tested.
        draft: ActionPage = page.get_latest_revision_as_object()
        return draft

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.page.title},
            {"url": "", "label": _("Test letters")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = test_letters.samples(terms=self.page.terms(self.request), texts=self._texts())
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "letters": [(letter, _channel(letter.channel)) for letter in letters[: test_letters.MOST_LETTERS]],
            "left_out": max(0, len(letters) - test_letters.MOST_LETTERS),
            "address": self.request.user.email,
            "account_url": reverse("wagtailadmin_account"),
            "capture_notice": CaptureNotice(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            tested = test_letters.send(
                terms=self.page.terms(request),
                texts=self._texts(),
                editor_id=request.user.pk,
                editor_email=request.user.email,
            )
        except test_letters.NoAddress:
            messages.error(request, _("Your account has no e-mail address, so nothing was sent. Add one to it first."))
        except test_letters.TooManyTests:
            messages.error(request, _("You have sent many tests within this hour. Try again in an hour."))
        except test_letters.NothingToTest:
            messages.error(request, _("This form writes to nobody, so there is nothing to send."))
        else:
            log(self.page, access.TESTED)
            self._tell(tested)
        return redirect(f"{URL_NAMESPACE}:test", self.page.pk)

    def _tell(self, tested: test_letters.Tested) -> None:
        count = len(tested.letters)
        if tested.is_captured:
            said = ngettext(
                "%(count)s test is written to a file: mail does not leave this machine.",
                "%(count)s tests are written to files: mail does not leave this machine.",
                count,
            )
        else:
            said = ngettext(
                "%(count)s test is on its way to %(address)s.",
                "%(count)s tests are on their way to %(address)s.",
                count,
            )
        messages.success(self.request, said % {"count": count, "address": tested.address})

    def _texts(self) -> Mapping[str, str]:
        return {spec.clean_name: f"[{spec.label}]" for spec in self.page.get_form_fields()}


def _channel(channel: str) -> str:
    return str(OutboxMessage.Channel(channel).label)


class TestLetterViewSet(ViewSet):
    name = URL_NAMESPACE
    url_prefix = "deliveries/test"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<int:page_id>/", SendTestView.as_view(), name="test")]
