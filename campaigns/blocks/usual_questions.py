"""The questions that make a letter a person's own, worded for each role.

They ask for sentences, with an example: we put no words into anybody's mouth.
"""

from django.utils.translation import gettext as _

from campaigns.engine.guidance import Question
from campaigns.engine.roles import Role

_CARING = frozenset({Role.PHYSICIAN.value, Role.RESIDENT.value})


def usual_questions() -> tuple[Question, ...]:
    """In the active language; those for a role take the place of those for everybody that have their key."""
    return (*_for_everybody(), *_for_physicians(), *_for_residents(), *_for_students(), *_for_patients())


def _for_everybody() -> tuple[Question, ...]:
    return (
        Question("who", _("Who are you?"), _("For example: “I am a school nurse.”"), is_long=False),
        Question("where", _("Which town do you know best?"), _("For example: “I grew up in Alderton.”"), is_long=False),
        Question("seen", _("What have you seen?"), _("One thing that happened is enough. Do not name a patient.")),
        Question("change", _("What would change?"), _("For you, or for the people around you.")),
    )


def _for_physicians() -> tuple[Question, ...]:
    return (
        Question(
            "who",
            _("What is your specialty, and for how many years have you practiced?"),
            _("For example: “I am a pediatrician and have practiced for twelve years.”"),
            frozenset({Role.PHYSICIAN.value}),
            is_long=False,
        ),
        Question(
            "where",
            _("Where do you see patients?"),
            _("For example: “My patients live in and around Alderton.”"),
            _CARING,
            is_long=False,
        ),
        Question(
            "seen",
            _("What have you seen in your practice?"),
            _("One thing that happened is enough. Leave out names, dates and whatever would tell who it was."),
            _CARING,
        ),
        Question("change", _("What would change for your patients?"), "", _CARING),
    )


def _for_residents() -> tuple[Question, ...]:
    return (
        Question(
            "who",
            _("In what are you training, and in which year?"),
            _("For example: “I am in my second year of training in family medicine.”"),
            frozenset({Role.RESIDENT.value}),
            is_long=False,
        ),
    )


def _for_students() -> tuple[Question, ...]:
    role = frozenset({Role.STUDENT.value})
    return (
        Question(
            "who",
            _("What do you study, and in which year?"),
            _("For example: “I am in my third year of medical school.”"),
            role,
            is_long=False,
        ),
        Question(
            "where",
            _("Where do you study, or where do you want to work?"),
            _("For example: “I want to come back to Alderton as a physician.”"),
            role,
            is_long=False,
        ),
        Question("change", _("What would change for the patients you will care for?"), "", role),
    )


def _for_patients() -> tuple[Question, ...]:
    patient, caregiver = frozenset({Role.PATIENT.value}), frozenset({Role.CAREGIVER.value})
    return (
        Question(
            "who",
            _("Who are you?"),
            _("Tell as much as you like: an office may keep your letter. For example: “I have asthma.”"),
            patient,
            is_long=False,
        ),
        Question(
            "who",
            _("For whom do you care?"),
            _("No names are needed. For example: “I look after my mother.”"),
            caregiver,
            is_long=False,
        ),
        Question(
            "where",
            _("Where do you live, or get care?"),
            _("For example: “The next clinic is forty miles away.”"),
            patient | caregiver,
            is_long=False,
        ),
        Question(
            "seen",
            _("What has happened to you?"),
            _("One thing is enough. It is your story: write only what strangers may read."),
            patient,
        ),
        Question(
            "seen",
            _("What have you seen?"),
            _("One thing is enough. Leave out names and whatever would tell who it was."),
            caregiver,
        ),
        Question("change", _("What would change for you?"), "", patient | caregiver),
    )
