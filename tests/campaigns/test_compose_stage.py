"""The step between finding the legislators and reading the letters: talking points, and questions by role."""

import pytest

from campaigns.engine.guidance import Guidance, Question, TalkingPoint, joined
from campaigns.engine.roles import Role
from campaigns.records.submissions import Submission
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

BODY = "Dear {legislator_salutation},\n\nPlease vote for {campaign}.\n\nSincerely,"
POINTS = [
    ("talking_point", {"text": "The people of {town} drive too far, {legislator_salutation}."}),
    ("talking_point", {"text": "Visits by video cost less."}),
]
USUAL = ("usual_questions", None)
ANSWERS = {
    "letter-guide-who": "I am a pediatrician",
    "letter-guide-where": "My patients live in Port Alder.",
    "letter-guide-seen": "A father drove two hours, {town}.\n\n<b>Twice</b>.",
    "letter-guide-change": "",
}
OWN = "A father drove two hours, {town}.\n\n<b>Twice</b>."


def page(**fields):
    return make.action_page(**{"letter_body": BODY, "guidance": [*POINTS, USUAL], **fields})


def point(response, number: int) -> str:
    return response.context["guide"]["points"].field.choices[number][0]


def go_on(action_page, client, shown, **sent):
    return client.post(action_page.url, {**make.hidden(shown), "stage": "compose", **sent})


def bodies(review) -> list[str]:
    return [item["letter"].body for item in review.context["items"]]


def test_a_page_without_guidance_leads_to_the_letters_at_once(client):
    assert "items" in make.details(page(guidance=[]), client).context


def test_with_guidance_the_questions_come_first_and_nothing_is_stored(client):
    shown = make.details(page(), client)
    content = shown.content.decode()
    assert "Make your letters yours" in content
    assert "The people of Port Alder drive too far, Senator Tidewater." in content
    assert 'value="confirm"' not in content
    assert Submission.objects.count() == 0


def test_what_is_ticked_and_answered_stands_in_the_letters(client):
    action_page = page()
    shown = make.details(action_page, client)
    ticked = [point(shown, 1), point(shown, 0), "forged"]
    review = go_on(action_page, client, shown, **ANSWERS, **{"letter-guide-points": ticked})
    assert bodies(review) == [
        f"Dear {name},\n\nPlease vote for Telehealth parity.\n\n"
        f"The people of Port Alder drive too far, {name}.\n\nVisits by video cost less."
        for name in ("Senator Tidewater", "Representative Quayle")
    ]
    own = "I am a pediatrician. My patients live in Port Alder.\n\n" + OWN
    assert review.context["own_words"]["own_words"].value() == own
    assert make.confirm(action_page, client, review).status_code == 302
    assert Submission.objects.get().own_words == own
    letter = OutboxMessage.objects.get(recipient_name="Marisol Tidewater", stream="letter")
    assert f"Dear Senator Tidewater,\n\n{own}\n\nPlease vote" in letter.body
    assert "and the sender changed it" not in letter.body


def test_all_of_it_may_be_left_empty(client):
    action_page = page()
    review = go_on(action_page, client, make.details(action_page, client))
    assert bodies(review)[0] == "Dear Senator Tidewater,\n\nPlease vote for Telehealth parity."
    assert make.confirm(action_page, client, review).status_code == 302


def test_points_stand_where_the_editor_left_a_place_for_them(client):
    action_page = page(letter_body="Dear all,\n\n{talking_points}\n\nPlease vote.")
    shown = make.details(action_page, client)
    review = go_on(action_page, client, shown, **{"letter-guide-points": [point(shown, 1)]})
    assert bodies(review)[0] == "Dear all,\n\nVisits by video cost less.\n\nPlease vote."
    assert bodies(go_on(action_page, client, shown))[0] == "Dear all,\n\nPlease vote."


def test_going_back_keeps_what_was_ticked_and_answered(client):
    action_page = page()
    shown = make.details(action_page, client)
    review = go_on(action_page, client, shown, **ANSWERS, **{"letter-guide-points": [point(shown, 0)]})
    again = client.post(action_page.url, {**make.hidden(review), "stage": "recompose"})
    assert again.context["own_words"] is None
    assert again.context["guide"]["points"].value() == [point(shown, 0)]
    assert again.context["guide"]["seen"].value() == OWN
    assert again.context["number_edited"] == 0
    other = go_on(action_page, client, again, **{"letter-guide-points": [point(shown, 1)]})
    assert "Visits by video cost less." in bodies(other)[0]
    assert "drive too far" not in bodies(other)[0]
    assert other.context["own_words"]["own_words"].value().endswith(OWN)


def test_what_was_made_of_the_answers_is_kept_when_going_back(client):
    action_page = page()
    review = go_on(action_page, client, make.details(action_page, client), **ANSWERS)
    sent = {**make.hidden(review), "letter-own_words": "Something else of mine.", "stage": "recompose"}
    again = client.post(action_page.url, sent)
    assert again.context["own_words"]["own_words"].value() == "Something else of mine."
    assert 'name="letter-guide-seen"' in again.content.decode()
    review = go_on(action_page, client, again)
    assert review.context["own_words"]["own_words"].value() == "Something else of mine."


