"""Which other sites may show a form, as an editor lists them, and whether a POST comes from our own pages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z")
#: What a browser takes for its own machine, where it needs no TLS.
OWN_MACHINE = re.compile(r"(?:127\.0\.0\.1|(?:[a-z0-9-]+\.)*localhost)\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class NotAnOrigin(ValueError):
    """The line names no site that could be allowed; `code` says why: malformed, wildcard, path or insecure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def origin(line: str, *, may_be_local: bool = False) -> str:
    """One line of the editor's list as a browser writes an origin: scheme, host, and the port where it is unusual.

    :param may_be_local: whether a site on the same machine may do without TLS, as while developing.
    :raises NotAnOrigin: where it is none. Nothing that it returns can end a directive of a policy or begin another.
    """
    text = line.strip()
    if "*" in text:
        raise NotAnOrigin("wildcard")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise NotAnOrigin("malformed") from error
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or not _HOST.match(host) or len(host) > 253:
        raise NotAnOrigin("malformed")
    if parts.path not in ("", "/") or parts.query or parts.fragment or text[-1:] in "?#":
        raise NotAnOrigin("path")
    if parts.scheme == "http" and not (may_be_local and OWN_MACHINE.match(host)):
        raise NotAnOrigin("insecure")
    is_usual = port is None or port == _DEFAULT_PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def origins(text: str, *, may_be_local: bool = False) -> tuple[str, ...]:
    """All that are allowed, one a line; what is none is left out: it allows nobody."""
    found = []
    for line in filled_lines(text):
        try:
            found.append(origin(line, may_be_local=may_be_local))
        except NotAnOrigin:
            continue
    return tuple(dict.fromkeys(found))


def filled_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def host_word(address: str, allowed: Iterable[str]) -> str:
    """The host of an allowed site as a word of small letters, digits and hyphens; "" for any other address."""
    sent = _origin_of(address)
    host = sent.partition("://")[2].partition(":")[0]
    return re.sub(r"[^a-z0-9]+", "-", host)[:40].strip("-") if sent in set(allowed) else ""


@dataclass(frozen=True, slots=True)
class Sender:
    """What a browser says of where a POST comes from; "" for what it does not say."""

    origin: str = ""
    referer: str = ""
    fetch_site: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Sender":
        return cls(headers.get("Origin", ""), headers.get("Referer", ""), headers.get("Sec-Fetch-Site", ""))

    def is_at(self, own: str) -> bool:
        """Whether the page that was sent from is one of ours: what a token proves where there are cookies.

        A page of another site can neither leave these headers out of a form's POST nor choose them.

        :param own: our origin, such as https://act.society.org.
        """
        if self.fetch_site not in ("", "same-origin", "none"):
            return False
        if self.origin:
            return self.origin == own
        return _origin_of(self.referer) == own


def _origin_of(address: str) -> str:
    """Where a browser says that an address lies; "" for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
