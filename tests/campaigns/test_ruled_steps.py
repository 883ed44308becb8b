"""Rules that a whole step or a whole group of fields stands under."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from campaigns.blocks.form_problems import problems
from campaigns.blocks.form_specs import specs_of
from campaigns.content.field_groups import FieldGroup
from campaigns.engine.fields import FieldSpec
from campaigns.engine.form_json import from_json
from campaigns.engine.rules import Condition, Rule, Test
from campaigns.engine.steps import divide, followed_by, may_change, nearest, with_step_rules
from campaigns.forms.action_form import ActionForm
from campaigns.forms.builder import ActionFormBuilder
from campaigns.records.submissions import Submission
from tests.campaigns.visitor import Visitor
from tests.factories import campaigns as make
from tests.factories import participation
from tests.factories.forms import form_stream, post_data, raw_stream

YES_NO = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
PRACTICES = {"type": "choice", "label": "Do you practice?", "key": "practices", "options": YES_NO}
PERSON = [{"type": "name", "label": "Your name", "key": "name"}, {"type": "email", "label": "E-mail", "key": "email"}]
ME = {"name__title": "", "name__given": "Maria", "name__family": "Santos", "email": "maria@clinic.example"}


def _when(field="practices", test="is", value="yes"):
    return {"conditions": [{"field": field, "test": test, "value": value}], "match": "all"}


def _step(label, **settings):
    return {"type": "step", "label": label, **settings}


def _text(key, **settings):
    return {"type": "text", "label": key.title(), "key": key, **settings}


#: The second step is for those who practice, and the third looks at what was said there.
STEPS = [
    *(*PERSON, PRACTICES),
    *(_step("Your practice", shown_when=_when("Do you practice?", value="Yes")), _text("clinic")),
    *(_step("Your story"), _text("story"), _text("about", shown_when=_when("clinic", "is_answered", ""))),
]


def _page(*fields, **options):
    options = {"targets": [], "letter_subject": "", "letter_body": "", **options}
    return make.action_page(form_fields=raw_stream(*fields), **options)


def _group(*fields, name="Work"):
    group = FieldGroup(name=name, locale=Locale.get_default(), form_fields=raw_stream(*fields))
    group.full_clean()
    group.save()
    return group


def _grouped(group, **settings):
    return {"type": "field_group", "label": f"group-{group.pk}", "group": group.pk, **settings}


def _stream(*fields):
    """With groups, which have no label of their own."""
    rows = raw_stream(*fields)
    for row in rows:
        if row["type"] == "field_group":
            row["value"].pop("label", None)
    return form_stream().stream_block.to_python(rows)


def _said(stream):
    """What the editor's form says, by position, input and input of the condition."""
    with pytest.raises(ValidationError) as caught:
        stream.stream_block.clean(stream)
    found = {}
    for position, error in caught.value.as_json_data()["blockErrors"].items():
        for name, inside in error["blockErrors"].items():
            for condition in inside.get("blockErrors", {}).get("conditions", {}).get("blockErrors", {}).values():
                for part, problem in condition["blockErrors"].items():
                    found[position, name, part] = problem["messages"][0]
            for message in inside.get("messages", []):
                found[position, name, ""] = message
    return found


# --- A step ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_step_that_does_not_apply_is_skipped_forward_and_back_and_not_counted(client):
    visitor = Visitor(client, _page(*STEPS)).press(**ME, practices="no")
    assert visitor.title == "Step 2 of 2: Your story"
    assert visitor.press("back").title == "Step 1 of 2"
    visitor.press(practices="yes")
    assert visitor.title == "Step 2 of 3: Your practice"
    visitor.press(clinic="Alder Clinic")
    assert visitor.title == "Step 3 of 3: Your story"
    assert visitor.press("back").title == "Step 2 of 3: Your practice"


