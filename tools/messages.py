"""`make messages`: collects translatable text into locale/ and compiles it.

Compiling needs nothing but polib, so `--compile-only` works on any machine; collecting needs GNU gettext.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import polib

from tools.bootstrap import ROOT

LOCALE = Path(ROOT) / "locale"
LANGUAGES = ("es",)
NOT_OURS = (".venv", "var", "tests", "benchmarks", "tools")


def collect() -> None:
    """Bring the catalogues in line with the source, by Django's own command."""
    options = [f"--ignore={folder}" for folder in NOT_OURS]
    for language in LANGUAGES:
        # Line numbers would change a catalogue with every edit of the code.
        command = [sys.executable, "manage.py", "makemessages", "--locale", language, "--no-location", "--no-wrap"]
        subprocess.run([*command, *options], cwd=ROOT, check=True)


def compile_all() -> list[str]:
    """Write each catalogue's binary beside it, and tell what is not translated yet."""
    report = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(source))
        catalogue.save_as_mofile(str(source.with_suffix(".mo")))
        missing = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        report.append(f"{source.relative_to(ROOT)}: {len(catalogue)} texts, {missing} to translate")
    return report


def main(arguments: list[str]) -> int:
    if "--compile-only" not in arguments:
        if shutil.which("xgettext") is None:
            print("Collecting text needs GNU gettext (on Debian: apt install gettext).", file=sys.stderr)
            return 1
        collect()
    print("\n".join(compile_all()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