def test_a_letter_that_was_edited_stays_and_the_others_follow_what_is_ticked(client):
    action_page = page()
    review = go_on(action_page, client, make.details(action_page, client))
    key = review.context["items"][0]["form"].prefix
    sent = {**make.hidden(review), f"{key}-body": "Mine to keep.", "stage": "recompose"}
    again = client.post(action_page.url, sent)
    assert again.context["number_edited"] == 1
    review = go_on(action_page, client, again, **{"letter-guide-points": [point(again, 1)]})
    assert bodies(review)[0] == "Mine to keep."
    assert "Visits by video cost less." in bodies(review)[1]


def test_changing_an_answer_of_the_form_keeps_what_was_ticked_and_answered(client):
    action_page = page()
    shown = make.details(action_page, client)
    review = go_on(action_page, client, shown, **ANSWERS, **{"letter-guide-points": [point(shown, 0)]})
    changing = client.post(action_page.url, {**make.hidden(review), "stage": "change"})
    again = client.post(action_page.url, {**make.hidden(changing), **make.person(story="Other."), "stage": "details"})
    assert again.context["guide"]["points"].value() == [point(shown, 0)]
    assert again.context["guide"]["who"].value() == "I am a pediatrician"


def test_what_is_too_long_is_said_at_its_question_and_kept(client):
    action_page = page()
    shown = make.details(action_page, client)
    again = go_on(action_page, client, shown, **{**ANSWERS, "letter-guide-seen": "x" * 1001})
    assert again.context["errors"][0][0] == "id_letter-guide-seen"
    assert "x" * 1001 in again.content.decode()
    assert "items" not in again.context


def test_answers_that_are_too_long_together_are_said_so(client):
    questions = [("question", {"label": f"Q{n}", "hint": "", "roles": [], "is_short": False}) for n in range(4)]
    action_page = page(guidance=questions)
    shown = make.details(action_page, client)
    sent = {field.html_name: "y" * 900 for field in shown.context["guide"].questions}
    again = go_on(action_page, client, shown, **sent)
    assert "3,000 characters or fewer" in again.context["errors"][0][1]


def test_a_locked_letter_takes_points_and_own_words_and_is_not_read_twice_for_them(client):
    action_page = page(is_letter_locked=True)
    shown = make.details(action_page, client)
    review = go_on(action_page, client, shown, **ANSWERS, **{"letter-guide-points": [point(shown, 1)]})
    assert make.confirm(action_page, client, review).status_code == 302
    letter = OutboxMessage.objects.get(recipient_name="Ines Quayle", stream="letter")
    assert "I am a pediatrician." in letter.body
    assert "Visits by video cost less." in letter.body


def test_a_thank_you_takes_no_talking_points(client):
    value = {"chambers": ["state_upper"], "parties": [], "committee": "", "cosponsor": "", "positions": [], "roles": []}
    thanks = {
        "name": "T",
        "audience": {**value, "officials": None},
        "is_thanks": True,
        "subjects": ["S"],
        "body": "Thanks.",
    }
    action_page = page(letter_texts=[("text", thanks)])
    shown = make.details(action_page, client)
    assert "Representative Quayle" in shown.content.decode()
    review = go_on(action_page, client, shown, **{"letter-guide-points": [point(shown, 0)]})
    assert bodies(review)[0] == "Thanks."
    assert "drive too far, Representative Quayle" in bodies(review)[1]


def test_where_nobody_can_be_written_to_nothing_is_asked(client):
    action_page = page(targets=[("state_lower", None)])
    response = make.details(action_page, client, address__city="Quarry Hill", address__zip_code="69906")
    assert "There is nobody to write to" in response.content.decode()


def test_a_step_that_cannot_be_proven_is_shown_again_with_all_that_was_typed(rf, client):
    action_page = page()
    shown = make.details(action_page, client)
    request = rf.post(action_page.url, {**make.hidden(shown), **ANSWERS, "stage": "compose"})
    response = action_page.refuse_unproven(request).render()
    assert response.status_code == 403
    assert response.context_data["guide"]["who"].value() == "I am a pediatrician"


def test_who_the_person_is_decides_what_they_are_asked():
    everybody = Question("seen", "What have you seen?")
    student = Question("seen", "What did you learn?", roles=frozenset({Role.STUDENT.value}))
    guidance = Guidance(questions=(everybody, student, Question("own", "?", roles=frozenset({"patient"}))))
    assert guidance.questions_for("student") == (student,)
    assert guidance.questions_for("") == (everybody,)
    assert [question.key for question in guidance.questions_for("patient")] == ["seen", "own"]


def test_points_stand_in_the_editor_s_order_whatever_the_order_of_the_ticks():
    guidance = Guidance(points=(TalkingPoint("a", "A"), TalkingPoint("b", "B")))
    assert [point.text for point in guidance.points_of(["b", "gone", "a"])] == ["A", "B"]


def test_short_answers_make_one_paragraph_and_long_ones_each_their_own():
    questions = [
        Question("a", "", is_long=False),
        Question("b", ""),
        Question("c", "", is_long=False),
        Question("d", ""),
    ]
    answers = {"a": "I am\na nurse", "b": "It was late.\n\nIt rained.", "c": "Here!", "d": " "}
    assert joined(questions, answers) == "I am a nurse.\n\nIt was late.\n\nIt rained.\n\nHere!"
