"""What resolving addresses leaves behind: answers under a keyed hash, how the geocoders fare, doubts of visitors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GeocodeAnswer(models.Model):
    """In which districts an address lies: neither the address nor its coordinates, and of nobody in particular."""

    #: HMAC of the normalised address, the geocoders in their order and the plans in force.
    key = models.CharField(max_length=64, unique=True)
    geocoder = models.CharField(_("geocoder"), max_length=40)
    #: `legislators.engine.resolution.Certainty` of the point.
    certainty = models.CharField(_("certainty"), max_length=20)
    #: What the index said, by kind of district; its form is that of `legislators.services.answers`.
    districts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        verbose_name = _("remembered look-up")
        verbose_name_plural = _("remembered look-ups")

    def __str__(self) -> str:
        return f"{self.geocoder} {self.certainty}"


class GeocoderDay(models.Model):
    """How one geocoder fared on one day."""

    geocoder = models.CharField(_("geocoder"), max_length=40)
    day = models.DateField(_("day"))
    #: Of those asked, `found` knew the address, `failed` did not answer or answered nonsense; the rest knew nothing.
    asked = models.PositiveIntegerField(_("asked"), default=0)
    found = models.PositiveIntegerField(_("found"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    milliseconds = models.PositiveBigIntegerField(_("milliseconds in all"), default=0)
    last_failure = models.CharField(_("last failure"), max_length=200, blank=True)
    last_failed_at = models.DateTimeField(_("last failed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("geocoder’s day")
        verbose_name_plural = _("geocoders’ days")
        ordering = ["-day", "geocoder"]
        constraints = [models.UniqueConstraint(fields=["geocoder", "day"], name="one_row_per_geocoder_and_day")]

    def __str__(self) -> str:
        return f"{self.geocoder} {self.day}"


class LegislatorDoubt(models.Model):
    """A visitor said "this is not my legislator". Nothing of the visitor is kept."""

    class Reason(models.TextChoices):
        WRONG_DISTRICT = "wrong_district", _("I live in another district")
        LEFT_OFFICE = "left_office", _("This person is no longer in office")
        WRONG_CONTACT = "wrong_contact", _("The name or the contact is wrong")
        OTHER = "other", _("Something else")

    official = models.ForeignKey("legislators.Official", models.CASCADE, null=True, blank=True, related_name="doubts")
    division = models.ForeignKey("legislators.Division", models.CASCADE, related_name="doubts")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    #: How sure the answer was that the visitor doubts, and who located the address.
    certainty = models.CharField(_("certainty"), max_length=20, blank=True)
    geocoder = models.CharField(_("geocoder"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("doubt about a legislator")
        verbose_name_plural = _("doubts about legislators")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.division}: {self.get_reason_display()}"
