"""Asks the room that counts visitors whether one more address may be looked up outside for this one."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def may_ask(request: HttpRequest) -> bool:
    """As `settings.LEGISLATORS_LOOKUP_CHECK` says; yes where nothing is set."""
    name = settings.LEGISLATORS_LOOKUP_CHECK
    return not name or bool(import_string(name)(request))
