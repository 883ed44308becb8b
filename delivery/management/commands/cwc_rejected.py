"""Enters what a mail to CWC_ACK_ADDRESS says: an office's system refused a letter that Congress had accepted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delivery.records.messages import OutboxMessage
from delivery.services import congress_letters


class Command(BaseCommand):
    help = "Record that letters were refused after they had been accepted; each goes another way, mostly by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("delivery_ids", nargs="+", metavar="delivery-id", help="32 letters and digits")

    def handle(self, *, delivery_ids: list[str], **_options: Any) -> None:
        unknown = 0
        for delivery_id in delivery_ids:
            try:
                state = congress_letters.reject_late(delivery_id=delivery_id)
            except congress_letters.UnknownDelivery as error:
                unknown += 1
                self.stdout.write(f"{delivery_id}: {error}")
            else:
                self.stdout.write(f"{delivery_id}: {OutboxMessage.State(state).label}")
        if unknown:
            raise CommandError(f"{unknown} of {len(delivery_ids)} are none of ours.")
