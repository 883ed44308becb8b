"""Stories that people told and let the society show."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import (
    CharBlock,
    ChooserBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructValue,
    TextBlock,
)

from home.blocks.groups import EVIDENCE

#: The chooser's pages are registered under this name by the room that keeps the stories.
STORY_CHOOSER_NAME = "story_chooser"


class StoryChooserWidget(BaseChooser):
    """A block may not import a view, nor this room the one that keeps stories, so they meet in names."""

    model = "campaigns.Story"
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    # What somebody told is not edited from a page.
    show_edit_link = False
    icon = "openquote"
    chooser_modal_url_name = f"{STORY_CHOOSER_NAME}:choose"

    def get_display_title(self, instance: Any) -> str:
        titles = (title_of(instance) for title_of in hooks.get_hooks("title_of_story"))
        return next(titles, str(instance))


class StoryChooserBlock(ChooserBlock):
    target_model = "campaigns.Story"

    @cached_property
    def widget(self) -> StoryChooserWidget:
        return StoryChooserWidget()

    class Meta:
        icon = "openquote"
        label = _("Story")


class StoriesBlock(StructBlock):
    """Drawn from what may be shown at that moment: nothing of a story is kept in the page."""

    heading = CharBlock(label=_("Heading"), max_length=120, default=_("In their own words"))
    text = TextBlock(required=False, default="", label=_("Text"), max_length=400)
    story_page = PageChooserBlock(
        required=False,
        label=_("Page on which people tell their stories"),
        page_type="campaigns.ActionPage",
        help_text=_("Shows the newest of this page, with a link to tell one’s own. Empty: the newest of all pages."),
    )
    limit = IntegerBlock(label=_("At most"), default=3, min_value=1, max_value=12)
    picked = ListBlock(
        StoryChooserBlock(),
        label=_("Chosen stories"),
        required=False,
        default=[],
        max_num=12,
        help_text=_("In place of the newest. A story that is taken back disappears by itself."),
    )

    class Meta:
        icon = "openquote"
        label = _("Stories")
        group = EVIDENCE
        template = "blocks/stories_block.html"
        description = _("Stories that you approved and whose tellers let you show them, named as they wish.")
        preview_value = {
            "heading": _("In their own words"),
            "text": _("What people told us."),
            "story_page": None,
            "limit": 3,
        }

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        for shown in hooks.get_hooks("stories_to_show"):
            chosen, page = value.get("picked") or (), value.get("story_page")
            context |= shown(picked=chosen, page=page, limit=value.get("limit") or 3)
        return context
