"""Hands letters to the systems of the House and the Senate, or to their tests, as the mode says."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from delivery.adapters.carriers import Answer, NotAccepted
from delivery.adapters.cwc import configuration
from delivery.adapters.cwc.http import CwcSession, HttpAnswer, NoAnswer
from delivery.adapters.cwc.rate import PACER
from delivery.engine.cwc import answers, timing
from delivery.engine.cwc.chambers import UnknownRuleError
from delivery.engine.cwc.outgoing import OutgoingCongress
from delivery.engine.failures import Failure, Fate

#: DeliveryEvent.Reason values.
_NOT_LIVE, _ACCEPTED_BEFORE, _MAINTENANCE = "cwc_not_live", "accepted_before", "maintenance"
_REPEATED = 409
#: Begins what the history says of a letter that Congress accepted, and of no mail.
ACCEPTED_MARK = "CWC"

#: Named here so that a test can choose the hour.
now: Callable[[], datetime] = timezone.now


class CwcCarrier:
    """Both chambers; each is asked over a connection of its own that is made when it is first needed.

    Whatever leaves it open whether a letter went is UNCERTAIN in the mode "live", also where the chamber knows
    repeats: `delivery.services.reconciling` tries those again under the same DeliveryId, and remembers the doubt.
    """

    def __init__(self) -> None:
        self._session: CwcSession | None = None

    def open(self) -> None:
        if self._session is None:
            self._session = CwcSession()

    def send(self, outgoing: OutgoingCongress, /) -> Answer:
        """Hands over one letter.

        :raises NotAccepted: with a wait where the chamber's system is closed or wants to be left alone.
        """
        _refuse_when_closed(outgoing.chamber)
        url, is_live, accepted_status = _way(outgoing.chamber)
        PACER.wait(outgoing.chamber, configuration.rules(outgoing.chamber).messages_per_second)
        self.open()
        assert self._session is not None  # noqa: S101 - opened in the line above
        try:
            answer = self._session.post(url, key=configuration.key(outgoing.chamber), document=outgoing.document)
        except NoAnswer as error:
            self.close()
            fate = Fate.UNCERTAIN if error.has_left and is_live else Fate.RETRY
            raise NotAccepted(Failure(fate, str(error), is_service_wide=True)) from None
        return _read(answer, outgoing.delivery_id, is_live=is_live, accepted_status=accepted_status)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def connect() -> CwcCarrier:
    """A carrier for one thread. No connection is made before it is needed."""
    return CwcCarrier()


def _refuse_when_closed(chamber: str) -> None:
    if wait := timing.seconds_until_open(chamber, now()):
        raise NotAccepted(
            Failure(Fate.RETRY, "closed", is_service_wide=True, retry_after_seconds=wait, reason=_MAINTENANCE)
        )


def _way(chamber: str) -> tuple[str, bool, int]:
    """Where to, whether that delivers, and the status that means yes."""
    try:
        if not configuration.is_on(chamber):
            raise NotAccepted(Failure(Fate.RETRY, "CWC is off", is_service_wide=True, reason=_NOT_LIVE))
        rules = configuration.rules(chamber)
        is_live = configuration.is_live()
        return configuration.letters_url(chamber), is_live, rules.accepted_status
    except UnknownRuleError:
        raise NotAccepted(Failure(Fate.RETRY, "wrong settings", is_service_wide=True)) from None


def _read(answer: HttpAnswer, delivery_id: str, *, is_live: bool, accepted_status: int) -> Answer:
    is_web_page = answers.is_web_page(answer.content_type, answer.body)
    if not is_web_page and answer.status in (accepted_status, _REPEATED):
        if not is_live:
            return Answer(delivery_id, is_sent=False, reason=_NOT_LIVE, detail=configuration.mode())
        if answer.status == _REPEATED:
            # Nobody else has this id: an earlier try of ours arrived.
            return Answer(delivery_id, reason=_ACCEPTED_BEFORE, detail=f"{ACCEPTED_MARK} HTTP {_REPEATED}")
        return Answer(delivery_id, detail=ACCEPTED_MARK)
    raise NotAccepted(
        answers.failure(
            status=answer.status,
            is_web_page=is_web_page,
            body=answer.body.decode("utf-8", errors="replace"),
            retry_after_seconds=answer.retry_after_seconds,
            may_have_gone=is_live,
        )
    )
