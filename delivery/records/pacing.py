"""How fast letters may leave, and what of that is taken."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

_AT_LEAST_ONE = [MinValueValidator(1)]


class PacingRule(models.Model):
    """Of the whole site (`campaign_key` empty), or what differs for one campaign: an empty field is as for the site."""

    campaign_key = models.UUIDField(null=True, blank=True)
    official_per_hour = models.PositiveIntegerField(
        _("letters an hour to one official"), null=True, blank=True, validators=_AT_LEAST_ONE
    )
    domain_per_hour = models.PositiveIntegerField(
        _("letters an hour to one mail domain"), null=True, blank=True, validators=_AT_LEAST_ONE
    )
    #: Of a campaign: its letters an hour altogether. Of the site: what the mail service takes.
    total_per_hour = models.PositiveIntegerField(
        _("letters an hour altogether"), null=True, blank=True, validators=_AT_LEAST_ONE
    )
    #: In the capitol's own time zone.
    opens_at = models.TimeField(_("not before"), null=True, blank=True)
    closes_at = models.TimeField(_("not after"), null=True, blank=True)
    is_weekdays_only = models.BooleanField(_("on working days only"), null=True, blank=True)
    #: Each letter waits a random part of this many hours, so that a campaign does not arrive as one burst.
    spread_hours = models.PositiveSmallIntegerField(
        _("spread over hours"), null=True, blank=True, validators=[MaxValueValidator(24 * 14)]
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("pacing rule")
        verbose_name_plural = _("pacing rules")
        constraints = [
            # NULLs are all different to a plain unique index, and the site has one rule.
            models.UniqueConstraint(
                Coalesce(F("campaign_key"), Value(uuid.UUID(int=0), models.UUIDField())), name="one_pacing_rule_each"
            ),
            models.CheckConstraint(
                name="offices_close_after_they_open",
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign_key or "site")


class PacingLane(models.Model):
    """What of one limit is taken: of an official, a domain, the service, a campaign."""

    #: `official:<recipient key>`, `domain:<domain>`, `service`, and the same below `campaign:<hex>:`.
    key = models.CharField(max_length=255, unique=True)
    #: Before this moment nothing is free.
    full_until = models.DateTimeField()
    #: Letters already placed, by the start of their five minutes as a Unix time: `{"1763800500": 3}`.
    taken = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("pacing lane")
        verbose_name_plural = _("pacing lanes")

    def __str__(self) -> str:
        return self.key
