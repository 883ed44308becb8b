"""Counting attempts without knowing who made them, and taking back what was not a person's own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """How often one network, person or address was seen in one hour; swept away after two days."""

    #: What is counted, and a keyed hash of it: nothing can be read back from it.
    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")
        constraints = [models.UniqueConstraint(fields=["scope", "key", "hour"], name="one_count_an_hour")]
        indexes = [models.Index(fields=["hour"], name="attempts_by_hour")]

    def __str__(self) -> str:
        return f"{self.scope} {self.hour:%Y-%m-%d %H}"


class Invalidation(models.Model):
    """A decision of the staff that some submissions were not people's own; it can be undone as a whole."""

    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invalidation")
        verbose_name_plural = _("invalidations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.reason


class InvalidatedSubmission(models.Model):
    """One submission of an invalidation, and how it stood before."""

    invalidation = models.ForeignKey(Invalidation, models.CASCADE, related_name="items")
    submission = models.ForeignKey("campaigns.Submission", models.CASCADE, related_name="invalidations")
    standing_before = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("invalidated submission")
        verbose_name_plural = _("invalidated submissions")
        constraints = [
            models.UniqueConstraint(fields=["invalidation", "submission"], name="once_in_an_invalidation"),
        ]

    def __str__(self) -> str:
        return str(self.submission_id)


class Authorship(models.Model):
    """Proof that a person agreed to a letter. Nothing personal is in it, and it outlives what is."""

    class Way(models.TextChoices):
        FORM = "form", _("On the page on which they read it")
        EMAIL = "email", _("On the page, and once more by e-mail")

    #: Stands in the letter's footer: ten characters that cannot be mistaken for each other.
    reference = models.CharField(max_length=20, unique=True)
    letter = models.OneToOneField("campaigns.Letter", models.SET_NULL, null=True, blank=True, related_name="authorship")
    #: Of the message, which offices of Congress get as DeliveryId: it answers for the letter when that is erased.
    delivery_id = models.UUIDField(null=True, blank=True, db_index=True)
    #: SHA-256 of the words as the office reads them, without the footer and however the lines are broken:
    #: `campaigns.engine.authorship.text_hash`.
    text_hash = models.CharField(max_length=64)
    is_personalised = models.BooleanField(default=False)
    #: How many of the society's talking points the person chose for it.
    number_of_points = models.PositiveSmallIntegerField(default=0)
    campaign_title = models.CharField(max_length=255)
    recipient_name = models.CharField(max_length=200)
    recipient_office = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    #: What stood beside the button with which the person sent the letter.
    consent_text = models.TextField()
    consent_hash = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way, default=Way.FORM)
    agreed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Found afterwards not to be a person's own.
    is_invalid = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("proof of authorship")
        verbose_name_plural = _("proofs of authorship")
        ordering = ["-agreed_at"]

    def __str__(self) -> str:
        return self.reference
