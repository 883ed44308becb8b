"""One lesson, which ends in something done."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.models import BasePage
from learning import selectors
from learning.blocks.body import LessonStreamBlock
from learning.engine.reading import minutes_to_read


class LessonPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_("How long the lesson takes with its videos and exercises. Empty: counted from its words."),
    )
    body = StreamField(LessonStreamBlock(), blank=True, verbose_name=_("body"))

    template = "learning/lesson_page.html"
    card_template = "components/lesson_card.html"
    parent_page_types = ["learning.LearningIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def time_to_read(self) -> int:
        """Whole minutes."""
        return self.minutes or minutes_to_read(
            [self.introduction, *self.body.stream_block.get_searchable_content(self.body)]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["place"] = selectors.place_of(self)
        return context
