"""The application as Django sees it."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
