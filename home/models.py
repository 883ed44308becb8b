"""What Django and Wagtail find here: pages, settings and snippets."""

from home.content.base_page import BasePage
from home.content.home_page import HomePage
from home.content.section_page import SectionPage
from home.content.settings import OrganisationSettings
from home.content.site_text import SiteText
from home.content.standard_page import StandardPage

__all__ = ["BasePage", "HomePage", "OrganisationSettings", "SectionPage", "SiteText", "StandardPage"]
