"""The first thing a newcomer runs: it says in one sentence what is missing, and installs only what changed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

SOURCE = Path(bootstrap.__file__)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_a_python_that_is_too_old_is_named_with_the_one_that_is_needed(version):
    with pytest.raises(bootstrap.CannotStart) as caught:
        bootstrap.check_python(version)
    assert str(caught.value).startswith(
        f"The project needs Python 3.11 or newer, this is {version[0]}.{version[1]}: name another one"
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_python_that_is_new_enough_is_taken(version):
    bootstrap.check_python(version)


def test_the_file_loads_on_the_pythons_that_it_turns_away():
    source = SOURCE.read_bytes()
    source.decode("ascii")  # Python 2 stops at the first other character
    # Python 3.7 is the oldest grammar that can be asked for: no walrus, no positional-only marks, no match.
    module = ast.parse(source, feature_version=(3, 7))
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert [node.lineno for node in ast.walk(module) if isinstance(node, modern)] == []
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if node.returns or any(arg.annotation for arg in node.args.args)] == []


def test_it_needs_nothing_but_the_standard_library():
    module = ast.parse(SOURCE.read_text())
    imported = {
        alias.name.split(".")[0] for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported <= sys.stdlib_module_names


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """A project with one requirements file, and a pip that notes when it is called."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("django==5.2.19\n")
    calls = tmp_path / "calls"
    calls.touch()
    pip = [sys.executable, "-c", f"import sys; open({str(calls)!r}, 'a').write(sys.argv[-1] + '\\n')"]
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "_pip", lambda: pip)
    return tmp_path


def test_what_is_installed_is_not_installed_again(environment):
    bootstrap.install("site")
    bootstrap.install("site")
    assert (environment / "calls").read_text().splitlines() == [str(environment / "requirements.txt")]


def test_a_changed_pin_is_installed(environment):
    bootstrap.install("site")
    (environment / "requirements.txt").write_text("django==5.2.20\n")
    bootstrap.install("site")
    assert len((environment / "calls").read_text().splitlines()) == 2


def test_an_installation_that_failed_is_tried_again_and_told_in_a_sentence(environment, monkeypatch):
    monkeypatch.setattr(bootstrap, "_pip", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    for _attempt in range(2):
        with pytest.raises(bootstrap.CannotStart, match=r"pip could not install requirements\.txt: the reason"):
            bootstrap.install("site")


def test_a_python_without_pip_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(bootstrap, "environment_python", lambda: str(Path(sys.executable).with_name("absent")))
    monkeypatch.setattr(subprocess, "call", lambda *args, **kwargs: 1)
    with pytest.raises(bootstrap.CannotStart, match="comes without pip: install it first"):
        bootstrap._pip()


def test_an_environment_that_was_moved_is_made_anew(environment, monkeypatch):
    monkeypatch.setattr(bootstrap, "environment_python", lambda: sys.executable)
    assert bootstrap._is_usable()
    (environment / ".venv" / ".created-in").write_text(str(environment / "elsewhere" / ".venv"))
    assert not bootstrap._is_usable()
    (environment / ".venv" / ".created-in").write_text(bootstrap.ENVIRONMENT)
    assert bootstrap._is_usable()
