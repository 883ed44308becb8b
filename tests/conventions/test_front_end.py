"""The front end stays small, local and free of inline code."""

import re

import pytest
from django.template.loader import render_to_string

from campaigns.engine import patient_guard_export
from tests.conventions.repository import ROOT, sources

TEMPLATES = sources(".html", without=("tests/",))
#: Mail has no style sheet of its own to load; its templates are text.
PUBLIC = [name for name in TEMPLATES if name.startswith("templates/")]
CSS_BUDGET_BYTES = 40_000
JS_BUDGET_BYTES = 20_000


STATIC = ROOT / "site" / "static"


@pytest.mark.parametrize("of_letters", [False, True])
def test_the_style_sheets_of_a_page_keep_their_budget(of_letters):
    links = render_to_string("components/stylesheets.html", {"of_letters": of_letters})
    sizes = [(STATIC / name).stat().st_size for name in re.findall(r'href="/static/([^"]+)"', links)]

    assert len(sizes) > 5
    assert sum(sizes) <= CSS_BUDGET_BYTES


def _with_all_it_includes(name: str) -> set[str]:
    """A template, what it extends, and what it includes by name."""
    found, waiting = set(), [name]
    while waiting:
        each = waiting.pop()
        path = ROOT / "templates" / each
        if each in found or not path.is_file():
            continue
        found.add(each)
        waiting += re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)""", path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", [name for name in PUBLIC if "/admin/" not in name])
def test_the_scripts_of_a_page_keep_their_budget(name):
    parts = _with_all_it_includes(name.removeprefix("templates/"))
    texts = [(ROOT / "templates" / part).read_text(encoding="utf-8") for part in parts]
    scripts = {script for text in texts for script in re.findall(r"'(js/[^']+\.js)'", text)}

    assert sum((STATIC / script).stat().st_size for script in scripts) <= JS_BUDGET_BYTES


def test_the_browser_follows_the_rules_of_the_patient_guard_as_they_are():
    written = (STATIC / "js/patient-guard-rules.json").read_text(encoding="ascii")
    assert written == patient_guard_export.as_json(), "run `make rules` and commit what it wrote"


@pytest.mark.parametrize("name", PUBLIC)
def test_a_template_has_no_inline_style_script_or_handler(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"<[^>]*\sstyle=", text), "put it into a style sheet: the site's policy blocks inline styles"
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "put it into a module under site/static/js"
    assert not re.search(r"<[^>]*\son[a-z]+=", text)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_template_loads_nothing_from_elsewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"(?:src|srcset|data|action)=[\"'](?:https?:)?//", text)
    assert not re.search(r"<link[^>]*href=[\"'](?:https?:)?//", text)


def test_every_style_sheet_is_linked_and_in_a_layer():
    linked = (ROOT / "templates/components/stylesheets.html").read_text(encoding="utf-8")
    for path in (ROOT / "site/static/css").glob("*.css"):
        assert f"css/{path.name}" in linked, path.name
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert re.match(r"\s*@layer", outside), f"{path.name} begins outside a layer"


def test_style_sheets_take_their_colours_from_the_tokens():
    """Outside tokens.css a colour may be written out only on the bands that stay dark in either scheme."""
    for path in (ROOT / "site/static/css").glob("*.css"):
        if path.name in {"tokens.css", "blocks.css"}:
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r":[^;{]*#[0-9a-f]{3,8}\b", text), path.name


@pytest.mark.parametrize("name", [name for name in PUBLIC if name.startswith("templates/components/")])
def test_a_component_says_at_its_head_what_it_takes(name):
    text = (ROOT / name).read_text(encoding="utf-8").lstrip()

    assert text.startswith(("{#", "{% comment %}")), "begin with a comment that names the variables"
