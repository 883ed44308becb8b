"""The application as Django sees it."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate  # noqa: PLC0415 - models must be loaded first

        from campaigns.receivers import give_new_permissions, note_permissions  # noqa: PLC0415

        pre_migrate.connect(note_permissions, sender=self, dispatch_uid="campaigns.note_permissions")
        post_migrate.connect(give_new_permissions, sender=self, dispatch_uid="campaigns.give_new_permissions")
