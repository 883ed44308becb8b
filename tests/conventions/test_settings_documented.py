"""Every variable that the source reads is in docs/settings.md and .env.example, and the other way round."""

import ast
import re

from tests.conventions.repository import ROOT, sources, tree

READERS = ("str", "bool", "int", "float", "list", "json", "db_url", "url", "dict")
#: Read by the tools before or beside Django, or by Django itself.
READ_ELSEWHERE = {"HOST", "PORT", "CHROMIUM_PATH", "DJANGO_SETTINGS_MODULE"}


def _read_in_settings() -> set[str]:
    """The first argument of every env.str("NAME") and the like."""
    found = set()
    for name in sources(".py"):
        if not name.startswith("site/config/"):
            continue
        for node in ast.walk(tree(name)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.func.attr in READERS
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(node.args[0].value)
    return found


def _in_table() -> set[str]:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def _in_example() -> set[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def test_the_source_reads_variables_at_all():
    assert {"DATABASE_URL", "SECRET_KEY", "DELIVERY_MODE"} <= _read_in_settings()


def test_every_variable_is_described_in_the_documentation_and_no_other():
    assert _in_table() == (_read_in_settings() | READ_ELSEWHERE) - {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_is_in_the_example_and_no_other():
    assert _in_example() == _read_in_settings() | READ_ELSEWHERE


def test_the_environment_is_read_in_one_place():
    elsewhere = [
        f"{name}:{node.lineno}"
        for name in sources(".py", without=("tests/", "tools/", "benchmarks/"))
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and name != "site/config/env.py"
    ]
    # Django has to be told which settings to load before it can read any.
    allowed = ("manage.py", "site/config/wsgi.py")
    assert [place for place in elsewhere if not place.startswith(allowed)] == [], (
        "read it in site/config/settings with config.env.env, so that docs/settings.md can describe it"
    )
