"""Every type of field keeps the promises of tests/campaigns/field_type_contract.py."""

import uuid

import pytest
from django.utils import timezone

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.records.uploads import Upload
from campaigns.services import uploads
from tests.campaigns.field_type_contract import PROMISES, Case, FieldTypeContract

pytestmark = pytest.mark.django_db

TWO = [{"value": "one", "label": "The first"}, {"value": "two", "label": "The second"}]
HOME = {"street": "1 Main Street", "unit": "", "city": "Boston", "state": "MA", "zip_code": "02139"}
#: A file that the site holds for a form that was not sent yet.
FILE = Upload(
    key=uuid.UUID(int=7),
    page_key=uuid.UUID(int=8),
    field_key="question",
    name="clinic.jpg",
    content_type="image/jpeg",
    size=9,
)


def _hold_the_file() -> None:
    Upload.objects.get_or_create(
        key=FILE.key,
        defaults={name: getattr(FILE, name) for name in ("page_key", "field_key", "name", "content_type", "size")}
        | {"uploaded_at": timezone.now()},
    )


#: One for each type that has an answer. A new type is added here.
CASES = [
    Case(
        {"type": "name"},
        {"title": "Dr.", "given": "Ana", "family": "Ruiz"},
        {"title": "Dr.", "given": "Ana", "family": "Ruiz"},
        "Dr. Ana Ruiz",
    ),
    Case({"type": "email"}, {"": "ana@clinic.example"}, "ana@clinic.example", "ana@clinic.example"),
    Case({"type": "phone"}, {"": "(202) 555-0123"}, "+12025550123", "(202) 555-0123"),
    Case({"type": "address"}, {"kind": "home", **HOME}, {"kind": "home", **HOME}, "1 Main Street, Boston, MA 02139"),
    Case({"type": "role"}, {"": "resident"}, "resident", "Resident or fellow"),
    Case({"type": "text", "mask": "AA-9", "mask_message": "Like MA-1."}, {"": "ma-1"}, "ma-1", "ma-1"),
    Case({"type": "long_text"}, {"": "First.\r\n\r\nSecond."}, "First.\n\nSecond.", "First.\n\nSecond."),
    Case({"type": "number", "minimum": "1"}, {"": "1,200"}, 1200, "1200"),
    Case({"type": "date", "earliest": "2020-01-01"}, {"": "2027-03-27"}, "2027-03-27", "March 27, 2027"),
    Case({"type": "choice", "options": TWO}, {"": "two"}, "two", "The second"),
    Case({"type": "choices", "options": TWO}, {"": ["one", "two"]}, ["one", "two"], "The first, The second"),
    Case({"type": "consent", "purpose": "news", "text": "Send me news."}, {"": "on"}, True, "Yes"),
    Case({"type": "source"}, {"": "march-mail"}, "march-mail", "march-mail", can_be_required=False),
    Case(
        {"type": "upload"},
        {"held": uploads.token(FILE)},
        {FILE.key.hex: "clinic.jpg"},
        "clinic.jpg",
        prepare=_hold_the_file,
    ),
]


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_type_of_field_keeps_its_promises(case, promise):
    getattr(FieldTypeContract(case), promise)()


def test_every_type_that_has_an_answer_is_put_to_the_test():
    answered = {name for name, block in FIELD_TYPES.items() if block.has_answer}
    assert answered == {case.name for case in CASES}


def test_a_kit_that_finds_nothing_would_be_no_kit():
    """A type that stores something else than was typed fails."""
    wrong = Case({"type": "text"}, {"": "typed"}, "something else", "typed")
    with pytest.raises(AssertionError):
        FieldTypeContract(wrong).check_answer_is_stored_and_shown()
