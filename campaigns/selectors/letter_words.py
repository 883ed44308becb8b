"""What stands below a letter about how it came, in the active language, which is the letter's own."""

from collections.abc import Sequence

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
    return FooterWords(**said, copies=copies)
