"""How many addresses of one network are looked up by geocoders outside: each costs somebody time or money."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from campaigns.content.protection_settings import ProtectionSettings
from campaigns.engine import networks
from campaigns.engine.protection import STAND_FACTOR
from campaigns.services import attempts

logger = logging.getLogger(__name__)


def may_ask(request: HttpRequest) -> bool:
    """Whether one more address may be looked up outside for whoever asks; asking counts.

    Beyond the limit the answer is the one of a geocoder that is away: people choose their district among those of
    their ZIP code. It is the same for everybody and says nothing about a limit.
    """
    found = ProtectionSettings.for_request(request)
    address = networks.client_address(request.META, trusted_proxies=settings.TRUSTED_PROXIES)
    network = networks.network_of(address)
    if not found.lookups_an_hour or not network or networks.is_within(address, found.rules().trusted_networks):
        return True
    surface = getattr(request, "surface", None)
    is_stand = surface is not None and surface.is_stand
    try:
        counts = attempts.count(seen={attempts.LOOKUP: f"{network} stand" if is_stand else network})
    except DatabaseError as error:
        # Somebody who looks for their legislators does not wait for a count.
        logger.warning("a look-up was not counted (%s)", type(error).__name__)
        return True
    return counts[attempts.LOOKUP].this_hour <= found.lookups_an_hour * (STAND_FACTOR if is_stand else 1)