@pytest.mark.django_db
def test_answers_of_a_step_that_came_not_to_apply_are_not_stored_and_come_back_with_it(client):
    visitor = Visitor(client, _page(*STEPS)).press(**ME, practices="yes").press(clinic="Alder Clinic")
    visitor.press("back").press("back").press(practices="no")
    assert visitor.title == "Step 2 of 2: Your story"
    assert not visitor.form.select("[data-shown-when]:not([hidden])"), "it hangs on an answer that does not count"
    visitor.press("back").press(practices="yes")
    assert visitor.value("clinic") == "Alder Clinic"
    visitor.press("back").press(practices="no").press(story="Mine.")
    assert "Alder Clinic" not in visitor.soup.main.get_text()
    visitor.press("send")
    assert Submission.objects.get().form_data.keys() == {"name", "email", "practices", "story"}


@pytest.mark.django_db
def test_the_browser_s_rules_do_not_look_at_what_the_answers_leave_out(client):
    visitor = Visitor(client, _page(*STEPS)).press(**ME, practices="yes").press(clinic="Alder Clinic")
    assert not visitor.form.find(attrs={"name": "clinic"}).has_attr("data-unasked")
    visitor.press("back").press("back").press(practices="no")
    assert visitor.form.find(attrs={"name": "clinic"}).has_attr("data-unasked")
    assert visitor.form.find(attrs={"name": "about"}).find_parent(attrs={"hidden": True})


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["details", "back", "send", "confirm", "change:2", "anything"])
def test_no_stage_leads_past_a_required_question_of_a_step_or_stores_what_it_leaves_out(client, stage):
    page = _page(*STEPS)
    for step in ("", "1", "2", "3"):
        named = {"action-step": step, "action-seen": ["clinic", "about"]}
        Visitor(client, page).send(**ME, practices="yes", story="Mine.", stage=stage, **named)
    assert not Submission.objects.exists()
    Visitor(client, page).send(**ME, practices="no", clinic="Forged", about="Forged", story="Mine.", stage=stage)
    for submission in Submission.objects.all():
        assert submission.form_data.keys() == {"name", "email", "practices", "story"}


@pytest.mark.django_db
def test_a_step_that_a_browser_names_and_that_does_not_apply_is_never_drawn(client):
    page = _page(*STEPS)
    for stage in ("details", "back", "change:2"):
        visitor = Visitor(client, page).send(**ME, practices="no", stage=stage, **{"action-step": "2"})
        assert not visitor.title.endswith("Your practice")


@pytest.mark.django_db
def test_the_progress_line_says_where_the_number_of_steps_hangs_on_answers(client):
    visitor = Visitor(client, _page(*STEPS))
    says = "How many steps there are depends on your answers."
    assert says in visitor.form.get_text()
    assert says not in visitor.press(**ME, practices="yes").form.get_text()
    plain = _page(*PERSON, _step("Your story"), _text("story"), slug="plain")
    assert says not in Visitor(client, plain).form.get_text()


@pytest.mark.django_db
def test_what_an_action_asks_is_asked_also_where_the_last_step_does_not_apply(client):
    fields = [*PERSON, PRACTICES, _step("Your practice", shown_when=_when()), _text("clinic")]
    page = participation.page(participation.action("petition"), form_fields=raw_stream(*fields))
    visitor = Visitor(client, page).press(**ME, practices="no")
    assert visitor.title == "Step 2 of 2"
    assert visitor.form.find(attrs={"name": "petition_public_name"})
    assert not visitor.form.find(attrs={"name": "clinic"})


def test_what_follows_the_form_stands_on_its_own_step_only_where_that_is_needed():
    ruled = FieldSpec("", "Step", "step", shown_when=Rule((Condition("a", Test.IS_ANSWERED),)))
    more = [FieldSpec("more", "More", "text")]
    assert len(divide(followed_by([FieldSpec("a", "A", "text"), ruled, FieldSpec("b", "B", "text")], more))) == 3
    assert followed_by([ruled], []) == (ruled,)
    assert followed_by([FieldSpec("a", "A", "text")], more) == (FieldSpec("a", "A", "text"), *more)


