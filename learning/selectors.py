"""Reads the order of lessons."""

from dataclasses import dataclass

from wagtail.models import Page

from home.selectors import listable_children


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson stands among those of its section."""

    previous: Page | None
    next: Page | None
    #: Counted from one.
    number: int
    total: int


def lessons_of(section: Page) -> list[Page]:
    """The published lessons below a section in the editors' order, as their own type."""
    return list(listable_children(section).specific())


def place_of(lesson: Page) -> Place:
    """A lesson that is not public, such as a draft in its preview, has no neighbours."""
    lessons = lessons_of(lesson.get_parent()) if lesson.pk and lesson.depth > 1 else []
    keys = [page.pk for page in lessons]
    if lesson.pk not in keys:
        return Place(None, None, len(lessons) + 1, len(lessons) + 1)
    index = keys.index(lesson.pk)
    after = lessons[index + 1] if index + 1 < len(lessons) else None
    return Place(lessons[index - 1] if index else None, after, index + 1, len(lessons))
