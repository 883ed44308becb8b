"""What Django and Wagtail find here: the training section and its lessons."""

from learning.content.learning_index_page import LearningIndexPage
from learning.content.lesson_page import LessonPage

__all__ = ["LearningIndexPage", "LessonPage"]
