"""A job that is enqueued by its dotted name exists, and takes ids by keyword only."""

import ast
import inspect
import re
from importlib import import_module

from tests.conventions.repository import APPS, sources, tree

JOB_NAME = re.compile(rf"^(?:{'|'.join(APPS)})\.jobs(?:\.\w+)+$")


def _named_in_source() -> set[str]:
    """Every string in the source that has the shape of a job's name."""
    return {
        node.value
        for name in sources(".py", without=("tests/",))
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and JOB_NAME.match(node.value)
    }


def _load(name: str) -> object:
    module, _dot, function = name.rpartition(".")
    return getattr(import_module(module), function, None)


def test_jobs_are_enqueued_by_name_at_all():
    assert _named_in_source()


def test_every_job_that_is_enqueued_by_name_can_be_called():
    assert [name for name in sorted(_named_in_source()) if not callable(_load(name))] == []


def test_a_job_takes_its_arguments_by_keyword_only():
    wrong = [
        f"{name}({parameter})"
        for name in sorted(_named_in_source())
        for parameter in inspect.signature(_load(name)).parameters.values()  # type: ignore[arg-type]
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    assert wrong == []
