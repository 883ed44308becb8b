"""Goes through what stands in a stream, down to the single inputs, and says errors at them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import Block, StreamValue, StructValue
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


@dataclass(frozen=True, slots=True)
class Leaf:
    """One input. `path` is what Wagtail calls its content path, below the field: block id, then the input's name."""

    path: str
    #: From the outermost block to the input, as the editor reads them.
    labels: tuple[str, ...]
    block: Block
    value: Any


def leaves(value: Any, block: Block, path: str = "", labels: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every input of a value, in the order of the editor."""
    if isinstance(value, StreamValue):
        for child in value:
            yield from leaves(child.value, child.block, _join(path, child.id), (*labels, str(child.block.label)))
    elif isinstance(value, StructValue):
        for name, child in value.block.child_blocks.items():
            yield from leaves(value.get(name), child, _join(path, name), (*labels, str(child.label)))
    elif isinstance(value, ListValue):
        for item in value.bound_blocks:
            yield from leaves(item.value, item.block, _join(path, item.id), labels)
    else:
        yield Leaf(path, labels, block, value)


def errors_at_inputs(value: Any, problem: Callable[[Any], str | None]) -> ValidationError | None:
    """What a rule says of the single inputs, as one error that the editor shows at each of them."""
    if isinstance(value, StreamValue):
        found = {place: error for place, child in enumerate(value) if (error := errors_at_inputs(child.value, problem))}
        return StreamBlockValidationError(block_errors=found) if found else None
    if isinstance(value, StructValue):
        parts = {name: error for name, part in value.items() if (error := errors_at_inputs(part, problem))}
        return StructBlockValidationError(block_errors=parts) if parts else None
    if isinstance(value, ListValue):
        items = {place: error for place, item in enumerate(value) if (error := errors_at_inputs(item, problem))}
        return ListBlockValidationError(block_errors=items) if items else None
    message = problem(value)
    return ValidationError(message) if message else None


def messages_of(error: ValidationError, value: Any, path: str = "", labels: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Each message inside an error of a stream, as a leaf whose value is the message."""
    below = getattr(error, "block_errors", None)
    if below is None:
        yield from (Leaf(path, labels, Block(), message) for message in error.messages)
        return
    for message in getattr(error, "non_block_errors", ()):
        yield Leaf(path, labels, Block(), str(message))
    if isinstance(value, StreamValue):
        for place, problem in below.items():
            child = value[place]
            yield from messages_of(problem, child.value, _join(path, child.id), (*labels, str(child.block.label)))
    elif isinstance(value, StructValue):
        for name, problem in below.items():
            child_block = value.block.child_blocks.get(name)
            label = (str(child_block.label),) if child_block else ()
            yield from messages_of(problem, value.get(name), _join(path, name), (*labels, *label))
    elif isinstance(value, ListValue):
        for place, problem in below.items():
            item = value.bound_blocks[place]
            yield from messages_of(problem, item.value, _join(path, item.id), labels)


def merged(first: ValidationError | None, second: ValidationError | None) -> ValidationError | None:
    """Two errors of one value as one: of a stream the editor shows a single error, with all that is inside it."""
    if first is None or second is None:
        return first or second
    if not isinstance(second, type(first)) or not hasattr(first, "block_errors"):
        return first
    inside: dict[Any, ValidationError | None] = dict(first.block_errors)
    for key, error in getattr(second, "block_errors", {}).items():
        inside[key] = merged(inside.get(key), error)
    own = [*getattr(first, "non_block_errors", ()), *getattr(second, "non_block_errors", ())]
    kind: Any = type(first)
    both: ValidationError = kind(block_errors=inside, non_block_errors=own)
    return both


def _join(path: str, name: Any) -> str:
    return f"{path}.{name}" if path else str(name)
