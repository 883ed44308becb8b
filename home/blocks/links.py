"""A link with its words, to a page of the site or to another site; a part of other blocks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from home import selectors


class LinkValue(StructValue):
    @property
    def page(self) -> Page | None:
        """The chosen page in the visitor's language, if it is published."""
        return selectors.shown_version(self.get("target_page"))

    @property
    def url(self) -> str:
        """Empty where the page is not published any more: the template then shows no link."""
        page = self.page
        return (page.url or "") if page else (self.get("address") or "")


class LinkBlock(StructBlock):
    label = CharBlock(label=_("Words of the link"), max_length=80)
    target_page = PageChooserBlock(required=False, label=_("Page of this site"))
    address = URLBlock(required=False, default="", label=_("Or another site’s address"))

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue
        template = "components/link_button.html"

    def clean(self, value: LinkValue) -> LinkValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned.get("target_page")) == bool(cleaned.get("address")):
            error = ValidationError(_("Choose a page or give an address: one of the two."))
            raise StructBlockValidationError(block_errors={"target_page": error})
        return cleaned
