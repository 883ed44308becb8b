"""`make lint` and `make format`: every check of the repository that runs no test."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tools.bootstrap import ROOT

PROJECT = Path(ROOT)
BIN = Path(sys.executable).parent
#: Set by hand where they are missing so that Django can start; no check reads or writes data.
ENVIRONMENT = {"PYTHONPATH": f".{os.pathsep}site", "DJANGO_SETTINGS_MODULE": "config.settings.test"}


#: What has a promise to others is typed in full. Pages, blocks and views lean on Wagtail, which has no types.
TYPED = (
    *("*/engine/**/*.py", "*/services/**/*.py", "*/adapters/**/*.py", "*/selectors/**/*.py", "*/selectors.py"),
    *("*/jobs.py", "*/jobs/**/*.py", "tools/*.py", "benchmarks/*.py"),
    *("site/config/env.py", "site/config/health.py", "site/config/logging.py", "site/config/middleware.py"),
)


def files(*patterns: str) -> list[str]:
    """Paths that fit, without the environment's and other hidden folders'."""
    found = {path.relative_to(PROJECT) for pattern in patterns for path in PROJECT.glob(pattern)}
    return sorted(str(path) for path in found if not path.parts[0].startswith(".") and path.parts[0] != "var")


def checks() -> list[tuple[str, list[str]]]:
    """What is run, in the order of how fast it answers."""
    manage = [sys.executable, "manage.py"]
    templates = files("*/**/*.html")
    return [
        ("style", [str(BIN / "ruff"), "check", "."]),
        ("format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("templates", [str(BIN / "djhtml"), "--check", *templates]),
        ("spelling", [str(BIN / "codespell"), "--toml", "pyproject.toml"]),
        ("layers", [str(BIN / "lint-imports")]),
        ("system checks", [*manage, "check", "--fail-level", "WARNING"]),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        ("types", [str(BIN / "mypy"), *files(*TYPED)]),
    ]


def fixes() -> list[tuple[str, list[str]]]:
    """What puts right what can be put right without thinking."""
    templates = files("*/**/*.html")
    return [
        ("style", [str(BIN / "ruff"), "check", "--fix", "."]),
        ("format", [str(BIN / "ruff"), "format", "."]),
        ("templates", [str(BIN / "djhtml"), *templates]),
    ]


def main(arguments: list[str]) -> int:
    """Run them all, so that one run shows everything there is to mend."""
    failed = []
    for name, command in fixes() if "--fix" in arguments else checks():
        began = time.monotonic()
        answer = subprocess.run(
            command, cwd=ROOT, env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=False
        )
        verdict = "ok" if answer.returncode == 0 else "FAILED"
        print(f"{name:<14} {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
        if answer.returncode != 0:
            failed.append(name)
            print((answer.stdout + answer.stderr).strip() + "\n", flush=True)
    if failed:
        print(f"To mend: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
