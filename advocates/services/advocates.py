"""Knowing a person again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from advocates.engine import emails
from advocates.engine.people import PersonName
from advocates.records.advocates import Advocate


@dataclass(frozen=True, slots=True)
class Recognised:
    advocate: Advocate
    #: Nobody with this address was known before: there is nothing of theirs to look for.
    is_new: bool


@transaction.atomic
def recognise(*, email: str, name: PersonName, language: str) -> Recognised:
    """The advocate of this address, made if there is none, and locked until the caller's transaction ends.

    The lock makes two submissions of one person wait for each other, so that each sees the letters of the other.
    An address typed into a form proves nothing: it fills what is blank about a known person, and overwrites nothing.

    :raises advocates.engine.emails.NotAnAddress: where `email` is none.
    """
    advocate, is_new = Advocate.objects.get_or_create(
        canonical_email=emails.canonical(email),
        defaults={
            "email": email.strip(),
            "given_name": name.given,
            "family_name": name.family,
            "title": name.title,
            "language": language,
            "created_at": timezone.now(),
        },
    )
    if is_new:
        return Recognised(advocate, is_new=True)
    advocate = Advocate.objects.select_for_update().get(pk=advocate.pk)
    _fill_blanks(advocate, name)
    return Recognised(advocate, is_new=False)


def _fill_blanks(advocate: Advocate, name: PersonName) -> None:
    known = {"given_name": name.given, "family_name": name.family, "title": name.title}
    filled = [column for column, value in known.items() if value and not getattr(advocate, column)]
    for column in filled:
        setattr(advocate, column, known[column])
    if filled:
        advocate.save(update_fields=filled)
