"""The application as Django sees it."""

from django.apps import AppConfig


class LegislatorsConfig(AppConfig):
    name = "legislators"

    def ready(self) -> None:
        from django.core import checks  # noqa: PLC0415 - models must be loaded first

        from legislators.checks import check_geocoder_settings, check_sync_settings  # noqa: PLC0415

        checks.register(check_geocoder_settings)
        checks.register(check_sync_settings)
