"""How each letter would go, as things stand: asked before the person confirms, and said to them."""

from collections.abc import Sequence
from dataclasses import replace

from campaigns.engine import congress
from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.composing import ComposedLetter
from campaigns.engine.congress import NO_PREFIX, CongressAnswers
from campaigns.engine.tokens import Finding
from campaigns.selectors import officials
from delivery.engine import routes as channels
from delivery.engine.cwc import bodies
from delivery.engine.cwc.content import CongressContent
from delivery.engine.cwc.names import PREFIXES
from delivery.selectors import routes

#: Stands in for what the person has not said yet: whether their letters could go this way at all.
UNSAID = CongressAnswers(prefix=PREFIXES[0])


def route(
    *,
    terms: ActionTerms,
    answers: Answers,
    finding: Finding,
    letters: Sequence[ComposedLetter],
    to_congress: CongressAnswers = UNSAID,
) -> tuple[ComposedLetter, ...]:
    """The letters with the ways that are open for each, in order; the first is how it goes.

    :param to_congress: what the person said for offices of Congress.
    """
    offices = officials.congress_offices([letter.target for letter in letters])
    chambers = {letter.target.key: letter.target.chamber for letter in letters}
    wanted = routes.wanted_routes_of(chambers)
    failing = routes.failing_addresses(chambers)
    routed = []
    for letter in letters:
        target = letter.target
        content = None
        if target.key in offices and channels.CWC in wanted[target.key] and to_congress.prefix != NO_PREFIX:
            content = _content(terms, answers, finding, letter, to_congress, offices[target.key])
        found = routes.open_routes(
            wanted=wanted[target.key],
            address=target.email,
            recipient_key=target.key,
            congress=content,
            failing=failing,
        )
        routed.append(_with_routes(letter, found, content))
    return tuple(routed)


def _with_routes(letter: ComposedLetter, found: tuple[str, ...], content: CongressContent | None) -> ComposedLetter:
    is_open = channels.CWC in found
    is_too_long = content is not None and not is_open and congress.is_too_long(content)
    return replace(letter, routes=found, congress=content if is_open else None, is_too_long_for_congress=is_too_long)


def _content(
    terms: ActionTerms,
    answers: Answers,
    finding: Finding,
    letter: ComposedLetter,
    to_congress: CongressAnswers,
    office: str,
) -> CongressContent:
    return congress.content(
        letter,
        constituent=answers.constituent,
        office=office,
        campaign_id=campaign_id(terms, letter),
        terms=terms.congress,
        answers=to_congress,
        certainty=_certainty(finding, letter),
    )


def campaign_id(terms: ActionTerms, letter: ComposedLetter) -> str:
    """By which offices of Congress group the letters of one campaign, position and version of the text.

    Which subject a person drew and what they ticked makes no other version.
    """
    return bodies.campaign_id(terms.campaign_key, terms.congress.position, letter.text_version)


def _certainty(finding: Finding, letter: ComposedLetter) -> str:
    """Of the address that the letter names; one that is the same place as the first was not looked up again."""
    of_address = [part for part in finding.parts if part.kind is letter.target.address_kind]
    return (of_address or [finding])[0].certainty
