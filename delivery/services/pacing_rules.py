"""How fast letters leave, as the staff set it for the site or a campaign."""

import logging
import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from delivery.engine.lanes import NO_LIMIT
from delivery.engine.pacing import USUAL, Rules
from delivery.records.pacing import PacingRule
from delivery.selectors import pacing
from delivery.services import planning

logger = logging.getLogger(__name__)

LIMITS = ("official_per_hour", "domain_per_hour", "total_per_hour")


def save(*, campaign_key: uuid.UUID | None, rules: Rules, by: AbstractBaseUser | None) -> PacingRule:
    """Writes the rules of the site (`campaign_key` None) or what differs for a campaign, and plans its letters again.

    :param rules: the whole of it; None is "as for the site", and for the site "as usual".
    :raises ValidationError: with the sentences by field; nothing is changed.
    """
    check(campaign_key=campaign_key, rules=rules)
    values: dict[str, Any] = {name: getattr(rules, name) for name in pacing.RULE_FIELDS}
    with transaction.atomic():
        rule = PacingRule.objects.select_for_update().filter(campaign_key=campaign_key).first()
        rule = rule or PacingRule(campaign_key=campaign_key)
        for name, value in values.items():
            setattr(rule, name, value)
        rule.changed_by_id = by.pk if by else None
        rule.full_clean(exclude=["changed_by"])
        rule.save()
    changed = ", ".join(f"{name}={value}" for name, value in values.items() if value is not None)
    logger.info("pacing of %s: %s", campaign_key or "the site", changed or "nothing of its own")
    planning.replan(campaign_key=campaign_key)
    return rule


def check(*, campaign_key: uuid.UUID | None, rules: Rules) -> None:
    """:raises ValidationError: with the sentences by field."""
    errors: dict[str, list[str]] = {}
    above = pacing.site_rules() if campaign_key else Rules()
    for name in LIMITS:
        limit, most = getattr(rules, name), getattr(above, name) or NO_LIMIT
        if limit is not None and limit < 1:
            errors.setdefault(name, []).append(_("Enter 1 or more. To stop letters altogether, pause them."))
        elif limit is not None and limit > most:
            sentence = (
                _("The site lets out %(number)d an hour; a campaign can only be slower.")
                if campaign_key
                else _("Enter at most %(number)d, which stands for no limit.")
            )
            errors.setdefault(name, []).append(sentence % {"number": most})
    merged = rules.over(pacing.site_rules() if campaign_key else USUAL)
    if merged.opens_at and merged.closes_at and merged.closes_at <= merged.opens_at:
        # Only one of the two may have been set: the error stands where the person can act.
        field = "closes_at" if rules.closes_at is not None or rules.opens_at is None else "opens_at"
        hours = {"opens": f"{merged.opens_at:%H:%M}", "closes": f"{merged.closes_at:%H:%M}"}
        errors[field] = [
            _("Letters would have to leave between %(opens)s and %(closes)s. Let the second be later.") % hours
        ]
    if errors:
        raise ValidationError({name: list(sentences) for name, sentences in errors.items()})
