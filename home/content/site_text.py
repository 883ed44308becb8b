"""The words of the header and the footer, one set for each language."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet


@register_snippet
class SiteText(TranslatableMixin, models.Model):
    """A snippet and not a setting, because wagtail-localize translates snippets."""

    site_title = models.CharField(
        _("site’s title"), max_length=80, help_text=_("In the header, such as “Grassroots Action Center”.")
    )
    tagline = models.CharField(_("tagline"), max_length=140, blank=True, help_text=_("Under the title in the footer."))
    header_action_label = models.CharField(_("header button’s words"), max_length=40, blank=True)
    header_action_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("header button’s page"),
        help_text=_("Its translation is used where there is one."),
    )
    footer_about = RichTextField(_("about the organization"), blank=True, features=["bold", "italic", "link"])
    footer_legal = models.CharField(_("legal line"), max_length=300, blank=True)

    panels = [
        FieldPanel("site_title"),
        FieldPanel("tagline"),
        MultiFieldPanel(
            [FieldPanel("header_action_label"), FieldPanel("header_action_page")], heading=_("Button in the header")
        ),
        MultiFieldPanel([FieldPanel("footer_about"), FieldPanel("footer_legal")], heading=_("Footer")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("header and footer text")
        verbose_name_plural = _("header and footer texts")
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                name="one_site_text_per_language",
                violation_error_message=_("This language has its texts already: edit those."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_title} ({self.locale})"

    def clean(self) -> None:
        super().clean()
        if self.header_action_page and not self.header_action_label:
            raise ValidationError({"header_action_label": _("A button needs words.")})

    @classmethod
    def in_language(cls, code: str) -> Self:
        """The texts of the language, else those of the site's first language, else a title alone (not stored).

        Of the page that the button leads to, only what finds its translations is read with them.
        """
        own = [field.name for field in cls._meta.concrete_fields]
        stored = cls.objects.select_related("locale", "header_action_page").only(
            *own, "locale__language_code", "header_action_page__translation_key"
        )
        texts = {text.locale.language_code: text for text in stored}
        return (
            texts.get(code) or texts.get(settings.LANGUAGE_CODE) or cls(site_title=gettext("Grassroots Action Center"))
        )
