"""What a person says when they call an office instead of writing, in the language of the letter."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.engine import texts
from campaigns.engine.addresses import AddressKind
from campaigns.records.submissions import Letter


def script(letter: Letter) -> str:
    """Who calls, from where, what about, and in their own words why: a few sentences that take a minute to say.

    Claims no more than the address does: where it lies, not that the office represents it.
    """
    with override(letter.outbox_message.language):
        lines = [
            _("Hello, my name is %(name)s.") % {"name": letter.outbox_message.sender_name},
            _from_where(letter),
            _("I am calling with a message for %(recipient)s about this: %(subject)s")
            % {"recipient": letter.recipient_name, "subject": texts.one_line(letter.outbox_message.subject)},
            letter.submission.own_words,
            _("Please pass on my view, and let me know how the office sees this. Thank you."),
        ]
    return "\n\n".join(line for line in lines if line)


def _from_where(letter: Letter) -> str:
    place = letter.place
    where = ", ".join(part for part in (place.city, f"{place.state.upper()} {place.zip_code}".strip()) if part)
    if not where:
        return ""
    is_practice = letter.address_kind == AddressKind.PRACTICE
    words = _("I practice in %(place)s.") if is_practice else _("I live in %(place)s.")
    return words % {"place": where}
