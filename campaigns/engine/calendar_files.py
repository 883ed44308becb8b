"""An event as a file that calendars read (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

#: Octets of a line without its end (RFC 5545, 3.1).
LINE_OCTETS = 75


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`starts_at` and `ends_at` know their zone."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    location: str = ""
    description: str = ""
    url: str = ""


def calendar_file(event: CalendarEvent, *, producer: str) -> str:
    """The whole file, with the line ends that the format asks for.

    :param producer: the name of the society.
    :raises ValueError: where a time has no zone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(producer)}//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{_utc(event.written_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{_escaped(event.summary)}",
    ]
    lines += [f"LOCATION:{_escaped(event.location)}"] if event.location else []
    lines += [f"DESCRIPTION:{_escaped(event.description)}"] if event.description else []
    # A URI is no TEXT: nothing of it is escaped, and nothing in it may end the line.
    lines += [f"URL:{''.join(event.url.split())}"] if event.url else []
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11; control characters that it does not know are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return "".join(
        "\\n" if character == "\n" else character
        for character in text
        if character in "\n\t" or (character >= " " and character != "\x7f")
    )


def _folded(line: str) -> str:
    """Broken after at most 75 octets, never within a character; each further line begins with a space."""
    parts, current, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            parts.append(current)
            current, octets = " ", 1
        current += character
        octets += size
    return "\r\n".join([*parts, current])
