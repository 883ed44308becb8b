"""Parses the YAML files of a source, and says by line where one is cut off or damaged."""

from typing import Any

import yaml

from legislators.adapters.source_files import SourceFile, UnreadableSourceError
from legislators.engine.collecting import without_collecting

#: The pure Python loader takes minutes for what libyaml reads in seconds.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(file: SourceFile) -> object:
    """:raises UnreadableSourceError: naming the file and, where known, the line."""
    content = file.text()
    if not content.endswith("\n"):
        # Both sources end every file with a line break. Without one the last line may be half a line:
        # "phone: 617-722" or an address at "mahouse.go" would be taken for the truth.
        line = content.count("\n") + 1
        raise UnreadableSourceError(f"{file.name}: line {line} does not end with a line break; is it half written?")
    try:
        with without_collecting():
            return yaml.load(content, Loader=_Loader)  # noqa: S506 - the safe loader, in C where there is one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}" if mark else "the file"
        raise UnreadableSourceError(f"{file.name}: {place} is not YAML ({error.problem or error.context})") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date such as 2023-02-30.
        raise UnreadableSourceError(f"{file.name}: not YAML ({error})") from None
