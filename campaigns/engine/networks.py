"""From which network a request comes, as something that can be counted and never read back."""

import ipaddress
from collections.abc import Iterable, Mapping

from django.utils.crypto import salted_hmac

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SALT = "campaigns.attempts"


def client_address(meta: Mapping[str, str], *, trusted_proxies: int) -> str:
    """The address of whoever asks, or "" where nobody trustworthy says it.

    Each proxy writes whom it talks to at the right-hand end of X-Forwarded-For; whatever stands further left was
    sent by the visitor, who may write anything there.

    :param meta: of a WSGI request.
    :param trusted_proxies: how many proxies of our own stand before the program.
    """
    if not trusted_proxies:
        return _plain(meta.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    # A shorter list did not come through them all: then nobody vouches for anything in it.
    return _plain(hops[-trusted_proxies]) if len(hops) >= trusted_proxies else ""


def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 one: as small as what one household or office has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    ip = _unmapped(ip)
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 64}", strict=False))


def site_of(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: all that one customer of a provider has to send from."""
    network = network_of(address)
    return str(ipaddress.IPv6Network(network).supernet(new_prefix=48)) if ":" in network else network


def networks_in(text: str) -> tuple[Network, ...]:
    """One a line, as staff type them: an address or a range. What is neither is left out."""
    found = (_network(line) for line in text.splitlines())
    return tuple(network for network in found if network is not None)


def wrong_networks(text: str) -> list[str]:
    """Lines that are neither an address nor a range; a range of all addresses is none."""
    return [line.strip() for line in text.splitlines() if line.strip() and _network(line) is None]


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address, as `client_address` gives it, lies in one of these."""
    try:
        ip = _unmapped(ipaddress.ip_address(address))
    except ValueError:
        return False
    return any(ip in network for network in networks)


def keyed_hash(scope: str, text: str) -> str:
    """The same for the same text as long as the site's key is; "" for nothing."""
    return salted_hmac(f"{_SALT}.{scope}", text, algorithm="sha256").hexdigest() if text else ""


def _unmapped(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Of an IPv4 address that is written as an IPv6 one, the former."""
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def _network(line: str) -> Network | None:
    try:
        network = ipaddress.ip_network(line.strip(), strict=False)
    except ValueError:
        return None
    return network if network.prefixlen else None


def _plain(address: str) -> str:
    """Without a port, brackets or a zone, which some proxies write; "" where that is no address."""
    address = address.strip().strip('"')
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        return str(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return ""
