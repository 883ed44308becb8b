"""The checklist of a page as it stands after a save, for the panel in the page editor."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from campaigns.content.checklists import checklist_of, has_checklist


class ChecklistView(TemplateView):
    """Reads the newest draft; who may edit the page may see what is missing on it."""

    template_name = "campaigns/admin/checklist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        if not has_checklist(page):
            raise Http404
        return {**super().get_context_data(**kwargs), "checklist": checklist_of(page.get_latest_revision_as_object())}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response


class ChecklistViewSet(ViewSet):
    name = "publish_checklist"
    url_prefix = "publish-checklist"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<int:page_id>/", ChecklistView.as_view(), name="list")]
