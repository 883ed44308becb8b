"""Files to download, with their kind and size."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock

from home.blocks.groups import LISTS
from home.selectors import any_document


class DocumentEntryBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(
        required=False, default="", label=_("Title"), max_length=150, help_text=_("Empty: the document’s own.")
    )
    description = CharBlock(required=False, default="", label=_("Description"), max_length=250)

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DocumentListBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    documents = ListBlock(DocumentEntryBlock(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = LISTS
        template = "blocks/document_list_block.html"
        description = _("A list of files with a line about each.")
        preview_value = {
            "heading": "To read and to leave behind",
            "documents": [{"document": None, "title": "One-page summary", "description": "For the meeting."}],
        }

    def get_preview_value(self) -> Any:
        """The library's newest document stands in, because a list without one shows nothing."""
        document = any_document()
        entry = {**self.meta.preview_value["documents"][0], "document": document}
        return self.normalize({**self.meta.preview_value, "documents": [entry] if document else []})
