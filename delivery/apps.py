"""The application as Django sees it."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "delivery"

    def ready(self) -> None:
        from anymail.signals import tracking  # noqa: PLC0415 - models must be loaded first
        from django.core import checks  # noqa: PLC0415

        from delivery.checks import check_mail_settings  # noqa: PLC0415
        from delivery.receivers import record_tracking  # noqa: PLC0415

        tracking.connect(record_tracking, dispatch_uid="delivery.record_tracking")
        checks.register(check_mail_settings)
