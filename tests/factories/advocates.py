"""Makes people who act."""

from typing import Any

from advocates.engine.people import PersonName
from advocates.records.advocates import Advocate
from advocates.services import advocates


def advocate(email: str = "maria.santos@clinic.example", **changes: Any) -> Advocate:
    name = {"given": "Maria", "family": "Santos", "title": "Dr.", **changes}
    return advocates.recognise(email=email, name=PersonName(**name), language="en").advocate
