"""Events for the staff: who comes, who waits, and the list to take along."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from campaigns.engine.participation import EVENT
from campaigns.records.participation import Registration
from campaigns.selectors import events, kind_pages
from campaigns.selectors.kind_pages import KindOnPage
from campaigns.services import registrations
from campaigns.viewsets import participation
from campaigns.viewsets.csv_files import as_csv
from campaigns.viewsets.participation import REGISTRATIONS, StaffView, asked

URL_NAMESPACE = "guests"
STANDING_WORDS = {
    "unconfirmed": gettext_lazy("Not confirmed by e-mail yet"),
    "quarantined": gettext_lazy("Waits for the staff"),
}


class _EventView(StaffView):
    permission_policy = REGISTRATIONS
    header_icon = "date"
    page_title = gettext_lazy("Events")

    @cached_property
    def event(self) -> KindOnPage:
        return asked(EVENT, self.kwargs["key"], self.kwargs["block"])


class AllEventsView(_EventView):
    template_name = "campaigns/admin/events.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [
            {
                "asked": one,
                "event": events.event_of(one.settings),
                "taken": events.places_taken(one.page_key, one.block_id),
                "waiting": events.number_waiting(one.page_key, one.block_id),
            }
            for one in kind_pages.all_with(EVENT)
        ]
        return {**super().get_context_data(**kwargs), "events": found}


class GuestsView(_EventView):
    """One event: each person once; as a file with `?export=csv`."""

    template_name = "campaigns/admin/guests.html"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Events")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") != "csv":
            participation.log_about(self.event.page, participation.GUESTS_LISTED)
            return super().get(request, *args, **kwargs)
        rows = events.guests(self.event.page_key, self.event.block_id)
        participation.log_about(self.event.page, participation.GUESTS_EXPORTED, count=len(rows))
        headings = [_("State"), _("Title"), _("First name"), _("Last name"), _("E-mail"), _("Signed up"), _("Standing")]
        return as_csv("guests", headings, [_cells(row) for row in rows])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked_for = self.event
        event = events.event_of(asked_for.settings)
        self.page_subtitle = event.title
        taken = events.places_taken(asked_for.page_key, asked_for.block_id)
        waiting = events.number_waiting(asked_for.page_key, asked_for.block_id)
        return {
            **super().get_context_data(**kwargs),
            "asked": asked_for,
            "event": event,
            "guests": events.guests(asked_for.page_key, asked_for.block_id),
            "taken": taken,
            "waiting": waiting,
            "can_move_up": self.may_change
            and waiting
            and not event.is_over
            and (not event.capacity or taken < event.capacity),
        }


class MoveUpView(_EventView):
    """Gives places that became free otherwise than by being given back: more of them, or a form found invalid."""

    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked_for = self.event
        event = events.event_of(asked_for.settings)
        number = registrations.fill(page_key=asked_for.page_key, block_id=asked_for.block_id, event=event)
        if number:
            participation.log_about(asked_for.page, participation.GUESTS_MOVED)
            said = ngettext("%(count)s person moved up and is told.", "%(count)s people moved up and are told.", number)
            messages.success(request, said % {"count": number})
        else:
            messages.warning(request, _("There is no free place, or nobody who can move up."))
        return redirect(reverse(f"{URL_NAMESPACE}:event", args=[asked_for.page_key, asked_for.block_id]))


class GuestsViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "date"
    menu_label = gettext_lazy("Events")
    menu_item_class = participation.menu_item_of(REGISTRATIONS)
    url_prefix = "taking-part/events"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AllEventsView.as_view(), name="index"),
            path("<uuid:key>/<str:block>/", GuestsView.as_view(), name="event"),
            path("<uuid:key>/<str:block>/move-up/", MoveUpView.as_view(), name="move_up"),
        ]


def _cells(row: Registration) -> list[Any]:
    person = row.advocate
    day = date_format(timezone.localtime(row.registered_at), "SHORT_DATETIME_FORMAT")
    standing = str(STANDING_WORDS.get(row.taken_action.submission.standing, ""))
    return [row.get_state_display(), person.title, person.given_name, person.family_name, person.email, day, standing]
