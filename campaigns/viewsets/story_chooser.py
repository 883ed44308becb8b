"""Choosing a story in the Wagtail admin: only those that visitors see, so that the dialog tells nothing more."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from campaigns.records.participation import Story
from campaigns.selectors import public_stories
from home.blocks.stories import STORY_CHOOSER_NAME


def _told_on(story: Story) -> date:
    return story.told_at.date()


class _Titled:
    """What the dialog's list calls a story."""

    @property
    def columns(self) -> list[Column]:
        title = self.title_column  # type: ignore[attr-defined]
        title.accessor = public_stories.title_of
        return [title, Column("told_at", label=_("Told on"), accessor=_told_on)]


class StoryChooseView(_Titled, ChooseView):
    """The modal dialog."""


class StoryChooseResultsView(_Titled, ChooseResultsView):
    """The dialog's list, when another page of it is opened."""


class _ShownOnly:
    """What was chosen comes back by its title; one that visitors do not see is none."""

    def get_object(self, pk: str) -> Story:
        return public_stories.showable().get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet[Story]:
        return public_stories.showable().filter(pk__in=pks)

    def get_display_title(self, instance: Story) -> str:
        return public_stories.title_of(instance)


class StoryChosenView(_ShownOnly, ChosenView):
    """One that was chosen."""


class StoryChosenMultipleView(_ShownOnly, ChosenMultipleView):
    """Several that were chosen at once."""


class StoryChooserViewSet(ChooserViewSet):
    model = Story
    icon = "openquote"
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    choose_view_class = StoryChooseView
    choose_results_view_class = StoryChooseResultsView
    chosen_view_class = StoryChosenView
    chosen_multiple_view_class = StoryChosenMultipleView
    register_widget = False

    def get_object_list(self) -> QuerySet[Story]:
        return public_stories.showable()


story_chooser_viewset = StoryChooserViewSet(STORY_CHOOSER_NAME)
