"""Whole forms that nobody thought of, and visitors who do whatever they like: what must hold for all of them.

A definition is drawn at random (steps, groups, rules, types), then what is typed into it, and then how somebody goes
through it: forward, back, and with posts that no browser would send.
"""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.blocks.form_problems import problems
from campaigns.blocks.form_specs import specs_of
from campaigns.content.field_groups import FieldGroup
from campaigns.engine.form_json import as_json, from_json
from campaigns.engine.rules import holds, is_answered
from campaigns.forms.action_form import ActionForm, displayed
from campaigns.forms.builder import ActionFormBuilder
from campaigns.records.submissions import Submission
from campaigns.services import uploads
from tests.campaigns.field_type_contract import HOSTILE, sent_by
from tests.campaigns.test_upload_checks import picture
from tests.campaigns.visitor import Visitor
from tests.factories import campaigns as make
from tests.factories.forms import post_data, raw_stream

pytestmark = pytest.mark.django_db

ONE_OR_TWO = [{"value": "one", "label": "The first"}, {"value": "two", "label": "The second"}]
PERSON = [{"type": "name", "label": "Name", "key": "name"}, {"type": "email", "label": "E-mail", "key": "email"}]
ME = {"name__title": "", "name__given": "Maria", "name__family": "Santos", "email": "maria@clinic.example"}

#: By type: what an editor sets, what a browser sends that is in order, what else it may send, and conditions on it.
TYPES: dict[str, tuple[dict[str, Any], list[Any], list[Any], list[tuple[str, str]]]] = {
    "text": (
        {"max_length": 50},
        ["plain", "👩🏽‍⚕️ שלום"],
        ["", "x" * 99, "a\x00b"],
        [("is", "plain"), ("is_not", "plain")],
    ),
    "long_text": ({"max_length": 80}, ["First.\r\n\r\nSecond."], ["", "y" * 200], [("is_answered", "")]),
    "number": (
        {"minimum": "1", "maximum": "5000"},
        ["3", "1,200"],
        ["", "0", "9" * 50, "many", "1e3", "٣"],
        [("at_least", "100"), ("at_most", "99"), ("is", "3")],
    ),
    "date": (
        {"earliest": "2020-01-01"},
        ["2027-03-27", "3/27/2027"],
        ["", "yesterday", "2019-01-01", "31/12/2027"],
        [("at_least", "2027-01-01"), ("at_most", "2026-12-31")],
    ),
    "choice": (
        {"options": ONE_OR_TWO},
        ["one", "two"],
        ["", "three", ["one", "two"]],
        [("is", "one"), ("is_not", "one")],
    ),
    "choices": ({"options": ONE_OR_TWO}, [["one"], ["one", "two"]], [[], ["three"]], [("includes", "two")]),
    "consent": ({"text": "I agree."}, ["on"], [[], "off", "x"], [("is_answered", ""), ("is_not_answered", "")]),
    "phone": ({}, ["(202) 555-0123"], ["", "12"], [("is_answered", "")]),
    "upload": ({"megabytes": 1}, ["a file"], [[]], [("is_answered", ""), ("is_not_answered", "")]),
    "heading": ({}, [], [], []),
}


@dataclass
class Definition:
    """Fields, and marks of steps, as the editor put them; `group` is the slice of them that a snippet holds."""

    fields: list[dict[str, Any]] = field(default_factory=list)
    group: tuple[int, int] | None = None
    group_rule: dict[str, Any] | None = None

    def stream(self) -> StreamValue:
        rows = raw_stream(*self.fields)
        if self.group:
            start, end = self.group
            kept = FieldGroup(name="Kept", locale=Locale.get_default(), form_fields=rows[start:end])
            kept.save()
            value = {"group": kept.pk, **({"shown_when": self.group_rule} if self.group_rule else {})}
            rows[start:end] = [{"type": "field_group", "id": "the-group", "value": value}]
        return FormFieldsBlock().to_python(rows)

    @property
    def asked(self) -> list[dict[str, Any]]:
        return [one for one in self.fields if one["type"] not in {"step", "heading"}]


