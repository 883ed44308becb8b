"""Which offices of Congress take letters by CWC, and what a letter lacks that is to go that way, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delivery.adapters.cwc import configuration
from delivery.engine.cwc import office_codes, validation
from delivery.engine.cwc.chambers import CHAMBERS, HOUSE, UnknownRuleError
from delivery.engine.cwc.content import CongressContent
from delivery.engine.cwc.validation import Code, Problem
from delivery.records.cwc_offices import CwcOffice, CwcOfficeList


@dataclass(frozen=True, slots=True)
class ActiveOffices:
    """The offices that take letters now, of the chambers that are switched on."""

    codes: Collection[str] = frozenset()
    #: Of the Senate, whose list says who sits in an office.
    by_bioguide_id: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, *, chamber: str, state: str, district: str, bioguide_id: str) -> str:
        """HMA05 or SMA01; empty where that office takes no letters this way.

        :param state: two letters.
        :param district: of a seat in the House, its number; empty or "at-large" where the state has one.
        :param bioguide_id: W000817.
        """
        if chamber != HOUSE:
            return self.by_bioguide_id.get(bioguide_id, "") if bioguide_id else ""
        try:
            code = office_codes.house_code(state=state, district=district)
        except office_codes.NoOfficeCodeError:
            return ""
        return code if code in self.codes else ""


@dataclass(frozen=True, slots=True)
class ListState:
    """How the list of one chamber stands, for the staff."""

    chamber: str
    #: Letters to the chamber go this way, in whatever mode.
    is_on: bool
    mode: str
    has_key: bool
    active: int
    #: When it last was had, and when it was last asked for; None: never.
    refreshed_at: datetime | None
    tried_at: datetime | None
    #: Why the last try changed nothing; empty where it did what it should.
    problem: str


def active_offices() -> ActiveOffices:
    """One query; none where nothing is switched on."""
    chambers = [chamber for chamber in CHAMBERS if configuration.is_on(chamber)]
    if not chambers:
        return ActiveOffices()
    rows = list(CwcOffice.objects.filter(is_active=True, chamber__in=chambers).values_list("code", "bioguide_id"))
    return ActiveOffices(frozenset(code for code, _id in rows), {bioguide: code for code, bioguide in rows if bioguide})


def is_active(code: str, *, chamber: str) -> bool:
    """Whether the office took letters when its chamber's list was last had."""
    return CwcOffice.objects.filter(code=code, chamber=chamber, is_active=True).exists()


def problems(content: CongressContent) -> list[Problem]:
    """What keeps this letter from going by CWC, in the letter or in the settings; empty where nothing does.

    :raises UnknownRuleError: the settings change a rule that there is not.
    """
    rules = configuration.rules(content.chamber)
    society = configuration.society(content.chamber)
    return [*validation.problems(content, rules), *validation.society_problems(society, rules)]


def takes(content: CongressContent | None) -> bool:
    """Whether this letter can go by CWC now: switched on, the office on the list, and nothing missing."""
    if content is None or not configuration.is_on(content.chamber):
        return False
    try:
        return not problems(content) and is_active(content.office, chamber=content.chamber)
    except UnknownRuleError:
        return False


def list_states() -> list[ListState]:
    """Of both chambers, the House first."""
    lists = {entry.chamber: entry for entry in CwcOfficeList.objects.all()}
    return [
        ListState(
            chamber=chamber,
            is_on=configuration.is_on(chamber),
            mode=configuration.mode(),
            has_key=bool(configuration.key(chamber)),
            active=CwcOffice.objects.filter(chamber=chamber, is_active=True).count(),
            refreshed_at=lists[chamber].refreshed_at if chamber in lists else None,
            tried_at=lists[chamber].tried_at if chamber in lists else None,
            problem=lists[chamber].problem if chamber in lists else "",
        )
        for chamber in CHAMBERS
    ]


_FIELDS = {
    "office": gettext_lazy("Office"),
    "chamber": gettext_lazy("Chamber"),
    "campaign_id": gettext_lazy("Campaign"),
    "prefix": gettext_lazy("Form of address"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "address1": gettext_lazy("Street"),
    "city": gettext_lazy("City"),
    "state": gettext_lazy("State"),
    "zip_code": gettext_lazy("ZIP code"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("Email"),
    "subject": gettext_lazy("Subject"),
    "topics": gettext_lazy("Subjects of the Library of Congress"),
    "bills": gettext_lazy("Bills"),
    "position": gettext_lazy("Position"),
    "statement": gettext_lazy("The society’s text"),
    "own_words": gettext_lazy("Your own words"),
    "delivery_agent": gettext_lazy("Registered name of the sender"),
    "ack_address": gettext_lazy("Address for reports"),
    "contact_name": gettext_lazy("Name of the contact"),
    "contact_email": gettext_lazy("E-mail address of the contact"),
    "contact_phone": gettext_lazy("Telephone of the contact"),
    "organization": gettext_lazy("Name of the organization"),
    "organization_about": gettext_lazy("About the organization"),
}


def describe(problem: Problem) -> str:
    """The problem in a sentence, in the active language, for who can mend it."""
    name = _FIELDS[problem.field]
    match problem.code:
        case Code.NO_TEXT:
            return _("The letter has no text.")
        case Code.MISSING:
            return _("%(field)s: Congress’s system asks for this.") % {"field": name}
        case Code.TOO_SHORT:
            return _("%(field)s: at least %(limit)s characters.") % {"field": name, "limit": problem.limit}
        case Code.TOO_LONG:
            return _("%(field)s: at most %(limit)s characters.") % {"field": name, "limit": problem.limit}
        case Code.NOT_ONE_OF:
            return _("%(field)s: Congress’s system takes certain values only.") % {"field": name}
        case Code.MALFORMED:
            return _("%(field)s: Congress’s system does not take it in this form.") % {"field": name}
