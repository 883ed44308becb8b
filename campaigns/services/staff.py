"""The group for those who run the campaigns: everything that an editor needs, nothing that manages the site."""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from wagtail.models import Collection as FileCollection
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

GROUP_NAME = "Communications staff"
#: On every page. Whoever may change a form's page may also read, export and delete what the form brought in.
ON_PAGES = ("wagtailcore.add_page", "wagtailcore.change_page", "wagtailcore.publish_page")
#: On every image and document.
ON_COLLECTIONS = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
)
EVERYWHERE = (
    "wagtailadmin.access_admin",
    *("home.add_sitetext", "home.change_sitetext", "home.view_sitetext"),
    "home.change_organisationsettings",
    *(f"campaigns.{action}_actiontemplate" for action in ("add", "change", "delete", "view")),
    *(f"campaigns.{action}_fieldgroup" for action in ("add", "change", "delete", "view")),
    *("campaigns.view_letter", "campaigns.change_letter"),
    *(
        f"campaigns.{action}_{record}"
        for record in ("signature", "registration", "story")
        for action in ("view", "change")
    ),
    "advocates.view_membership",
    *("campaigns.view_invalidation", "campaigns.add_invalidation", "campaigns.change_invalidation"),
    "campaigns.change_protectionsettings",
    *("delivery.view_outboxmessage", "delivery.change_pause", "delivery.change_recipientrecord"),
    "delivery.change_pacingrule",
    *(f"legislators.{action}_contactoverride" for action in ("add", "change", "delete", "view")),
    *("legislators.view_legislatordoubt", "legislators.change_legislatordoubt"),
    *(f"campaigns.{action}_officialposition" for action in ("add", "change", "delete", "view")),
    *(f"campaigns.{action}_officiallist" for action in ("add", "change", "delete", "view")),
    "wagtail_localize.submit_translation",
)


class PermissionsMissing(Exception):
    """The database does not know permissions that the group is made of: it has not been migrated."""


@transaction.atomic
def set_up_group() -> tuple[Group, int]:
    """Makes the group, or gives it what it lacks; takes nothing away that somebody added.

    :returns: the group, and how many permissions it was given.
    :raises PermissionsMissing: naming them.
    """
    group, _is_new = Group.objects.get_or_create(name=GROUP_NAME)
    given = _on_pages(group) + _on_collections(group)
    held = set(group.permissions.values_list("pk", flat=True))
    lacking = [permission for permission in _permissions(EVERYWHERE) if permission.pk not in held]
    group.permissions.add(*lacking)
    return group, given + len(lacking)


def has_tables(*, using: str) -> bool:
    """Whether the database has been migrated before, so that there may be a group."""
    return {Group._meta.db_table, Permission._meta.db_table} <= set(connections[using].introspection.table_names())


def known(*, using: str) -> frozenset[str]:
    """Those of `EVERYWHERE` that the database knows."""
    rows = Permission.objects.using(using).values_list("content_type__app_label", "codename")
    return frozenset(EVERYWHERE) & {f"{app}.{codename}" for app, codename in rows}


def give(names: Collection[str], *, using: str) -> int:
    """Gives the group these of its permissions, where there is a group.

    :returns: how many it had not.
    """
    group = Group.objects.using(using).filter(name=GROUP_NAME).first()
    if group is None or not names:
        return 0
    held = set(group.permissions.values_list("pk", flat=True))
    lacking = [permission for permission in _permissions(names, using=using) if permission.pk not in held]
    group.permissions.add(*lacking)
    return len(lacking)


def _on_pages(group: Group) -> int:
    root = Page.get_first_root_node()
    rows = [
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in _permissions(ON_PAGES)
    ]
    return sum(is_new for _row, is_new in rows)


def _on_collections(group: Group) -> int:
    root = FileCollection.get_first_root_node()
    rows = [
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
        for permission in _permissions(ON_COLLECTIONS)
    ]
    return sum(is_new for _row, is_new in rows)


def _permissions(names: Iterable[str], *, using: str = DEFAULT_DB_ALIAS) -> list[Permission]:
    wanted = list(names)
    apps, codenames = zip(*(name.split(".") for name in wanted), strict=True)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using)
        .filter(content_type__app_label__in=apps, codename__in=codenames)
        .select_related("content_type")
    }
    missing = [name for name in wanted if name not in known]
    if missing:
        raise PermissionsMissing(", ".join(missing))
    return [known[name] for name in wanted]
