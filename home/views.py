"""What search engines ask for: where the pages are and where not to look."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import views as wagtail_sitemaps

from home.sitemaps import PageSitemap


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    return wagtail_sitemaps.sitemap(request, sitemaps={"pages": PageSitemap})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> TemplateResponse:
    context = {"sitemap_address": request.build_absolute_uri(reverse("sitemap"))}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
