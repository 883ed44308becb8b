"""Builds plain links by which a visitor passes a page on; nothing is loaded from the networks they lead to."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


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
        ShareLink("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": address})),
        ShareLink(
            "linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": address})
        ),
        ShareLink("bluesky", "Bluesky", "https://bsky.app/intent/compose?" + urlencode({"text": words})),
        ShareLink("x", "X", "https://x.com/intent/post?" + urlencode({"text": text, "url": address})),
        ShareLink("whatsapp", "WhatsApp", "https://wa.me/?" + urlencode({"text": words})),
        # RFC 6068 wants spaces in a mailto address as %20, not as plus signs.
        ShareLink("email", "E-mail", f"mailto:?subject={quote(text or address, safe='')}&body={quote(words, safe='')}"),
    ]
