"""What somebody probably meant who typed an e-mail address with a slip in its domain. A question, never a verdict."""

#: Where most people's mailboxes are, as label and ending.
_COMMON = (
    ("gmail", "com"),
    ("yahoo", "com"),
    ("hotmail", "com"),
    ("outlook", "com"),
    ("icloud", "com"),
    ("aol", "com"),
    ("live", "com"),
    ("msn", "com"),
    ("me", "com"),
    ("proton", "me"),
    ("protonmail", "com"),
    ("comcast", "net"),
    ("verizon", "net"),
    ("sbcglobal", "net"),
    ("bellsouth", "net"),
    ("charter", "net"),
    ("att", "net"),
    ("cox", "net"),
)
#: Providers whose names are a slip away from another's, and no slip.
_REAL = frozenset(
    {"mail.com", "email.com", "ymail.com", "rocketmail.com", "fastmail.com", "hushmail.com", "tutamail.com", "gmx.com"}
)
#: Endings that are none, by what they stand for.
_NO_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "comm", "coom", "cim", "vom", "xom", "cpm", "clm", "cok", "conm"), "com"),
    **dict.fromkeys(("nte", "ent", "nett", "bet", "ney", "nwt"), "net"),
    **dict.fromkeys(("ogr", "rog", "orgg", "prg", "orh"), "org"),
    **dict.fromkeys(("eud", "deu", "edi", "rdu"), "edu"),
}
#: Endings that exist, where a provider of .com has no mailboxes.
_LOST_LETTER = frozenset({"co", "cm", "om"})
#: In a shorter name every other letter makes another name.
_SHORTEST = 5
_TWO_SLIPS = 7


def suggestion(address: str) -> str:
    """The address with the domain that was probably meant; "" where nothing looks like a slip.

    :param address: one that is well formed.
    """
    local, _at, domain = address.strip().rpartition("@")
    domain = domain.lower()
    meant = _meant(domain)
    return f"{local}@{meant}" if local and meant and meant != domain else ""


def _meant(domain: str) -> str:
    label, _dot, ending = domain.rpartition(".")
    if not label or domain in _REAL or (label, ending) in _COMMON:
        return ""
    mended = _NO_ENDINGS.get(ending, ending)
    if mended == "com" and (provider := _provider(label, "com")):
        return provider
    if ending in _LOST_LETTER and (label, "com") in _COMMON:
        return f"{label}.com"
    if provider := _provider(label, mended):
        return provider
    return f"{label}.{mended}" if mended != ending else ""


def _provider(label: str, ending: str) -> str:
    """The provider with this ending whose name is nearest, if it is near enough."""
    if f"{label}.{ending}" in _REAL:
        return ""
    near = [(_slips(label, name), name) for name, its_ending in _COMMON if its_ending == ending]
    allowed = [(count, name) for count, name in near if count <= _allowed(name)]
    return f"{min(allowed)[1]}.{ending}" if allowed else ""


def _allowed(name: str) -> int:
    if len(name) < _SHORTEST:
        return 0
    return 2 if len(name) >= _TWO_SLIPS else 1


def _slips(typed: str, meant: str) -> int:
    """How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    if abs(len(typed) - len(meant)) > 2:
        return 3
    before_last: list[int] = []
    last = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, start=1):
        current = [row]
        for column, wanted in enumerate(meant, start=1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == wanted:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        before_last, last = last, current
    return last[-1]
