"""When two addresses are one person's."""

import pytest

from advocates.engine.emails import NotAnAddress, canonical


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("Maria@Clinic.Example", "maria@clinic.example"),
        ("  maria@clinic.example ", "maria@clinic.example"),
        ("maria@bücher.example", "maria@xn--bcher-kva.example"),
        ("Ma.Ria+alerts@GoogleMail.com", "maria@gmail.com"),
        ("ma.ria+alerts@outlook.com", "ma.ria@outlook.com"),
    ],
)
def test_one_mailbox_has_one_canonical_form(written, known_as):
    assert canonical(written) == known_as


def test_a_plus_is_kept_where_it_may_be_part_of_the_name():
    assert canonical("ward+2@hospital.example") != canonical("ward+3@hospital.example")


@pytest.mark.parametrize("written", ["", "maria", "maria@", "a@b.example\nBcc: c@d.example", "a b@c.example", "a@b"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(NotAnAddress):
        canonical(written)
