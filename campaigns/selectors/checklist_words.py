"""What the checklist says of each thing that an editor should look at, in one sentence."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from campaigns.engine.audience_gaps import Gap
from campaigns.engine.checklist import Advice, Rule

#: More names than these are a number: the sentence is a hint, and the list is elsewhere.
MOST_NAMES = 8


def sentence(advice: Advice) -> str:
    """In the active language."""
    return _WORDS[advice.rule](advice.details)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
        "names": shown,
        "count": localize(more),
    }


def _language(code: Any) -> str:
    name = str(get_language_info(str(code))["name_translated"])
    return name if get_language() else str(code)


def _some_states(details: Mapping[str, Any]) -> str:
    count = len(details["states"])
    return ngettext(
        "%(chamber)s: members are loaded for %(states)s only. People elsewhere reach nobody in it.",
        "%(chamber)s: members are loaded for %(count)s states (%(states)s). People elsewhere reach nobody in it.",
        count,
    ) % {"chamber": details["chamber"], "states": _listed(details["states"]), "count": localize(count)}


def _some_states_missing(details: Mapping[str, Any]) -> str:
    count = len(details["states"])
    return ngettext(
        "%(chamber)s: no members are loaded for %(states)s. People there reach nobody in it.",
        "%(chamber)s: no members are loaded for %(count)s states (%(states)s). People there reach nobody in it.",
        count,
    ) % {"chamber": details["chamber"], "states": _listed(details["states"]), "count": localize(count)}


def _vacant(details: Mapping[str, Any]) -> str:
    count = len(details["seats"])
    return ngettext(
        "%(chamber)s: a seat is vacant now: %(seats)s. People there reach nobody in it.",
        "%(chamber)s: %(count)s seats are vacant now: %(seats)s. People there reach nobody in them.",
        count,
    ) % {"chamber": details["chamber"], "seats": _listed(details["seats"]), "count": localize(count)}


def _unreachable(details: Mapping[str, Any]) -> str:
    count = int(details["count"])
    return ngettext(
        "%(chamber)s: of %(count)s member neither an e-mail address nor a form nor a telephone is known.",
        "%(chamber)s: of %(count)s members neither an e-mail address nor a form nor a telephone is known.",
        count,
    ) % {"chamber": details["chamber"], "count": localize(count)}


def _partly(details: Mapping[str, Any]) -> str:
    count = int(details["count"])
    return ngettext(
        "%(language)s: %(count)s text is not translated and is shown in the first language.",
        "%(language)s: %(count)s texts are not translated and are shown in the first language.",
        count,
    ) % {"language": _language(details["language"]), "count": localize(count)}


_GAPS: dict[Gap, Callable[[], str]] = {
    Gap.HIDDEN: lambda: _("“%(name)s”: nobody gets this text, because “%(instead)s” above it fits all of the same."),
    Gap.ROLE_NOT_ASKED: lambda: _(
        "“%(name)s”: nobody gets this text, because the form does not let people say that they are who it is for."
    ),
    Gap.NOT_ADDRESSED: lambda: _("“%(name)s”: nobody gets this text, because the page goes to nobody whom it is for."),
    Gap.EMPTY_LIST: lambda: _("“%(name)s”: nobody gets this text, because its list of officials is empty or gone."),
    Gap.NOTHING_NOTED: lambda: _(
        "“%(name)s”: nobody gets this text as long as nobody has this position under “Positions of officials”."
    ),
    Gap.NO_SPONSOR: lambda: _(
        "“%(name)s”: nobody gets this text as long as no sponsor is noted under “Positions of officials”."
    ),
}

_WORDS: dict[Rule, Callable[[Mapping[str, Any]], str]] = {
    Rule.NOBODY_ADDRESSED: lambda _details: _(
        "The page asks for nothing but the form: it names no action, and nobody gets a letter."
    ),
    Rule.NO_DATA: lambda details: (
        _("%(chamber)s: no members are loaded, so nobody is written to there.") % {"chamber": details["chamber"]}
    ),
    Rule.SOME_STATES_ONLY: _some_states,
    Rule.SOME_STATES_MISSING: _some_states_missing,
    Rule.VACANT: _vacant,
    Rule.UNREACHABLE: _unreachable,
    Rule.CHOSEN_UNREACHABLE: lambda details: (
        _("No e-mail address, form or telephone is known of %(name)s.") % {"name": details["name"]}
    ),
    Rule.TEXT_FOR_NOBODY: lambda details: _GAPS[Gap(details["gap"])]() % details,
    Rule.QUESTION_FOR_NOBODY: lambda details: (
        _("The question “%(name)s” is for people whom the form does not let say so: nobody is asked it.") % details
    ),
    Rule.NO_THANK_YOU: lambda _details: _("There is no thank-you text on the receipt."),
    Rule.NO_LAST_DAY: lambda _details: _("There is no last day: the form stays open until somebody closes it."),
    Rule.LAST_DAY_PAST: lambda _details: _("The last day is over: the form will take nothing."),
    Rule.NOT_TRANSLATED: lambda details: (
        _("There is no version in %(language)s.") % {"language": _language(details["language"])}
    ),
    Rule.PARTLY_TRANSLATED: _partly,
    Rule.NO_ALT_TEXT: lambda details: (
        _("The image “%(name)s” has no description, and does not say that it only decorates.")
        % {"name": details["name"]}
    ),
    Rule.CONGRESS_NOT_SET: lambda _details: _(
        "Letters go to Congress, and nothing is set for it: they will be filed under health and take no side."
    ),
    Rule.NO_BILL: lambda _details: _("For Congress no bill is named, so offices cannot file the letters by it."),
    Rule.NO_POSITION: lambda _details: _("For Congress a bill is named, and not whether the letters are for it."),
    Rule.HARD_TO_READ: lambda details: (
        _("%(name)s: reads like grade %(grade)s of school; the aim is grade %(target)s at most.") % details
    ),
    Rule.POINTS_IN_LOCKED_LETTER: lambda _details: _(
        "There are talking points, but people may not edit the letter: nobody can take them up."
    ),
    Rule.LIVES_FROM_PRACTICE: lambda details: (
        _("%(name)s says “I live”, and the form takes the address of a practice: use {standing} instead.")
        % {"name": details["name"]}
    ),
    Rule.GOAL_NOT_SHOWN: lambda _details: _(
        "A goal is set, and nothing shows it: add the block “Progress”, or leave the goal empty."
    ),
    Rule.NO_FORM: lambda _details: _("There is no action form on the page, so nobody can take part from it."),
    Rule.CAMPAIGN_IS_DRAFT: lambda details: (
        _("The campaign “%(title)s” is a draft: publish it as well, or visitors do not find the form.") % details
    ),
    Rule.FORM_IS_DRAFT: lambda details: (
        _("The action page “%(title)s” is a draft: until it is published, its form does not show here.") % details
    ),
    Rule.NOT_IN_CAMPAIGN: lambda _details: _("The page lies in no campaign: it is not counted with one."),
}
