"""Who may see and change what in this room's part of the admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from legislators.records.answers import LegislatorDoubt
from legislators.records.contacts import ContactOverride


class LoadedDataPolicy(ModelPermissionPolicy):
    """Public data that a loader keeps: whoever may enter the admin may look, and nobody may change it there."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.has_perm("wagtailadmin.access_admin"))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class DoubtPolicy(ModelPermissionPolicy):
    """Visitors record doubts and staff settle them; nobody writes or deletes one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


#: What a group can be given; `campaigns.services.staff` gives the communications staff all of it.
OVERRIDES = ModelPermissionPolicy(ContactOverride)
DOUBTS = DoubtPolicy(LegislatorDoubt)
