"""Builds plain links by which a visitor passes a page on; nothing is loaded from the networks they lead to."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

#: Each network's page for writing, up to the text or the address that it takes.
_COMPOSE = {
    "x": "https://x.com/intent/post?text=",
    "bluesky": "https://bsky.app/intent/compose?text=",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u=",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url=",
}


@dataclass(frozen=True, slots=True)
class ShareLink:
    #: The network's key; the template says its name.
    key: str
    name: str
    url: str


def share_links(*, address: str, text: str) -> list[ShareLink]:
    """Links for one page.

    :param address: the page's whole address.
    :param text: a sentence that goes with it; may be empty.
    The parameters are those that each network documents for its share page.
    """
    words = f"{text} {address}".strip()
    return [
        ShareLink("facebook", "Facebook", compose_link("facebook", address)),
        ShareLink("linkedin", "LinkedIn", compose_link("linkedin", address)),
        ShareLink("bluesky", "Bluesky", compose_link("bluesky", words)),
        ShareLink("x", "X", "https://x.com/intent/post?" + urlencode({"text": text, "url": address})),
        ShareLink("whatsapp", "WhatsApp", "https://wa.me/?" + urlencode({"text": words})),
        # RFC 6068 wants spaces in a mailto address as %20, not as plus signs.
        ShareLink("email", "E-mail", f"mailto:?subject={quote(text or address, safe='')}&body={quote(words, safe='')}"),
    ]


def compose_link(network: str, content: str = "") -> str:
    """The network's page for writing a post, which the person sends there.

    :param network: x, bluesky, facebook or linkedin.
    :param content: the text; for Facebook and LinkedIn, which take no text, the address of a page.
    :raises KeyError: for another network.
    """
    return _COMPOSE[network] + quote(content, safe="")
