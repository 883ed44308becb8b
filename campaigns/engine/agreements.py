"""What a person agrees to by sending a form, told apart from what stood there when they opened it."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from campaigns.engine.fields import FieldSpec
from campaigns.engine.kinds import KindTerms

#: By kind, the settings that somebody signs, promises, joins or plans by; how far a goal is changes nothing of it.
_SIGNED = {
    "petition": ("heading", "statement"),
    "pledge": ("statement",),
    "event": ("title", "starts_at", "ends_at", "place"),
    "join": ("network", "name", "meaning"),
    "testimony": ("form", "body", "number", "title"),
}


def consent_keys(specs: Iterable[FieldSpec]) -> list[str]:
    """The storage keys of the boxes by which somebody agrees."""
    return [spec.clean_name for spec in specs if spec.field_type == "consent"]


def digest(specs: Sequence[FieldSpec], kinds: Iterable[KindTerms]) -> str:
    """Tells whether the boxes and what is signed here are those that a person has read."""
    boxes = [
        [spec.clean_name, str(spec.options.get("purpose", "")), str(spec.options.get("text", ""))]
        for spec in specs
        if spec.field_type == "consent"
    ]
    signed = [
        [kind.kind, kind.block_id, *(kind.settings.get(name) for name in _SIGNED.get(kind.kind, ()))] for kind in kinds
    ]
    text = json.dumps([boxes, signed], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
