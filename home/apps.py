"""The application as Django sees it."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
