"""A letter to Congress as it goes over the wire."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OutgoingCongress:
    """Written down nowhere but in the request; `repr` tells nothing of the person."""

    #: Our own id of the row.
    reference: str
    chamber: str
    #: The same at every try; also in the document.
    delivery_id: str
    document: bytes = field(repr=False)