@st.composite
def rules(draw, earlier, *, is_always=False):
    """A rule that looks at some of the fields above, or none."""
    able = [one for one in earlier if one["type"] in TYPES and TYPES[one["type"]][3]]
    if not able or not (is_always or draw(st.booleans())):
        return {}
    conditions = []
    for _number in range(draw(st.integers(1, 2))):
        target = draw(st.sampled_from(able))
        test, value = draw(st.sampled_from(TYPES[target["type"]][3]))
        conditions.append({"field": target["key"], "test": test, "value": value})
    return {"conditions": conditions, "match": draw(st.sampled_from(["all", "any"]))}


@st.composite
def definitions(draw):
    """A form that an editor could publish."""
    found = Definition()
    before: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 8))):
        if number and draw(st.integers(0, 3)) == 0:
            rule = draw(rules(before))
            found.fields.append({"type": "step", "label": f"Step {number}", **({"shown_when": rule} if rule else {})})
        kind = draw(st.sampled_from(sorted(TYPES)))
        one = {"type": kind, "label": f"Question {number}", **TYPES[kind][0]}
        if rule := draw(rules(before)):
            one["shown_when"] = rule
        if kind != "heading":
            one |= {"key": f"f{number}", "is_required": draw(st.booleans())}
            if rule := draw(rules(before)):
                one["required_when"] = rule
        if kind == "consent":
            one["purpose"] = f"purpose-{number}"
        found.fields.append(one)
        before = list(found.asked)
    _group(draw, found)
    return found


def _group(draw, found: Definition) -> None:
    """Makes some neighbours on one step a group: rules inside it then name only what the group has itself."""
    marks = [place for place, one in enumerate(found.fields) if one["type"] == "step"]
    start = draw(st.integers(0, len(found.fields) - 1))
    if start in marks or draw(st.booleans()):
        return
    end = draw(st.integers(start + 1, min([place for place in marks if place > start] or [len(found.fields)])))
    found.group = (start, end)
    found.group_rule = draw(rules([one for one in found.fields[:start] if one["type"] not in {"step", "heading"}]))


def typed_into(definition: Definition):
    """What a browser sends for each field, in order or not, and whether the field is asked for or not."""

    def of(one):
        _settings, good, bad, _conditions = TYPES[one["type"]]
        return st.sampled_from([*good, *good, *bad, *HOSTILE.values()])

    return st.fixed_dictionaries({one["key"]: of(one) for one in definition.asked})


def _with_files(definition: Definition, typed: dict[str, Any], page_key: uuid.UUID) -> dict[str, Any]:
    """The same, with files handed in already; a token that nobody gave out stays as it was made up."""
    found = dict(typed)
    for one in definition.asked:
        if one["type"] != "upload":
            continue
        value = found.pop(one["key"])
        if value == "a file":
            file = SimpleUploadedFile("photo.png", _picture())
            kept = uploads.hold(page_key=page_key, field_key=one["key"], file=file, types=["image/png"], megabytes=1)
            found[f"{one['key']}__held"] = uploads.token(kept)
        else:
            found[f"{one['key']}__held"] = value
    return found


def _picture() -> bytes:
    return picture("PNG")


def _assert_lawful(specs, answers) -> None:
    """What is stored is exactly what the answers themselves call for, and all of it that must be answered is."""
    for spec in specs:
        if not FIELD_TYPES[spec.field_type].has_answer:
            continue
        is_called_for = all(holds(rule, answers) for rule in spec.show_rules)
        assert (spec.clean_name in answers) == is_called_for, spec
        is_required = spec.required or (spec.required_when is not None and holds(spec.required_when, answers))
        if is_called_for and is_required:
            assert is_answered(answers[spec.clean_name]), spec


ANY_FORM = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
ANY_VISIT = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=20)


# --- The form by itself ------------------------------------------------------------------------------------


