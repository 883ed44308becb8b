"""Where officials stand on what a campaign asks, as the staff know it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficialPosition(models.Model):
    """What texts for those in support, and for cosponsors, go by."""

    class Position(models.TextChoices):
        CHAMPION = "champion", _("Champion")
        SUPPORTS = "supports", _("Supports it")
        UNDECIDED = "undecided", _("Undecided")
        OPPOSES = "opposes", _("Opposes it")
        UNKNOWN = "unknown", _("Not known")

    #: The campaign's translation key, or the page's where it lies in no campaign.
    campaign_key = models.UUIDField()
    official = models.ForeignKey("legislators.Official", models.CASCADE, related_name="positions")
    position = models.CharField(_("position"), max_length=10, choices=Position, default=Position.UNKNOWN)
    is_cosponsor = models.BooleanField(_("sponsors or cosponsors the bill"), default=False)
    source = models.CharField(
        _("how we know"), max_length=300, blank=True, help_text=_("A page, a vote, a conversation with the office.")
    )
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("position of an official")
        verbose_name_plural = _("positions of officials")
        ordering = ["official"]
        constraints = [
            models.UniqueConstraint(fields=["campaign_key", "official"], name="one_position_per_campaign_and_official"),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_position_display()}"
