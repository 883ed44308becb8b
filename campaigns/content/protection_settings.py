"""How much of one person, one address or one network is still believed: limits that the staff set."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from campaigns.engine.networks import networks_in, wrong_networks
from campaigns.engine.protection import Rules, domains_in


@register_setting(icon="lock", order=300)
class ProtectionSettings(BaseSiteSetting):
    """What goes beyond a limit is not refused: it waits for the staff, and whoever sent it is told that it waits."""

    network_an_hour = models.PositiveIntegerField(_("forms an hour from one network"), default=60)
    network_a_day = models.PositiveIntegerField(_("forms a day from one network"), default=300)
    trusted_networks = models.TextField(
        _("networks without a limit"),
        blank=True,
        help_text=_("Such as a hospital’s. One a line: an address (203.0.113.7) or a range (203.0.113.0/24)."),
    )
    lookups_an_hour = models.PositiveIntegerField(
        _("addresses an hour that are looked up outside for one network"),
        default=120,
        help_text=_("Beyond it only what this site knows itself is used, and people choose their district."),
    )
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
    confirm_days = models.PositiveIntegerField(
        _("days in which people can confirm by e-mail"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Letters that nobody has confirmed by then are not sent, and their receipt says so."),
    )
    kept_days = models.PositiveIntegerField(_("days after which the hash of a network is forgotten"), default=30)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("network_an_hour"),
                FieldPanel("network_a_day"),
                FieldPanel("trusted_networks"),
                FieldPanel("lookups_an_hour"),
                FieldPanel("person_a_day"),
                FieldPanel("address_a_day"),
                FieldPanel("fastest_seconds"),
            ],
            heading=_("Limits"),
        ),
        MultiFieldPanel([FieldPanel("blocked_domains"), FieldPanel("allowed_domains")], heading=_("E-mail domains")),
        FieldPanel("confirm_days"),
        FieldPanel("kept_days"),
    ]

    class Meta:
        verbose_name = _("protection from abuse")

    def clean(self) -> None:
        super().clean()
        if 0 < self.network_a_day < self.network_an_hour:
            raise ValidationError({"network_a_day": _("A day has at least as many as an hour.")})
        if wrong := wrong_networks(self.trusted_networks):
            raise ValidationError({"trusted_networks": _("This is no network: %(line)s") % {"line": wrong[0]}})

    def rules(self) -> Rules:
        """The settings as the checks read them."""
        return Rules(
            network_an_hour=self.network_an_hour,
            network_a_day=self.network_a_day,
            person_a_day=self.person_a_day,
            address_a_day=self.address_a_day,
            fastest_seconds=self.fastest_seconds,
            trusted_networks=networks_in(self.trusted_networks),
            blocked_domains=domains_in(self.blocked_domains),
            allowed_domains=domains_in(self.allowed_domains),
        )
