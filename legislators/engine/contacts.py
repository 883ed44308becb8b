"""How an official can be reached."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """What counts today: what staff corrected, else what the source says. Empty where nobody knows."""

    email: str = ""
    contact_form_url: str = ""
    phone: str = ""
    is_corrected: bool = False
