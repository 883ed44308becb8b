"""What each step of an action form shows: the context of its template."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone

from campaigns.content import step_screens
from campaigns.content.action_letters import WrittenLetters
from campaigns.engine import share
from campaigns.engine.addresses import AddressKind
from campaigns.engine.composing import ComposedLetter, without_footer
from campaigns.engine.tokens import Finding
from campaigns.forms.action_form import ActionForm
from campaigns.forms.guidance_form import GUIDE_PREFIX, POINTS
from campaigns.forms.letter_form import LETTER_PREFIX
from campaigns.records.submissions import Submission
from campaigns.selectors import addresses, afterwards, kinds, progress, receipts, sending_words
from campaigns.services import actions
from delivery.engine import routes
from delivery.engine.cwc.validation import TEXT_LENGTHS
from legislators.content.find_screens import CHOICE_PREFIX, question_item
from legislators.engine.findings import DO_NOT_KNOW
from legislators.engine.resolution import Problem, Representation
from legislators.forms.doubt_form import REASONS
from legislators.selectors import words
from legislators.selectors.questions import seats_of

#: The question itself then comes first: there is nothing to correct in such an address.
_ABOUT_AN_EDGE = {Problem.NEAR_BOUNDARY, Problem.DISTRICTS_DISAGREE, Problem.DISTRICTS_OVERLAP}
#: Inputs in which a person writes more than a line.
_TEXTS = ("-body", "-own_words")

Context = dict[str, Any]


def details(page: Any, form: ActionForm, *, carried: Sequence[tuple[str, str]] = ()) -> Context:
    """The form itself, on its own page or inside another."""
    step = step_screens.step(page, form)
    return {
        "action_page": page,
        "action_url": page.get_url() or "",
        "form": form,
        "errors": [(link.target, link.message) for link in form.error_links] if form.is_bound else [],
        "carried": carried,
        "writes_letters": page.writes_letters,
        "openings": kinds.openings(page.translation_key, page.kinds),
        **step,
        **_phase(page),
    }


def choose(
    page: Any, form: ActionForm, finding: Finding, post: QueryDict, missing: Sequence[str], *, kept: str = ""
) -> Context:
    """One question for each chamber in doubt, and the address or both, which can be corrected here.

    :param kept: a division that is marked as chosen where nothing was chosen yet.
    """
    questions = [
        question_item(
            question, kept or post.get(f"{CHOICE_PREFIX}{question.key}", ""), is_missing=question.key in missing
        )
        for question in actions.questions(finding)
    ]
    return {
        "action_page": page,
        "action_url": page.get_url() or "",
        "form": form,
        "address_groups": [group for group in form.groups if group.spec.field_type == "address"],
        "hidden_but_address": _hidden_but_address(form),
        "reasons": reasons(finding, [part for part in finding.parts if part.candidates]),
        "questions": questions,
        "sources": sources(finding),
        "is_about_an_edge": any(not _ABOUT_AN_EDGE.isdisjoint(part.problems) for part in finding.parts),
        "unknown": DO_NOT_KNOW,
        "missing": [item for item in questions if item["is_missing"]],
        "carried": carried_letters(post),
    }


def review(
    page: Any,
    form: ActionForm,
    written: WrittenLetters,
    seats: Sequence[Representation],
    unmapped: Sequence[Representation] = (),
    *,
    post: QueryDict,
) -> Context:
    """Each letter as it will go, what the person must do themselves, and who gets none.

    :param seats: those that an address led to: the person may say that one is not theirs.
    :param unmapped: those that may be the person's as well, and that get no letter.
    """
    forms = {letter_form.letter.target.key: letter_form for letter_form in written.letter_forms}
    has_two = len(form.stated_addresses()) > 1
    counts = [share.count_words(letter) for letter in written.letters]
    items: list[Context] = [
        {
            "letter": letter,
            "text": letter.text if letter.channel == routes.EMAIL else without_footer(letter.text),
            "form": forms.get(letter.target.key),
            "seat": receipts.seat_of(letter.target),
            "doubted": _seat_of(letter, seats),
            "by_address": addresses.written_from(letter.address_kind, has_two=has_two),
            "title": letter.member_title,
            "words": count,
            **lengths(letter),
        }
        for letter, count in zip(written.letters, counts, strict=True)
    ]
    return {
        "action_page": page,
        "action_url": page.get_url() or "",
        "form": form,
        "items": items,
        "by_email": _by_channel(items, routes.EMAIL),
        "by_congress": _by_channel(items, routes.CWC),
        "by_hand": _by_channel(items, routes.HANDOFF),
        "number_sent": sum(letter.channel != routes.HANDOFF for letter in written.letters),
        "own_words": written.own_words,
        "share": share.share_of_all(counts),
        "is_guided": bool(written.guidance),
        "guided": [(name, value) for name, value in carried_letters(post) if name.startswith(GUIDE_PREFIX)],
        "congress": written.congress,
        "replies": written.replies,
        "congress_notice": sending_words.congress_notice(),
        "unwritten": receipts.unwritten_lines(written.unwritten),
        "unmapped": seats_of(unmapped),
        "answered_steps": form.answers_by_step(),
        "doubt_reasons": REASONS,
        "sources": sources(written.finding),
        "is_locked": page.is_letter_locked,
        "letter_language": page.letter_language,
        "errors": _errors(written),
    }


def lengths(letter: ComposedLetter) -> Context:
    """How long the letter is as it would go, in characters, and the most that its way takes, 0 for no limit."""
    if letter.channel == routes.CWC or letter.is_too_long_for_congress:
        return {"length": letter.congress_length, "fixed": 0, "limit": TEXT_LENGTHS[1]}
    text = letter.text if letter.channel == routes.EMAIL else without_footer(letter.text)
    length = len(text.rstrip())
    typed = len(letter.body) + len(letter.own_words) + 2 * bool(letter.own_words and letter.body)
    return {"length": length, "fixed": length - typed, "limit": 0}


def closed(page: Any, post: QueryDict) -> Context:
    """What was typed into a form that takes nothing any more, to be copied from here."""
    labels = {spec.part_name(""): spec.label for spec in page.form_specs}
    form = page.get_form()
    kept = [
        (str(form.fields[name].label or labels.get(name, name)), value)
        for name in form.fields
        for value in post.getlist(name)
        if value.strip() and not form.fields[name].widget.is_hidden
    ]
    letters = [value for name, value in carried_letters(post) if _is_text(name) and value.strip()]
    return {
        "action_page": page,
        **_phase(page),
        "kept": kept,
        "kept_letters": letters,
    }


def receipt(page: Any, submission: Submission) -> Context:
    """What a person sent, what is left for them to do, and where they may go from here.

    :param page: the action page; None once it was deleted.
    """
    found = receipts.receipt(submission)
    return {
        "receipt": found,
        "progress": progress.progress(found),
        "action_page": page,
        "next_step": page.next_step(submission) if page is not None else None,
        "sharing": afterwards.sharing(submission, page),
    }


def sample_receipt(page: Any) -> Context:
    """What an editor sees of the receipt before anybody has sent anything."""
    campaign = page.campaign
    submission = Submission(campaign_title=campaign.title if campaign else page.title, submit_time=timezone.now())
    writes = page.writes_letters
    found = receipts.sample(submission) if writes else receipts.Receipt(submission, (), (), is_about_letters=False)
    return {"receipt": found, "token": "", "action_page": page, "page": page}


def _phase(page: Any) -> Context:
    phase = page.phase
    return {"phase": phase.value, "instead": page.campaign.instead() if phase.is_over and page.campaign else []}


def _is_text(name: str) -> bool:
    """Whether a person writes more than a line in an input."""
    return name.endswith(_TEXTS) or (name.startswith(GUIDE_PREFIX) and not name.endswith(f"-{POINTS}"))


def carried_letters(post: QueryDict) -> list[tuple[str, str]]:
    """Letters that the person has edited already, on their way back to them."""
    return [(name, value) for name in post if name.startswith(LETTER_PREFIX) for value in post.getlist(name)]


def address_control(form: ActionForm, kind: AddressKind) -> str | None:
    """The street of that address, where an error about all of it is shown; None for a form without an address."""
    given = [spec for spec, stated in form.stated_addresses() if stated.kind is kind]
    asked = [spec for spec in form.specs if spec.field_type == "address"]
    return next((spec.part_name("street") for spec in (*given, *asked)), None)


def reasons(finding: Finding, parts: Iterable[Finding]) -> list[str]:
    """What is wrong with these addresses; where the person gave two, of which one it is said."""
    if not finding.second:
        return words.sentences(finding.problems)
    return [f"{addresses.your(part.kind)}: {sentence}" for part in parts for sentence in words.sentences(part.problems)]


def sources(finding: Finding) -> list[str]:
    """Who located the addresses, and so who was told them."""
    return [text for text in dict.fromkeys(words.source_words(part.source) for part in finding.parts) if text]


def _seat_of(letter: ComposedLetter, seats: Sequence[Representation]) -> Representation | None:
    """The seat that the letter goes to, where an address led there; None for whom the editor picked."""
    target = letter.target
    return next(
        (seat for seat in seats if seat.chamber == target.chamber and target.official_id in seat.official_ids), None
    )


def _hidden_but_address(form: ActionForm) -> list[tuple[str, str]]:
    return list(form.typed(without=[spec for spec in form.specs if spec.field_type == "address"]))


def _by_channel(items: Sequence[Context], channel: str) -> list[Context]:
    return [item for item in items if item["letter"].channel == channel]


def _errors(written: WrittenLetters) -> list[tuple[str, str]]:
    """In the order of the page, each with the control to go to."""
    of_all = [form for form in (written.own_words, written.congress) if form is not None]
    found = [error for form in of_all for error in form_errors(form)]
    for letter_form in written.letter_forms:
        name = letter_form.letter.target.name
        found += [(target, f"{name}: {message}") for target, message in form_errors(letter_form)]
    return found


def form_errors(form: BaseForm) -> list[tuple[str, str]]:
    if not form.is_bound:
        return []
    return [(form[name].error_target, str(message)) for name, messages in form.errors.items() for message in messages]
