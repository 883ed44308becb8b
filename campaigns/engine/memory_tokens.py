"""What a device keeps of somebody who has acted on it: the name of a submission, signed, and nothing about them."""

import uuid
from dataclasses import dataclass

from django.core import signing

from campaigns.engine.tokens import DAY_SECONDS, BadToken, ExpiredToken


@dataclass(frozen=True, slots=True)
class Memory:
    """One cookie. Their salts differ, so that none stands for another, and none for the link to a receipt."""

    cookie: str
    seconds: int

    def sign(self, key: uuid.UUID) -> str:
        return self._signer.sign(key.hex)

    def read(self, value: str) -> uuid.UUID:
        """The submission's key.

        :raises BadToken: where it was changed, or is another cookie's.
        :raises ExpiredToken: after `seconds`, whatever the browser thinks of it.
        """
        try:
            return uuid.UUID(self._signer.unsign(value, max_age=self.seconds))
        except signing.SignatureExpired as error:
            raise ExpiredToken from error
        except (signing.BadSignature, ValueError) as error:
            raise BadToken from error

    @property
    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"campaigns.memory.{self.cookie}", sep=".")


#: Proves for a while that a form was sent from this very device. It fills in nothing.
JUST_SENT = Memory("just_sent", 30 * 60)
#: Carries the details into the next step, from the receipt whose button the person pressed.
NEXT_STEP = Memory("next_step", 30 * 60)
#: The person has asked for it.
REMEMBERED = Memory("remembered", 90 * DAY_SECONDS)
