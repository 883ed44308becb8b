"""What an action of each kind begins with, in the editor's language; what must be said in one's own words is marked.

A text in ⟦brackets⟧ keeps the page from being published until somebody has replaced it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.blocks.fields.source import DEFAULT_PARAMETER
from campaigns.blocks.kinds import KINDS
from campaigns.engine.placeholders import placeholder as ask

Child = tuple[str, dict[str, Any] | None]
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Starter:
    """`content` is made in the active language: field values of an action page, a stream as its children."""

    kind: str
    content: Callable[[], Content]

    @property
    def label(self) -> str:
        return str(KINDS[self.kind]._meta_class.label)

    @property
    def description(self) -> str:
        return str(KINDS[self.kind]._meta_class.description)


#: By the name of the kind.
STARTERS: dict[str, Starter] = {}


def starter(kind: str) -> Callable[[Callable[[], Content]], Callable[[], Content]]:
    """Registers what an action of a kind begins with."""

    def register(content: Callable[[], Content]) -> Callable[[], Content]:
        STARTERS[kind] = Starter(kind, content)
        return content

    return register


def starters() -> list[Starter]:
    """In the order in which the kinds are offered."""
    return sorted(STARTERS.values(), key=lambda one: KINDS[one.kind].position)


def content_for(kind: str, language: str) -> Content:
    """What an action of the kind begins with, in a language."""
    with override(language):
        return STARTERS[kind].content()


# --- What several begin with -------------------------------------------------------------------


def _name() -> Child:
    return "name", {"label": _("Your name"), "key": "name", "is_required": True}


def _email(why: str) -> Child:
    return "email", {"label": _("E-mail address"), "help_text": why, "key": "email", "is_required": True}


def _receipt() -> Child:
    return _email(_("We send your receipt here."))


def _address() -> Child:
    why = _(
        "Offices answer the people they represent, so your address finds your legislators and stands in the letter."
    )
    return "address", {"label": _("Your home address"), "help_text": why, "key": "address", "is_required": True}


def _role(label: str = "") -> Child:
    """:param label: where nobody writes or calls with the form, "I am a" fits."""
    return "role", {"label": label or _("I am a"), "key": "role", "is_required": True}


def _news() -> Child:
    text = _("Keep me informed about this campaign by e-mail. I can stop at any time.")
    return "consent", {"label": _("News"), "text": text, "purpose": "news", "key": "news", "is_required": False}


def _source() -> Child:
    """Hidden: without it nobody learns which poster or mailing brought people here."""
    return "source", {"label": _("Source"), "parameter": DEFAULT_PARAMETER, "key": "source"}


def _thanks(*sentences: str) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def _both_chambers() -> list[Child]:
    return [("state_upper", None), ("state_lower", None)]


# --- Each kind ---------------------------------------------------------------------------------


@starter("letter")
def letter() -> Content:
    return {
        "introduction": ask(_("In two sentences: what is at stake, and what the letter asks for")),
        "actions": [("letter", {})],
        "form_fields": [
            _name(),
            _email(_("We send your receipt here, and offices reply to it.")),
            _address(),
            _role(_("I am writing as")),
            _news(),
            _source(),
        ],
        "targets": _both_chambers(),
        "letter_subject": ask(_("What you ask for, in a few words, with the number of the bill")),
        "letter_body": "\n\n".join(
            [
                _("Dear {legislator_salutation},"),
                "{standing}.",
                ask(_("What you ask the legislator to do, in one sentence")),
                ask(_("Why: one or two facts that they can check")),
                "{talking_points}",
                _("I would be glad to tell you or your staff more about what this means in {district}."),
            ]
        ),
        "guidance": [
            ("usual_questions", None),
            ("talking_point", {"text": ask(_("A reason that people can tick into their letter"))}),
        ],
        "thank_you": _thanks(
            _("Thank you. Offices count letters, and remember those that tell what happened."),
        ),
    }


@starter("call")
def call() -> Content:
    return {
        "introduction": ask(_("In two sentences: what is at stake, and why a call helps this week")),
        "actions": [
            (
                "call",
                {
                    "script": "\n\n".join(
                        [
                            _("Hello, my name is {constituent_name}. {standing}."),
                            ask(_("What you ask for, in one sentence, with the number of the bill")),
                            ask(_("Why it matters, in one sentence")),
                            _("May I tell {legislator_salutation} how you will vote? Thank you for your time."),
                        ]
                    ),
                    "voicemail": _("This is {constituent_name} from {town}, {zip}. {standing}.")
                    + " "
                    + ask(_("What you ask for, in one sentence")),
                },
            )
        ],
        "form_fields": [_name(), _receipt(), _address(), _role(_("I am calling as")), _news(), _source()],
        "targets": _both_chambers(),
        "thank_you": _thanks(_("Thank you for picking up the telephone.")),
    }


@starter("testimony")
def testimony() -> Content:
    return {
        "introduction": ask(_("In two sentences: what the committee is deciding, and whom it should hear from")),
        "actions": [
            (
                "testimony",
                {
                    "body": ask(_("The committee or the agency")),
                    "number": ask(_("The number of the bill or docket")),
                    "title": ask(_("The title of the bill or rule")),
                    "docket": None,
                    "outline": "\n".join(
                        [
                            _("1. Who you are, and your position."),
                            _("2. One thing that you have seen, without anything that could identify a patient."),
                            _("3. What the committee should do."),
                        ]
                    ),
                },
            )
        ],
        "form_fields": [_name(), _receipt(), _role(_("I am writing as")), _news(), _source()],
        "thank_you": _thanks(_("Thank you for telling the committee what you know.")),
    }


@starter("social")
def social() -> Content:
    return {
        "introduction": ask(_("In two sentences: what is at stake, and why it should be said in public")),
        "actions": [
            (
                "social",
                {
                    "text": "{legislator_handle} "
                    + ask(_("What you ask for, in the words of a constituent, under 200 characters"))
                },
            )
        ],
        "form_fields": [_name(), _receipt(), _address(), _news(), _source()],
        "targets": _both_chambers(),
        "thank_you": _thanks(_("Thank you for saying it in public, in your own words.")),
    }


@starter("petition")
def petition() -> Content:
    return {
        "introduction": ask(_("In two sentences: who decides, when, and what the signatures are for")),
        "actions": [
            (
                "petition",
                {
                    "heading": ask(_("What you demand, in one line")),
                    "statement": "\n\n".join(
                        [
                            ask(_("To whom the petition is addressed")),
                            _("We, the undersigned, ask you to") + " " + ask(_("What you ask for")),
                            ask(_("Why, in a few sentences that many people can sign")),
                        ]
                    ),
                    "asks_comment": True,
                },
            )
        ],
        "form_fields": [
            _name(),
            _receipt(),
            (
                "address",
                {
                    "label": _("Your home address"),
                    "help_text": _("It shows from which districts the signatures come. It is never shown in public."),
                    "key": "address",
                    "is_required": True,
                },
            ),
            _news(),
            _source(),
        ],
        "thank_you": _thanks(_("Thank you for signing. Ask a colleague to sign too.")),
    }


@starter("pledge")
def pledge() -> Content:
    return {
        "introduction": ask(_("In two sentences: what people promise, and what comes of it")),
        "actions": [("pledge", {"statement": _("I will") + " " + ask(_("what people promise, by when"))})],
        "form_fields": [_name(), _receipt(), _role(), _news(), _source()],
        "thank_you": _thanks(_("Thank you. A promise under your own name carries weight.")),
    }


@starter("event")
def event() -> Content:
    return {
        "introduction": ask(_("In two sentences: what happens there, and who should come")),
        "actions": [
            (
                "event",
                {
                    "title": ask(_("The name of the event")),
                    "description": ask(_("What happens, who speaks, what to bring")),
                    "place": ask(_("Where it is, or leave it empty and give a link")),
                },
            )
        ],
        "form_fields": [
            _name(),
            _email(_("We send your place and the calendar file here.")),
            _role(),
            (
                "long_text",
                {
                    "label": _("What should we know so that you can take part?"),
                    "help_text": _("For example a step-free entrance, an interpreter, or a diet."),
                    "key": "needs",
                    "is_required": False,
                    "max_length": 500,
                },
            ),
            _news(),
            _source(),
        ],
        "thank_you": _thanks(_("Thank you. We look forward to seeing you.")),
    }


@starter("survey")
def survey() -> Content:
    return {
        "introduction": ask(_("In two sentences: what you want to learn, and what you will do with it")),
        "actions": [("survey", {"results": "staff"})],
        "form_fields": [
            _name(),
            _receipt(),
            _role(),
            (
                "choice",
                {
                    "label": ask(_("Your first question")),
                    "key": "first_question",
                    "is_required": True,
                    "options": [
                        {"label": _("Every week"), "value": "weekly"},
                        {"label": _("Every month"), "value": "monthly"},
                        {"label": _("Rarely or never"), "value": "rarely"},
                    ],
                },
            ),
            (
                "long_text",
                {
                    "label": _("What else should we know?"),
                    "help_text": _("Please leave out what could identify a patient."),
                    "key": "remarks",
                    "is_required": False,
                    "max_length": 2000,
                },
            ),
            _news(),
            _source(),
        ],
        "thank_you": _thanks(_("Thank you."), ask(_("What you will do with the answers, and when people hear of it"))),
    }


@starter("story")
def story() -> Content:
    return {
        "introduction": ask(_("In two sentences: which stories you look for, and who will read them")),
        "actions": [
            (
                "story",
                {
                    "heading": _("Tell us what happened"),
                    "invitation": _(
                        "Begin where you like. What happened, what did it mean to you, and what should change?"
                    ),
                    "question": _("What happened?"),
                },
            )
        ],
        "form_fields": [_name(), _email(_("We ask you here before anything is used.")), _role(), _news(), _source()],
        "thank_you": _thanks(_("Thank you for your trust. We read every story, and use it only as you allowed.")),
    }


@starter("join")
def join() -> Content:
    return {
        "introduction": ask(_("In two sentences: who belongs to the network, and what it has achieved")),
        "actions": [
            (
                "join",
                {
                    "name": ask(_("The name of the network")),
                    "meaning": ask(_("What members get, how often, and what is expected of them")),
                },
            )
        ],
        "form_fields": [
            _name(),
            _email(_("Your invitations come here.")),
            (
                "address",
                {
                    "label": _("Your home address"),
                    "help_text": _("So that we write to you when your own legislators decide."),
                    "key": "address",
                    "is_required": True,
                },
            ),
            _role(),
            _source(),
        ],
        "thank_you": _thanks(_("Welcome."), ask(_("What happens next, and when members hear from you"))),
    }
