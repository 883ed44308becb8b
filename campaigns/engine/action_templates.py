"""What a template keeps of an action page, and what a page made from it gets anew."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

#: Inputs of blocks that are about one occasion: days and hours, and where it was handed in or joined.
ONE_TIME_INPUTS = frozenset({"day", "starts", "ends", "link", "hearing_on", "due_on", "docket"})
#: Fields of the page that are one page's own.
ONE_TIME_FIELDS = frozenset({"closes_on", "listing_image", "social_image", "listing_summary", "social_title"})


def cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without dates and what else was of one occasion.

    :param content: field values of a page; a stream is the list that its JSON is.
    """
    return {
        name: _without_occasion(value) if isinstance(value, list) else value
        for name, value in content.items()
        if name not in ONE_TIME_FIELDS
    }


def with_fresh_ids(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with a new id for every block, the same wherever an id was named."""
    ids = {old: str(uuid.uuid4()) for old in _ids(dict(content))}
    renamed: dict[str, Any] = _renamed(dict(content), ids)
    return renamed


def _without_occasion(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_occasion(item) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {
            name: _without_occasion(part) if is_block or name not in ONE_TIME_INPUTS else None
            for name, part in value.items()
        }
    return value


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, dict):
        if "type" in value and isinstance(value.get("id"), str):
            yield value["id"]
        for part in value.values():
            yield from _ids(part)


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(item, ids) for item in value]
    if isinstance(value, dict):
        return {name: _renamed(part, ids) for name, part in value.items()}
    return ids.get(value, value) if isinstance(value, str) else value
