"""What an address is matched against without asking anybody: street ranges and ZIP codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StreetRange(models.Model):
    """One side of one block: its house numbers run evenly from one end of the line to the other."""

    class Parity(models.TextChoices):
        ODD = "odd", _("odd")
        EVEN = "even", _("even")
        BOTH = "both", _("both")

    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.CASCADE, related_name="street_ranges")
    #: The file it came from, such as `tl_2024_25017_addrfeat`: loading that file again replaces only its own rows.
    source = models.CharField(_("source"), max_length=100, blank=True)
    #: As `legislators.engine.addresses.street_key` writes it: MAPLE ST.
    street_key = models.CharField(max_length=120)
    zip_code = models.CharField(max_length=5)
    city = models.CharField(max_length=100, blank=True)
    low_number = models.PositiveIntegerField()
    high_number = models.PositiveIntegerField()
    parity = models.CharField(max_length=4, choices=Parity)
    low_longitude = models.FloatField()
    low_latitude = models.FloatField()
    high_longitude = models.FloatField()
    high_latitude = models.FloatField()

    class Meta:
        verbose_name = _("street range")
        verbose_name_plural = _("street ranges")
        indexes = [models.Index(fields=["zip_code", "street_key"], name="street_range_lookup")]

    def __str__(self) -> str:
        return f"{self.low_number}–{self.high_number} {self.street_key} {self.zip_code}"


class AddressPoint(models.Model):
    """One house of a sample jurisdiction, where it stands: the demonstration's own address book."""

    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.CASCADE, related_name="address_points")
    house_number = models.PositiveIntegerField(_("house number"))
    #: As `legislators.engine.addresses.street_key` writes it.
    street_key = models.CharField(max_length=120)
    city = models.CharField(_("city"), max_length=100, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=5)
    longitude = models.FloatField()
    latitude = models.FloatField()

    class Meta:
        verbose_name = _("address point")
        verbose_name_plural = _("address points")
        constraints = [
            models.UniqueConstraint(fields=["zip_code", "street_key", "house_number"], name="one_point_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.house_number} {self.street_key} {self.zip_code}"


class ZipDivision(models.Model):
    """A ZIP code touches a division. Several rows of one kind: the ZIP is split."""

    zip_code = models.CharField(max_length=5, db_index=True)
    division = models.ForeignKey("legislators.Division", models.CASCADE, related_name="zip_codes")
    source = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("ZIP code of a division")
        verbose_name_plural = _("ZIP codes of divisions")
        constraints = [models.UniqueConstraint(fields=["zip_code", "division"], name="one_row_per_zip_and_division")]

    def __str__(self) -> str:
        return f"{self.zip_code} – {self.division}"
