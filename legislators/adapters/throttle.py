"""Counts requests in the cache, under a keyed hash that changes: neither an address nor an IP is in it."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def permits(purpose: str, client: str, *, most: int, seconds: int) -> bool:
    """Whether the client may ask once more in this stretch of time; asking counts.

    :param client: the network address that asks. Only its HMAC is kept, and only for the stretch of time.
    :param most: requests in a stretch; 0 or less is no limit.
    :param seconds: how long a stretch is.
    """
    if most <= 0:
        return True
    stretch = int(time.time() // seconds)
    digest = salted_hmac("legislators.throttle", f"{purpose}\n{stretch}\n{client}", algorithm="sha256").hexdigest()
    key = f"throttle:{digest}"
    if cache.add(key, 1, seconds * 2):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:
        # It fell out of the cache between the two.
        return True
