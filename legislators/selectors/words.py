"""The words for a visitor about a look-up: how sure it is, who located the address, what is wrong, what to do next.

Plain and short, in the active language. A convention of this room: nothing else words a `Certainty` or a `Problem`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from legislators.engine.resolution import Certainty, NextStep, Problem

#: Geocoders that tell nobody.
_IN_HOUSE = {"sample", "street_ranges"}


def certainty_words(certainty: str) -> str:
    """How sure the answer is, in a sentence.

    :param certainty: a value of `Certainty`; "" where nothing was looked up, which needs no words.
    """
    words = {
        Certainty.ROOFTOP: _("We know the very place of your address, and it lies clearly inside its districts."),
        Certainty.INTERPOLATED: _(
            "We placed your address by its house number along the street. It lies clearly inside its districts."
        ),
        Certainty.NEAR_BOUNDARY: _(
            "We know where your address is, but it lies so close to the edge of a district that we cannot be sure."
        ),
        Certainty.CONFLICT: _("Our map and the service that located your address name different districts."),
        Certainty.STREET: _("We found the street or the town, but not the house. A street can lie in two districts."),
        Certainty.ZIP: _("We know only your ZIP code. It decides some of your districts, and not the others."),
        Certainty.AMBIGUOUS: _("What we know of your address leaves more than one district possible."),
        Certainty.CHOSEN: _("You chose the district yourself."),
        Certainty.OUTSIDE: _("This address lies outside the area that this site covers."),
        Certainty.NONE: _("We cannot tell from this which districts you live in."),
    }
    return words[Certainty(certainty)] if certainty else ""


def sentences(problems: Iterable[str]) -> list[str]:
    """One sentence for each problem.

    :param problems: values of `Problem`.
    """
    return [problem_words(problem) for problem in problems]


def problem_words(problem: str) -> str:
    """Why an address gave no certain answer, in words that say what to do."""
    words = {
        Problem.PO_BOX: _(
            "This is a post-office box. Districts follow where you live: give your street address, or choose below."
        ),
        Problem.ZIP_NOT_IN_STATE: _("This ZIP code does not belong to the state you chose. Check both."),
        Problem.BAD_ZIP: _("This ZIP code does not exist. Check its five digits."),
        Problem.UNKNOWN_STATE: _("We do not know this state. Choose yours from the list."),
        Problem.STREET_MISSING: _(
            "Without your street we cannot tell which district you live in: many ZIP codes lie in several."
        ),
        Problem.STREET_NOT_FOUND: _("We could not find this street address. Check its spelling and the house number."),
        Problem.GEOCODER_UNAVAILABLE: _(
            "We cannot look this address up at the moment. You can go on by choosing your district."
        ),
        Problem.OUTSIDE_COVERAGE: _("This address lies outside the area that this site covers."),
        Problem.CHAMBER_WITHOUT_MAP: _(
            "There is a chamber here of whose districts we have no map, so we have to ask you which is yours."
        ),
        Problem.NEAR_BOUNDARY: _("Your address lies so close to the edge of a district that we have to ask you."),
        Problem.ZIP_IS_SPLIT: _("Your ZIP code lies in several districts."),
        Problem.DISTRICTS_DISAGREE: _(
            "Our map and the service that located your address disagree about your district, so we have to ask you."
        ),
        Problem.DISTRICTS_OVERLAP: _(
            "The maps that we have put your address into more than one district, so we have to ask you."
        ),
        Problem.DISTRICT_WITHOUT_OUTLINE: _(
            "Where you live there are also districts that lie over others. Nobody publishes their outlines, so we "
            "cannot tell whether you live in one of them."
        ),
    }
    return words[Problem(problem)]


def step_words(step: str) -> str:
    """What the person does next, as a heading; empty where nothing is left to do.

    :param step: a value of `NextStep`.
    """
    words = {
        NextStep.NOTHING: "",
        NextStep.ENTER_STREET: _("Add your street and house number"),
        NextStep.CORRECT_ADDRESS: _("Correct your address"),
        NextStep.CHOOSE: _("Choose your district"),
        NextStep.CONFIRM_ON_MAP: _("Confirm your district on the map"),
    }
    return words[NextStep(step)]


def source_words(source: str) -> str:
    """Who located the address, and so who was told it; empty where nobody had to.

    :param source: as `GeocodedPoint.source`. A geocoder that a society wrote itself is named by its own name.
    """
    words = {
        "": "",
        "chosen": "",
        "point": "",
        "sample": _("Found in this site’s own sample addresses; your address was sent to nobody."),
        "street_ranges": _("Found on this site’s own street data; your address was sent to nobody."),
        "census": _("The U.S. Census Bureau’s geocoder located it: your address was sent there."),
        "geocodio": _("The service Geocodio located it: your address was sent there."),
        "nominatim": _("A map server that this society chose located it: your address was sent there."),
    }
    if source == "street_ranges" and not _was_asked_first(source):
        return _("Found on this site’s own street data, after a service outside did not know your address.")
    return words[source] if source in words else _("The service “%(name)s” located it.") % {"name": source}


def _was_asked_first(source: str) -> bool:
    """Whether the society's order of geocoders asks nobody outside before this one."""
    for path in settings.GEOCODERS:
        name, asks_network = _known(path)
        if name == source:
            return True
        if asks_network:
            return False
    return True


def _known(path: str) -> tuple[str, bool]:
    """A geocoder's name, and whether it asks somebody outside; the setting has short names and dotted paths."""
    if "." not in path:
        return path, path not in _IN_HOUSE
    geocoder = import_string(path)
    return geocoder.name, geocoder.asks_network