def test_whether_the_number_of_steps_may_change_hangs_on_what_is_still_asked():
    when = Rule((Condition("a", Test.IS_ANSWERED),))
    specs = [
        FieldSpec("a", "A", "text"),
        *(FieldSpec("", "2", "step"), FieldSpec("b", "B", "text")),
        *(FieldSpec("", "3", "step", shown_when=when), FieldSpec("c", "C", "text")),
        *(FieldSpec("", "4", "step"), FieldSpec("d", "D", "text")),
    ]
    steps = divide(tuple(with_step_rules(specs)))
    assert [may_change(steps, step) for step in steps] == [True, False, False, False]
    assert nearest([steps[0], steps[1], steps[3]], steps[2]) is steps[1]
    assert nearest(steps[2:], steps[0]) is steps[2]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([_step("One", shown_when=_when("a")), _text("a")], ("field", "is not asked before this step")),
        ([_text("b"), _step("One", shown_when=_when("a")), _text("a")], ("field", "is not asked before this step")),
        ([_text("b"), _step("One", shown_when=_when("nowhere")), _text("a")], ("field", "No field of this form")),
        ([PRACTICES, _step("One", shown_when=_when(value="perhaps")), _text("a")], ("value", "none of the options")),
    ],
)
def test_a_step_s_rule_that_cannot_work_is_said_at_its_input(fields, said):
    ((_position, name, part),) = found = _said(form_stream(*fields))
    assert (name, part) == ("shown_when", said[0])
    assert said[1] in next(iter(found.values()))


def test_a_required_field_that_its_step_keeps_from_ever_showing_is_said():
    stream = form_stream(
        PRACTICES, _step("One", shown_when=_when()), _text("a", shown_when=_when(value="no")), _text("b")
    )
    ((position, name, _part),) = _said(stream)
    assert (position, name) == (2, "shown_when")


def test_a_step_that_can_never_be_asked_is_said_at_its_mark_and_not_at_its_fields():
    both = {"conditions": [*_when()["conditions"], *_when(value="no")["conditions"]], "match": "all"}
    stream = form_stream(PRACTICES, _step("One", shown_when=both), _text("a"), _text("b"))
    assert {position for position, _name, _part in _said(stream)} == {1}


def test_a_field_behind_an_answer_of_a_step_that_excludes_it_can_never_show():
    stream = form_stream(
        PRACTICES,
        *(_step("One", shown_when=_when()), _text("a")),
        *(_step("Two", shown_when=_when(value="no")), _text("b", shown_when=_when("a", "is_answered", ""))),
    )
    assert {position for position, _name, _part in _said(stream)} == {4}
    stream = form_stream(PRACTICES, _step("One", shown_when=_when()), _text("a"), _step("Two"), _text("b"))
    assert problems(stream) == {}


@pytest.mark.django_db
def test_what_every_form_needs_cannot_stand_on_a_step_or_in_a_group_with_a_rule():
    page = _page(*PERSON)
    on_a_step = form_stream(PRACTICES, _step("You", shown_when=_when()), *PERSON)
    in_a_group = _stream(PRACTICES, PERSON[0], _grouped(_group(PERSON[1], name="Mail"), shown_when=_when()))
    for stream in (on_a_step, in_a_group):
        page.form_fields = stream
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert "from its step and from its group" in str(caught.value)


# --- A group -----------------------------------------------------------------------------------------------

SPECIALTY = {"type": "choice", "label": "Specialty", "key": "specialty", "options": YES_NO}
YEARS = _text("years", shown_when=_when("specialty"))


def _grouped_form(typed=None, **settings):
    stream = _stream(PRACTICES, _grouped(_group(SPECIALTY, YEARS), shown_when=_when(), **settings))
    return ActionFormBuilder(specs_of(stream)).get_form_class()(post_data(typed or {}))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"practices": "yes", "specialty": "yes", "years": "9"}, {"practices", "specialty", "years"}),
        ({"practices": "yes", "specialty": "no", "years": "9"}, {"practices", "specialty"}),
        ({"practices": "no", "specialty": "yes", "years": "9"}, {"practices"}),
    ],
)
def test_a_field_is_shown_where_its_group_s_rule_holds_and_its_own(typed, stored):
    form = _grouped_form(typed)
    assert form.is_valid(), form.errors
    assert form.answers().keys() == stored


