"""A web client that connects to public addresses only: for addresses that come from somebody else's data."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Whether a connection to the address is allowed.
IsAllowed = Callable[[IpAddress], bool]

#: The only part of IPv6 that is given out on the internet (IANA, IPv6 Global Unicast Address Space). Outside of it lie
#: IPv4 addresses in disguise (::/96, ::ffff:0:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48) and what was once a site's own.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")


class RefusedHostError(Exception):
    """The name leads to an address that is not public."""


def is_public(address: IpAddress) -> bool:
    """Whether the address belongs to somebody on the internet: not loopback, private, link-local, shared, multicast
    or a disguise of one of these.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in _GIVEN_OUT or address.sixtofour is not None or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


def session(is_allowed: IsAllowed = is_public, *, user_agent: str, most_redirects: int = 3) -> requests.Session:
    """A session for `http` and `https` whose every connection, those after a redirect too, goes to an allowed address.

    The name is looked up once and the connection made to what was checked, so that a second answer of the name
    server changes nothing. Proxies of the environment are not used: they would look the name up again.
    """
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = most_redirects
    made.headers.update({"User-Agent": user_agent})
    made.adapters.clear()
    for scheme in ("http://", "https://"):
        made.mount(scheme, _CheckedAdapter(is_allowed))
    return made


def _checked_address(host: str, port: int, is_allowed: IsAllowed) -> str:
    """One address of the host. Where it has several, all of them have to be allowed.

    :raises RefusedHostError:
    :raises OSError: where the name is unknown.
    """
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    # An address may carry a zone: fe80::1%eth0.
    if not all(is_allowed(ipaddress.ip_address(one.partition("%")[0])) for one in found):
        raise RefusedHostError("the host has no public address")
    return found[0]


def _connection(base: type[HTTPConnection], is_allowed: IsAllowed) -> type[HTTPConnection]:
    class CheckedConnection(base):  # type: ignore[valid-type, misc]
        def _new_conn(self) -> socket.socket:
            name: str = self._dns_host  # type: ignore[has-type]
            try:
                # Only where it connects to: the certificate and the Host header go by the name.
                self._dns_host = _checked_address(name, self.port, is_allowed)
                opened: socket.socket = super()._new_conn()
                return opened
            except socket.gaierror:
                raise NewConnectionError(self, "the name is unknown") from None
            finally:
                self._dns_host = name

    return CheckedConnection


class _CheckedAdapter(HTTPAdapter):
    def __init__(self, is_allowed: IsAllowed) -> None:
        self._is_allowed = is_allowed
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        plain = type("Pool", (HTTPConnectionPool,), {"ConnectionCls": _connection(HTTPConnection, self._is_allowed)})
        secure = type("Pool", (HTTPSConnectionPool,), {"ConnectionCls": _connection(HTTPSConnection, self._is_allowed)})
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": plain, "https": secure}
