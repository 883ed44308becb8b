"""Makes the group that communications staff are put into."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from campaigns.services import staff


class Command(BaseCommand):
    help = (
        f"Make the group “{staff.GROUP_NAME}”: pages, pictures, documents, forms, letters and translations, but "
        "neither users nor languages. Running it again gives the group what it lacks and takes nothing away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-missing", action="store_true", help="Leave a group of this name as it is: for every release"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_missing"] and Group.objects.filter(name=staff.GROUP_NAME).exists():
            return
        try:
            group, given = staff.set_up_group()
        except staff.PermissionsMissing as error:
            raise CommandError(f"Nothing was changed. Run `manage.py migrate` first; unknown: {error}") from None
        self.stdout.write(f"{group.name}: {given} {'permission' if given == 1 else 'permissions'} given.")
