"""Makes the records of `learning` that tests need."""

from typing import Any

from wagtail.models import Page

from learning.content.learning_index_page import LearningIndexPage
from learning.content.lesson_page import LessonPage
from tests.factories import home


def learning_index_page(parent: Page | None = None, **fields: Any) -> LearningIndexPage:
    return home.child(parent or home.home_page(), LearningIndexPage(**{"title": "Advocacy Training", **fields}))


def lesson_page(parent: LearningIndexPage | None = None, **fields: Any) -> LessonPage:
    return home.child(parent or learning_index_page(), LessonPage(**{"title": "Meeting your legislator", **fields}))
