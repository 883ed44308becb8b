"""What a visitor reads in a template is marked for translation, and nothing inline is written that would not run."""

import re

from tests.conventions.repository import ROOT, sources

#: Where a request cannot be read or all has failed, nothing knows the language: these say it in each.
IN_EVERY_LANGUAGE = ("templates/400.html", "templates/500.html")
TEMPLATES = sources(".html", without=("tests/", "benchmarks/", *IN_EVERY_LANGUAGE))
#: In this order: what is not shown, what is marked, what the template computes, and the tags around what is left.
NOT_TEXT = (
    re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL),
    re.compile(r"<(style|svg|script)\b.*?</\1>", re.DOTALL),
    re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.DOTALL),
    re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL),
    re.compile(r"<[^>]*>", re.DOTALL),
    re.compile(r"&\w+;"),
)
READ_ALOUD = re.compile(r"""\b(?:aria-label|alt|title|placeholder)="([^"{]*[^\W\d_]{3,}[^"{]*)\"""")
WORD = re.compile(r"[^\W\d_]{3,}")
#: Names that are the same in every language.
NAMES = {"PDF", "CSV", "XLSX", "HTML"}


def _untranslated(text: str) -> list[str]:
    attributes = READ_ALOUD.findall(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL))
    for pattern in NOT_TEXT:
        text = pattern.sub(" ", text)
    return [word for word in [*WORD.findall(text), *attributes] if word not in NAMES]


def test_the_check_finds_text_that_is_not_marked_and_leaves_what_is():
    assert _untranslated('<p>Hello {{ name }}</p><img alt="A seal">') == ["Hello", "A seal"]
    marked = '{% blocktranslate trimmed %}Hello{% endblocktranslate %}<p title="{{ name }}">{% translate "Hello" %}</p>'
    assert _untranslated(marked) == []


def test_every_text_that_a_visitor_reads_is_marked_for_translation():
    wrong = {name: words for name in TEMPLATES if (words := _untranslated((ROOT / name).read_text(encoding="utf-8")))}
    assert wrong == {}, "wrap it in {% translate %} or {% blocktranslate trimmed %}"


def test_no_page_carries_inline_script_or_style():
    forbidden = re.compile(
        r"""<script(?![^>]*\b(?:src|type="application/))[^>]*>|\sstyle="|\son[a-z]+="|<style\b|javascript:"""
    )
    wrong = {
        name: found
        for name in TEMPLATES
        # Mail has no style sheet, and the editors' side has a policy of its own.
        if not name.startswith(("templates/emails/", "templates/wagtailadmin/"))
        if (found := forbidden.findall((ROOT / name).read_text(encoding="utf-8")))
    }
    assert wrong == {}, "the Content-Security-Policy keeps the browser from running it: use a module or a class"
