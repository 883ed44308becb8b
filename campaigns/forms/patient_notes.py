"""The notes on what may identify a patient, beside the controls of a form."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from campaigns.selectors import patient_notes
from campaigns.selectors.patient_notes import SEEN_INPUT, PatientNote


def has_notes(bound: forms.BoundField) -> bool:
    """Whether words in this control are pointed out; a field says so by its `has_note`."""
    return bool(getattr(bound.field, "has_note", False))


def notes_beside(bound: forms.BoundField) -> list[PatientNote]:
    """What stands beside the control, for what was typed in it or what it began with."""
    return patient_notes.notes(str(bound.value() or ""), known=known_to(bound)) if has_notes(bound) else []


def known_to(bound: forms.BoundField) -> Iterable[str]:
    """The texts that a form names as not of the person's own making."""
    return tuple(getattr(bound.form, "known_texts", ()))


def are_unread(fields: Iterable[forms.BoundField], post: QueryDict) -> bool:
    """Whether something is to be pointed out that the page did not show from which this was sent."""
    shown = [note for bound in fields for note in notes_beside(bound)]
    return bool(patient_notes.unread(shown, seen=post.getlist(SEEN_INPUT)))
