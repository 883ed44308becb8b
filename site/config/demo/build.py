"""The whole demonstration, built in one go and only once."""

from collections.abc import Callable

from django.db import transaction

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from config.demo import committees, history, kinds, portraits, site_pages, state, translation
from config.demo.pages.campaigns import CAMPAIGNS, PRIOR_AUTHORIZATION
from config.demo.people import supporters
from home.content.section_page import SectionPage
from home.content.site_text import SiteText
from legislators.content.find_page import FindLegislatorsPage


def is_built() -> bool:
    return CampaignPage.objects.exists()


def build(*, say: Callable[[str], None] = lambda _text: None) -> None:
    """Makes the sample state, the pages in two languages, the editor and the supporters.

    All or nothing, so that a run that was broken off can simply be started again.
    """
    with transaction.atomic():
        say("The state of Alder: districts, officials, streets")
        state.build()
        committees.build()
        portraits.build()
        say("Pages")
        home = site_pages.build()
        editor = site_pages.build_editor()
        say("Spanish")
        translation.translate(_to_translate(home))
        say("Supporters and their letters")
        pages = {page.get_parent().slug: page for page in ActionPage.objects.filter(locale=home.locale)}
        history.build(supporters([text.slug for text in CAMPAIGNS]), pages)
        kinds.tell_stories(editor)
    history.capture()


def _to_translate(home: object) -> list[object]:
    """Parents before children: the home page, what stands below it, the Patients’ Action Network."""
    campaign = CampaignPage.objects.get(slug=PRIOR_AUTHORIZATION.slug, locale=home.locale)
    patients = SectionPage.objects.get(slug="patients", locale=home.locale)
    return [
        *SiteText.objects.filter(locale=home.locale),
        home,
        FindLegislatorsPage.objects.get(locale=home.locale),
        campaign.get_parent().specific,
        campaign,
        *ActionPage.objects.child_of(campaign),
        patients,
        *ActionPage.objects.child_of(patients),
        # Again: now that the action page has a translation, the form block can be shown in Spanish.
        campaign,
    ]
