"""The menus of deliveries, and of what people did besides letters."""

from typing import ClassVar

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.viewsets.board import BoardViewSet
from campaigns.viewsets.guests import GuestsViewSet
from campaigns.viewsets.moderation import HeldLetterViewSet
from campaigns.viewsets.networks import NetworksViewSet
from campaigns.viewsets.petitions import PetitionViewSet
from campaigns.viewsets.quarantine import QuarantineViewSet
from campaigns.viewsets.stories import StoryViewSet


class DeliveriesViewSetGroup(ViewSetGroup):
    menu_label = gettext_lazy("Deliveries")
    menu_icon = "mail"
    items: ClassVar[tuple[type, ...]] = (BoardViewSet, HeldLetterViewSet, QuarantineViewSet)


class TakingPartViewSetGroup(ViewSetGroup):
    menu_label = gettext_lazy("Taking part")
    menu_icon = "group"
    items: ClassVar[tuple[type, ...]] = (PetitionViewSet, GuestsViewSet, StoryViewSet, NetworksViewSet)
