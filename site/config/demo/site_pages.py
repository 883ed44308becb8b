"""Builds the demonstration's page tree in English."""

import datetime
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Page, Site

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.services import staff
from config.demo import EDITOR_PASSWORD, EDITOR_USERNAME, SOCIETY, kinds, streams
from config.demo.pages import campaigns as campaign_texts
from config.demo.pages import lessons, sections
from config.demo.pictures import picture
from config.demo.texts import ActionText, CampaignText, LessonText, PageText
from home.content.home_page import HomePage
from home.content.section_page import SectionPage
from home.content.settings import OrganisationSettings
from home.content.site_text import SiteText
from home.content.standard_page import StandardPage
from learning.content.learning_index_page import LearningIndexPage
from learning.content.lesson_page import LessonPage
from legislators.content.find_page import FindLegislatorsPage

FIND_TEXT = "Your street address tells who represents you. It is used for this look-up only."


def build() -> HomePage:
    """Writes and publishes every page below the site's home page, and the site's settings."""
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get(pk=site.root_page_id)
    index = _add(home, CampaignIndexPage(**_basics(sections.CAMPAIGNS), introduction=sections.CAMPAIGNS.summary))
    campaigns = {text.slug: _campaign(index, text) for text in campaign_texts.CAMPAIGNS}
    for text in campaign_texts.CAMPAIGNS:
        _fill(campaigns[text.slug], text, [page for slug, page in campaigns.items() if slug != text.slug])
    kinds.build(index)
    training = _add(home, LearningIndexPage(**_basics(sections.TRAINING), introduction=sections.TRAINING.summary))
    for lesson in lessons.LESSONS:
        _lesson(training, lesson, campaigns[lesson.campaign])
    patients = _patients(home)
    find = _find(home)
    for text in sections.PLAIN_PAGES:
        page = StandardPage(**_basics(text), introduction=text.summary)
        page.body = streams.stream(StandardPage.body.field.stream_block, text.slug, streams.plain_body(text))
        _add(home, page)
    _fill_home(home, index, training, patients, find)
    _settings(site, index)
    return home


def _basics(text: PageText | CampaignText | LessonText | ActionText) -> dict[str, object]:
    summary = getattr(text, "summary", "") or getattr(text, "introduction", "")
    return {
        "title": text.title,
        "slug": text.slug,
        "listing_summary": summary,
        "search_description": summary,
        "show_in_menus": getattr(text, "is_in_menus", False),
    }


def _add(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _campaign(index: CampaignIndexPage, text: CampaignText) -> CampaignPage:
    page = CampaignPage(
        **_basics(text),
        introduction=text.lead,
        status=CampaignPage.Status.LIVE,
        opens_on=datetime.date.fromisoformat(text.opens_on),
        goal=text.goal,
        listing_image=picture(text.scene),
    )
    return _add(index, page)


def _fill(page: CampaignPage, text: CampaignText, related: list[Page]) -> None:
    action = _action(page, text.action)
    body = streams.campaign_body(text, action=action, related=related)
    page.body = streams.stream(CampaignPage.body.field.stream_block, text.slug, body)
    page.save_revision().publish()


def _action(parent: Page, text: ActionText) -> ActionPage:
    page = ActionPage(
        **_basics(text),
        introduction=text.introduction,
        letter_subject=text.subject,
        letter_body=text.letter,
        thank_you=streams.paragraphs([text.thank_you]),
    )
    page.form_fields = streams.stream(
        ActionPage.form_fields.field.stream_block, f"{text.slug}/fields", streams.form_fields(text)
    )
    page.targets = streams.stream(ActionPage.targets.field.stream_block, f"{text.slug}/targets", streams.targets(text))
    return _add(parent, page)


def _lesson(training: LearningIndexPage, text: LessonText, campaign: CampaignPage) -> None:
    page = LessonPage(**_basics(text), introduction=text.summary, minutes=text.minutes)
    page.body = streams.stream(
        LessonPage.body.field.stream_block, text.slug, streams.lesson_body(text, campaign=campaign)
    )
    _add(training, page)


def _patients(home: HomePage) -> SectionPage:
    text = sections.PATIENTS
    page = SectionPage(**_basics(text), introduction=text.summary, listing_image=picture("harbor"))
    page.body = streams.stream(SectionPage.body.field.stream_block, text.slug, streams.plain_body(text))
    _add(home, page)
    _action(page, campaign_texts.PATIENT_ACTION)
    return page


def _find(home: HomePage) -> FindLegislatorsPage:
    text = sections.FIND
    page = FindLegislatorsPage(**_basics(text), introduction=text.summary)
    page.body = streams.stream(FindLegislatorsPage.body.field.stream_block, text.slug, streams.plain_body(text))
    return _add(home, page)


def _fill_home(home: HomePage, index: Page, training: Page, patients: Page, find: Page) -> None:
    text = sections.HOME
    home.title = home.draft_title = text.title
    home.search_description = home.listing_summary = text.summary
    links = [("See the campaigns", index), ("Join the Patients’ Action Network", patients)]
    cards = [("Current campaigns", index), ("Learn to be heard", training)]
    home.body = streams.stream(
        HomePage.body.field.stream_block,
        "home",
        [
            streams.hero(text.summary, text.paragraphs[0], "capitol", links, eyebrow=SOCIETY),
            *[
                ("section_cards", {"heading": heading, "text": "", "section": section, "limit": 4})
                for heading, section in cards
            ],
            ("find_legislators", {"heading": "Who speaks for you?", "text": FIND_TEXT, "find_page": find}),
            ("prose", streams.paragraphs(text.paragraphs[1:])),
        ],
    )
    home.save_revision().publish()


def _settings(site: Site, index: Page) -> None:
    organisation = OrganisationSettings.for_site(site)
    organisation.name = SOCIETY
    organisation.contact_email = "grassroots@alder-medical.example"
    organisation.contact_phone = "555-555-0100"
    organisation.postal_address = "1 Caduceus Quay\nPort Alder, AX 69901"
    organisation.save()
    site.site_name = SOCIETY
    site.save()
    SiteText.objects.update_or_create(
        locale=index.locale,
        defaults={
            "site_title": "Grassroots Action Center",
            "tagline": "Physicians and patients, heard where it counts.",
            "header_action_label": "Take action",
            "header_action_page": index,
            "footer_about": streams.paragraphs(
                [f"The {SOCIETY} is an invented society in an invented state. Nobody real is written to from here."]
            ),
            "footer_legal": f"© {SOCIETY}",
        },
    )


def build_editor() -> User:
    """The demonstration's editor, with what a society gives to its communications staff and no more."""
    group, _given = staff.set_up_group()
    editor, is_new = User.objects.get_or_create(
        username=EDITOR_USERNAME,
        defaults={"first_name": "Erin", "last_name": "Editor", "email": "editor@alder.example"},
    )
    if is_new:
        editor.set_password(EDITOR_PASSWORD)
        editor.save()
    editor.groups.set([group])
    return editor
