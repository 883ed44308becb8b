"""Why an address gave no certain answer, in words that say what to do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from legislators.engine.resolution import Problem


def sentences(problems: Iterable[str]) -> list[str]:
    """One sentence for each problem, in the active language.

    :param problems: values of `Problem`.
    """
    return [_words(Problem(problem)) for problem in problems]


def _words(problem: Problem) -> str:
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
            "The service that finds districts does not answer at the moment. You can go on by choosing yours."
        ),
        Problem.OUTSIDE_COVERAGE: _("This address lies outside the area that this site covers."),
        Problem.NEAR_BOUNDARY: _("Your address lies so close to the edge of a district that we have to ask you."),
        Problem.ZIP_IS_SPLIT: _("Your ZIP code lies in several districts."),
    }
    return words[problem]
