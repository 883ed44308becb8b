"""The project itself as an application: its commands and system checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config"
