"""The application as Django sees it."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
