"""Registers this room's pages in the Wagtail admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.viewsets import LegislatorsViewSetGroup, LoadedDataPolicy, official_chooser_viewset

# Before anything asks for a policy: Wagtail would make one that lets superusers edit.
register_permission_policy(Official, LoadedDataPolicy(Official))
register_permission_policy(DataLoad, LoadedDataPolicy(DataLoad))


@hooks.register("register_admin_viewset")
def register_officials() -> list[object]:
    return [LegislatorsViewSetGroup(), official_chooser_viewset]
