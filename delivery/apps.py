"""The application as Django sees it."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "delivery"
