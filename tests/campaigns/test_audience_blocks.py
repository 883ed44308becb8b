"""What an editor says of the people a text is for."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.blocks.audiences import AudienceBlock
from campaigns.content.action_page import ActionPage
from campaigns.content.official_lists import OfficialList
from campaigns.engine.audiences import Audience
from campaigns.engine.guidance import Guidance
from campaigns.selectors.audiences import party_choices
from legislators.records.committees import Committee
from legislators.records.officials import Official
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

EMPTY = {
    "chambers": [],
    "parties": [],
    "committee": "",
    "cosponsor": "",
    "positions": [],
    "officials": None,
    "roles": [],
}


def clean(**asked):
    block = AudienceBlock()
    return block.clean(block.to_python({**EMPTY, **asked}))


def text(**asked) -> tuple[str, dict]:
    return (
        "text",
        {"name": "T", "audience": {**EMPTY, **asked}, "is_thanks": False, "subjects": ["A", ""], "body": "B"},
    )


def test_a_text_for_nobody_in_particular_is_refused():
    with pytest.raises(StructBlockValidationError) as caught:
        clean()
    assert "Say for whom" in str(caught.value.non_block_errors)


def test_a_committee_is_one_that_the_data_know():
    Committee.objects.create(source_id="c/1", chamber="us_senate", name="Health Care Financing")
    assert clean(committee="health  care financing")["committee"] == "Health Care Financing"
    for name, said in {"Health Care Finance": "Did you mean: Health Care Financing", "Zzz": "No committee"}.items():
        with pytest.raises(StructBlockValidationError) as caught:
            clean(committee=name)
        assert said in str(caught.value.block_errors["committee"])


def test_parties_are_those_of_people_in_office_each_once():
    Official.objects.create(source_id="ocd-person/3", name="Ada Okafor", party="Harborlight/Working Families")
    Official.objects.create(source_id="ocd-person/4", name="Bo Lind", party="Gone", retired_at="2026-01-01T00:00Z")
    assert [party for party, _label in party_choices()] == ["Commonfield", "Harborlight", "Working Families"]


def test_what_an_editor_chose_reaches_the_engine():
    quayle = Official.objects.get(name="Ines Quayle")
    listed = OfficialList.objects.create(name="Breakfast", officials=[("official", quayle)])
    page = make.action_page(
        other_subjects=[("subject", "Second")],
        letter_texts=[text(chambers=["us_house"], cosponsor="no", officials=listed, roles=["student"])],
    )
    texts = ActionPage.objects.get(pk=page.pk).texts
    assert texts.default.subjects == ("Please support {campaign}", "Second")
    [found] = texts.variants
    assert found.subjects == ("A",)
    assert found.audience == Audience(
        chambers=frozenset({"us_house"}),
        is_cosponsor=False,
        official_ids=frozenset({quayle.pk}),
        roles=frozenset({"student"}),
    )


def test_a_text_for_a_list_that_was_deleted_is_for_nobody():
    listed = OfficialList.objects.create(name="Breakfast", officials=[])
    page = make.action_page(letter_texts=[text(officials=listed)])
    listed.delete()
    [found] = ActionPage.objects.get(pk=page.pk).texts.variants
    assert found.audience.official_ids == frozenset()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("other_subjects", [("subject", "To {nobody}")]),
        ("letter_texts", [("text", {**text()[1], "body": "{nobody}"})]),
        ("letter_texts", [("text", {**text()[1], "subjects": ["{nobody}"]})]),
        ("guidance", [("talking_point", {"text": "As {nobody} says."})]),
    ],
)
def test_an_unknown_merge_field_is_found_in_every_text(field, value):
    page = make.action_page()
    setattr(page, field, value)
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert field in caught.value.error_dict


def test_the_usual_questions_are_worded_for_the_role(rf):
    page = make.action_page(guidance=[("usual_questions", None)])
    guidance = page.terms(rf.get("/")).guidance
    asked = {
        role: [question.label for question in guidance.questions_for(role)] for role in ("", "physician", "patient")
    }
    assert [len(labels) for labels in asked.values()] == [4, 4, 4]
    assert asked[""][0] == "Who are you?"
    assert asked["physician"][0].startswith("What is your specialty")
    assert asked["patient"][2] == "What has happened to you?"


def test_a_page_that_writes_no_letters_asks_nothing_about_them(rf):
    page = make.action_page(guidance=[("usual_questions", None)], targets=[])
    assert page.terms(rf.get("/")).guidance == Guidance()
