"""The campaign that shows every kind of action: what its editors wrote where a starter asks for their own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SLUG = "ways-to-take-part"
TITLE = "Ways to take part: a nurse in every school"
SUMMARY = "One bill, and every way in which people can help it along: a letter, a call, a signature, a story and more."
LEAD = "One school in three in Alder has no nurse. House Bill 210 would change that, and you can help in many ways."
PARAGRAPHS = (
    "A child with asthma, diabetes or a seizure disorder spends seven hours a day at school. Where there is no nurse, "
    "the secretary keeps the inhaler, and the ambulance comes for what a nurse could have settled.",
    "House Bill 210 pays for one registered nurse in each public school of Alder, over four years. The Joint "
    "Committee on Education decides on it this session. Choose what suits you; each way takes a few minutes.",
)
CARDS_HEADING = "Choose your way"
CARDS_TEXT = "Each page says how long it takes, what becomes of it, and who will read what you write."
STORIES_HEADING = "In their own words"
STORIES_TEXT = "What people told us, shown because they let us and named as they wish."
STORY_SLUG = "tell-your-story"


@dataclass(frozen=True, slots=True)
class KindText:
    """One page of the campaign."""

    kind: str
    slug: str
    title: str
    summary: str
    #: Own words by what the starter asks for.
    words: Mapping[str, str]
    #: What an editor adds to the action itself: days, places, numbers.
    settings: Mapping[str, Any]


KINDS = (
    KindText(
        "letter",
        "write-a-letter",
        "Write: ask your legislators for a school nurse",
        "Tick the reasons that you share, add what you have seen, and read your letters before they go.",
        {
            "In two sentences: what is at stake, and what the letter asks for": (
                "House Bill 210 pays for a registered nurse in each public school. Your letter asks your senator and "
                "your representative to vote for it."
            ),
            "What you ask for, in a few words, with the number of the bill": (
                "Please support House Bill 210: a nurse in every school"
            ),
            "What you ask the legislator to do, in one sentence": (
                "I ask you to vote for House Bill 210, which pays for a registered nurse in each public school."
            ),
            "Why: one or two facts that they can check": (
                "By the state’s own list, one school in three has no nurse on any day of the week."
            ),
            "A reason that people can tick into their letter": (
                "Children with asthma miss fewer days of school where a nurse looks after their inhalers."
            ),
        },
        {},
    ),
    KindText(
        "call",
        "make-a-call",
        "Call: two minutes for a school nurse",
        "We find your legislators’ telephone numbers and give you a script.",
        {
            "In two sentences: what is at stake, and why a call helps this week": (
                "House Bill 210 comes to the floor soon. Offices count the calls of each day, and few people call."
            ),
            "What you ask for, in one sentence, with the number of the bill": (
                "I ask {legislator_salutation} to vote for House Bill 210, a nurse in every school."
            ),
            "Why it matters, in one sentence": "One school in three in Alder has no nurse.",
            "What you ask for, in one sentence": "Please vote for House Bill 210, a nurse in every school.",
        },
        {},
    ),
    KindText(
        "testimony",
        "testify",
        "Testify: tell the committee on education",
        "Write your testimony, see how long it takes to read aloud, and take it with you.",
        {
            "In two sentences: what the committee is deciding, and whom it should hear from": (
                "The committee decides whether House Bill 210 goes to the floor. It should hear from those who "
                "look after children."
            ),
            "The committee or the agency": "Joint Committee on Education",
            "The number of the bill or docket": "H.210",
            "The title of the bill or rule": "An Act placing a nurse in every public school",
        },
        {"docket": "https://legislature.alder.example/education/h210"},
    ),
    KindText(
        "social",
        "post",
        "Post: say in public that schools need nurses",
        "A post to each of your legislators, in words that you can change before you post it yourself.",
        {
            "In two sentences: what is at stake, and why it should be said in public": (
                "Legislators notice who speaks to them in public. Say that you want a nurse in every school."
            ),
            "What you ask for, in the words of a constituent, under 200 characters": (
                "One school in three in Alder has no nurse. Please vote for H.210, for the children of {town}."
            ),
        },
        {},
    ),
    KindText(
        "petition",
        "sign-the-petition",
        "Sign: the petition for a nurse in every school",
        "Add your name. We hand the signatures over on the day of the hearing.",
        {
            "In two sentences: who decides, when, and what the signatures are for": (
                "The Joint Committee on Education decides this session. We hand it every signature on the day of the "
                "hearing."
            ),
            "What you demand, in one line": "A registered nurse in every public school of Alder",
            "To whom the petition is addressed": "To the Joint Committee on Education:",
            "What you ask for": "send House Bill 210 to the floor, with its funding whole.",
            "Why, in a few sentences that many people can sign": (
                "A school is where children spend their day. Those who need medicine at noon, or help with a fall, "
                "should find somebody there who has learned to give it."
            ),
        },
        {"goal": 500},
    ),
    KindText(
        "pledge",
        "make-a-pledge",
        "Promise: visit a school this spring",
        "Promise under your own name to see for yourself.",
        {
            "In two sentences: what people promise, and what comes of it": (
                "Whoever has seen a school without a nurse speaks differently about it. We arrange the visits for "
                "those who promise to come."
            ),
            "what people promise, by when": "visit a school in my district before the first of May.",
        },
        {"shows_names": True},
    ),
    KindText(
        "event",
        "come-to-the-day",
        "Come: School Health Day at the state house",
        "A day of visits to offices, with a short training in the morning.",
        {
            "In two sentences: what happens there, and who should come": (
                "We meet in the morning, learn how a visit goes, and see our legislators in the afternoon. Everybody "
                "who lives in Alder is welcome."
            ),
            "The name of the event": "School Health Day",
            "What happens, who speaks, what to bring": (
                "Training at nine, visits from eleven, with lunch in between. Bring a story, and shoes to walk in."
            ),
            "Where it is, or leave it empty and give a link": "State House, Room 12, Port Alder",
        },
        {"link": "https://video.alder.example/school-health-day", "capacity": 80},
    ),
    KindText(
        "survey",
        "answer-the-survey",
        "Answer: how often does a nurse’s absence reach you?",
        "Two questions. The answers go to the Society’s staff and to nobody else.",
        {
            "In two sentences: what you want to learn, and what you will do with it": (
                "We want to know how often children come to practices for what a school nurse would have settled. "
                "The Society takes the figures to the committee, without names."
            ),
            "Your first question": "How often do you see a child whom a school nurse could have helped?",
            "What you will do with the answers, and when people hear of it": (
                "We add up the answers at the end of the month and publish the figures here."
            ),
        },
        {},
    ),
    KindText(
        "story",
        STORY_SLUG,
        "Tell: what happened where there was no nurse",
        "Your story, used only for what you allow. We read each one ourselves.",
        {
            "In two sentences: which stories you look for, and who will read them": (
                "We look for what happened to pupils, parents and those who treat them. Two members of the staff read "
                "every story."
            ),
        },
        {"asks_photo": True},
    ),
    KindText(
        "join",
        "join-the-network",
        "Join: the School Health Network",
        "Hear from us when it matters in your own district, about once a month.",
        {
            "In two sentences: who belongs to the network, and what it has achieved": (
                "Parents, nurses, teachers and physicians belong to it. Last year its members spoke at five hearings."
            ),
            "The name of the network": "School Health Network",
            "What members get, how often, and what is expected of them": (
                "About one message a month, and one more when your own legislators decide. You act when you can, and "
                "leave when you like."
            ),
            "What happens next, and when members hear from you": "The first message comes within a month.",
        },
        {"network": "other", "own_network": "school_health"},
    ),
)

#: A form and nothing else, asked in steps; what it asks depends on what was said before.
STEPS_SLUG = "offer-your-help"
STEPS_TITLE = "Help: lend us an afternoon"
STEPS_SUMMARY = "Three short steps: who you are, what you can do, and when."
STEPS_INTRODUCTION = "Tell us what you can do, and we find something that fits. It takes two minutes."
STEPS_THANKS = ("Thank you. Somebody from the Society writes to you within a week.",)
STEPS_FIELDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("step", {"label": "About you"}),
    ("name", {"label": "Your name", "key": "name", "is_required": True}),
    ("email", {"label": "E-mail address", "help_text": "We answer you here.", "key": "email", "is_required": True}),
    ("step", {"label": "What you can do"}),
    (
        "choice",
        {
            "label": "What would you like to do?",
            "key": "task",
            "is_required": True,
            "options": [
                {"label": "Speak at a school", "value": "speak"},
                {"label": "Help in the office", "value": "office"},
            ],
        },
    ),
    (
        "text",
        {
            "label": "Which school do you have in mind?",
            "key": "school",
            "is_required": False,
            "shown_when": {"conditions": [{"field": "task", "test": "is", "value": "speak"}]},
            "required_when": {"conditions": [{"field": "task", "test": "is", "value": "speak"}]},
        },
    ),
    ("step", {"label": "When it suits you", "help_text": "Choose as many as you like."}),
    (
        "choices",
        {
            "label": "On which days?",
            "key": "days",
            "is_required": True,
            "options": [
                {"label": "On weekdays", "value": "weekdays"},
                {"label": "On weekends", "value": "weekends"},
            ],
        },
    ),
)


@dataclass(frozen=True, slots=True)
class SampleStory:
    """What somebody told, and how they want to be named: a `campaigns.engine.public_stories.Naming` value."""

    given_name: str
    family_name: str
    role: str
    text: str
    naming: str


STORIES = (
    SampleStory(
        "Odette",
        "Marlow",
        "caregiver",
        "My son has asthma. The school secretary kept his inhaler in a drawer, and on the day he needed it the drawer "
        "was locked and she was at lunch. He is well. I have not forgotten the telephone call.",
        "first",
    ),
    SampleStory(
        "Ruben",
        "Castellane",
        "physician",
        "Each September I fill in forms so that a teacher may give insulin. Teachers ask me whether they are doing it "
        "right, and I tell them what I can in five minutes. They should be able to ask somebody down the hall.",
        "full",
    ),
)
