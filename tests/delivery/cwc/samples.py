"""A letter to Congress and a society that nothing is wrong with, to be changed by tests."""

from typing import Any

from delivery.engine.cwc.content import CongressContent
from delivery.engine.cwc.validation import Society


def make_content(**changes: Any) -> CongressContent:
    values: dict[str, Any] = {
        "office": "HMA05",
        "chamber": "us_house",
        "campaign_id": "c0ffee" * 8,
        "prefix": "Dr.",
        "first_name": "Ada",
        "last_name": "Quill",
        "address1": "12 Alder Street",
        "city": "Cambridge",
        "state": "MA",
        "zip_code": "02139",
        "email": "ada.quill@clinic.example",
        "subject": "Please support telehealth parity",
        "topics": ("Health",),
        "statement": "Telehealth keeps rural patients in care.",
        "own_words": "My patients drive two hours to see me.",
    }
    return CongressContent(**{**values, **changes})


def make_senate_content(**changes: Any) -> CongressContent:
    return make_content(**{"office": "SMA01", "chamber": "us_senate", **changes})


def make_society(**changes: Any) -> Society:
    values: dict[str, Any] = {
        "delivery_agent": "Alder Medical Society",
        "ack_address": "acks@alder-medical.example",
        "contact_name": "Grace Bell",
        "contact_email": "grace@alder-medical.example",
        "contact_phone": "617-555-0100",
        "organization": "Alder Medical Society",
        "organization_about": "The physicians of Alder.",
    }
    return Society(**{**values, **changes})
