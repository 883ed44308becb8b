"""Committees of state legislatures and of Congress, and who sits on them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Committee(models.Model):
    """Never deleted: retired when its source no longer lists it."""

    class Chamber(models.TextChoices):
        """The first four as in `Term.Chamber`, and the joint ones."""

        STATE_UPPER = "state_upper", _("State senate")
        STATE_LOWER = "state_lower", _("State house")
        STATE_JOINT = "state_joint", _("Both state chambers")
        US_HOUSE = "us_house", _("U.S. House")
        US_SENATE = "us_senate", _("U.S. Senate")
        US_JOINT = "us_joint", _("Both chambers of Congress")

    #: `ocd-organization/<uuid>`, or `congress/<thomas id>`.
    source_id = models.CharField(_("source id"), max_length=100, unique=True)
    source = models.CharField(_("source"), max_length=20, blank=True)
    #: None for a committee of Congress.
    jurisdiction = models.ForeignKey(
        "legislators.Jurisdiction", models.PROTECT, null=True, blank=True, related_name="committees"
    )
    chamber = models.CharField(_("chamber"), max_length=20, choices=Chamber)
    name = models.CharField(_("name"), max_length=300)
    #: Of a subcommittee.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="subcommittees")
    website_url = models.URLField(_("website"), max_length=500, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="committee_of_a_state_names_it",
                condition=Q(jurisdiction__isnull=True, chamber__startswith="us_")
                | Q(jurisdiction__isnull=False, chamber__startswith="state_"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeMembership(models.Model):
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="memberships")
    #: None where the source names somebody whom we cannot tell among the officials: then only the name is shown.
    official = models.ForeignKey(
        "legislators.Official", models.CASCADE, null=True, blank=True, related_name="committee_memberships"
    )
    name = models.CharField(_("name"), max_length=200)
    #: chair, vice chair, ranking member, member: as the source says it, in lower case.
    role = models.CharField(_("role"), max_length=100, default="member")
    #: Order in the committee, from 1.
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)

    class Meta:
        verbose_name = _("committee membership")
        verbose_name_plural = _("committee memberships")
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "official"], name="one_membership_per_committee_and_official"),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.committee}"
