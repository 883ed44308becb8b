"""Who runs the site: what is the same in every language, edited under Settings in the admin."""

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@dataclass(frozen=True)
class SocialLink:
    name: str
    url: str


@register_setting(icon="group", order=100)
class OrganisationSettings(BaseSiteSetting):
    """Words that need translating are not here but in `SiteText`: a setting has one value for all languages."""

    name = models.CharField(_("organization’s name"), max_length=120, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Shown beside the name, which is always written out; so the image needs no description."),
    )
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    postal_address = models.TextField(_("postal address"), blank=True, max_length=400)
    facebook = models.URLField("Facebook", blank=True)
    instagram = models.URLField("Instagram", blank=True)
    linkedin = models.URLField("LinkedIn", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    bluesky = models.URLField("Bluesky", blank=True)
    mastodon = models.URLField("Mastodon", blank=True)
    x = models.URLField("X", blank=True)
    reading_level = models.PositiveSmallIntegerField(
        _("reading level"),
        default=10,
        validators=[MinValueValidator(3), MaxValueValidator(16)],
        help_text=_(
            "The school grade that texts of campaigns should not ask more than; the checklist of an action says where "
            "one does. Eight is what most adults read with ease; sixteen asks for a university degree."
        ),
    )

    SOCIAL_NETWORKS = ("facebook", "instagram", "linkedin", "youtube", "bluesky", "mastodon", "x")

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("logo")], heading=_("Organization")),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("postal_address")],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel(network) for network in SOCIAL_NETWORKS], heading=_("Social media")),
        MultiFieldPanel([FieldPanel("reading_level")], heading=_("How we write")),
    ]

    class Meta:
        verbose_name = _("organization")

    @property
    def social_links(self) -> list[SocialLink]:
        fields = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.SOCIAL_NETWORKS]
        return [SocialLink(str(label), url) for label, url in fields if url]
