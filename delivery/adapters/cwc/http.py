"""Asks a chamber's system, within a time that is kept and without a trace of the key that goes with the question."""

import logging
import re
import ssl
import time
from dataclasses import dataclass, field

import requests
import urllib3
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

CONNECT_SECONDS = 10.0
#: How long the system may say nothing, and how long its answer may take altogether.
SILENCE_SECONDS = 30.0
ANSWER_SECONDS = 60.0
_LARGEST_ANSWER_BYTES = 2_000_000
_CHUNK_BYTES = 1 << 14
_USER_AGENT = "grassroots-action-center (self-hosted advocacy site)"
#: A line that broke later, also an encrypted one, may have carried the letter.
_NEVER_CONNECTED = (NewConnectionError, ConnectTimeoutError, NameResolutionError, ssl.SSLCertVerificationError)
_NEVER_LEFT = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)


class NoAnswer(Exception):
    """The system was not reached, or did not answer as a whole. Names neither the key nor the address.

    `has_left` tells whether the question may have arrived.
    """

    def __init__(self, why: str, *, has_left: bool) -> None:
        super().__init__(why)
        self.has_left = has_left


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """`body` may quote what a person typed, so `repr` does not show it."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    #: Seconds of a Retry-After header; None where there was none, or a date.
    retry_after_seconds: float | None = None


class _WithoutKey(logging.Filter):
    """urllib3 names whole addresses, at DEBUG for every question; the key stands behind the question mark."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "apikey=" in message:
            record.msg, record.args = re.sub(r"apikey=[^\s&\"']*", "apikey=…", message), None
        return True


for _name in ("connection", "connectionpool", "response", "util.retry", "poolmanager"):
    logging.getLogger(f"urllib3.{_name}").addFilter(_WithoutKey())


class CwcSession:
    """One connection a chamber, kept between letters. Used by one thread at a time."""

    def __init__(self) -> None:
        self._session = requests.Session()
        # Credentials of a .netrc are none of theirs; a proxy of the environment would be a relay nobody chose.
        self._session.trust_env = False
        self._session.headers.update({"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"})

    def post(self, url: str, *, key: str, document: bytes) -> HttpAnswer:
        """Hands over a document.

        :raises NoAnswer:
        """
        # Exactly this: with a character set behind it the Senate answers 415.
        return self._ask("POST", url, key, document, {"Content-Type": "application/xml"})

    def get(self, url: str, *, key: str) -> HttpAnswer:
        """Asks for a list.

        :raises NoAnswer:
        """
        return self._ask("GET", url, key, None, {"Accept": "application/json"})

    def close(self) -> None:
        self._session.close()

    def _ask(self, method: str, url: str, key: str, data: bytes | None, headers: dict[str, str]) -> HttpAnswer:
        failure: NoAnswer
        try:
            return self._exchange(method, url, key, data, headers)
        except NoAnswer as error:
            failure = error
        except _NEVER_LEFT as error:
            failure = NoAnswer(type(error).__name__, has_left=False)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            failure = NoAnswer(type(error).__name__, has_left=not _never_connected(error))
        except Exception as error:
            failure = NoAnswer(type(error).__name__, has_left=True)
        # Raised out here, so that no chained exception carries the address with the key.
        raise failure

    def _exchange(self, method: str, url: str, key: str, data: bytes | None, headers: dict[str, str]) -> HttpAnswer:
        give_up_at = time.monotonic() + ANSWER_SECONDS
        with self._session.request(
            method,
            url,
            params={"apikey": key},
            data=data,
            headers=headers,
            timeout=(CONNECT_SECONDS, SILENCE_SECONDS),
            # A letter goes to the address that was set, or nowhere.
            allow_redirects=False,
            stream=True,
        ) as response:
            body = b""
            for chunk in response.iter_content(_CHUNK_BYTES):
                body += chunk
                if len(body) > _LARGEST_ANSWER_BYTES or time.monotonic() > give_up_at:
                    raise NoAnswer("too long an answer", has_left=True)
            asked = response.headers.get("Retry-After", "").strip()
            return HttpAnswer(
                status=response.status_code,
                content_type=response.headers.get("Content-Type", ""),
                body=body,
                retry_after_seconds=float(asked) if re.fullmatch(r"[0-9]{1,6}", asked, re.ASCII) else None,
            )


def _never_connected(error: BaseException) -> bool:
    """Whether the chain of causes ends in a connection that was never made (requests wraps urllib3 twice)."""
    seen: set[int] = set()
    pending: list[object] = [error]
    while pending:
        current = pending.pop()
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, _NEVER_CONNECTED):
            return True
        pending += [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
    return False
