"""Where a person is sent after an action: the first rule that fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.blocks.next_steps import NextStepsBlock, problems
from campaigns.engine.next_steps import About, Condition, Facts, fits, fitting
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import Outreach
from tests.factories import campaigns as make

FACTS = Facts(
    answers={"sees": ["delay", "denial"], "news": True, "years": 15, "name": {"given": "Maria", "family": ""}},
    role="physician",
    state="ax",
    language="en",
    letters="personal",
    done=frozenset({"letter", "call"}),
    calls=frozenset({"busy"}),
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(About.ANSWER, frozenset({"delay"}), key="sees"), True),
        (Condition(About.ANSWER, frozenset({"other"}), key="sees"), False),
        (Condition(About.ANSWER, frozenset({"other"}), key="sees", is_negated=True), True),
        (Condition(About.ANSWER, frozenset({"yes"}), key="news"), True),
        (Condition(About.ANSWER, frozenset({"no"}), key="news"), False),
        (Condition(About.ANSWER, frozenset({"15"}), key="years"), True),
        (Condition(About.ANSWER, frozenset({"maria"}), key="name"), True),
        (Condition(About.ANSWER, frozenset({"x"}), key="gone"), False),
        (Condition(About.ROLE, frozenset({"student", "physician"})), True),
        (Condition(About.ROLE, frozenset({"patient"})), False),
        (Condition(About.STATE, frozenset({"AX"})), True),
        (Condition(About.LANGUAGE, frozenset({"es"})), False),
        (Condition(About.LETTERS, frozenset({"as_offered"})), False),
        (Condition(About.KIND, frozenset({"call"})), True),
        (Condition(About.KIND, frozenset({"pledge"})), False),
        (Condition(About.CALLS, frozenset({"busy", "message"})), True),
        (Condition(About.CALLS, frozenset()), True),
    ],
)
def test_a_condition_holds_where_one_of_its_values_does(condition, holds):
    assert fits([condition], FACTS) is holds


CONDITIONS = st.builds(
    Condition,
    st.sampled_from(About),
    st.frozensets(st.sampled_from(["yes", "physician", "ax", "call", "busy", "personal", "en", ""]), max_size=3),
    key=st.sampled_from(["news", "sees", ""]),
    is_negated=st.booleans(),
)


@given(st.lists(CONDITIONS, max_size=4), st.lists(CONDITIONS, max_size=4))
def test_more_conditions_never_fit_more_people(some, more):
    assert not fits([*some, *more], FACTS) or (fits(some, FACTS) and fits(more, FACTS))


@given(st.lists(st.lists(CONDITIONS, max_size=2), max_size=5))
def test_the_rules_that_fit_keep_the_editor_s_order_and_an_empty_one_fits_everybody(rules):
    found = list(fitting([*rules, []], FACTS))
    assert found == sorted(found)
    assert found[-1] == len(rules)


def steps(*rows):
    block = NextStepsBlock()
    return block.to_python(
        [
            {
                "type": "step",
                "value": {"when": when, "page": page.pk, "text": text, "description": ""},
            }
            for when, page, text in rows
        ]
    )


def answer(key, value):
    return {"type": "answer", "value": {"key": key, "values": value, "is_negated": False}}


def test_a_rule_about_a_field_that_the_form_does_not_have_is_a_problem(db):
    page = make.campaign_page()
    stream = steps(([answer("gone", "yes"), answer("news", "yes")], page, ""))
    assert [error.message for error in problems(stream, {"news"})] == [
        "A rule asks about “gone”, which is no field of the form."
    ]


@pytest.fixture
def receipt(alder, client):
    """The receipt of somebody who was asked to call, on a page with these steps."""

    def made(*rows, **changes):
        page = make.action_page(
            actions=[("call", {"script": "Hello", "voicemail": ""})], next_steps=steps(*rows), **changes
        )
        url = make.details(page, client).url
        return client.get(url), url

    return made


def test_the_first_step_that_fits_is_offered(receipt):
    first, second = make.campaign_page(title="For those with news"), make.campaign_page(title="For all")
    page, _url = receipt(([answer("news", "no")], second, "No"), ([answer("news", "yes")], first, ""), ([], second, ""))
    content = page.content.decode()
    assert page.context["next_step"].text == "For those with news"
    assert f">{page.context['next_step'].text}</button>" in content
    assert page.context["next_step"].url == first.url


def test_a_step_to_a_page_that_is_gone_closed_or_the_same_is_passed_over(receipt):
    closed = make.campaign_page(status="closed")
    draft = make.campaign_page(title="Draft")
    draft.unpublish()
    open_page = make.campaign_page(title="Open")
    page, _url = receipt(([], closed, "Closed"), ([], draft, "Draft"), ([], open_page, "Open one"))
    assert page.context["next_step"].text == "Open one"


def test_without_a_step_that_fits_nothing_is_offered(receipt):
    page, _url = receipt(([answer("news", "no")], make.campaign_page(), "Never"))
    assert page.context["next_step"] is None
    assert b"What you can do next" not in page.content


def test_what_came_of_a_call_changes_what_is_offered(receipt, client):
    spoke = {"type": "calls", "value": {"values": ["spoke"], "is_negated": False}}
    page, url = receipt(([spoke], make.campaign_page(title="Tell us more"), ""))
    assert page.context["next_step"] is None
    Outreach.objects.update(outcome="spoke")
    assert client.get(url).context["next_step"].text == "Tell us more"


def test_share_links_lead_to_the_campaign_and_never_to_the_receipt(receipt):
    page, url = receipt(share_text="Call with me")
    sharing = page.context["sharing"]
    token = url.rstrip("/").rsplit("/", 1)[-1]
    assert sharing.address.endswith(Submission.objects.get().page.get_parent().url)
    assert all(token not in link.url for link in sharing.links)
    assert any("Call%20with%20me" in link.url or "Call+with+me" in link.url for link in sharing.links)


def test_an_editor_can_leave_the_share_links_out(receipt):
    page, _url = receipt(has_share_links=False)
    assert page.context["sharing"] is None
    assert b"Pass it on" not in page.content


def test_a_receipt_outlives_its_page(receipt, client):
    _page, url = receipt()
    Submission.objects.get().page.delete()
    assert client.get(url).status_code == 200
