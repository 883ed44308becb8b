"""What is seen of testimony: what is asked for, then the composed text and the way to hand it in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import TESTIMONY
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import testimonies
from campaigns.selectors.kinds.base import closing, mention, opening


@opening(TESTIMONY)
def what_is_asked(page_key: UUID, terms: KindTerms) -> Mapping[str, Any]:
    settings = terms.settings
    return {
        **{name: settings.get(name, "") for name in ("form", "body", "number", "title", "outline")},
        "hearing_on": parse_date(str(settings.get("hearing_on") or "")),
        "due_on": parse_date(str(settings.get("due_on") or "")),
        "language": terms.language,
    }


@closing(TESTIMONY, is_done_afterwards=True)
def document(taken: TakenAction) -> Mapping[str, Any]:
    return {
        "testimony": testimonies.testimony(taken),
        # Its state stands with the letters: nothing is said twice, and nothing of it here.
        "goes_as_letter": taken.submission.letters.exists(),
        "is_done": taken.done_at is not None,
    }


@mention(TESTIMONY)
def in_mail(taken: TakenAction) -> str:
    found = testimonies.testimony(taken)
    if taken.submission.letters.exists():
        return _("Your text: %(heading)s. How it goes is said with the letters.") % {"heading": found.heading}
    text = _("Your text is ready: %(heading)s. It is not handed in yet: only you can do that.") % {
        "heading": found.heading
    }
    if found.docket:
        text += "\n" + _("Hand it in here: %(url)s") % {"url": found.docket}
    if found.due_on:
        text += "\n" + _("Last day: %(day)s") % {"day": found.due_on}
    return text
