"""What a newcomer is told to type exists."""

import re

from tests.conventions.repository import ROOT


def _targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))


def test_every_target_of_the_makefile_has_a_line_of_help():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE).group(1).split())
    assert _targets() == phony


def test_every_make_command_in_the_documentation_is_a_target():
    named = {
        (page.name, target)
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert {(page, target) for page, target in named if target not in _targets()} == set()


def test_every_process_of_the_procfile_runs_a_command_that_exists():
    from django.core.management import get_commands

    text = (ROOT / "Procfile").read_text(encoding="utf-8")
    named = set(re.findall(r"manage\.py (\w+)", text))
    assert named - set(get_commands()) == set()
    assert {line.split(":")[0] for line in text.splitlines()} == {"release", "web", "worker", "clock"}
