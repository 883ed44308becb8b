"""What a page may ask a person to do: one after the other, with one form for all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaigns.engine.fields import Json

LETTER = "letter"


@dataclass(frozen=True, slots=True)
class KindTerms:
    """One action of a page in one language, as it is kept beside what a person did."""

    #: The name under which the kind is registered, such as "petition".
    kind: str
    #: Of the block in the page's stream, the same in every language.
    block_id: str
    #: What the editor set, as JSON.
    settings: Mapping[str, Json] = field(default_factory=dict)
    #: Of its texts, where a translator left them as they were; else that of the page.
    language: str = ""