@ANY_FORM
@given(data=st.data(), definition=definitions())
def test_what_is_stored_is_what_the_answers_call_for_and_comes_back_the_same(data, definition):
    stream = definition.stream()
    specs = specs_of(stream)
    assume(not problems(stream))
    typed = _with_files(definition, data.draw(typed_into(definition)), uuid.uuid4())
    seen = {"action-seen": [one["key"] for one in definition.asked], "forged": "x", "f0__nothing": "y"}
    form_class = ActionFormBuilder(specs).get_form_class()
    form: ActionForm = form_class(post_data({**typed, **seen}), auto_id="form1-%s")
    assert "<script>alert" not in str(form)
    if not form.is_valid():
        assert form.error_links, "whoever is refused is told why, and where"
        return
    answers = form.answers()
    _assert_lawful(specs, answers)
    assert json.loads(json.dumps(answers)) == answers
    # From step to step, and out of the page as it is drawn again.
    for html in (form.as_hidden_inputs(), str(form)):
        again = form_class(sent_by(html), auto_id="form1-%s")
        assert again.is_valid(), again.errors
        assert again.answers() == answers
    # Long after the form has changed.
    kept = from_json(json.loads(json.dumps(as_json(form.composed))))
    with translation.override("en"):
        asked = [one for one in kept if one.clean_name in answers]
        assert displayed(asked, answers, language="en") == form.display_answers("en")


def _asks_for_a_file() -> Definition:
    rule = {"conditions": [{"field": "f0", "test": "includes", "value": "two"}], "match": "all"}
    choices = {"type": "choices", "label": "One", "options": ONE_OR_TWO, "key": "f0", "is_required": False}
    file = {"type": "upload", "label": "Two", "megabytes": 1, "key": "f1", "is_required": False, "required_when": rule}
    return Definition([choices, file])


def test_a_file_that_an_answer_asks_for_is_carried_by_its_own_step():
    definition = _asks_for_a_file()
    typed = _with_files(definition, {"f0": ["one", "two"], "f1": "a file"}, uuid.uuid4())
    form_class = ActionFormBuilder(specs_of(definition.stream())).get_form_class()
    form = form_class(post_data(typed), auto_id="form1-%s").without_judging()
    form.step = form.shown_steps[0]
    again = form_class(sent_by(form.other_hidden_inputs() + str(form)), auto_id="form1-%s")
    assert again.is_valid(), again.errors


@ANY_FORM
@given(data=st.data(), definition=definitions())
def test_each_step_carries_what_was_typed_on_all_the_others(data, definition):
    specs = specs_of(definition.stream())
    typed = _with_files(definition, _good(definition, data.draw), uuid.uuid4())
    form_class = ActionFormBuilder(specs).get_form_class()
    whole = form_class(post_data(typed), auto_id="form1-%s")
    assert whole.is_valid(), whole.errors
    expected = whole.answers()
    for step in whole.shown_steps:
        form = form_class(post_data(typed), auto_id="form1-%s").without_judging()
        # Its own: the fields of a step are those of the form that these answers made of it.
        form.step = next(one for one in form.steps if one.number == step.number)
        again = form_class(sent_by(form.other_hidden_inputs() + str(form)), auto_id="form1-%s")
        assert again.is_valid(), (step, again.errors)
        assert again.answers() == expected


# --- Over HTTP ---------------------------------------------------------------------------------------------


def _page(definition: Definition):
    page = make.action_page(
        form_fields=raw_stream(*PERSON), targets=[], letter_subject="", letter_body="", slug=f"form-{uuid.uuid4().hex}"
    )
    page.form_fields = FormFieldsBlock().to_python([*raw_stream(*PERSON), *definition.stream().get_prep_value()])
    page.save()
    return page


def _good(definition: Definition, draw) -> dict[str, Any]:
    return {one["key"]: draw(st.sampled_from(TYPES[one["type"]][1])) for one in definition.asked}


def _asked_on(visitor: Visitor, answers: dict[str, Any]) -> dict[str, Any]:
    """What somebody types who answers whatever stands open on the page."""
    found: dict[str, Any] = {}
    for control in visitor.form.select("input, textarea, select"):
        name = control.get("name", "")
        if control.get("type") == "hidden" or control.has_attr("disabled"):
            continue
        if control.get("type") == "file":
            found[name] = SimpleUploadedFile("photo.png", _picture())
        elif name in answers:
            found[name] = answers[name]
        elif name in ME:
            found[name] = ME[name]
    return found


