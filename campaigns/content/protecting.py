"""How an action is protected from those who are not who they say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProtectionMixin(models.Model):
    class Confirmation(models.TextChoices):
        BY_RISK = "by_risk", _("Where something speaks for it")
        ALWAYS = "always", _("Always")
        NEVER = "never", _("Never")

    confirmation = models.CharField(
        _("people confirm by e-mail"),
        max_length=10,
        choices=Confirmation,
        default=Confirmation.BY_RISK,
        help_text=_("Letters then wait until the person has pressed a button on a page that a mail leads to."),
    )

    network_an_hour = models.PositiveIntegerField(
        _("forms an hour from one network"),
        null=True,
        blank=True,
        help_text=_(
            "Only where this action needs another limit than the site, such as for an event on one network. 0 is none; "
            "the limit of a day grows in proportion. Forms of this action are then counted apart from all others."
        ),
    )

    class Meta:
        abstract = True
