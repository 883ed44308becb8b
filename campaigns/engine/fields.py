"""What a form asks, as the editor composed it, and what came back: values without a database."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from advocates.engine.people import Consent, PersonName
from campaigns.engine.addresses import StatedAddress
from campaigns.engine.rules import Rule
from legislators.engine.resolution import PostalAddress

#: What an answer may be once it is stored.
Json = str | int | float | bool | None | list[str] | dict[str, str]
ConsentGiven = Consent

MAX_KEY_LENGTH = 64
#: Two underscores keep the parts of a compound field (`name__family`) apart from every key.
PART_SEPARATOR = "__"
#: Names that the page's own controls, Wagtail's export or Django use beside the answers.
RESERVED_KEYS = frozenset({"csrfmiddlewaretoken", "submit_time", "stage", "token", "next", "id", "page", "language"})

_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
_NOT_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. The first six names are those that Wagtail's Forms menu reads from a form field."""

    #: The key that answers are stored under, the same in every language.
    clean_name: str
    label: str
    field_type: str
    required: bool = False
    help_text: str = ""
    default_value: str = ""
    #: Stored value and shown label, in the editor's order.
    choices: tuple[tuple[str, str], ...] = ()
    block_id: str = ""
    #: What only this type of field knows, such as `max_length` or `purpose`.
    options: Mapping[str, object] = field(default_factory=dict)
    #: Shown only where this holds; None for always.
    shown_when: Rule | None = None
    #: Must be answered where this holds, besides where `required` says so.
    required_when: Rule | None = None
    #: Rules of the group and of the step in which the field stands: it is shown only where they hold as well.
    group_when: Rule | None = None
    step_when: Rule | None = None

    @property
    def show_rules(self) -> tuple[Rule, ...]:
        """Every rule that has to hold for the field to be shown."""
        return tuple(rule for rule in (self.step_when, self.group_when, self.shown_when) if rule and rule.conditions)

    def part_name(self, part: str) -> str:
        """The name of one control of the field; `part` is empty for a field of a single control."""
        return f"{self.clean_name}{PART_SEPARATOR}{part}" if part else self.clean_name

    def choice_label(self, value: str) -> str:
        """The label of a stored value; one that is no longer offered is shown as it was stored."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who filled in the form; None for what the form does not ask or the person left empty."""

    name: PersonName | None = None
    email: str | None = None
    #: The home first; none that was left empty.
    addresses: tuple[StatedAddress, ...] = ()
    #: A `campaigns.engine.roles.Role` value, or nothing.
    role: str = ""

    @property
    def address(self) -> PostalAddress | None:
        """The first of the addresses."""
        return self.addresses[0].address if self.addresses else None


@dataclass(frozen=True, slots=True)
class DisplayedAnswer:
    """An answer as a person reads it."""

    key: str
    label: str
    text: str


def is_key(text: str) -> bool:
    """Whether a text may be the storage key of a field: lower snake case, not reserved."""
    return bool(_KEY.match(text)) and len(text) <= MAX_KEY_LENGTH and text not in RESERVED_KEYS


def key_from_label(label: str, taken: Collection[str] = (), *, fallback: str = "field") -> str:
    """A key made of the label's words that is not among those taken: "Where do you work?" is where_do_you_work.

    :param fallback: a key to begin from where the label has no letter of the Latin alphabet.
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = _NOT_KEY.sub("_", plain).strip("_") or fallback
    if not stem[0].isalpha():
        stem = f"{fallback}_{stem}"
    stem = stem[: MAX_KEY_LENGTH - 4].rstrip("_")
    unavailable = frozenset(taken) | RESERVED_KEYS
    key, number = stem, 1
    while key in unavailable:
        number += 1
        key = f"{stem}_{number}"
    return key
