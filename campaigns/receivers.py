"""What a migration of the database leads to: the staff's group gets what is new with a version."""

import logging
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from campaigns.services import staff

logger = logging.getLogger(__name__)

#: By database: what the group is made of and was there before the migration.
_before: dict[str, frozenset[str]] = {}


def note_permissions(*, using: str, **_kwargs: Any) -> None:
    """Before anything is migrated."""
    _before.pop(using, None)
    if staff.has_tables(using=using):
        _before[using] = staff.known(using=using)


def give_new_permissions(*, using: str, apps: Apps, **_kwargs: Any) -> None:
    """Gives an existing group the permissions that came to be with this migration, and no others.

    What was there before, and the group has not, somebody took away: that is theirs to decide.

    :param apps: as the migration left them.
    """
    before = _before.pop(using, None)
    if before is None:
        return
    # Django makes them app by app, and ours may be asked before some.
    for label in sorted({name.partition(".")[0] for name in staff.EVERYWHERE}):
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    given = staff.give(staff.known(using=using) - before, using=using)
    if given:
        logger.info("the group of the communications staff was given %s new permissions", given)
