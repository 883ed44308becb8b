"""What a person says of themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    given: str
    family: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """One box of a form: ticked or not, beside these very words."""

    #: Machine key, the same in every language.
    purpose: str
    text: str
    is_granted: bool
