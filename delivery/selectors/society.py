"""The name under which mail of this site goes out where no form says it."""

from django.conf import settings
from wagtail.models import Site

from home.content.settings import OrganisationSettings


def name() -> str:
    """Of the organization that runs the site."""
    site = Site.objects.filter(is_default_site=True).first()
    return (OrganisationSettings.for_site(site).name if site else "") or str(settings.WAGTAIL_SITE_NAME)
