"""Officials, the seats they hold and where their offices are."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Official(models.Model):
    """A person in office. Never deleted: a letter keeps pointing at who received it."""

    class Source(models.TextChoices):
        OPENSTATES = "openstates", _("Open States")
        CONGRESS = "congress", _("congress-legislators")
        SAMPLE = "sample", _("sample data")

    #: The source's own stable id: `ocd-person/<uuid>` or `bioguide/<id>`.
    source_id = models.CharField(_("source id"), max_length=100, unique=True)
    #: Which loader keeps this person up to date; no other one retires them.
    source = models.CharField(_("source"), max_length=20, choices=Source, blank=True)
    name = models.CharField(_("name"), max_length=200)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    party = models.CharField(_("party"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_form_url = models.URLField(_("contact form"), max_length=500, blank=True)
    website_url = models.URLField(_("website"), max_length=500, blank=True)
    #: Speaker, Majority Whip: as the source says it, in English.
    leadership_title = models.CharField(_("leadership"), max_length=200, blank=True)
    #: Handles without @ or address, by service: `{"twitter": "RepExample", "youtube": "…"}`.
    social_handles = models.JSONField(_("social media"), default=dict, blank=True)
    #: Where the source keeps a photo; a public page never asks that host for it.
    photo_source_url = models.URLField(max_length=500, blank=True)
    #: Our own copy, made by the sync. `photo_copied_from` says of which address: the credit shown with it.
    photo = models.ImageField(_("photo"), upload_to="officials/", blank=True)
    photo_copied_from = models.URLField(max_length=500, blank=True)
    photo_tried_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)
    #: Set when the source no longer lists the person as in office.
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    class Chamber(models.TextChoices):
        STATE_UPPER = "state_upper", _("State senate")
        STATE_LOWER = "state_lower", _("State house")
        US_HOUSE = "us_house", _("U.S. House")
        US_SENATE = "us_senate", _("U.S. Senate")

    official = models.ForeignKey(Official, models.PROTECT, related_name="terms")
    division = models.ForeignKey("legislators.Division", models.PROTECT, related_name="terms")
    chamber = models.CharField(_("chamber"), max_length=20, choices=Chamber)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True, help_text=_("First day no longer in office."))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["official", "division", "chamber", "start"], name="one_term_per_start"),
            # SQLite cannot say NULLS NOT DISTINCT, so a term of unknown start has a constraint of its own.
            models.UniqueConstraint(
                fields=["official", "division", "chamber"],
                name="one_term_of_unknown_start",
                condition=Q(start__isnull=True),
            ),
            models.CheckConstraint(
                name="term_ends_after_it_starts",
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official} – {self.division}"


class Office(models.Model):
    class Kind(models.TextChoices):
        CAPITOL = "capitol", _("Capitol office")
        DISTRICT = "district", _("District office")

    official = models.ForeignKey(Official, models.CASCADE, related_name="offices")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    #: Where there are several: the town, or what the source calls it.
    name = models.CharField(_("name"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.phone or self.address}"
