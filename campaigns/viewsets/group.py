"""The menu of deliveries."""

from typing import ClassVar

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.viewsets.board import BoardViewSet
from campaigns.viewsets.moderation import HeldLetterViewSet
from campaigns.viewsets.quarantine import QuarantineViewSet


class DeliveriesViewSetGroup(ViewSetGroup):
    menu_label = gettext_lazy("Deliveries")
    menu_icon = "mail"
    items: ClassVar[tuple[type, ...]] = (BoardViewSet, HeldLetterViewSet, QuarantineViewSet)