@pytest.mark.django_db
def test_the_browser_gets_the_rule_of_the_group_beside_that_of_the_field():
    page = BeautifulSoup(str(_grouped_form()), "html.parser")
    boxes = page.select("[data-shown-when]")
    assert [len(json.loads(box["data-shown-when"])) for box in boxes] == [1, 2]
    first, second = json.loads(boxes[1]["data-shown-when"])
    assert first["conditions"] == [{"names": ["practices"], "test": "is", "value": "yes"}]
    assert second["conditions"] == [{"names": ["specialty"], "test": "is", "value": "yes"}]


@pytest.mark.django_db
def test_questions_of_a_group_that_answers_call_for_are_asked_and_not_called_an_error(client):
    page = _page(*PERSON)
    page.form_fields = _stream(*PERSON, PRACTICES, _grouped(_group(SPECIALTY, YEARS), shown_when=_when()))
    page.save()
    visitor = Visitor(client, page).press(**ME, practices="yes")
    assert visitor.errors == []
    assert "further questions" in visitor.soup.main.get_text()
    visitor.press()
    assert visitor.errors == ["Choose an option for “Specialty”."]
    visitor.press(specialty="no")
    assert visitor.response.status_code == 302
    assert Submission.objects.get().form_data["specialty"] == "no"
    kept = from_json(Submission.objects.get().form_version.fields)
    assert {spec.clean_name: spec.group_when for spec in kept}["specialty"].conditions[0].key == "practices"


@pytest.mark.django_db
def test_the_rule_of_a_group_is_kept_by_key_and_value():
    page = _page(*PERSON)
    page.form_fields = _stream(
        *PERSON, PRACTICES, _grouped(_group(SPECIALTY), shown_when=_when("Do you practice?", value="yes"))
    )
    page.fill_keys()
    assert dict(page.form_fields[3].value["shown_when"]["conditions"][0]) == {
        "field": "practices",
        "test": "is",
        "value": "yes",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("condition", "part", "says"),
    [
        (_when("nowhere"), "field", "No field of this form"),
        (_when("specialty"), "field", "stands in this group itself"),
        (_when("late", "is_answered", ""), "field", "is asked on a later step"),
        (_when(value="perhaps"), "value", "none of the options"),
    ],
)
def test_a_group_s_rule_that_cannot_work_is_said_once_where_it_stands(condition, part, says):
    stream = _stream(PRACTICES, _grouped(_group(SPECIALTY, YEARS), shown_when=condition), _step("Next"), _text("late"))
    found = _said(stream)
    assert found.keys() == {(1, "shown_when", part)}
    assert says in found[1, "shown_when", part]


@pytest.mark.django_db
def test_a_circle_through_a_group_is_said_at_the_group_and_at_the_field():
    group = _group(SPECIALTY)
    stream = _stream(
        _text("a", shown_when=_when("specialty")), _grouped(group, shown_when=_when("a", "is_answered", ""))
    )
    found = _said(stream)
    assert found.keys() == {(0, "shown_when", "field"), (1, "shown_when", "field")}
    assert all("circle" in text for text in found.values())


@pytest.mark.django_db
def test_a_field_that_its_group_keeps_from_ever_showing_is_said_at_the_group():
    never = _text("never", shown_when=_when("specialty"))
    inside = _group(SPECIALTY, never)
    stream = _stream(PRACTICES, _step("One", shown_when=_when()), _grouped(inside, shown_when=_when(value="no")))
    assert _said(stream).keys() == {(2, "shown_when", "field")}


def test_a_whole_form_drawn_at_once_has_the_rules_of_its_steps_for_the_browser():
    form = ActionFormBuilder(
        tuple(with_step_rules([
            FieldSpec("a", "A", "text"),
            FieldSpec("", "2", "step", shown_when=Rule((Condition("a", Test.IS_ANSWERED),))),
            FieldSpec("b", "B", "text"),
        ]))
    ).get_form_class()()  # fmt: skip
    assert isinstance(form, ActionForm)
    heading, question = BeautifulSoup(str(form), "html.parser").select("[data-shown-when]")
    assert heading.has_attr("hidden")
    assert question.has_attr("hidden")
    form.step = form.steps[1]
    assert not BeautifulSoup(str(form), "html.parser").select("[data-shown-when]")
