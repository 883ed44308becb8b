"""What every type of form field promises, to be run over any of them: docs/field-types.md says how."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.form_json import as_json, from_json
from campaigns.engine.rules import Condition, Rule, Test, is_answered, is_met
from campaigns.forms.action_form import ActionForm, displayed
from campaigns.forms.builder import ActionFormBuilder
from tests.factories.forms import form_specs, post_data

#: What people and machines send: nothing of it may raise, and nothing of it may come out as markup.
HOSTILE: Mapping[str, str] = {
    "emoji": "👩🏽‍⚕️🙂",
    "right to left": "\u202eمرحبا\u202c שלום",
    "null": "a\x00b",
    "surrogate": "\ud800",
    "markup": "<script>alert(1)</script>\"'&amp;{{ 7|add:7 }}{constituent_name}",
    "formula": '=HYPERLINK("http://evil.example")',
    "newlines": "a\r\nBcc: everybody@example.com\r\n\r\n",
    "100 kB": "x" * 100_000,
    "a long word": "Donaudampfschifffahrtsgesellschaft" * 50,
    "digits of all the world": "١٢٣٤٥",
    "a number without end": "9" * 5_000,
    "white space": " \t\u00a0\u200b ",
}


@dataclass(frozen=True)
class Case:
    """A field as an editor sets it, and answers to it as a browser sends them, by part.

    `settings` are the editor's inputs, with `type`; `typed` is an answer that is in order and whole.
    """

    settings: Mapping[str, Any]
    typed: Mapping[str, str | list[str]]
    #: What is stored of it.
    stored: Json
    #: What a person reads of it in English.
    shown: str
    #: Hidden fields, which nobody can leave empty by hand.
    can_be_required: bool = True
    #: Makes what the answer names outside the form, such as a file that the site holds.
    prepare: Callable[[], object] | None = None

    @property
    def name(self) -> str:
        return str(self.settings["type"])


class FieldTypeContract:
    """One method for each promise; a test calls them all."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.block = FIELD_TYPES[case.name]
        self.composed = {"label": "The question", "key": "question", **case.settings}
        if case.prepare:
            case.prepare()

    # --- The promises --------------------------------------------------------------------------

    def check_answer_is_stored_and_shown(self) -> None:
        form = self.form()
        assert form.is_valid(), form.errors
        answer = form.answers()["question"]
        assert answer == self.case.stored
        assert json.loads(json.dumps(answer)) == answer, "an answer is kept as JSON"
        with translation.override("en"):
            assert self.block.display(self.spec(), answer) == self.case.shown

    def check_hidden_inputs_bring_the_same_answer(self) -> None:
        form = self.form()
        again = self.bound(sent_by(form.as_hidden_inputs()))
        assert again.is_valid(), again.errors
        assert again.answers() == form.answers()

    def check_page_sends_back_what_it_shows(self) -> None:
        """What a browser sends of the form as it is drawn again is the answer that was typed."""
        form = self.form()
        again = self.bound(sent_by(str(form)))
        assert again.is_valid(), again.errors
        assert again.answers() == form.answers()

    def check_required_and_optional(self) -> None:
        if not self.case.can_be_required:
            return
        optional = self.bound(QueryDict(), is_required=False)
        assert optional.is_valid(), optional.errors
        assert not is_answered(optional.answers()["question"])
        required = self.bound(QueryDict(), is_required=True)
        assert not required.is_valid()
        page = BeautifulSoup(str(required), "html.parser")
        for link in required.error_links:
            assert page.find(id=link.target), f"no control for {link}"

    def check_columns_fit_the_answer(self) -> None:
        columns = self.block.columns(self.spec())
        assert columns
        assert all(str(heading).strip() for heading in columns.values())
        for part in columns:
            if part:
                assert isinstance(self.block.display_part(self.spec(), self.case.stored, part), str)

    def check_rules_can_look_at_it(self) -> None:
        answer, empty = self.case.stored, self._empty()
        assert is_met(Condition("question", Test.IS_ANSWERED), answer)
        assert is_met(Condition("question", Test.IS_NOT_ANSWERED), empty)
        for test in self.block.rule_tests:
            # Whatever the value: a test gives an answer and does not raise.
            assert is_met(Condition("question", test, "anything"), answer) in {True, False}

    def check_hidden_by_a_rule_it_is_not_stored(self) -> None:
        if "shown_when" not in self.block.base_blocks:
            return
        rule = Rule((Condition("switch", Test.IS, "yes"),))
        switch = FieldSpec("switch", "Switch", "text")
        specs = (switch, replace(self.spec(), shown_when=rule, required=True))
        form_class = ActionFormBuilder(specs).get_form_class()
        hidden = form_class(_joined(self.typed(), {"switch": "no"}))
        assert hidden.is_valid(), hidden.errors
        assert set(hidden.answers()) == {"switch"}
        controls = BeautifulSoup(str(hidden), "html.parser").select("[data-shown-when] :is(input, select, textarea)")
        assert controls
        assert all(control.has_attr("disabled") for control in controls), "what is hidden would be sent"
        shown = form_class(_joined(self.typed(), {"switch": "yes"}))
        assert shown.is_valid(), shown.errors
        assert shown.answers()["question"] == self.case.stored

    def check_every_control_is_named_and_labelled(self) -> None:
        page = BeautifulSoup(str(self.form()), "html.parser")
        controls = [one for one in page.select("input, select, textarea") if one.get("type") != "hidden"]
        for control in controls:
            assert page.find("label", attrs={"for": control["id"]}), f"no label for {control}"
        names = {one["name"] for one in page.select("input, select, textarea")}
        assert all(name.partition("__")[0] in {"question", "action-seen"} for name in names)

    def check_editor_sees_a_preview(self) -> None:
        block = self.block()
        html = block.render(block.normalize(block.get_preview_value()))
        assert BeautifulSoup(html, "html.parser").find(["input", "select", "textarea", "h2"])

    def check_editor_s_words_are_never_markup(self) -> None:
        nasty = HOSTILE["markup"]
        spec = replace(
            self.spec(),
            label=nasty,
            help_text=nasty,
            choices=tuple((value, nasty) for value, _label in self.spec().choices),
        )
        form = ActionFormBuilder([spec]).get_form_class()(self.typed())
        assert "<script" not in str(form)

    def check_translators_get_words_and_no_keys(self) -> None:
        block = self.block()
        value = block.to_python({name: item for name, item in self.composed.items() if name != "type"})
        words = list(_texts(value))
        assert "question" not in words
        with translation.override("es"):
            assert isinstance(self.block.display(self.spec(), self.case.stored), str)

    def check_nothing_hostile_gets_through(self) -> None:
        for what, text in HOSTILE.items():
            names = list(self.form().fields)
            form = self.bound(post_data(dict.fromkeys(names, text)))
            html = str(form)
            assert "<script>alert" not in html, what
            if form.is_valid():
                answer = form.answers()["question"]
                assert "\x00" not in json.dumps(answer), what
                assert "\\u0000" not in json.dumps(answer), what
                assert "\n" not in str(answer) or self.case.name == "long_text", what
                assert len(json.dumps(answer)) < 70_000, f"{what}: no limit of length"
            typed = self.bound(post_data({name: [text, text] for name in names}))
            str(typed), typed.is_valid()

    def check_old_answers_can_always_be_read(self) -> None:
        kept = from_json(as_json([self.spec()]))
        for stored in (self.case.stored, None, "", "x", 7, 2.5, True, [], ["x", "y"], {}, {"x": "y"}):
            (shown,) = displayed(kept, {"question": stored})
            assert isinstance(shown.text, str)
            for part in self.block.columns(kept[0]):
                if part:
                    assert isinstance(self.block.display_part(kept[0], stored, part), str)

    # --- Inside --------------------------------------------------------------------------------

    def spec(self, **settings: Any) -> FieldSpec:
        return form_specs({**self.composed, **settings})[0]

    def typed(self) -> QueryDict:
        return post_data({self.spec().part_name(part): value for part, value in self.case.typed.items()})

    def form(self) -> ActionForm:
        form = self.bound(self.typed())
        form.full_clean()
        return form

    def bound(self, data: QueryDict, **settings: Any) -> ActionForm:
        return ActionFormBuilder([self.spec(**settings)]).get_form_class()(data, auto_id="form1-%s")

    def _empty(self) -> Json:
        form = self.bound(QueryDict(), **({"is_required": False} if self.case.can_be_required else {}))
        assert form.is_valid(), form.errors
        return form.answers()["question"]


PROMISES = [name for name in vars(FieldTypeContract) if name.startswith("check_")]


def sent_by(html: str) -> QueryDict:
    """What a browser sends of a piece of a form."""
    data = QueryDict(mutable=True)
    for control in BeautifulSoup(html, "html.parser").select("input, select, textarea"):
        if control.name == "select":
            values = [option["value"] for option in control.select("option[selected]")]
        elif control.name == "textarea":
            values = [control.get_text().removeprefix("\n")]
        else:
            is_box = control.get("type") in {"radio", "checkbox"}
            is_off = control.has_attr("disabled") or (is_box and not control.has_attr("checked"))
            values = [] if is_off else [control.get("value", "on" if is_box else "")]
        for value in values:
            data.appendlist(control["name"], value)
    return data


def _joined(data: QueryDict, more: Mapping[str, str]) -> QueryDict:
    joined = data.copy()
    joined.update(more)
    return joined


def _texts(value: Any) -> Iterable[str]:
    from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

    extractor = StreamFieldSegmentExtractor(None)
    for segment in extractor.handle_struct_block(value):
        yield segment.string.data if hasattr(segment, "string") else str(segment)
