"""Nothing that is committed tells of the machine on which it was written, or fetches from another one."""

import re

from tests.conventions.repository import ROOT, committed, sources

#: Of the machines on which the project is written; a path in prose or in a test is one that a reader cannot follow.
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:work|tmp|root|opt|home/\w+|Users/\w+)/[\w.]")
#: Where packages come from is each machine's own business. Built from parts, so that this file does not name them.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
DATA_SUFFIXES = (".shp", ".dbf", ".shx", ".geojson", ".sqlite3", ".eml")


def _texts() -> list[tuple[str, str]]:
    found = []
    for name in committed():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found.append((name, content.decode("utf-8", errors="replace")))
    return found


def test_no_file_names_a_path_of_somebody_s_machine():
    wrong = [
        f"{name}: {match.group()}"
        for name, text in _texts()
        if name != "tests/conventions/test_no_traces.py"
        for match in MACHINE_PATH.finditer(text)
    ]
    assert wrong == [], "make it relative to the project, or a setting"


def test_no_file_names_a_package_registry():
    assert [(name, host) for name, text in _texts() for host in REGISTRIES if host in text] == []


def test_no_template_or_style_fetches_from_another_server():
    fetches = re.compile(r"""(?:\bsrc|<link[^>]*\bhref|@import|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""")
    wrong = [
        f"{name}: {match.group()}"
        for name in sources(".html", ".css", ".js", ".svg", without=("tests/",))
        for match in fetches.finditer((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert wrong == [], "a visitor's browser talks to this site only"


def test_no_real_data_and_no_database_is_committed():
    assert [name for name in committed() if name.endswith(DATA_SUFFIXES) and "tests/" not in name] == []
