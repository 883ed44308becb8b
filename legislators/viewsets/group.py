"""The menu "Legislators" of the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from legislators.viewsets.doubts import DoubtViewSet
from legislators.viewsets.freshness import FreshnessViewSet
from legislators.viewsets.loads import DataLoadViewSet
from legislators.viewsets.officials import OfficialViewSet
from legislators.viewsets.overrides import ContactOverrideViewSet


class LegislatorsViewSetGroup(ViewSetGroup):
    menu_label = _("Legislators")
    menu_icon = "group"
    menu_order = 320
    items = (OfficialViewSet, FreshnessViewSet, ContactOverrideViewSet, DoubtViewSet, DataLoadViewSet)
