"""Stories for their readers: each with what the patient-information guard saw, to approve or to decline."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from campaigns.engine import patient_guard
from campaigns.forms.story_judgement import StoryJudgementForm
from campaigns.forms.story_words import StoryWordsForm
from campaigns.records.participation import Story
from campaigns.selectors import public_stories, stories
from campaigns.services import stories as telling
from campaigns.viewsets import participation
from campaigns.viewsets.participation import STORIES, StaffView

URL_NAMESPACE = "stories"
STORIES_A_PAGE = 20


class StoriesView(StaffView):
    """Those that wait stand first in mind: another state is chosen by `?state=`. What people told stays as it was."""

    permission_policy = STORIES
    header_icon = "openquote"
    page_title = gettext_lazy("Stories")
    template_name = "campaigns/admin/stories.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.GET.get("state", "")
        state = state if state in Story.State.values else Story.State.WAITING.value
        page = self.paginated(stories.queue(state))
        log(Story(pk=0, told_at=None), participation.STORIES_READ, title=_("Stories"), data={"state": state})
        return {
            **super().get_context_data(**kwargs),
            "state": state,
            "states": Story.State.choices,
            "page_obj": page,
            "items": [
                {
                    "story": story,
                    "pieces": stories.pieces(story.text, story.findings),
                    "uses": [words for _use, words in stories.use_words(story.uses)],
                }
                for story in page
            ],
            "may_change": self.may_change,
        }


class JudgeStoryView(StaffView):
    permission_policy = STORIES
    permission_required = "change"
    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        story = get_object_or_404(stories.queue(), pk=kwargs["number"])
        form = StoryJudgementForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, errors[0])
        else:
            is_approved = form.cleaned_data["judgement"] == "approve"
            is_done = telling.judge(
                story_id=story.pk, is_approved=is_approved, note=form.cleaned_data["note"], reader=request.user
            )
            if is_done:
                log(story, participation.STORY_APPROVED if is_approved else participation.STORY_DECLINED)
                words = _("The story is approved for what its teller allowed.") if is_approved else _("Declined.")
                messages.success(request, words)
            else:
                messages.warning(request, _("Its teller has taken this story back."))
        return redirect(get_valid_next_url_from_request(request) or f"{URL_NAMESPACE}:index")


class StoryWordsView(StaffView):
    """What visitors read of an approved story, and what its teller wrote beside it."""

    permission_policy = STORIES
    permission_required = "change"
    header_icon = "openquote"
    page_title = gettext_lazy("How visitors see it")
    template_name = "campaigns/admin/story_words.html"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Stories")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story = self._story
        photo = stories.photo_of(story)
        form = kwargs.pop("form", None) or StoryWordsForm(
            initial={"text": story.public_text or story.text, "language": story.language, "photo_alt": story.photo_alt},
            has_photo=photo is not None,
        )
        log(story, participation.STORIES_READ, title=_("Stories"), data={"state": story.state})
        return {
            **super().get_context_data(**kwargs),
            "story": story,
            "pieces": stories.pieces(story.text, story.findings),
            "is_on_the_website": public_stories.showable().filter(pk=story.pk).exists(),
            "photo": photo,
            "form": form,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        story = self._story
        form = StoryWordsForm(request.POST, has_photo=stories.photo_of(story) is not None)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        words = form.cleaned_data
        is_done = telling.prepare(
            story_id=story.pk,
            text=words["text"],
            language=words["language"],
            photo_alt=words.get("photo_alt", story.photo_alt),
        )
        if not is_done:
            messages.warning(request, _("Its teller has taken this story back."))
            return redirect(f"{URL_NAMESPACE}:index")
        log(story, participation.STORY_EDITED)
        messages.success(request, _("This is what visitors read from now on."))
        if patient_guard.findings(words["text"], known=[story.public_name]):
            messages.warning(request, _("Read it once more: something in it may identify a patient."))
        return redirect(f"{URL_NAMESPACE}:words", story.pk)

    @cached_property
    def _story(self) -> Story:
        approved = stories.queue(Story.State.APPROVED.value)
        return get_object_or_404(approved, pk=self.kwargs["number"])


class StoryViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "openquote"
    menu_label = gettext_lazy("Stories")
    menu_item_class = participation.menu_item_of(STORIES)
    url_prefix = "taking-part/stories"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", StoriesView.as_view(), name="index"),
            path("<int:number>/", JudgeStoryView.as_view(), name="judge"),
            path("<int:number>/words/", StoryWordsView.as_view(), name="words"),
        ]
