"""The application as Django sees it."""

from django.apps import AppConfig


class LegislatorsConfig(AppConfig):
    name = "legislators"
