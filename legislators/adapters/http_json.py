"""Asks a web service for JSON, within a time that is kept, and without a trace of the question."""

import json
import logging
import queue
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3

from legislators.adapters.geocoding import GeocoderUnavailableError

#: An answer for one address has some ten thousand bytes.
_LARGEST_ANSWER_BYTES = 1_000_000
_PAUSE_BEFORE_RETRY_SECONDS = 0.2
_USER_AGENT = "grassroots-action-center (self-hosted advocacy site)"
#: How many questions of this process may be without an answer at once. A server that never ends its answer
#: holds one each.
_SLOTS = threading.BoundedSemaphore(32)


class _WithoutQuery(logging.Filter):
    """urllib3 names whole URLs, at DEBUG for every question and at WARNING where headers are broken."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"\?[^\s\"']*", "?…", record.getMessage()), None
        return True


for _name in ("connection", "connectionpool", "response", "util.retry", "poolmanager"):
    logging.getLogger(f"urllib3.{_name}").addFilter(_WithoutQuery())


class StatusError(GeocoderUnavailableError):
    """The service answered with another status than 200."""

    def __init__(self, service: str, status: int) -> None:
        super().__init__(f"{service} answered with status {status}")
        self.status = status


class _NotReachedError(GeocoderUnavailableError):
    """The one failure besides a status of 500 and above after which the question is asked again."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom. `service` is for messages: "the Census geocoder"; the rest is told to nobody else."""

    service: str
    url: str = field(repr=False)
    parameters: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def ask(question: Question, *, timeout_seconds: float) -> Any:
    """The service's answer, as `json.loads` gives it.

    All of it takes no longer than the time-out, looking up the host's name and one retry included: the exchange
    runs in a thread of its own, which is left behind when the time is up. Asked again, once, is only what found
    no connection, lost it, or was answered with a status of 500 or above. Redirects are not followed: they could
    take an address to somebody else.

    :raises StatusError: for any status but 200.
    :raises GeocoderUnavailableError: for everything else that is no JSON answer in time. No message and no chained
        exception has the question in it.
    """
    give_up_at = time.monotonic() + timeout_seconds
    if not _SLOTS.acquire(blocking=False):
        raise GeocoderUnavailableError(f"{question.service} owes too many answers")
    outcome: queue.SimpleQueue[tuple[Any, GeocoderUnavailableError | None]] = queue.SimpleQueue()
    threading.Thread(target=_exchange, args=(question, give_up_at, outcome), daemon=True).start()
    try:
        answer, failure = outcome.get(timeout=max(0.0, give_up_at - time.monotonic()))
    except queue.Empty:
        answer, failure = None, _too_slow(question)
    if failure is not None:
        raise failure
    return answer


def _exchange(
    question: Question, give_up_at: float, outcome: "queue.SimpleQueue[tuple[Any, GeocoderUnavailableError | None]]"
) -> None:
    """Puts the answer or the failure, which carries along nothing of what caused it."""
    try:
        outcome.put((_ask_twice(question, give_up_at), None))
    except GeocoderUnavailableError as error:
        # What it was raised in place of may quote the question or the answer.
        error.__context__ = error.__cause__ = None
        outcome.put((None, error.with_traceback(None)))
    except Exception as error:
        # Whatever it is, it may quote the question.
        outcome.put((None, GeocoderUnavailableError(f"{question.service} was not asked ({type(error).__name__})")))
    finally:
        _SLOTS.release()


def _ask_twice(question: Question, give_up_at: float) -> Any:
    failure: GeocoderUnavailableError
    try:
        return _ask_once(question, give_up_at)
    except StatusError as error:
        if error.status < 500:
            raise
        failure = error
    except _NotReachedError as error:
        failure = error
    if time.monotonic() + _PAUSE_BEFORE_RETRY_SECONDS >= give_up_at:
        raise failure from None
    time.sleep(_PAUSE_BEFORE_RETRY_SECONDS)
    return _ask_once(question, give_up_at)


def _ask_once(question: Question, give_up_at: float) -> Any:
    failure = ""
    try:
        with requests.get(
            question.url,
            params=question.parameters,
            headers={
                "User-Agent": _USER_AGENT,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                **question.headers,
            },
            timeout=max(0.01, give_up_at - time.monotonic()),
            stream=True,
            allow_redirects=False,
        ) as response:
            if response.status_code != requests.codes.ok:
                raise StatusError(question.service, response.status_code)
            body = _body(response, question, give_up_at)
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise _too_slow(question) from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        failure = type(error).__name__
    if failure:
        raise _NotReachedError(f"{question.service} was not reached ({failure})")
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise GeocoderUnavailableError(f"{question.service} gave an answer that is not JSON") from None


def _body(response: requests.Response, question: Question, give_up_at: float) -> bytes:
    body = b""
    while part := response.raw.read1(65536, decode_content=True):
        body += part
        if time.monotonic() > give_up_at:
            raise _too_slow(question)
        if len(body) > _LARGEST_ANSWER_BYTES:
            raise GeocoderUnavailableError(f"{question.service} gave an answer that is too large")
    return body


def _too_slow(question: Question) -> GeocoderUnavailableError:
    return GeocoderUnavailableError(f"{question.service} did not answer in time")


def _refuse(constant: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)
