"""Why the staff reject a letter."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rejection(TextChoices):
    """Why a letter was rejected. Choices and not free text: the history names nobody."""

    ABUSE = "abuse", _("It insults or threatens")
    OFF_TOPIC = "off_topic", _("It is not about this campaign")
    NOT_THEIRS = "not_theirs", _("It is written in somebody else’s name")
    ADVERTISING = "advertising", _("It advertises something")
    PRIVATE = "private", _("It holds what a patient told in confidence")
    OTHER = "other", _("Another reason")
