"""What waits sealed can be read by the program, and by nobody who has only the database."""

import pytest
from pytest_django import Settings

from delivery.adapters import sealing
from delivery.adapters.sealing import CannotBeOpened

CONTENT = b"Subject: Re: parity\r\n\r\nDear Dr. Quill,\xff\x00"


def test_what_was_sealed_comes_back_and_cannot_be_read_meanwhile() -> None:
    sealed = sealing.seal(CONTENT)
    assert b"Quill" not in sealed
    assert sealing.unseal(sealed) == CONTENT
    assert sealing.unseal(memoryview(sealed)) == CONTENT


def test_the_same_content_never_looks_the_same() -> None:
    assert sealing.seal(CONTENT) != sealing.seal(CONTENT)


def test_a_new_key_opens_what_an_old_one_sealed_while_that_is_a_fallback(settings: Settings) -> None:
    sealed = sealing.seal(CONTENT)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the next one", [settings.SECRET_KEY]
    assert sealing.unseal(sealed) == CONTENT
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotBeOpened):
        sealing.unseal(sealed)


@pytest.mark.parametrize(
    "sealed", [b"", b"nonsense", sealing.seal(CONTENT)[:-4] + b"AAA="], ids=["empty", "nonsense", "changed at its end"]
)
def test_what_was_changed_is_not_opened(sealed: bytes) -> None:
    with pytest.raises(CannotBeOpened):
        sealing.unseal(sealed)
