"""The steps of an action form as a visitor sees them, walked through by an editor: nothing is stored or sent."""

import datetime
import uuid
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.content import action_screens
from campaigns.content.action_flow import ActionFlow
from campaigns.content.action_letters import WrittenLetters
from campaigns.content.action_screens import Context
from campaigns.content.flow_uploads import ArrivedFiles
from campaigns.engine import masks
from campaigns.engine.actions import Answers
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.fields import FieldSpec
from campaigns.engine.targeting import Selection
from campaigns.engine.tokens import Finding
from campaigns.forms.action_form import ActionForm
from campaigns.forms.guidance_form import GUIDE_PREFIX, POINTS
from campaigns.services import previewing

#: Reserved so that it is nobody's (RFC 2606).
SAMPLE_EMAIL = "sam.sample@test.example"
_PARTS = ("street", "city", "state", "zip_code")


class PreviewFlow(ActionFlow):
    """Goes on by itself: what is pressed on a page comes back to the preview and not to the form."""

    def __init__(self, page: Any, request: HttpRequest, *, address: str, finding: Finding | None = None) -> None:
        super().__init__(page, request)
        self.address = address
        self.given = finding

    @property
    def is_open(self) -> bool:
        """A draft is looked at before its campaign begins."""
        return True

    def sample(self, *, addresses: tuple[StatedAddress, ...], role: str, is_guided: bool) -> QueryDict:
        """All that an invented person would have sent on their way to the letters.

        :param is_guided: whether they tick every talking point and answer every question.
        """
        post = sample_post(self.page, addresses=addresses, role=role)
        if is_guided:
            guidance = self.terms.guidance
            post.setlist(f"{GUIDE_PREFIX}-{POINTS}", [point.key for point in guidance.points])
            for question in guidance.questions_for(role):
                post[f"{GUIDE_PREFIX}-{question.key}"] = f"[{question.label}]"[: question.limit]
        self.post = post
        return post

    def written(self, answers: Answers, finding: Finding) -> WrittenLetters:
        """The letters as the person reads them before they are sent."""
        return self._letters(answers, finding)

    def at(self, step: str, post: QueryDict) -> HttpResponse:
        """One step, reached with these answers.

        :param step: "details" with the number of a step ("details:2"), "check", "letters" (whatever comes between
            the form and the letters first), "review" or "receipt".
        """
        self.post = post
        form = self._bound()
        name, _colon, number = step.partition(":")
        if name == "details":
            shown = next((each for each in form.shown_steps if str(each.number) == number), form.shown_steps[0])
            return self._details(form.without_judging(), at=shown)
        answers = self.answers(form)
        if answers is None:
            return self._details(form)
        if name == "check":
            return self._check(form)
        if not self.terms.rules:
            return self._record(form, answers)
        finding = self._found(answers)
        if step == "letters" or finding.is_in_doubt or not self.terms.writes_letters:
            return self._go_on(form, answers, finding)
        letters = self._letters(answers, finding)
        if step == "review" or not letters.letters:
            return self._review(form, answers, letters)
        return self._record(form, answers, letters)

    def _files(self) -> ArrivedFiles:
        """None is taken: nothing is stored."""
        files = super()._files()
        files.specs = []
        return files

    def _bound(self) -> ActionForm:
        return without_files(super()._bound())

    def _render(self, template: str, context: Context) -> HttpResponse:
        self.notice = " ".join([_notice(), self.notice]).strip()
        return super()._render(template, {**context, "action_url": self.address})

    def _found(self, answers: Answers) -> Finding:
        if self.given is not None:
            return self.given
        return previewing.finding_of_addresses(terms=self.terms, addresses=answers.constituent.addresses)

    def _doubt(self, form: ActionForm, answers: Answers) -> HttpResponse:
        """Nobody is told of a doubt that an editor tried out."""
        return self._look_up(form, answers)

    def _record(
        self,
        form: ActionForm,
        answers: Answers,
        letters: WrittenLetters | None = None,
        finding: Finding | None = None,
        selection: Selection | None = None,
    ) -> HttpResponse:
        """The receipt of what would have been stored; it is taken back as soon as the page is written."""
        with previewing.as_if_recorded(
            terms=self.terms,
            answers=answers,
            finding=(letters.finding if letters else finding) or Finding(certainty=""),
            letters=tuple(letters.letters) if letters else (),
            targets=selection.targets if selection else (),
            unwritten=letters.unwritten if letters else (selection.unwritten if selection else ()),
        ) as submission:
            context = {**action_screens.receipt(self.page, submission), "token": "preview", "notice": _notice()}
            response = TemplateResponse(self.request, "campaigns/receipt.html", context)
            response.render()
        return response


