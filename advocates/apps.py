"""The application as Django sees it."""

from django.apps import AppConfig


class AdvocatesConfig(AppConfig):
    name = "advocates"
