"""A sign-up for an event: when and where, how many places, and a link that only those see who have one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from campaigns.blocks.kinds.base import TOGETHER, ActionKindBlock, action_kind
from campaigns.engine.fields import Json
from campaigns.engine.participation import EVENT

ZONES = [
    ("America/New_York", gettext_lazy("Eastern")),
    ("America/Chicago", gettext_lazy("Central")),
    ("America/Denver", gettext_lazy("Mountain")),
    ("America/Phoenix", gettext_lazy("Arizona")),
    ("America/Los_Angeles", gettext_lazy("Pacific")),
    ("America/Anchorage", gettext_lazy("Alaska")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii")),
    ("America/Puerto_Rico", gettext_lazy("Atlantic, Puerto Rico")),
    ("Pacific/Guam", gettext_lazy("Guam")),
]


@action_kind(EVENT, position=80)
class EventKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = gettext_lazy("Sign up")

    title = blocks.CharBlock(label=gettext_lazy("What it is"), max_length=150, default="")
    description = blocks.TextBlock(
        label=gettext_lazy("Description"), max_length=2000, rows=4, required=False, default=""
    )
    day = blocks.DateBlock(label=gettext_lazy("Day"))
    starts = blocks.TimeBlock(label=gettext_lazy("Begins at"))
    ends = blocks.TimeBlock(
        label=gettext_lazy("Ends at"), help_text=gettext_lazy("Before it begins: on the morning of the next day.")
    )
    zone = blocks.ChoiceBlock(
        label=gettext_lazy("Time zone"),
        choices=ZONES,
        default="America/New_York",
        help_text=gettext_lazy("Of the times above. Visitors see it beside them; calendars convert it."),
    )
    place = blocks.TextBlock(
        label=gettext_lazy("Place"),
        max_length=300,
        rows=2,
        required=False,
        default="",
        help_text=gettext_lazy("Everybody sees it. Empty: online."),
    )
    link = blocks.URLBlock(
        label=gettext_lazy("Link for those who take part online"),
        required=False,
        default="",
        max_length=500,
        help_text=gettext_lazy("Only those who have a place see it, on their receipt and in the calendar file."),
    )
    capacity = blocks.IntegerBlock(
        label=gettext_lazy("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Beyond it there is a waiting list, from which people move up. Empty: any number."),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        starts_at, ends_at = times(value)
        return {
            "title": str(value.get("title") or ""),
            "description": str(value.get("description") or ""),
            "starts_at": starts_at.isoformat() if starts_at else "",
            "ends_at": ends_at.isoformat() if ends_at else "",
            "zone": str(value.get("zone") or ""),
            "place": str(value.get("place") or ""),
            "link": str(value.get("link") or ""),
            "capacity": value.get("capacity") or 0,
        }

    def is_over(self, value: Mapping[str, Any], *, now: datetime) -> bool:
        starts_at, _ends_at = times(value)
        return starts_at is not None and starts_at <= now

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        if not value.get("place") and not value.get("link"):
            return {"place": ValidationError(_("Say where it is, or give a link for those who take part online."))}
        if value.get("starts") and value.get("starts") == value.get("ends"):
            return {"ends": ValidationError(_("It ends at the time at which it begins."))}
        return {}

    class Meta:
        icon = "date"
        group = TOGETHER
        label = gettext_lazy("Event sign-up")
        description = gettext_lazy("A place at an event, with a waiting list, a calendar file and a list of guests.")


def times(value: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """When it begins and ends, with the zone; none where the editor has not said."""
    day, starts, ends = value.get("day"), value.get("starts"), value.get("ends")
    if not (day and starts and ends):
        return None, None
    zone = ZoneInfo(str(value.get("zone") or "UTC"))
    begin, end = datetime.combine(day, starts, zone), datetime.combine(day, ends, zone)
    if end <= begin:
        end = datetime.combine(day.fromordinal(day.toordinal() + 1), ends, zone)
    return begin, end
