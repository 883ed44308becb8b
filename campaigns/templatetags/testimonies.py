"""What templates ask for beside a text that is read aloud."""

from typing import Any

from django import forms, template
from django.utils.translation import gettext as _

from campaigns.engine import reading_aloud
from campaigns.engine.fields import FieldSpec

register = template.Library()


@register.inclusion_tag("forms/reading_time.html")
def reading_time(field: forms.BoundField, spec: FieldSpec) -> dict[str, Any]:
    """How long the text takes; nothing beside a field whose text nobody reads aloud."""
    if not spec.options.get("is_read_aloud"):
        return {}
    text = str(field.value() or "")
    words = {
        "short": _("Words: %(words)s. Read aloud: less than half a minute."),
        "words": _("Words: %(words)s. Read aloud: about %(minutes)s min."),
        "over": _(
            "Words: %(words)s. Read aloud: about %(minutes)s min, by %(over)s words more than the usual three minutes."
        ),
    }
    minutes, over = reading_aloud.minutes(text), reading_aloud.words_over(text)
    kind = "over" if over else "words" if minutes else "short"
    # The browser puts the numbers where the names stand in braces.
    names = {name: f"{{{name}}}" for name in ("words", "minutes", "over")}
    return {
        "field": field,
        "said": words[kind] % {"words": reading_aloud.words(text), "minutes": minutes, "over": over},
        "patterns": {kind: pattern % names for kind, pattern in words.items()},
    }
