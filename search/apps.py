"""The application as Django sees it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
