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

    class Meta:
        abstract = True
