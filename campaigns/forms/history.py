"""The fields of a form with those that are no longer on it, so that no stored answer disappears from view."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import DisplayedAnswer, FieldSpec, Json
from campaigns.engine.frozen_keys import PublishedFieldFacts
from campaigns.forms.action_form import displayed
from campaigns.records.submissions import Submission
from campaigns.selectors import form_versions


def with_history(
    specs: Sequence[FieldSpec],
    published: Iterable[PublishedFieldFacts],
    versions: Iterable[Sequence[FieldSpec]] = (),
) -> list[FieldSpec]:
    """The form's fields, each with the options it once had, and after them the fields that were taken away.

    :param versions: forms that submissions were made with, the latest first.
    """
    by_key: dict[str, list[PublishedFieldFacts]] = {}
    for facts in published:
        by_key.setdefault(facts.key, []).append(facts)
    current = [_with_former_options(spec, by_key.pop(spec.clean_name, [])) for spec in specs]
    former = [_former(facts) for group in by_key.values() for facts in group[:1] if facts.field_type in FIELD_TYPES]
    listed = {spec.clean_name for spec in (*current, *former)}
    for spec in (spec for version in versions for spec in version):
        if spec.clean_name and spec.clean_name not in listed and has_answer(spec):
            listed.add(spec.clean_name)
            former.append(_no_longer(spec))
    return current + former


def as_answered(listed: FieldSpec, version: Mapping[str, FieldSpec] | None, *, is_same_language: bool) -> FieldSpec:
    """The field as whoever answered saw it, under the heading that it has in the list.

    :param version: the fields of the form that was filled in; None where it was not kept.
    :param is_same_language: whether that form is in the language of the list; its labels are then the right ones.
    """
    seen = version.get(listed.clean_name) if version else None
    if seen is None or seen.field_type not in FIELD_TYPES:
        return listed
    if is_same_language:
        return replace(seen, label=listed.label)
    # Labels that the list knows are in its language; the others are better read in another than not at all.
    return replace(seen, label=listed.label, choices=tuple({**dict(seen.choices), **dict(listed.choices)}.items()))


def answers_of(submission: Submission) -> list[DisplayedAnswer]:
    """What was asked and answered, in the words of the form as it was; answers that it does not know come last."""
    seen = form_versions.of_submission(submission)
    answers: dict[str, Json] = submission.form_data
    specs = [spec for spec in seen if has_answer(spec) and spec.clean_name in answers]
    known = {spec.clean_name for spec in specs}
    others = [DisplayedAnswer(key, key, _as_text(answer)) for key, answer in answers.items() if key not in known]
    return [*displayed(specs, answers), *others]


def has_answer(spec: FieldSpec) -> bool:
    """Whether it is a field that can be answered, of a type that there still is."""
    return spec.field_type in FIELD_TYPES and FIELD_TYPES[spec.field_type].has_answer


def _as_text(answer: Json) -> str:
    if isinstance(answer, dict):
        return ", ".join(str(part) for part in answer.values() if part)
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return "" if answer is None else str(answer)


def _with_former_options(spec: FieldSpec, history: Iterable[PublishedFieldFacts]) -> FieldSpec:
    offered = dict(spec.choices)
    once = {value: label for facts in history for value, label in facts.options.values() if value not in offered}
    return replace(spec, choices=(*spec.choices, *once.items())) if once else spec


def _former(facts: PublishedFieldFacts) -> FieldSpec:
    return _no_longer(
        FieldSpec(
            clean_name=facts.key,
            label=facts.label,
            field_type=facts.field_type,
            choices=tuple(facts.options.values()),
            block_id=facts.block_id,
        )
    )


def _no_longer(spec: FieldSpec) -> FieldSpec:
    return replace(spec, label=gettext("%(label)s (no longer asked)") % {"label": spec.label})
