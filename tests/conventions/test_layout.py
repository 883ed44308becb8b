"""Everything is where a reader would look for it."""

import ast

import pytest

from tests.conventions.repository import APPS, ROOT, committed, sources, tree

LONGEST_FILE = 400
#: Drawers of an app, as folders or modules (docs/architecture.md), and the modules that Django wants by name.
DRAWERS = {
    *("content", "blocks", "forms", "records", "engine", "services", "selectors", "adapters", "jobs"),
    *("views", "viewsets", "wagtail_hooks", "receivers", "management", "models", "migrations", "templatetags"),
    *("apps", "urls", "checks", "context_processors", "sitemaps", "feeds", "panels", "fixtures", "data", "__init__"),
}
VAGUE_NAMES = {"utils", "helpers", "common", "misc"}


def test_no_file_is_over_four_hundred_lines():
    too_long = {
        name: count
        for name in sources(".py", ".css", ".js", ".html", without=("/migrations/",))
        if (count := len((ROOT / name).read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert too_long == {}, "cut each of these into files with one idea"


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_only_drawers_that_a_reader_knows(app):
    parts = {name.split("/")[1].removesuffix(".py") for name in committed() if name.startswith(f"{app}/")}
    assert parts - DRAWERS == set(), "put it into one of the drawers of docs/architecture.md, or name the new one there"


def test_no_module_has_a_name_that_says_nothing():
    vague = [name for name in sources(".py") if VAGUE_NAMES & set(name.removesuffix(".py").split("/"))]
    assert vague == [], "call a module after the one idea in it"


def test_every_module_begins_by_saying_what_it_is_for():
    silent = [
        name
        for name in sources(".py", without=("/migrations/", "__init__.py"))
        if not ast.get_docstring(tree(name)) and tree(name).body
    ]
    assert silent == [], "add a docstring of one sentence"


#: An import contract cannot name part of a foreign package, so this says it.
NOT_FOR_ENGINES = (
    *("django.db", "django.apps", "django.conf", "django.contrib", "django.http", "django.template"),
    *("django.core.cache", "django.core.mail", "django.core.files", "urllib.request"),
)


def test_an_engine_knows_neither_the_database_nor_the_settings_nor_the_web():
    wrong = [
        f"{name}:{node.lineno} {module}"
        for name in sources(".py", without=("tests/",))
        if "/engine/" in name
        for node in ast.walk(tree(name))
        for module in _imported(node)
        if f"{module}.".startswith(tuple(f"{part}." for part in NOT_FOR_ENGINES))
    ]
    assert wrong == [], "what needs the database or a setting belongs in services/ or selectors"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
