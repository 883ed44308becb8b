"""What an answer of a chamber's system means for a letter, without a word in it that could be somebody's."""

import re
from collections.abc import Iterator

from delivery.engine.failures import Failure, Fate

#: DeliveryEvent.Reason values.
_INVALID, _TOO_LONG = "invalid", "too_long"
_BEGINS = re.compile(r"<(?:\w{1,20}:)?Error\b[^<>]{0,200}>", re.IGNORECASE)
_ENDS = re.compile(r"</(?:\w{1,20}:)?Error\s{0,20}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")
_ENTITY = re.compile(r"&#?\w{1,10};")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*|[^\sA-Za-z]+")
#: Elements of the document; a complaint is about one of them.
_ELEMENTS = frozenset(
    "CWC CWCVersion Delivery DeliveryId DeliveryDate DeliveryAgent DeliveryAgentAckEmailAddress DeliveryAgentContact"
    " DeliveryAgentContactName DeliveryAgentContactEmail DeliveryAgentContactPhone Organization OrganizationContact"
    " OrganizationContactName OrganizationContactEmail OrganizationContactPhone OrganizationAbout CampaignId Recipient"
    " MemberOffice IsResponseRequested NewsletterOptIn Constituent Prefix FirstName MiddleName LastName Suffix Title"
    " ConstituentOrganization Address1 Address2 Address3 City StateAbbreviation Zip Phone AddressValidation Email"
    " EmailValidation Message Subject LibraryOfCongressTopics LibraryOfCongressTopic Bills Bill BillCongress"
    " BillTypeAbbreviation BillNumber ProOrCon OrganizationStatement ConstituentMessage MoreInfo".split()
)
#: Words of complaint; none of them says anything of a person.
_WORDS = frozenset(
    "a an and are at be been by cannot character characters contain contains did does document duplicate element"
    " elements empty error exceeds expected expecting failed field format found greater has have in incorrect invalid"
    " is it least length less long longer match matching maximum member minimum missing more must not of office only or"
    " order pattern permitted recognized required schema short shorter than the to too type unexpected unknown validate"
    " validation value valid values was xml xsd".split()
)
_LONGEST = 280
#: Whatever is longer is no list of complaints, and no complaint.
_LARGEST, _LARGEST_COMPLAINT = 200_000, 2_000
_HIDDEN = "…"


def is_web_page(content_type: str, body: bytes) -> bool:
    """Whether something in front of the system answered: a proxy, a page about maintenance."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" in content_type.lower() or start.startswith((b"<!doctype html", b"<html"))


def complaints(body: str) -> str:
    """What the `<Error>` elements of an answer complain of, in their order, without anything that a person typed.

    Systems quote the value that they refuse. Only names of elements and words of complaint are kept; the rest
    becomes an ellipsis.
    """
    found = dict.fromkeys(_without_values(text[:_LARGEST_COMPLAINT]) for text in _errors(body[:_LARGEST]))
    line = "; ".join(text for text in found if text and text != _HIDDEN)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}{_HIDDEN}"


def failure(
    *, status: int, is_web_page: bool, body: str = "", retry_after_seconds: float | None = None, may_have_gone: bool
) -> Failure:
    """What an answer other than yes, and other than 409, means.

    :param is_web_page: the body is none of the system's own.
    :param may_have_gone: a yes would have delivered the letter; False in tests and dry runs.
    """
    code = f"HTTP {status}"
    if is_web_page:
        code = f"{code}, a web page"
    if 300 <= status < 400 or status in (401, 403, 404, 405, 406, 407, 408, 415, 421, 429, 503):
        # Our key, our settings, their limits: every letter would meet that, and none was taken.
        return Failure(Fate.RETRY, code, is_service_wide=True, retry_after_seconds=retry_after_seconds)
    if 400 <= status < 500:
        if is_web_page:
            # A firewall's own page says nothing about the letter.
            return Failure(Fate.RETRY, code, is_service_wide=True, retry_after_seconds=retry_after_seconds)
        detail = complaints(body)
        return Failure(
            Fate.FAILED, f"{code}: {detail}" if detail else code, reason=_TOO_LONG if status == 413 else _INVALID
        )
    fate = Fate.UNCERTAIN if may_have_gone else Fate.RETRY
    return Failure(fate, code, is_service_wide=True, retry_after_seconds=retry_after_seconds)


def _errors(body: str) -> Iterator[str]:
    """The insides of the elements. No XML parser: what answers is not always what was asked."""
    at = 0
    while begin := _BEGINS.search(body, at):
        end = _ENDS.search(body, begin.end())
        if end is None:
            return
        yield body[begin.end() : end.start()]
        at = end.end()


def _without_values(text: str) -> str:
    kept: list[str] = []
    for word in _WORD.findall(_ENTITY.sub(" ", _TAG.sub(" ", text))):
        is_known = word in _ELEMENTS or word.lower() in _WORDS
        if is_known:
            kept.append(word)
        elif re.search(r"\w", word) and kept[-1:] != [_HIDDEN]:
            kept.append(_HIDDEN)
    return " ".join(kept)
