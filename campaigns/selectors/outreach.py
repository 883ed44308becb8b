"""What a receipt shows of calls and posts: whom, with what to say, and what the person told us came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from campaigns.engine import outreach as rules
from campaigns.engine.posts import NETWORKS, Network
from campaigns.engine.targeting import OF_CONGRESS
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.selectors import officials, phones
from campaigns.selectors.phones import Phone
from delivery.engine.capitols import ZONES, zone_of
from home.engine.sharing import compose_link
from legislators.engine.titles import title_for

Outcome = Outreach.Outcome


@dataclass(frozen=True, slots=True)
class Post:
    """One text for one network."""

    network: Network
    text: str
    length: int
    #: Empty where the person names the server first.
    url: str
    #: What the link begins with, for a text that is edited in the browser; empty where the network takes none.
    compose: str

    @property
    def is_too_long(self) -> bool:
        return self.length > self.network.limit


@dataclass(frozen=True, slots=True)
class Line:
    """One official."""

    id: int
    #: With the title: Senator Marisol Tidewater.
    name: str
    seat: str
    outcome: str
    #: What the person told us, as a sentence; empty where they told nothing.
    told: str
    is_ended: bool
    wrong_phone: str = ""
    phones: tuple[Phone, ...] = ()
    script: str = ""
    voicemail: str = ""
    #: Whether somebody is likely to pick up now; empty where nobody knows the capitol's clock.
    hours: str = ""
    posts: tuple[Post, ...] = ()


def calls(taken: TakenAction) -> list[Line]:
    """Whom to call, in the active language; the numbers are those of today."""
    rows = list(taken.outreach.order_by("pk"))
    numbers = phones.of_officials({row.official_id for row in rows if row.official_id})
    return [
        _line(
            row,
            phones=numbers.get(row.official_id or 0, ()),
            script=row.texts.get("script", ""),
            voicemail=row.texts.get("voicemail", ""),
            hours=hours(_jurisdiction(row), timezone.now()),
        )
        for row in rows
    ]


def posts(taken: TakenAction, *, address: str) -> list[Line]:
    """Whom to post to, in the active language.

    :param address: of the page that the posts lead to.
    """
    rows = taken.outreach.order_by("pk")
    has_address = bool(taken.terms.get("has_address"))
    return [_line(row, posts=tuple(_posts(row, address, has_address=has_address))) for row in rows]


def post_on(row: Outreach, key: str, *, address: str) -> str | None:
    """The text for one network as it is offered; None where the action has none for it."""
    found = _posts(row, address, has_address=bool(row.taken_action.terms.get("has_address")))
    return next((post.text for post in found if post.network.key == key), None)


def hours(jurisdiction: str, now: datetime) -> str:
    """Whether an office is likely to be open, by its capitol's clock."""
    if jurisdiction not in ZONES:
        return ""
    there = now.astimezone(zone_of(jurisdiction, settings.TIME_ZONE))
    time = {"time": time_format(there, "TIME_FORMAT")}
    if rules.is_office_time(there):
        return _("It is %(time)s at the capitol: somebody is likely to pick up.") % time
    sentence = _(
        "It is %(time)s at the capitol, and the office is probably closed. Leave a message, or call on a weekday "
        "between 9 and 5."
    )
    return sentence % time


def told(outcome: str) -> str:
    """A report in the words of whom it comes from, claiming no more than that."""
    words = {
        Outcome.SPOKE.value: _("You told us: spoke with somebody"),
        Outcome.MESSAGE.value: _("You told us: left a message"),
        Outcome.BUSY.value: _("You told us: busy or no answer"),
        Outcome.WRONG_NUMBER.value: _("You told us: the number is wrong"),
        Outcome.POSTED.value: _("You told us: posted"),
    }
    return words.get(outcome, "")


def _jurisdiction(row: Outreach) -> str:
    return "us" if row.chamber in OF_CONGRESS else row.state


def _line(
    row: Outreach,
    *,
    phones: Sequence[Phone] = (),
    script: str = "",
    voicemail: str = "",
    hours: str = "",
    posts: tuple[Post, ...] = (),
) -> Line:
    title = title_for(chamber=row.chamber, state=row.state) if row.chamber else ""
    chamber = officials.chamber_name(row.chamber) if row.chamber else ""
    return Line(
        id=row.pk,
        name=f"{title} {row.recipient_name}".strip(),
        seat=", ".join(part for part in (chamber, row.recipient_office) if part),
        outcome=row.outcome,
        told=told(row.outcome),
        is_ended=row.outcome in rules.ENDED,
        wrong_phone=row.wrong_phone,
        phones=tuple(phones),
        script=script,
        voicemail=voicemail,
        hours=hours,
        posts=posts,
    )


def _posts(row: Outreach, address: str, *, has_address: bool) -> list[Post]:
    found = []
    for key, text in row.texts.items():
        if key not in NETWORKS:
            continue
        network = NETWORKS[key]
        whole = f"{text} {address}".strip() if has_address and network.takes_text else text
        url = compose = ""
        if not network.asks_server:
            url = compose_link(key, whole if network.takes_text else address)
            compose = compose_link(key) if network.takes_text else ""
        found.append(Post(network, whole, network.length(whole), url, compose))
    return found
