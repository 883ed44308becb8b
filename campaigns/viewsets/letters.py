"""The ledger: every letter, where it is on its way, and the two things that staff may do about it."""

import uuid
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, BaseOperationView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from campaigns.records.submissions import Letter
from campaigns.selectors import addresses, held, ledger, officials, waiting
from campaigns.services.chosen_letters import Act
from campaigns.viewsets import access
from campaigns.viewsets.capture_notice import CaptureNotice
from campaigns.viewsets.chosen_letters import ChosenLettersView
from campaigns.viewsets.letter_filters import LetterFilterSet
from delivery.records.messages import OutboxMessage
from delivery.services import outbox
from home.engine.spreadsheets import safe_cell

URL_NAMESPACE = "letters"


def _chamber(letter: Letter) -> str:
    return officials.chamber_name(letter.chamber) if letter.chamber else ""


def _address(letter: Letter) -> str:
    return addresses.name(letter.address_kind) if any(letter.place) else ""


class ChoiceColumn(BaseColumn):
    """A box beside each letter, for what is done to many at once."""

    cell_template_name = "campaigns/admin/letter_choice_cell.html"


class LetterIndexView(generic.IndexView):
    """The list, its search and filters, and its export: one permission for all of them."""

    model = Letter
    any_permission_required = access.VIEW
    permission_policy = access.POLICY
    page_title = gettext_lazy("Letters")
    header_icon = "mail"
    template_name = "campaigns/admin/letters.html"
    results_template_name = "campaigns/admin/letters_results.html"
    index_url_name = f"{URL_NAMESPACE}:index"
    index_results_url_name = f"{URL_NAMESPACE}:index_results"
    filterset_class = LetterFilterSet
    is_searchable = True
    default_ordering = "-submission__submit_time"
    paginate_by = 50
    export_filename = "letters"
    letter_columns: ClassVar[list[Column]] = [
        TitleColumn(
            "recipient",
            label=gettext_lazy("Recipient"),
            accessor="recipient_name",
            sort_key="recipient_name",
            url_name=f"{URL_NAMESPACE}:letter",
        ),
        Column("office", label=gettext_lazy("Office"), accessor="recipient_office"),
        Column("sender", label=gettext_lazy("From"), accessor="outbox_message.sender_name"),
        Column("campaign", label=gettext_lazy("Campaign"), accessor="submission.campaign_title"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="outbox_message.get_state_display",
            primary=lambda letter: letter.outbox_message.state not in ledger.TROUBLE,
        ),
        Column("channel", label=gettext_lazy("Way"), accessor="outbox_message.get_channel_display"),
        Column("why_waiting", label=gettext_lazy("Why it waits"), accessor="why_waiting", classname="letter-why"),
        DateColumn(
            "date",
            label=gettext_lazy("Submitted"),
            accessor="submission.submit_time",
            sort_key="submission__submit_time",
        ),
        Column("address", label=gettext_lazy("Address"), accessor=_address),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "submission.submit_time": gettext_lazy("Submitted"),
        "submission.campaign_title": gettext_lazy("Campaign"),
        "submission.language": gettext_lazy("Language"),
        "outbox_message.sender_name": gettext_lazy("From"),
        "advocate.email": gettext_lazy("E-mail"),
        "address_kind": gettext_lazy("Address in the letter"),
        "place.city": gettext_lazy("Town"),
        "place.state": gettext_lazy("State of the address"),
        "place.zip_code": gettext_lazy("ZIP"),
        "recipient_name": gettext_lazy("Recipient"),
        "recipient_office": gettext_lazy("Office"),
        "chamber": gettext_lazy("Chamber"),
        "outbox_message.subject": gettext_lazy("Subject"),
        "is_personalised": gettext_lazy("Edited by the person"),
        "outbox_message.get_state_display": gettext_lazy("State of the letter"),
        "outbox_message.get_channel_display": gettext_lazy("Way"),
        "outbox_message.state_changed_at": gettext_lazy("Since"),
        "outbox_message.attempts": gettext_lazy("Attempts"),
    }
    list_export = tuple(export_headings)

    @cached_property
    def may_change(self) -> bool:
        return self.user_has_permission("change")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        choice = [ChoiceColumn("choice", label=gettext_lazy("Choose"))] if self.may_change else []
        return [*choice, *self.letter_columns]

    def get_base_queryset(self) -> QuerySet[Letter]:
        return ledger.letters()

    def get_table(self, object_list: Any) -> Table:
        letters = list(object_list)
        reasons = waiting.reasons(letters, timezone.now())
        for letter in letters:
            letter.why_waiting = reasons.get(letter.pk, "")
        return super().get_table(letters)

    def search_queryset(self, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return ledger.matching(queryset, self.search_query) if self.is_searching else queryset

    def filter_queryset(self, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        # A filter that cannot be read must not quietly become "all letters", least of all in an export.
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["capture_notice"] = CaptureNotice()
        context["may_change"] = self.may_change
        context["acts"] = list(Act)
        context["here"] = f"{self.index_url}?{self.request.GET.urlencode()}"
        if not (self.results_only or self.is_export):
            access.log_about_all(access.LISTED, {})
        return context

    def as_spreadsheet(self, queryset: QuerySet[Letter], spreadsheet_format: str) -> HttpResponse:
        access.log_about_all(access.EXPORTED, {"format": spreadsheet_format, "count": self.get_queryset().count()})
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item: Letter) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)
        row["chamber"] = _chamber(item)
        row["address_kind"] = _address(item)
        row["is_personalised"] = _("yes") if item.is_personalised else _("no")
        return row

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        processed = super().preprocess_field_value(field, value, export_format)
        return safe_cell(processed) if isinstance(processed, str) else processed


