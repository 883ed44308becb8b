"""`make messages`: collects translatable text into locale/ and compiles it.

Compiling needs nothing but polib, so `--compile-only` works on any machine; collecting needs GNU gettext.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from tools.bootstrap import ROOT

LOCALE = Path(ROOT) / "locale"
LANGUAGES = ("es",)
#: Folders without text that a visitor or an editor reads.
NOT_OURS = shutil.ignore_patterns(".*", "__pycache__", "var", "tests", "benchmarks", "tools", "docs", "migrations")
HEADER = {
    "Project-Id-Version": "Grassroots Action Center",
    "Report-Msgid-Bugs-To": "",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    # Of Spanish as the site writes it; a third form, for whole millions, is never needed here.
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class GettextMissing(Exception):
    """This machine lacks the programs that find text in source code."""


def collected(language: str) -> polib.POFile:
    """The catalogue as it would be with all the text that the source has now; nothing is written.

    Django's own command writes beside every template while it works, so it works on a copy.

    :raises GettextMissing: where GNU gettext is not installed.
    """
    if shutil.which("xgettext") is None:
        raise GettextMissing
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(ROOT, copy, ignore=NOT_OURS)
        (copy / "locale").mkdir(exist_ok=True)
        # Line numbers would change a catalogue with every edit of the code.
        options = ["--locale", language, "--add-location", "file", "--no-wrap", "--no-obsolete", "--verbosity", "0"]
        command = [sys.executable, "-m", "django", "makemessages", *options]
        # Without settings, which would have it look for the catalogue of the real source.
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=environment, check=True)
        catalogue = polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"), wrapwidth=118)
    # The command stamps the time of each run.
    catalogue.metadata = HEADER | {"Language": language}
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "What visitors and editors read. `make messages` collects the texts and compiles them."
    return catalogue


def collect() -> None:
    """Bring the catalogues in line with the source."""
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        collected(language).save(str(path))


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
        try:
            collect()
        except GettextMissing:
            print("Collecting text needs GNU gettext (on Debian: apt install gettext).", file=sys.stderr)
            return 1
    print("\n".join(compile_all()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
