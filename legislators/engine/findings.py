"""What is known of an address between two steps of a look-up, signed so that it can travel through a browser."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from django.core import signing
from django.utils.crypto import salted_hmac

from legislators.engine.resolution import Certainty, Point, PostalAddress, Problem, Resolution

_SALT = "legislators.finding"
#: How long a visitor may sit over the questions before the address is looked up again.
FINDING_SECONDS = 4 * 60 * 60
#: What a choosing step sends for "none of these, or I do not know".
DO_NOT_KNOW = "unknown"


class BadFinding(ValueError):
    """It was changed, is too old, or is of another page or another address."""


class NothingChosen(Exception):
    """The person left chambers without an answer, or answered with what was not offered."""

    def __init__(self, chambers: Iterable[str]) -> None:
        self.chambers = tuple(chambers)
        super().__init__(", ".join(self.chambers))


@dataclass(frozen=True, slots=True)
class Finding:
    """Who represents an address, as far as it is known."""

    #: A value of `Certainty`; empty where nothing had to be looked up.
    certainty: str
    state: str = ""
    #: OCD ids that are settled, by the look-up or by the person.
    settled: tuple[str, ...] = ()
    #: For each chamber in doubt, its OCD ids.
    candidates: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Chambers for which the person does not know their district.
    not_chosen: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    #: Who located the address, as `GeocodedPoint.source`.
    source: str = ""
    #: OCD ids of districts without an outline that the address may lie in as well.
    unmapped: tuple[str, ...] = ()
    #: Longitude and latitude, for a map in the person's own browser.
    point: tuple[float, float] | None = field(default=None, repr=False)

    @property
    def place(self) -> Point | None:
        return Point(*self.point) if self.point else None


FindingT = TypeVar("FindingT", bound=Finding)


def finding_of(resolution: Resolution, chambers: Sequence[str]) -> Finding:
    """What travels of a resolution.

    :param chambers: only candidates of these are kept, in this order: nobody is asked about another.
    """
    candidates = {
        chamber: tuple(item.division_ocd_id for item in resolution.candidates if item.chamber == chamber)
        for chamber in chambers
    }
    asked = tuple((chamber, ids) for chamber, ids in candidates.items() if ids)
    point = resolution.point
    return Finding(
        certainty=resolution.certainty.value,
        state=resolution.state,
        settled=tuple(dict.fromkeys(item.division_ocd_id for item in resolution.representations)),
        candidates=asked,
        problems=tuple(problem.value for problem in resolution.problems),
        source=resolution.source,
        unmapped=tuple(item.division_ocd_id for item in resolution.unmapped if item.chamber in chambers),
        # Of no use without a question.
        point=(point.longitude, point.latitude) if point and asked else None,
    )


def choose(finding: FindingT, *, chosen: Mapping[str, str]) -> FindingT:
    """The finding with the person's choices.

    :param chosen: by chamber, an OCD id among its candidates or `DO_NOT_KNOW`.
    :raises NothingChosen: naming each chamber that has no such answer.
    """
    missing = [chamber for chamber, group in finding.candidates if chosen.get(chamber, "") not in {*group, DO_NOT_KNOW}]
    if missing:
        raise NothingChosen(missing)
    picked = {chamber: chosen[chamber] for chamber, _group in finding.candidates}
    known = [ocd_id for ocd_id in picked.values() if ocd_id != DO_NOT_KNOW]
    return replace(
        finding,
        certainty=Certainty.CHOSEN.value if known else finding.certainty,
        settled=tuple(dict.fromkeys((*finding.settled, *known))),
        candidates=(),
        not_chosen=tuple(
            dict.fromkeys(
                (*finding.not_chosen, *(chamber for chamber, ocd_id in picked.items() if ocd_id == DO_NOT_KNOW))
            )
        ),
        point=None,
    )


def reopen(finding: FindingT, *, chamber: str, ocd_ids: Sequence[str]) -> FindingT:
    """The finding with a chamber in doubt again, because the person says that its legislator is not theirs.

    :param ocd_ids: every district of that chamber, to choose from.
    """
    others = tuple(pair for pair in finding.candidates if pair[0] != chamber)
    return replace(
        finding,
        settled=tuple(ocd_id for ocd_id in finding.settled if ocd_id not in set(ocd_ids)),
        candidates=(*others, (chamber, tuple(ocd_ids))),
        not_chosen=tuple(one for one in finding.not_chosen if one != chamber),
        # They told of the doubt that there was before.
        problems=finding.problems if others else (),
        point=finding.point if others else None,
    )


def question_of(finding: Finding) -> Resolution:
    """The finding's certainty and problems as a resolution without districts."""
    certainty = Certainty(finding.certainty) if finding.certainty else Certainty.NONE
    return Resolution(
        certainty=certainty,
        state=finding.state,
        source=finding.source,
        problems=tuple(Problem(problem) for problem in finding.problems),
        point=finding.place,
    )


def seal(finding: Finding, *, page: str, address: PostalAddress) -> str:
    """The finding as a value for a hidden input; it is good for this page and this address only."""
    return signing.dumps({"for": _owner(page, address), **asdict(finding)}, salt=_SALT, compress=True)


def unseal(token: str, *, page: str, address: PostalAddress) -> Finding:
    """The finding again.

    :raises BadFinding: where it cannot be believed; the address is then looked up again.
    """
    try:
        content = signing.loads(token, salt=_SALT, max_age=FINDING_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise BadFinding from error
    if content.pop("for") != _owner(page, address):
        raise BadFinding("another page or another address")
    return Finding(**lookup_fields(content))


def lookup_fields(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `Finding` from what JSON made of them."""
    return {
        "certainty": content["certainty"],
        "state": content["state"],
        "settled": tuple(content["settled"]),
        "candidates": tuple((chamber, tuple(ids)) for chamber, ids in content["candidates"]),
        "not_chosen": tuple(content["not_chosen"]),
        "problems": tuple(content["problems"]),
        "source": content["source"],
        "unmapped": tuple(content["unmapped"]),
        "point": tuple(content["point"]) if content["point"] else None,
    }


def _owner(page: str, address: PostalAddress) -> str:
    parts = (page, address.street, address.city, address.state, address.zip_code)
    text = "\n".join(" ".join(part.casefold().split()) for part in parts)
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()[:32]
