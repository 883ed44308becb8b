"""Templates of actions among the snippets: they are made from a page, and nowhere else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from campaigns.content.form_templates import ActionTemplate
from campaigns.viewsets.starting import URL_NAMESPACE


class TemplateIndexView(IndexView):
    add_item_label = _("Save a page as a template")


class NoEmptyTemplateView(CreateView):
    """Whoever adds a template is led to the pages that one can be made from: an empty one would be of no use."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(f"{URL_NAMESPACE}:pages")

    post = get


class ActionTemplateViewSet(SnippetViewSet):
    model = ActionTemplate
    icon = "copy"
    list_display = ["name", "description", "made_at"]
    index_view_class = TemplateIndexView
    add_view_class = NoEmptyTemplateView
    # A copy would have the name and nothing of the content.
    copy_view_enabled = False