@ANY_VISIT
@given(data=st.data(), definition=definitions())
def test_whoever_answers_what_is_asked_gets_to_the_end_also_by_way_of_back(data, definition):
    assume(not problems(definition.stream()))
    page, client = _page(definition), Client()
    before = set(Submission.objects.values_list("pk", flat=True))
    visitor = Visitor(client, page)
    answers = _good(definition, data.draw)
    backs = data.draw(st.integers(0, 3))
    for _press in range(60):
        if visitor.response.status_code == 302:
            break
        if visitor.soup.h1.get_text() == "Check your answers":
            visitor.press("send")
            continue
        buttons = [one.get("value") for one in visitor.form.select("button")]
        if backs and "back" in buttons and data.draw(st.booleans()):
            backs -= 1
            visitor.press("back", **_asked_on(visitor, answers))
            assert visitor.errors == [], "who goes back is not judged"
            _assert_kept(visitor, answers)
        else:
            visitor.press("details", **_asked_on(visitor, answers))
    assert visitor.response.status_code == 302, (visitor.title, visitor.errors)
    submission = Submission.objects.exclude(pk__in=before).get()
    _assert_lawful(page.form_specs, submission.form_data)
    assert submission.form_data["email"] == "maria@clinic.example"


def _assert_kept(visitor: Visitor, answers: dict[str, Any]) -> None:
    """What was typed on the page that somebody came back to still stands in it."""
    for control in visitor.form.select("input, textarea"):
        name, kind = control.get("name", ""), control.get("type")
        if control.has_attr("disabled") or kind in {"hidden", "file"} or name not in answers:
            continue
        given_values = answers[name] if isinstance(answers[name], list) else [answers[name]]
        if kind in {"radio", "checkbox"}:
            assert control.has_attr("checked") == (control.get("value", "on") in given_values), name
        elif control.name == "textarea":
            assert control.get_text().removeprefix("\n").split() == given_values[0].split()
        else:
            assert control.get("value") == given_values[0]


stages = st.sampled_from(
    ["details", "back", "send", "confirm", "choose", "compose", "change:2", "change:x", "nonsense", ""]
)
extra = st.fixed_dictionaries(
    {},
    optional={
        "action-step": st.sampled_from(["", "0", "1", "2", "99", "-1", "²", "x"]),
        "action-seen": st.lists(st.sampled_from(["f0", "f1", "f2", "f3:required", "email", "\x00"]), max_size=4),
        "form-opened": st.sampled_from(["", "tampered", "1:2:3", "\ud800"]),
        "form-agreed": st.sampled_from(["", "0" * 32, "x" * 5_000]),
        "token": st.sampled_from(["", "not-a-uuid", "00000000-0000-0000-0000-000000000000"]),
        "doubt": st.just("upper"),
        "action-remove-file": st.sampled_from(["f0 x", "f1", "\x00"]),
        "f0__held": st.sampled_from(["", "f0.abc:forged", "\x00", "x" * 3_000]),
        "forged": st.just("x"),
        "id": st.just("1"),
        "__class__": st.just("x"),
    },
)


@ANY_VISIT
@given(data=st.data(), definition=definitions())
def test_no_posts_in_any_order_store_what_the_form_would_not(data, definition):
    assume(not problems(definition.stream()))
    page, client = _page(definition), Client()
    before = set(Submission.objects.values_list("pk", flat=True))
    known = {spec.clean_name for spec in page.form_specs}
    for _post in range(data.draw(st.integers(1, 6))):
        typed = data.draw(typed_into(definition)) if data.draw(st.booleans()) else _good(definition, data.draw)
        posted = {name: _sendable(value) for name, value in {**ME, **typed, **data.draw(extra)}.items()}
        left_out = data.draw(st.sets(st.sampled_from(sorted(posted)), max_size=3))
        sent = {name: value for name, value in posted.items() if name not in left_out}
        response = client.post(page.url, {**sent, "stage": data.draw(stages)})
        assert response.status_code in {200, 302, 303}, response.status_code
    for submission in Submission.objects.exclude(pk__in=before):
        assert submission.form_data.keys() <= known
        _assert_lawful(page.form_specs, submission.form_data)


def _sendable(value: Any) -> Any:
    """As a browser's form would carry it: half a surrogate becomes the sign for what is unreadable."""
    if isinstance(value, list):
        return [_sendable(one) for one in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
