"""Asks a chamber which of its offices take letters by CWC."""

import json
import re
from dataclasses import dataclass
from typing import Any

from delivery.adapters.cwc import configuration
from delivery.adapters.cwc.http import CwcSession, NoAnswer
from delivery.engine.cwc import answers, office_codes
from delivery.engine.cwc.chambers import HOUSE, UnknownRuleError

_BIOGUIDE = re.compile(r"\[\s*bioguide_id:\s*([A-Z][0-9]{6})\s*\]")
_LONGEST_NAME = 200


class OfficesUnavailable(Exception):
    """The list could not be had. The message is for the staff and names neither key nor address."""


@dataclass(frozen=True, slots=True)
class ListedOffice:
    code: str
    name: str = ""
    #: Of the Senate's list only.
    bioguide_id: str = ""


def fetch(chamber: str) -> list[ListedOffice]:
    """The chamber's list, each office once.

    :raises OfficesUnavailable: it was not reached, did not answer with a list, or lists what is no office of it.
    """
    session = CwcSession()
    try:
        answer = session.get(configuration.offices_url(chamber), key=configuration.key(chamber))
    except NoAnswer as error:
        raise OfficesUnavailable(f"no answer ({error})") from None
    except UnknownRuleError as error:
        raise OfficesUnavailable(f"wrong settings: {error}") from None
    finally:
        session.close()
    if answers.is_web_page(answer.content_type, answer.body):
        raise OfficesUnavailable(f"HTTP {answer.status}, a web page")
    if answer.status != 200:
        raise OfficesUnavailable(f"HTTP {answer.status}")
    try:
        rows = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise OfficesUnavailable("the answer is no JSON") from None
    if not isinstance(rows, list):
        raise OfficesUnavailable("the answer is no list")
    read = _house_office if chamber == HOUSE else _senate_office
    found = {office.code: office for office in map(read, rows)}
    if wrong := [code for code in found if not office_codes.is_code(code, chamber=chamber)]:
        raise OfficesUnavailable(f"{len(wrong)} of {len(found)} entries are no offices")
    return list(found.values())


def _house_office(row: Any) -> ListedOffice:
    return ListedOffice(row.strip().upper() if isinstance(row, str) else "")


def _senate_office(row: Any) -> ListedOffice:
    if not isinstance(row, dict):
        return ListedOffice("")
    named, code = str(row.get("name") or ""), str(row.get("office_code") or "")
    bioguide = _BIOGUIDE.search(named)
    name = " ".join(_BIOGUIDE.sub(" ", named).split())
    return ListedOffice(code.strip().upper(), name[:_LONGEST_NAME], bioguide[1] if bioguide else "")
