"""Where a form is shown other than on its own page, and how what it shows is turned so that people stay there."""

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape, unescape

_ATTRIBUTES = r"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
_FORM = re.compile(rf"<form\b{_ATTRIBUTES}>", re.IGNORECASE)
_LINK = re.compile(rf"<a\b{_ATTRIBUTES}>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_AUTOCOMPLETE = re.compile(r'\sautocomplete="[^"]*"')
#: These leave no page: the browser asks a program of the person's.
_OTHER_PROGRAMS = ("mailto:", "tel:", "sms:")


class Place(StrEnum):
    #: Inside a page of somebody else's site.
    FRAME = "frame"
    #: A device that many people use, one after the other, at an event.
    STAND = "stand"


@dataclass(frozen=True, slots=True)
class Surface:
    """Its pages are those of the site without what surrounds them, and all lie below one address."""

    place: Place
    #: Ends with a slash.
    address: str
    #: The form as the site itself shows it, each way in which it may be written.
    form_addresses: tuple[str, ...]
    #: How the addresses of receipts begin.
    receipts: str
    #: The form's own page, with the site's name.
    own_page: str
    #: The name of the partner or the stand: counted, and nothing about a person.
    source: str = ""
    #: The sites that may show it in a frame.
    origins: tuple[str, ...] = ()
    #: The same in other languages, as a stand offers them: code, name and address.
    ways: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_frame(self) -> bool:
        return self.place is Place.FRAME

    @property
    def is_stand(self) -> bool:
        return self.place is Place.STAND

    @property
    def template(self) -> str:
        """What stands at the end of each page."""
        return f"campaigns/{self.place.value}_foot.html"

    @property
    def via(self) -> str:
        """What a submission keeps of where it was made."""
        return f"{self.place.value}:{self.source}"[:60]

    @property
    def form_address(self) -> str:
        return f"{self.address}?source={self.source}" if self.is_frame and self.source else self.address

    def turned(self, address: str) -> str | None:
        """The same page here; None where it is not shown here."""
        if address.partition("?")[0] in self.form_addresses:
            return self.form_address
        if self.is_frame and address.startswith(self.receipts):
            return f"{self.address}receipt/{address.removeprefix(self.receipts)}"
        return None


def turn(html: str, surface: Surface, *, new_tab: str) -> str:
    """A page of ours for a surface: its forms and links stay there, and other links open elsewhere or not at all.

    Only for what our templates wrote, which escape whatever anybody typed.

    :param new_tab: what a link that opens a new tab says of it.
    """
    if surface.is_stand:
        html = _AUTOCOMPLETE.sub(' autocomplete="off"', html)
    html = _FORM.sub(lambda match: _form(match.group(1), surface), html)
    turn_link = _stand_link if surface.is_stand else _frame_link
    return _LINK.sub(lambda match: turn_link(match.group(1), match.group(2), surface, new_tab), html)


def _form(attributes: str, surface: Surface) -> str:
    address = _value(attributes, "action")
    if address:
        here = surface.turned(address)
        attributes = _replaced(attributes, "action", here) if here else f'{attributes} target="_blank"'
    if surface.is_stand and _value(attributes, "autocomplete") is None:
        attributes = f'{attributes} autocomplete="off"'
    return f"<form{attributes}>"


def _frame_link(attributes: str, content: str, surface: Surface, new_tab: str) -> str:
    address = _value(attributes, "href") or "#"
    if address.startswith(("#", *_OTHER_PROGRAMS)) or _value(attributes, "target"):
        return f"<a{attributes}>{content}</a>"
    here = surface.turned(address)
    if here:
        return f"<a{_replaced(attributes, 'href', here)}>{content}</a>"
    hidden = f'<span class="visually-hidden"> {escape(new_tab)}</span>'
    return f'<a{attributes} target="_blank" rel="noopener">{content}{hidden}</a>'


def _stand_link(attributes: str, content: str, surface: Surface, new_tab: str) -> str:
    """At a stand nothing leads away from the form: the next person would find somebody else's tabs."""
    address = _value(attributes, "href") or "#"
    own = (surface.address, *(way for _code, _name, way in surface.ways))
    if address.startswith(("#", *own)):
        return f"<a{attributes}>{content}</a>"
    here = surface.turned(address)
    return f"<a{_replaced(attributes, 'href', here)}>{content}</a>" if here else f"<span>{content}</span>"


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


_PATTERNS = {name: _pattern(name) for name in ("href", "action", "target", "autocomplete")}


def _value(attributes: str, name: str) -> str | None:
    match = _PATTERNS[name].search(attributes)
    return unescape(match.group(1) or match.group(2) or "") if match else None


def _replaced(attributes: str, name: str, value: str) -> str:
    # As a function: what is put in is no pattern.
    return _PATTERNS[name].sub(lambda match: f' {name}="{escape(value)}"', attributes, count=1)
