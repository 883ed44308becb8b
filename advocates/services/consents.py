"""Keeping what a person agreed to."""

import hashlib
import uuid
from collections.abc import Iterable

from django.utils import timezone

from advocates.engine.people import Consent
from advocates.records.advocates import Advocate
from advocates.records.consents import ConsentEvent


def record(*, advocate: Advocate, consents: Iterable[Consent], source_key: uuid.UUID, language: str) -> None:
    """Writes one event for each box, ticked or not, with the words that stood beside it.

    :param source_key: of the submission; a second call with the same writes nothing new.
    :param language: of the words, such as "es".
    """
    now = timezone.now()
    events = [
        ConsentEvent(
            advocate=advocate,
            purpose=consent.purpose,
            is_granted=consent.is_granted,
            text=consent.text,
            text_hash=hashlib.sha256(consent.text.encode()).hexdigest(),
            language=language,
            source_key=source_key,
            at=now,
        )
        for consent in consents
    ]
    ConsentEvent.objects.bulk_create(events, ignore_conflicts=True)
