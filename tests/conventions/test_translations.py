"""The catalogues in locale/ hold what the source says, in full, and are compiled."""

import re

import polib
import pytest

from tests.conventions.repository import ROOT
from tools import messages

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
EVERY_CATALOGUE = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
_PLACE = re.compile(r"%\(\w+\)[sd]|%%|{\w*}")
_TAG = re.compile(r"</?\w+")


def _translations(path) -> list[tuple[str, str]]:
    """Each text with its translation; a plural with both of its forms."""
    found = []
    for entry in polib.pofile(str(path)):
        if entry.msgid_plural:
            found += [(entry.msgid_plural, form) for form in entry.msgstr_plural.values()]
        else:
            found.append((entry.msgid, entry.msgstr))
    return found


def test_spanish_has_a_catalogue():
    assert [path.relative_to(ROOT).as_posix() for path in CATALOGUES] == ["locale/es/LC_MESSAGES/django.po"]


@EVERY_CATALOGUE
def test_every_text_of_the_source_stands_in_the_catalogue(path):
    try:
        collected = messages.collected(path.parts[-3])
    except messages.GettextMissing:
        pytest.skip("GNU gettext is not installed here")
    written = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
    found = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in collected}
    assert found == written, "run `make messages` and translate what is new"


@EVERY_CATALOGUE
def test_every_text_is_translated_and_none_is_a_guess(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@EVERY_CATALOGUE
def test_the_compiled_catalogue_is_what_the_written_one_compiles_to(path):
    compiled = path.with_suffix(".mo").read_bytes()
    assert compiled == polib.pofile(str(path)).to_binary(), "run `make messages`"


@EVERY_CATALOGUE
@pytest.mark.parametrize("pattern", [_PLACE, _TAG], ids=["values", "tags"])
def test_a_translation_keeps_what_stands_for_something_else(path, pattern):
    wrong = [
        (text, translated)
        for text, translated in _translations(path)
        if sorted(pattern.findall(text)) != sorted(pattern.findall(translated))
    ]
    assert wrong == []


@EVERY_CATALOGUE
def test_a_translation_ends_and_breaks_as_the_text_does(path):
    wrong = [
        (text, translated)
        for text, translated in _translations(path)
        if text.count("\n") != translated.count("\n") or text.endswith(":") != translated.endswith(":")
    ]
    assert wrong == []


@EVERY_CATALOGUE
def test_the_catalogue_names_no_place_of_a_machine(path):
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(("#: /", "#: .."))] == []
