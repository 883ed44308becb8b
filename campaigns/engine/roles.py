"""As whom somebody acts: what a form may ask, and what texts may depend on."""

from enum import StrEnum


class Role(StrEnum):
    """Stored with the answers, the same in every language; the words for each are with the field."""

    PHYSICIAN = "physician"
    RESIDENT = "resident"
    STUDENT = "student"
    PATIENT = "patient"
    CAREGIVER = "caregiver"
    OTHER = "other"
