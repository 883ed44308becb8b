"""The least that a text must have, beside the most that the house's controls hold."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


class MinimumLength:
    def __init__(self, limit: int, label: Any) -> None:
        self.limit = limit
        self.label = label

    def __call__(self, value: str) -> None:
        if len(value) < self.limit:
            raise ValidationError(
                _("“%(label)s” must be %(limit)s characters or more. It has %(length)s now."),
                code="min_length",
                params={
                    "label": self.label,
                    "limit": number_format(self.limit, force_grouping=True),
                    "length": number_format(len(value), force_grouping=True),
                },
            )


def length_problems(value: Mapping[str, Any]) -> dict[str, ValidationError]:
    """What keeps the limits of a text from being published."""
    least, most = value.get("min_length"), value.get("max_length")
    if least and most and least > most:
        return {"max_length": ValidationError(_("The longest answer is shorter than the shortest."))}
    return {}
