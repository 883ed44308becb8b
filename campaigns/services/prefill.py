"""What a form begins with for somebody who has sent one from the same device."""

import uuid
from collections.abc import Mapping, Sequence

from campaigns.engine.addresses import EITHER, AddressKind
from campaigns.engine.fields import FieldSpec, Json
from campaigns.records.submissions import Submission
from campaigns.selectors import published_fields

#: About the person, and the same on every form. Nothing else is carried: no answer, and never a consent.
_CARRIED = frozenset({"name", "email", "phone", "address", "role"})


def initial(*, key: uuid.UUID, specs: Sequence[FieldSpec]) -> dict[str, str]:
    """What was typed into one earlier form, by the names of this form's controls; empty where it is gone.

    Only what that form itself brought: an e-mail address that somebody types proves nothing, and must never show
    them what its owner has told us elsewhere.

    :param key: of the submission that was sent from this device.
    """
    submission = Submission.objects.filter(key=key).first()
    if submission is None:
        return {}
    types = {field.key: field.field_type for field in published_fields.of_page(submission.page_key)}
    given = [(types.get(name, ""), name, answer) for name, answer in submission.form_data.items()]
    found: dict[str, str] = {}
    for spec in specs:
        if spec.field_type in _CARRIED:
            found.update(_parts(spec, _answer(spec, given)))
    return found


def _answer(spec: FieldSpec, given: Sequence[tuple[str, str, Json]]) -> Json:
    """Of the same type; of several the one under the same key, else the first that fits."""
    fitting = [(name, answer) for kind, name, answer in given if kind == spec.field_type and _fits(spec, answer)]
    return next((answer for name, answer in fitting if name == spec.clean_name), fitting[0][1] if fitting else None)


def _fits(spec: FieldSpec, answer: Json) -> bool:
    if spec.field_type == "address":
        asked = spec.options.get("address_kind") or AddressKind.HOME.value
        return isinstance(answer, dict) and asked in (EITHER, answer.get("kind") or AddressKind.HOME.value)
    if spec.field_type == "role":
        return answer in {value for value, _label in spec.choices}
    return bool(answer)


def _parts(spec: FieldSpec, answer: Json) -> Mapping[str, str]:
    if isinstance(answer, dict):
        return {spec.part_name(part): str(value) for part, value in answer.items() if value}
    return {spec.part_name(""): str(answer)} if answer else {}
