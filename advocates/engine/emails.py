"""When two e-mail addresses are one person's."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

#: Providers whose own documentation says that what follows a plus is a label of the same mailbox.
#: Elsewhere a plus may be part of the name, and two people must never become one.
_LABELS_AFTER_PLUS = frozenset(
    {
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "me.com",
        "fastmail.com",
        "proton.me",
        "protonmail.com",
    }
)
#: Google: "dots don't matter in Gmail addresses".
_DOTS_DO_NOT_MATTER = frozenset({"gmail.com"})
_SAME_DOMAIN = {"googlemail.com": "gmail.com"}


class NotAnAddress(ValueError):
    """What was given cannot be an e-mail address."""


def canonical(address: str) -> str:
    """The form of an address by which its owner is known: lower case, the domain in ASCII, labels removed.

    Only for comparing. Mail goes to the address as the person wrote it.

    :raises NotAnAddress: where it is none; nothing is asked of the network to find out.
    """
    try:
        checked = validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise NotAnAddress(str(error)) from error
    domain = (checked.ascii_domain or checked.domain).lower()
    domain = _SAME_DOMAIN.get(domain, domain)
    local = unicodedata.normalize("NFKC", checked.local_part).lower()
    if domain in _LABELS_AFTER_PLUS:
        local = local.split("+", 1)[0] or local
    if domain in _DOTS_DO_NOT_MATTER:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"
