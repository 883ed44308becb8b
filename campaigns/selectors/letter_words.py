"""What stands below a letter about how it came, in the active language, which is the letter's own."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from campaigns.engine.composing import FooterWords


def footer(*, society: str, others: Sequence[str]) -> FooterWords:
    """Says what is true of every letter of its kind: who suggested the text, and what the person did with it.

    :param society: whose website it came through.
    :param others: names of those to whom the same person writes at the same time.
    """
    origin = _("Sent through the website of %(society)s.") % {"society": society}
    sentences = {
        "as_offered": _("%(society)s suggested the text. The sender read it and confirmed that it be sent."),
        "edited": _("%(society)s suggested a text, and the sender changed it."),
        "own_words": _("The sender’s own words come first. %(society)s suggested the text that follows."),
        "own_words_and_edited": _(
            "The sender’s own words come first. %(society)s suggested the text that follows, and the sender changed it."
        ),
    }
    copies = (
        _("The sender also writes to: %(names)s.") % {"names": get_text_list(list(others), _("and"))} if others else ""
    )
    said = {name: f"{origin} {words % {'society': society}}" for name, words in sentences.items()}
    # The office that reads this has no other way to learn that a person stands behind it.
    check = _("To check that a person sent this letter: %(address)s – reference") % {"address": check_address()}
    return FooterWords(**said, copies=copies, check=check, reference=_("(given when it is sent)"))


def check_address() -> str:
    """Where anybody can ask about a letter by its reference, in the active language."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('campaigns:check')}"


def consent(society: str) -> str:
    """What stands beside the button that sends, and is kept with the proof of each letter."""
    return _(
        "By sending you confirm that these letters say what you want to say, and that %(society)s passes them on in "
        "your name."
    ) % {"society": society}
