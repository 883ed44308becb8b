"""What must be right about an action page, said at the field where an editor can mend it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from campaigns.blocks.targets import rules
from campaigns.engine.merging import FIELDS, known_fields, unknown_fields
from campaigns.engine.targeting import chambers_by_address


class ActionPageForm(WagtailAdminFormPageForm):
    """Lets a draft be half done, but not name an unknown merge field: nobody would look for it later."""

    def _post_clean(self) -> None:
        self.instance.is_draft_allowed_incomplete = self.is_deferred_validation
        super()._post_clean()


def problems(page: Any) -> dict[str, list[ValidationError]]:
    """Every problem of the page by the name of its field."""
    found: dict[str, list[ValidationError]] = {}
    for field, message in (*_merge_problems(page), *_structure_problems(page)):
        found.setdefault(field, []).append(ValidationError(message))
    return found


def _merge_problems(page: Any) -> Iterator[tuple[str, str]]:
    known = known_fields([spec.clean_name for spec in page.get_form_fields()])
    for field in ("letter_subject", "letter_body"):
        unknown = unknown_fields(getattr(page, field), known)
        if unknown:
            message = ngettext(
                "%(unknown)s is not a merge field. Known are: %(known)s.",
                "%(unknown)s are not merge fields. Known are: %(known)s.",
                len(unknown),
            )
            names = ", ".join(f"{{{name}}}" for name in (*FIELDS, *sorted(known - FIELDS.keys())))
            yield field, message % {"unknown": ", ".join(unknown), "known": names}


def _structure_problems(page: Any) -> Iterator[tuple[str, str]]:
    if getattr(page, "is_draft_allowed_incomplete", False):
        return
    required = {spec.field_type for spec in page.get_form_fields() if spec.required}
    if "name" not in required:
        yield "form_fields", _("The form needs a name that must be answered: a letter is from somebody.")
    if "email" not in required:
        yield "form_fields", _("The form needs an e-mail address that must be answered: for replies and the receipt.")
    found = rules(page.targets)
    if chambers_by_address(found) and "address" not in required:
        yield "form_fields", _("Letters go out by the person’s address: the form needs a postal address, required.")
    if found and not page.letter_subject.strip():
        yield "letter_subject", _("Write a subject: letters go out from this page.")
    if found and not page.letter_body.strip():
        yield "letter_body", _("Write the letter that goes out from this page.")
