"""What templates ask for beside a text in which a patient may be named."""

import json
from typing import Any

from django import forms, template
from django.utils.translation import gettext as _

from campaigns.forms.patient_notes import has_notes, known_to, notes_beside
from campaigns.selectors import patient_notes

register = template.Library()


@register.inclusion_tag("forms/patient_note.html")
def patient_note(field: forms.BoundField) -> dict[str, Any]:
    """The notes beside one control; nothing beside one whose field has none."""
    if not has_notes(field):
        return {}
    known = [*known_to(field)]
    # All controls of a form know the same: it stands in the page once.
    first = next(bound for bound in field.form if has_notes(bound))
    return {
        "field": field,
        "notes": notes_beside(field),
        "advice": json.dumps(patient_notes.advice(), ensure_ascii=False),
        "known": json.dumps(known, ensure_ascii=False) if known and first.name == field.name else "",
        "known_of": f"{first.auto_id}_note" if known and first.name != field.name else "",
        "heading": _("This may identify a patient. You can go on as it is."),
        "seen_input": patient_notes.SEEN_INPUT,
        "most": patient_notes.MOST,
    }


@register.simple_tag
def has_patient_notes(form: forms.BaseForm) -> bool:
    """Whether any control of the form has such notes: only then the page loads what watches them."""
    return any(has_notes(bound) for bound in form)
