"""What must be right about an action page before it is published, said at the input where an editor can mend it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm
from wagtail.fields import StreamField

from campaigns.blocks.kinds.addressed import merge_problem
from campaigns.blocks.next_steps import problems as next_step_problems
from campaigns.blocks.targets import rules
from campaigns.blocks.walking import errors_at_inputs, merged
from campaigns.content.placeholders import placeholder_in
from campaigns.engine.merging import TALKING_POINTS
from campaigns.engine.targeting import chambers_by_address
from campaigns.selectors.officials import facts

#: Where an editor writes with merge fields, besides the two fields of the letter; each kind checks its own.
_MERGED_STREAMS = ("other_subjects", "letter_texts", "guidance")

Problem = tuple[str, str | ValidationError]


class ActionPageForm(WagtailAdminFormPageForm):
    """Lets a draft be half done, but not name an unknown merge field: nobody would look for it later."""

    def _post_clean(self) -> None:
        self.instance.is_draft_allowed_incomplete = self.is_deferred_validation
        super()._post_clean()


def problems(page: Any) -> dict[str, list[ValidationError]]:
    """Every problem of the page by the name of its field; of a stream one error, with all that is inside it."""
    found: dict[str, list[ValidationError]] = {}
    streams: dict[str, ValidationError] = {}
    for field, problem in (*_merge_problems(page), *_structure_problems(page)):
        if isinstance(problem, str):
            found.setdefault(field, []).append(ValidationError(problem))
        elif both := merged(streams.get(field), problem):
            streams[field] = both
    for field, error in streams.items():
        # The editor shows one error of a stream: what is said of the whole goes inside.
        error.non_block_errors.extend(found.get(field, []))  # type: ignore[attr-defined]
        found[field] = [error]
    return found


def _merge_problems(page: Any) -> Iterator[Problem]:
    points = [TALKING_POINTS.strip("{}")]
    for field, more in (("letter_subject", []), ("letter_body", points)):
        if error := merge_problem(getattr(page, field), page, more=more):
            yield field, error.message
    for field in _MERGED_STREAMS:
        if nested := errors_at_inputs(getattr(page, field), _says_merge_problem(page, points)):
            yield field, nested


def _says_merge_problem(page: Any, more: list[str]) -> Callable[[Any], str | None]:
    def problem(value: Any) -> str | None:
        error = merge_problem(value, page, more=more) if isinstance(value, str) else None
        return str(error.message) if error else None

    return problem


def _structure_problems(page: Any) -> Iterator[Problem]:
    """What only a page that is published must have."""
    if getattr(page, "is_draft_allowed_incomplete", False):
        return
    yield from _form_problems(page)
    yield from _kind_problems(page)
    yield from _target_problems(page)
    yield from _letter_problems(page)
    keys = {spec.clean_name for spec in page.get_form_fields()}
    yield from (("next_steps", str(error.message)) for error in next_step_problems(page.next_steps, keys))
    yield from placeholder_problems(page)


def _form_problems(page: Any) -> Iterator[Problem]:
    required = {spec.field_type for spec in page.get_form_fields() if spec.required and not spec.show_rules}
    if "name" not in required:
        yield "form_fields", _("The form needs a name that must be answered: a letter is from somebody.")
    if "email" not in required:
        yield "form_fields", _("The form needs an e-mail address that must be answered: for replies and the receipt.")
    if chambers_by_address(rules(page.targets)) and "address" not in required:
        yield "form_fields", _("Letters go out by the person’s address: the form needs a postal address, required.")
    needed = {"name", "email", *(["address"] if chambers_by_address(rules(page.targets)) else [])}
    if any(spec.show_rules and spec.field_type in needed - required for spec in page.get_form_fields()):
        yield (
            "form_fields",
            _("What every form needs is always shown: take the rule away from it, from its step and from its group."),
        )


def _kind_problems(page: Any) -> Iterator[Problem]:
    found = {
        place: StructBlockValidationError(block_errors=errors)
        for place, child in enumerate(page.actions)
        if (errors := child.block.problems(child.value, page))
    }
    if found:
        yield "actions", StreamBlockValidationError(block_errors=found)


def _target_problems(page: Any) -> Iterator[Problem]:
    asking = [child.block.label for child in page.actions if child.block.needs_targets]
    if asking and not page.targets:
        yield "targets", _("Name who is addressed: “%(action)s” needs somebody.") % {"action": asking[0]}
    if gone := _gone(page.targets):
        yield "targets", gone


def _gone(targets: StreamValue) -> ValidationError | None:
    """Those whom the editor picked and who are in office no more."""
    chosen = {
        place: child.value["official"].pk
        for place, child in enumerate(targets)
        if child.block_type == "official" and child.value.get("official")
    }
    known = facts(set(chosen.values())) if chosen else {}
    errors = {
        place: StructBlockValidationError(
            block_errors={
                "official": ValidationError(
                    _("%(name)s is no longer in office. Choose somebody else, or remove this.")
                    % {"name": known[number].name}
                )
            }
        )
        for place, number in chosen.items()
        if number in known and not known[number].is_in_office
    }
    return StreamBlockValidationError(block_errors=errors) if errors else None


def _letter_problems(page: Any) -> Iterator[Problem]:
    if not page.writes_letters:
        return
    if not page.letter_subject.strip():
        yield "letter_subject", _("Write a subject: letters go out from this page.")
    if not page.letter_body.strip():
        if page.letter_texts:
            yield "letter_body", _("Write the letter for those whom none of the other texts fits.")
        else:
            yield "letter_body", _("Write the letter that goes out from this page.")


def placeholder_problems(page: Any) -> Iterator[Problem]:
    """Texts that a template left for the editor to write."""
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if getattr(field, "editable", False) else None
        if isinstance(field, StreamField):
            if nested := errors_at_inputs(value, placeholder_in):
                yield field.name, nested
        elif message := placeholder_in(value):
            yield field.name, message
