"""The repository's own files, as the conventions see them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "legislators", "delivery", "advocates", "campaigns", "learning", "search")


@cache
def committed() -> tuple[str, ...]:
    """Every path under version control that is there, or would be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()}))


def sources(*suffixes: str, without: tuple[str, ...] = ()) -> list[str]:
    """Committed paths with one of the suffixes, outside the folders named."""
    return [name for name in committed() if name.endswith(suffixes) and not any(part in name for part in without)]


@cache
def tree(name: str) -> ast.Module:
    """The parsed source of one Python file."""
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), filename=name)
