"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import health, webhooks
from config.media import serve_media
from home import views as home_views

handler400 = "config.views.bad_request"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("health/", health.report, name="health"),
    path("sitemap.xml", home_views.sitemap, name="sitemap"),
    path("robots.txt", home_views.robots, name="robots"),
    path("anymail/", include((webhooks.addresses(), "anymail"))),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve_media),
]
urlpatterns += i18n_patterns(
    path("pass-on/mastodon/<str:text>/", home_views.mastodon, name="mastodon"),
    path("", include("campaigns.urls")),
    path("", include("delivery.urls")),
    path("", include("legislators.urls")),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