class _OneLetter(PermissionCheckedMixin, BaseObjectMixin):
    """A letter by its number, for who may see letters."""

    model = Letter
    any_permission_required = access.VIEW
    permission_policy = access.POLICY
    object: Letter

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # The permission is asked before the letter is looked for: who may not see it learns nothing of it.
        self.request = request
        if request.user.is_authenticated and self.user_has_any_permission(self.any_permission_required):
            super().setup(request, *args, **kwargs)
        else:
            self.args, self.kwargs = args, kwargs

    def get_base_object_queryset(self) -> QuerySet[Letter]:
        return ledger.letters()

    @property
    def message(self) -> OutboxMessage:
        return self.object.outbox_message


class LetterView(_OneLetter, WagtailAdminTemplateMixin, TemplateView):
    """One letter: who wrote it to whom, its words, and its history."""

    template_name = "campaigns/admin/letter.html"
    page_title = gettext_lazy("Letter")
    header_icon = "mail"

    def get_page_subtitle(self) -> str:
        return self.object.recipient_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Letters")},
            {"url": "", "label": self.object.recipient_name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log(self.object, access.READ)
        may_change = self.user_has_permission("change")
        return {
            **super().get_context_data(**kwargs),
            "letter": self.object,
            "message": self.message,
            "chamber": _chamber(self.object),
            "address_name": _address(self.object),
            "events": ledger.history(self.object),
            "can_be_retried": may_change and ledger.can_be_retried(self.object),
            "can_be_cancelled": may_change and ledger.can_be_cancelled(self.object),
            "may_arrive_twice": self.message.state == OutboxMessage.State.UNCERTAIN,
            "can_be_rerouted": may_change and ledger.can_be_rerouted(self.object),
            "why_waiting": waiting.reason(self.object, timezone.now()),
            "hold_reasons": [held.reason_words(key) for key in self.message.hold_reasons],
            "is_held": self.message.state == OutboxMessage.State.HELD,
            "next_ways": [str(OutboxMessage.Channel(way).label) for way in self.message.routes],
            "capture_notice": CaptureNotice(),
            "reroute_url": reverse(f"{URL_NAMESPACE}:reroute", args=[self.object.pk]),
            "retry_url": reverse(f"{URL_NAMESPACE}:retry", args=[self.object.pk]),
            "cancel_url": reverse(f"{URL_NAMESPACE}:cancel", args=[self.object.pk]),
        }


class _LetterOperation(_OneLetter, BaseOperationView):
    """Something done to a letter with a button. Only a POST does it."""

    http_method_names: ClassVar[list[str]] = ["post"]
    permission_required = "change"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.perform(self.message.pk)
        return redirect(f"{URL_NAMESPACE}:letter", self.object.pk)

    def perform(self, message_id: uuid.UUID) -> None:
        raise NotImplementedError


class RetryLetterView(_LetterOperation):
    def perform(self, message_id: uuid.UUID) -> None:
        is_uncertain = self.message.state == OutboxMessage.State.UNCERTAIN
        if is_uncertain and self.request.POST.get("may_arrive_twice") != "yes":
            messages.error(self.request, _("Confirm that the letter may arrive twice, then send it again."))
        elif outbox.retry(message_id=message_id):
            log(self.object, access.RETRIED)
            messages.success(self.request, _("The letter is back in the queue."))
        else:
            messages.error(self.request, _("The letter has moved on in the meantime, so nothing was changed."))


class CancelLetterView(_LetterOperation):
    def perform(self, message_id: uuid.UUID) -> None:
        if outbox.cancel(message_id=message_id):
            log(self.object, access.CANCELLED)
            messages.success(self.request, _("The letter is cancelled. It was not sent."))
        else:
            messages.error(self.request, _("The letter has moved on in the meantime, so it cannot be cancelled."))


class RerouteLetterView(_LetterOperation):
    def perform(self, message_id: uuid.UUID) -> None:
        is_uncertain = self.message.state == OutboxMessage.State.UNCERTAIN
        if is_uncertain and self.request.POST.get("may_arrive_twice") != "yes":
            messages.error(self.request, _("Confirm that the letter may arrive twice, then send it another way."))
            return
        # One that is held may only be approved, rejected or handed over: another way out would be unread.
        reached = outbox.reroute(message_id=message_id) if ledger.can_be_rerouted(self.object) else ""
        if reached:
            log(self.object, access.REROUTED)
            is_handoff = reached == OutboxMessage.State.NEEDS_HANDOFF
            said = _("The letter is handed over to its writer.") if is_handoff else _("The letter goes another way.")
            messages.success(self.request, said)
        else:
            messages.error(self.request, _("The letter has moved on in the meantime, so nothing was changed."))


class LetterViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    menu_order = 250
    add_to_admin_menu = True
    menu_item_class = access.LetterMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LetterIndexView.as_view(), name="index"),
            path("chosen/", ChosenLettersView.as_view(), name="chosen"),
            path("results/", LetterIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
            path("<int:pk>/retry/", RetryLetterView.as_view(), name="retry"),
            path("<int:pk>/reroute/", RerouteLetterView.as_view(), name="reroute"),
            path("<int:pk>/cancel/", CancelLetterView.as_view(), name="cancel"),
        ]

    @cached_property
    def url_prefix(self) -> str:
        return URL_NAMESPACE
