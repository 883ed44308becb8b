"""What an editor is shown of an action seen as somebody else: the context of its template."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import TextBlock
from wagtail.blocks.field_block import CharBlock

from campaigns.blocks.fields.role import LABELS
from campaigns.blocks.kinds import KINDS
from campaigns.content import action_screens
from campaigns.content.action_screens import Context
from campaigns.content.preview_words import field_name, reasons, why_not
from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.addresses import StatedAddress
from campaigns.engine.guidance import Guidance
from campaigns.engine.kinds import LETTER, KindTerms
from campaigns.engine.marking import Part
from campaigns.engine.posts import NETWORKS
from campaigns.engine.roles import Role
from campaigns.forms.action_form import ActionForm
from campaigns.selectors import addresses as address_words
from campaigns.selectors import receipts
from campaigns.services.actions import talking_points
from campaigns.services.previewing import TEMPLATES, Preview, Said, SeenLetter
from delivery.engine import routes
from delivery.records.messages import OutboxMessage

Step = tuple[str, str]


def letter(seen: SeenLetter, *, role: str) -> Context:
    """One letter: to whom, why with this text, how it goes, what was filled in, and all that the office reads."""
    made = seen.letter
    return {
        "seen": seen,
        "letter": made,
        "name": made.target.name,
        "seat": receipts.seat_of(made.target),
        "party": made.target.party,
        "channel": _channel(made.channel),
        "others": [_channel(one) for one in made.routes[1:]],
        "address_kind": address_words.name(made.address_kind) if made.target.address_kind else "",
        "is_default": not seen.text.block_id,
        "reasons": list(reasons(seen.text.audience).values()),
        "passed_over": [
            (other.text.name, why_not(other.text.audience, other.missing, seen.reader, role))
            for other in seen.passed_over
        ],
        "subjects": len(seen.text.subjects),
        "subject": named(seen.subject),
        "body": named(seen.body),
        "filled": [(field_name(name), value) for name, value in seen.filled],
        "empty": [field_name(name) for name in seen.empty],
        "footer": made.footer if made.channel == routes.EMAIL else "",
        **action_screens.lengths(made),
    }


def named(parts: Sequence[Part]) -> list[Part]:
    """The parts, each filled in one with what stands beside it."""
    return [Part(part.text, field_name(part.field) if part.field else "") for part in parts]


def _channel(value: str) -> str:
    return str(OutboxMessage.Channel(value).label)


def deeds(kinds: Sequence[KindTerms], preview: Preview) -> list[Context]:
    """What people do besides letters, in the page's order: when, with whom, and what they read or are given to say."""
    said: dict[str, list[Said]] = {}
    for one in preview.said:
        said.setdefault(one.block_id, []).append(one)
    return [
        {
            "label": str(KINDS[kind.kind]._meta_class.label),
            "is_done_afterwards": KINDS[kind.kind].is_done_afterwards,
            "to": [target.name for target in preview.targets] if KINDS[kind.kind].needs_targets else [],
            "needs_somebody": KINDS[kind.kind].needs_targets,
            "said": [_said(one) for one in said.get(kind.block_id, ())],
            "texts": _texts(kind),
        }
        for kind in kinds
        if kind.kind != LETTER and kind.kind in KINDS
    ]


def _said(said: Said) -> Context:
    names = {"script": _("What to say"), "voicemail": _("To an answering machine")}
    network = NETWORKS.get(said.name)
    return {
        "who": said.who,
        "name": network.name if network else names.get(said.name, said.name),
        "parts": named(said.parts),
        "language": said.language,
        "length": network.length(said.text) if network else len(said.text),
        "limit": network.limit if network else 0,
    }


def _texts(kind: KindTerms) -> list[tuple[str, str]]:
    """What the editor wrote for everybody alike, by the name of its input."""
    if kind.kind in TEMPLATES:
        return []
    inputs: Mapping[str, Any] = KINDS[kind.kind]().child_blocks
    return [
        (str(inputs[name].label), str(value))
        for name, value in kind.settings.items()
        if value and isinstance(inputs.get(name), CharBlock | TextBlock)
    ]


def guide(terms: ActionTerms, answers: Answers, preview: Preview) -> Context | None:
    """What is asked before the letters are read; None where nothing is."""
    guidance: Guidance = terms.guidance
    if not preview.letters or not guidance:
        return None
    return {
        "questions": guidance.questions_for(answers.role),
        "points": talking_points(terms=terms, answers=answers, finding=preview.finding),
        "without_points": [one.letter.target.name for one in preview.letters if not one.letter.takes_points]
        if guidance.points
        else [],
        "others": len(guidance.questions) - len(guidance.questions_for(answers.role)),
    }


def unasked(page: Any, stated: tuple[StatedAddress, ...], role: str) -> list[str]:
    """What was typed and the form does not ask for: a visitor could not give it."""
    asked = {spec.options.get("address_kind") or "home" for spec in page.form_specs if spec.field_type == "address"}
    found = [address_words.name(one.kind) for one in stated if one.kind not in asked and "either" not in asked]
    offered = {value for spec in page.form_specs if spec.field_type == "role" for value, _label in spec.choices}
    if role and role not in offered:
        found.append(str(LABELS[Role(role)]))
    return found


def steps_of_form(form: ActionForm) -> list[Step]:
    """What `PreviewFlow.at` takes, with the words of its button."""
    if not form.has_steps:
        return [("details:1", _("The form"))]
    shown = form.shown_steps
    return [
        (
            f"details:{step.number}",
            _("The form, %(number)s of %(count)s") % {"number": place, "count": len(shown)}
            + (f": {step.title}" if step.title else ""),
        )
        for place, step in enumerate(shown, start=1)
    ]


def steps(form: ActionForm, preview: Preview, guidance: Context | None, *, writes_letters: bool) -> list[Step]:
    """All that a visitor sees, in order; after a doubt it depends on what they choose."""
    found = steps_of_form(form)
    if form.has_steps and not writes_letters:
        found.append(("check", _("Check your answers")))
    if preview.finding.is_in_doubt:
        return [*found, ("letters", _("Which district"))]
    if preview.letters:
        if guidance:
            found.append(("letters", _("Make it yours")))
        found.append(("review", _("Read your letters")))
    return [*found, ("receipt", _("The receipt"))]