def without_files(form: ActionForm) -> ActionForm:
    """A form that asks for no file, since nothing that an editor tries out is stored."""
    form.specs = tuple(replace(spec, required=False) if spec.field_type == "upload" else spec for spec in form.specs)
    return form


def _notice() -> str:
    return _("Preview: nothing is stored, and nothing is sent.")


def sample_post(page: Any, *, addresses: tuple[StatedAddress, ...], role: str) -> QueryDict:
    """A form that somebody has filled in: an invented person at these addresses, each question with its label.

    :param addresses: at most one of each kind.
    """
    post = QueryDict(mutable=True)
    post.update({"stage": "details", "token": str(uuid.uuid4())})
    by_kind = {stated.kind: stated for stated in addresses}
    for spec in page.form_specs:
        for part, value in _sample(spec, by_kind, role).items():
            name = spec.part_name(part)
            post.setlist(name, [value] if isinstance(value, str) else value)
    return post


def _sample(spec: FieldSpec, by_kind: dict[AddressKind, StatedAddress], role: str) -> dict[str, Any]:
    """By part of the field; nothing for what a person may leave empty and a sample has nothing to say to."""
    first = [spec.choices[0][0]] if spec.choices else []
    today = timezone.localdate()
    found: dict[str, dict[str, Any]] = {
        "name": {"title": "", "given": "Sam", "family": "Sample"},
        "email": {"": SAMPLE_EMAIL},
        "phone": {"": "(617) 555-0123"},
        "address": _address(spec, by_kind),
        "role": {"": role or (first[0] if first else "")},
        "text": {"": _text(spec)},
        "long_text": {"": _text(spec)},
        "number": {"": _number(spec)},
        "date": {"": _day(spec, today)},
        "choice": {"": first},
        "choices": {"": first},
        "consent": {"": "on"} if spec.required else {},
    }
    return found[spec.field_type] if spec.field_type in found else _guessed(spec, today)


def _guessed(spec: FieldSpec, today: datetime.date) -> dict[str, Any]:
    """For a type that is not known here: what each of its controls would take; nothing where that may be left out."""
    controls = FIELD_TYPES[spec.field_type].form_fields(spec) if spec.required else {}
    return {part: _taken_by(control, spec, today) for part, control in controls.items() if not control.widget.is_hidden}


def _taken_by(control: forms.Field, spec: FieldSpec, today: datetime.date) -> str:
    if isinstance(control, forms.ChoiceField):
        choices: Any = control.choices
        return next((str(value) for value, _label in choices if value), "")
    if isinstance(control, forms.BooleanField):
        return "on"
    if isinstance(control, forms.IntegerField):
        return str(1 if control.min_value is None else control.min_value)
    if isinstance(control, forms.DateField):
        return today.isoformat()
    return SAMPLE_EMAIL if isinstance(control, forms.EmailField) else _text(spec)


def _address(spec: FieldSpec, by_kind: dict[AddressKind, StatedAddress]) -> dict[str, str]:
    asked = str(spec.options.get("address_kind") or AddressKind.HOME)
    known = by_kind.get(AddressKind(asked)) if asked in set(AddressKind) else next(iter(by_kind.values()), None)
    if known is None:
        return {}
    return {"kind": known.kind.value, "unit": known.unit, **{part: getattr(known.address, part) for part in _PARTS}}


def _text(spec: FieldSpec) -> str:
    """The label, or where the editor asks for another form or another length, something that has it."""
    if mask := str(spec.options.get("mask") or ""):
        with suppress(masks.BadMask):
            return masks.example(mask)
    text = f"[{spec.label}]"
    least, most = (int(str(spec.options.get(name) or 0)) for name in ("min_length", "max_length"))
    return text[: most or None].ljust(least, ".")


def _number(spec: FieldSpec) -> str:
    least, most = spec.options.get("minimum"), spec.options.get("maximum")
    if least is None and most is not None:
        return str(most)
    return "1" if least is None else str(least)


def _day(spec: FieldSpec, today: datetime.date) -> str:
    return str(spec.options.get("earliest") or spec.options.get("latest") or today.isoformat())
