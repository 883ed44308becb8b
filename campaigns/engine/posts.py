"""Posts to an official: the networks that an editor may choose, and how long a post is to each."""

import re
from dataclasses import dataclass

from home.engine import mastodon

#: The merge field that only a post has: the account of the official on the network, else their name.
HANDLE_FIELD = "legislator_handle"

_ADDRESS = re.compile(r"https?://\S+")
#: What X counts as one; everything else counts as two (twitter-text configuration, version 3).
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


@dataclass(frozen=True, slots=True)
class Network:
    #: As `home.engine.sharing.compose_link` names it, where no server is asked for.
    key: str
    name: str
    #: In characters, as the network's own help says.
    limit: int
    #: Its page for writing takes a text; into the others the person pastes it.
    takes_text: bool
    #: How many characters an address takes, whatever its length; None for as many as it has.
    address_length: int | None = None
    #: Characters of other scripts, and emoji, count twice.
    is_weighted: bool = False
    #: Everybody has a server of their own there, which is asked for first.
    asks_server: bool = False

    def length(self, text: str) -> int:
        """How long the network takes a post for."""
        addresses = _ADDRESS.findall(text) if self.address_length is not None else []
        rest = _ADDRESS.sub("", text) if addresses else text
        counted = sum(self._weight(character) for character in rest)
        return counted + len(addresses) * (self.address_length or 0)

    def _weight(self, character: str) -> int:
        if not self.is_weighted:
            return 1
        return 1 if any(first <= ord(character) <= last for first, last in _LIGHT) else 2


NETWORKS: dict[str, Network] = {
    network.key: network
    for network in (
        Network("x", "X", 280, takes_text=True, address_length=23, is_weighted=True),
        Network("bluesky", "Bluesky", 300, takes_text=True),
        Network(
            "mastodon",
            "Mastodon",
            mastodon.LIMIT,
            takes_text=True,
            address_length=mastodon.ADDRESS_LENGTH,
            asks_server=True,
        ),
        Network("facebook", "Facebook", 5000, takes_text=False),
        Network("linkedin", "LinkedIn", 3000, takes_text=False),
    )
}
