"""Reads whom to ask or tell something after their letters, and what the page of that question shows."""

from wagtail.models import Site

from campaigns.records.submissions import Letter, Submission
from home.content.settings import OrganisationSettings


def society(submission: Submission) -> str:
    """The name of the organization that runs the site of the form; without a site, none."""
    site = submission.page.get_site() if submission.page else None
    site = site or Site.objects.filter(is_default_site=True).first()
    return OrganisationSettings.for_site(site).name if site else ""


def address_of(letter: Letter) -> str:
    """Where the person reads mail, as they typed it with this letter."""
    return letter.outbox_message.reply_to_address or letter.advocate.email
