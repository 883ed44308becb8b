"""What a template leaves for the editor to write stands in ⟦brackets⟧ that nobody types by chance."""

import re

OPENING, CLOSING = "⟦", "⟧"
_PLACEHOLDER = re.compile(r"⟦([^⟦⟧]*)⟧?")


def placeholder(hint: str) -> str:
    """A text that cannot be published: it says what belongs in its place."""
    return f"{OPENING}{hint}{CLOSING}"


def first_placeholder(text: str) -> str | None:
    """What the first placeholder of a text says; None where there is none. Half a pair counts as one."""
    found = _PLACEHOLDER.search(text)
    if found:
        return found.group(1).strip()
    return "" if CLOSING in text else None
