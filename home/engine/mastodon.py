"""The way to a post on Mastodon, where everybody has a server of their own, which only they can name."""

import re
from urllib.parse import quote

#: What a server lets one write, unless it lets more; an address counts as this many.
LIMIT = 500
ADDRESS_LENGTH = 23

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
#: The last part of a name: letters, so that no number of a machine passes for a server.
_LAST = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
#: Names that lead to no server of anybody, but back to the visitor's own machine or network.
_LOCAL = frozenset({"localhost", "local", "internal", "lan", "home", "intranet", "test", "invalid", "example", "onion"})
MAX_LENGTH = 253


def server_of(typed: str) -> str:
    """The server's name in what somebody typed: the name itself, its address, or their account on it.

    :return: in the letters that browsers send, so that no look-alike can hide; "" where it names no server.
    """
    text = typed.strip().casefold()
    text = re.sub(r"\Ahttps?://", "", text)
    text = re.split(r"[/?#]", text, maxsplit=1)[0]
    if "@" in text:
        # @name@server: of an address with a name before it, https://name@server, nothing else is meant either.
        text = text.rpartition("@")[2]
    try:
        host = text.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = host.split(".")
    if len(host) > MAX_LENGTH or len(labels) < 2 or labels[-1] in _LOCAL or not _LAST.fullmatch(labels[-1]):
        return ""
    return host if all(_LABEL.fullmatch(label) for label in labels) else ""


def compose_link(server: str, text: str) -> str:
    """The server's page for writing a post, with a text.

    :param server: as `server_of` gave it.
    """
    return f"https://{server}/share?text={quote(text, safe='')}"
