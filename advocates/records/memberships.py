"""Who has joined which network of the society."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """Somebody who left and joins again has one row: `left_at` is empty again."""

    advocate = models.ForeignKey("advocates.Advocate", models.CASCADE, related_name="memberships")
    #: A machine key, the same in every language: physicians, patients.
    network = models.CharField(_("network"), max_length=40)
    joined_at = models.DateTimeField(_("joined at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    #: Of the submission with which they joined.
    source_key = models.UUIDField()

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint(fields=["advocate", "network"], name="one_membership_per_network")]

    def __str__(self) -> str:
        return self.network
