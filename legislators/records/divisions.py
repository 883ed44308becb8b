"""Divisions, named by their Open Civic Data id, and the boundaries that a plan gives them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    class Kind(models.TextChoices):
        STATE = "state", _("State")
        CONGRESS = "cd", _("Congressional district")
        UPPER = "sldu", _("State senate district")
        LOWER = "sldl", _("State house district")

    ocd_id = models.CharField(_("OCD id"), max_length=200, unique=True)
    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.PROTECT, related_name="divisions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200, help_text=_("As people there say it: 10th Middlesex."))
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["jurisdiction", "kind", "name"]
        constraints = [
            models.CheckConstraint(
                name="division_ocd_id_is_an_ocd_id", condition=Q(ocd_id__startswith="ocd-division/country:us")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BoundarySet(models.Model):
    """One districting plan for one kind of division in one state: in force between two dates."""

    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.PROTECT, related_name="boundary_sets")
    kind = models.CharField(_("kind"), max_length=10, choices=Division.Kind)
    plan = models.CharField(_("plan"), max_length=100, help_text=_("Vintage of the source, such as TIGER2024."))
    source = models.CharField(_("source"), max_length=300)
    #: Of the outlines: another one means that some line moved.
    checksum = models.CharField(max_length=64)
    #: Of the whole file that it was last taken from: the same file need not be read again.
    file_checksum = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("First day no longer in force."))
    #: How far a generalised outline may lie from the true line; 0 for full detail.
    accuracy_metres = models.PositiveIntegerField(_("accuracy in metres"), default=0)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("boundary set")
        verbose_name_plural = _("boundary sets")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "kind", "plan"], name="one_boundary_set_per_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction.name} {self.get_kind_display()} {self.plan}"


class Boundary(models.Model):
    """A division's outline in WGS 84: four floats for a cheap first look, WKB for the answer."""

    boundary_set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="boundaries")
    division = models.ForeignKey(Division, models.PROTECT, related_name="boundaries")
    geoid = models.CharField(_("Census GEOID"), max_length=20, blank=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    wkb = models.BinaryField()

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.UniqueConstraint(fields=["boundary_set", "division"], name="one_boundary_per_division_and_plan"),
        ]
        indexes = [models.Index(fields=["west", "east", "south", "north"], name="boundary_box")]

    def __str__(self) -> str:
        return f"{self.division} ({self.boundary_set})"
