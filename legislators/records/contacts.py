"""What staff know better than the source about reaching an official, and what the source used to say."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContactOverride(models.Model):
    """Goes before what the loaders bring until it expires; no loader touches it."""

    official = models.OneToOneField("legislators.Official", models.CASCADE, related_name="contact_override")
    email = models.EmailField(_("e-mail"), blank=True)
    contact_form_url = models.URLField(_("contact form"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    #: The source's address is wrong and nobody knows the right one: letters become hand-offs.
    stops_email = models.BooleanField(
        _("send no e-mail"), default=False, help_text=_("The person is shown the form and the phone instead.")
    )
    reason = models.CharField(_("reason"), max_length=300)
    expires_on = models.DateField(_("expires on"), help_text=_("From this day on the source’s data counts again."))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("corrected contact")
        verbose_name_plural = _("corrected contacts")
        ordering = ["expires_on"]
        constraints = [
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_says_something",
                condition=~Q(email="") | ~Q(contact_form_url="") | ~Q(phone="") | Q(stops_email=True),
            ),
            models.CheckConstraint(name="override_with_email_sends", condition=Q(email="") | Q(stops_email=False)),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.reason}"


class OfficialChange(models.Model):
    """What a load changed about an official, field by field. Never changed, never deleted."""

    official = models.ForeignKey("legislators.Official", models.CASCADE, related_name="changes")
    load = models.ForeignKey("legislators.DataLoad", models.SET_NULL, null=True, blank=True, related_name="changes")
    changed_at = models.DateTimeField(_("changed at"))
    #: `{"email": ["old@…", "new@…"], "terms": [["…"], ["…"]]}`: before and after, by field name.
    fields = models.JSONField(_("fields"))

    class Meta:
        verbose_name = _("change of an official")
        verbose_name_plural = _("changes of officials")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.official} {self.changed_at:%Y-%m-%d}"
