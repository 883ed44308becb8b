"""Says on the admin's first page that mail does not leave this machine, and where it lies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.admin.ui.components import Component

from delivery.adapters import mail


def captured_mail_place() -> str:
    """The folder of captured mail as a newcomer finds it: below the folder that the site keeps its data in."""
    folder = Path(settings.CAPTURED_MAIL_DIR)
    return f"{folder.parent.name}/{folder.name}"


class CaptureNotice(Component):
    template_name = "campaigns/admin/capture_notice.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"is_sending": mail.is_sending(), "place": captured_mail_place()}
