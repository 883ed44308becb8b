"""How much of one person, one address or one network is still believed: limits that the staff set."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="lock", order=300)
class ProtectionSettings(BaseSiteSetting):
    """What goes beyond a limit is not refused: it waits for the staff, and whoever sent it is told that it waits."""

    network_an_hour = models.PositiveIntegerField(_("forms an hour from one network"), default=60)
    network_a_day = models.PositiveIntegerField(_("forms a day from one network"), default=300)
    person_a_day = models.PositiveIntegerField(_("forms a day from one e-mail address"), default=10)
    address_a_day = models.PositiveIntegerField(_("forms a day from one postal address"), default=20)
    fastest_seconds = models.PositiveIntegerField(
        _("seconds that filling in a form takes at least"),
        default=3,
        help_text=_("What is faster waits for the staff."),
    )
    blocked_domains = models.TextField(
        _("e-mail domains that wait for the staff"), blank=True, help_text=_("One a line, such as mail.example.")
    )
    allowed_domains = models.TextField(
        _("e-mail domains that are always fine"), blank=True, help_text=_("One a line; they win over every other list.")
    )
    kept_days = models.PositiveIntegerField(_("days after which the hash of a network is forgotten"), default=30)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("network_an_hour"),
                FieldPanel("network_a_day"),
                FieldPanel("person_a_day"),
                FieldPanel("address_a_day"),
                FieldPanel("fastest_seconds"),
            ],
            heading=_("Limits"),
        ),
        MultiFieldPanel([FieldPanel("blocked_domains"), FieldPanel("allowed_domains")], heading=_("E-mail domains")),
        FieldPanel("kept_days"),
    ]

    class Meta:
        verbose_name = _("protection from abuse")
