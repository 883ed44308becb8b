"""The sentence about a text that a template left for the editor to write."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from campaigns.engine.placeholders import first_placeholder


def placeholder_in(value: Any) -> str | None:
    """What is wrong with an input that still holds a template's placeholder; None where it does not."""
    text = value.source if isinstance(value, RichText) else value
    found = first_placeholder(text) if isinstance(text, str) else None
    if found is None:
        return None
    return _("Replace “%(placeholder)s” with your own words.") % {"placeholder": f"⟦{found}⟧"}
