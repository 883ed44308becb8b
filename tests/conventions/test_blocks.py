"""Every block that an editor can choose explains itself."""

from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.template.loader import get_template
from wagtail.blocks import CharBlock, StreamBlock, TextBlock, URLBlock
from wagtail.fields import StreamField

from tests.conventions.repository import ROOT, sources
from tests.factories import home


def _streams():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and model.__module__.split(".")[0] in {"home", "campaigns", "learning"}:
                yield field.stream_block


def _choosable(stream: StreamBlock):
    for name, block in stream.child_blocks.items():
        yield name, block
        yield from _choosable_within(block)


def _choosable_within(block):
    """Streams inside structures and lists."""
    if isinstance(block, StreamBlock):
        yield from _choosable(block)
        return
    children = list(getattr(block, "child_blocks", {}).values())
    for child in [*children, *([block.child_block] if hasattr(block, "child_block") else [])]:
        yield from _choosable_within(child)


BLOCKS = {
    f"{type(block).__module__}.{type(block).__name__}": block for s in _streams() for _name, block in _choosable(s)
}
#: What an action asks, who is written to and in which words: editors choose them, no visitor sees the blocks drawn.
UNSEEN = tuple(
    f"{name}."
    for name in (
        "campaigns.blocks.congress",
        "campaigns.blocks.kinds",
        "campaigns.blocks.guidance",
        "campaigns.blocks.letter_texts",
        "campaigns.blocks.next_steps",
        "campaigns.blocks.targets",
        "legislators.blocks.officials",
    )
)
DRAWN = {path: block for path, block in BLOCKS.items() if not path.startswith(UNSEEN)}


def test_there_are_blocks_to_look_at():
    assert len(BLOCKS) > 20


@pytest.mark.parametrize("path", sorted(BLOCKS))
def test_a_block_has_an_icon_a_label_a_group_and_a_description(path):
    meta = BLOCKS[path].meta
    missing = [name for name in ("icon", "label", "group", "description") if not getattr(meta, name, None)]

    assert missing == [], f"add {', '.join(missing)} to the Meta of {path}: the editor's chooser shows them"
    assert str(meta.icon) != "placeholder", f"choose an icon for {path}"


@pytest.mark.parametrize("path", sorted(DRAWN))
def test_a_block_has_its_own_template(path):
    template = getattr(BLOCKS[path].meta, "template", None)

    assert template, f"add a template to the Meta of {path}"
    get_template(template)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(DRAWN))
def test_a_block_has_a_preview_that_shows_something(path):
    home.image()
    home.document()
    block = BLOCKS[path]

    assert block.is_previewable, f"add a preview_value to the Meta of {path}"
    html = block.render(block.get_preview_value())
    soup = BeautifulSoup(html, "html.parser")
    assert soup.get_text(strip=True) or soup.find(["input", "img"]), f"the preview of {path} is empty"


def _fields(block, path):
    if isinstance(block, CharBlock | TextBlock | URLBlock):
        yield path, block
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from _fields(child, f"{path}.{name}")
    if hasattr(block, "child_block"):
        yield from _fields(block.child_block, path)


@pytest.mark.parametrize("path", sorted(BLOCKS))
def test_an_optional_text_is_empty_and_not_nothing(path):
    """wagtail-localize fails on None in a text (see the reference notes on blocks made by a program)."""
    nothing = [
        where
        for where, field in _fields(BLOCKS[path], path)
        if not field.required and field.get_default() is None and "alt_text" not in where
    ]

    assert nothing == [], 'give these default=""'


def test_every_block_of_the_shared_drawers_can_be_chosen_somewhere():
    """A block that no stream offers is dead code, unless it is a part of another."""
    used = set(BLOCKS) | {
        f"{type(child).__module__}.{type(child).__name__}" for block in BLOCKS.values() for child in _parts(block)
    }
    dead = []
    for name in sources(".py", without=("tests/",)):
        app, _slash, rest = name.partition("/")
        if app in {"home", "learning", "campaigns"} and rest.startswith("blocks/"):
            module = import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
            dead += [
                f"{module.__name__}.{key}"
                for key, value in vars(module).items()
                if isinstance(value, type)
                and value.__module__ == module.__name__
                and value.__name__.endswith("Block")
                and not issubclass(value, StreamBlock)
                and f"{module.__name__}.{key}" not in used
                and not _has_heirs(value)
            ]
    assert dead == [], "offer each in a stream, or remove it"


def _parts(block):
    for child in [
        *getattr(block, "child_blocks", {}).values(),
        *([block.child_block] if hasattr(block, "child_block") else []),
    ]:
        yield child
        yield from _parts(child)


def _has_heirs(block_class):
    return bool(block_class.__subclasses__())


def test_a_block_and_its_template_share_a_name():
    """`QuoteBlock` is drawn by `templates/blocks/quote_block.html`."""
    names = {path.name for path in (ROOT / "templates" / "blocks").glob("*.html")}
    used = {block.meta.template.removeprefix("blocks/") for block in DRAWN.values()}

    assert names - used == set(), "no block names these templates"
