"""What an editor's text to officials may name, and the check that it names nothing else."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.engine.merging import FIELDS, known_fields, unknown_fields

MERGE_FIELDS_HELP = gettext_lazy(
    "Merge fields are the same as in a letter: {legislator_salutation}, {constituent_name}, {standing}, {town}, …"
)


def merge_problem(text: str, page: Any, *, more: Collection[str] = ()) -> ValidationError | None:
    """What is wrong with the braces of a text.

    :param page: the action page, whose answers can be named too.
    :param more: fields that only this kind has.
    """
    known = known_fields([spec.clean_name for spec in page.get_form_fields()]) | frozenset(more)
    unknown = unknown_fields(text, known)
    if not unknown:
        return None
    message = ngettext(
        "%(unknown)s is not a merge field. Known are: %(known)s.",
        "%(unknown)s are not merge fields. Known are: %(known)s.",
        len(unknown),
    )
    names = ", ".join(f"{{{name}}}" for name in (*FIELDS, *sorted(known - FIELDS.keys())))
    return ValidationError(message % {"unknown": ", ".join(unknown), "known": names})


def missing(text: str) -> ValidationError | None:
    """An error for a text that is not there."""
    return None if text.strip() else ValidationError(_("Write this text."))
