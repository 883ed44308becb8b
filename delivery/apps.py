"""The application as Django sees it."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "delivery"

    def ready(self) -> None:
        from anymail.signals import inbound, tracking  # noqa: PLC0415 - models must be loaded first
        from django.core import checks  # noqa: PLC0415

        from delivery.checks import check_mail_settings  # noqa: PLC0415
        from delivery.receivers import record_tracking, take_in_mail  # noqa: PLC0415
        from delivery.services.cwc_readiness import check_cwc_settings  # noqa: PLC0415

        tracking.connect(record_tracking, dispatch_uid="delivery.record_tracking")
        inbound.connect(take_in_mail, dispatch_uid="delivery.take_in_mail")
        checks.register(check_mail_settings)
        checks.register(check_cwc_settings)
