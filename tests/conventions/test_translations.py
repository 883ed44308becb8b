"""The catalogues in locale/ are what the source asks for and what is compiled."""

import polib
import pytest

from tests.conventions.repository import ROOT

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def test_spanish_has_a_catalogue():
    assert [path.relative_to(ROOT).as_posix() for path in CATALOGUES] == ["locale/es/LC_MESSAGES/django.po"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_the_one_that_is_read(path):
    source = polib.pofile(str(path))
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert {entry.msgid: entry.msgstr for entry in compiled if entry.msgid} == {
        entry.msgid: entry.msgstr for entry in source.translated_entries()
    }, "run `make messages`"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_where_values_go(path):
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path)).translated_entries()
        for translated in [entry.msgstr, *entry.msgstr_plural.values()]
        if translated and _places(translated) - _places(entry.msgid_plural or entry.msgid) - _places(entry.msgid)
    ]
    assert wrong == []


def _places(text: str) -> set[str]:
    import re

    return set(re.findall(r"%\(\w+\)[sd]|{\w+}", text))
