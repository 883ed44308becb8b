"""A machine key inside a StreamField: kept as it is in every language."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

KEY_VALIDATOR = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\Z",
    _("Use small letters, digits, hyphens and underscores only, beginning and ending with a letter or a digit."),
)


class KeyBlock(CharBlock):
    """wagtail-localize sends every CharBlock to translators; a key that came back translated would be another key."""

    def __init__(self, *, max_length: int = 64, validators: tuple = (), **kwargs: object) -> None:
        super().__init__(max_length=max_length, validators=(KEY_VALIDATOR, *validators), **kwargs)

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value

    class Meta:
        icon = "key"
