"""Writes the mails that follow a submission: plain text, in the language of the form, links instead of contents."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string

from campaigns.engine.texts import unlinked
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import follow_ups
from delivery.adapters import mail
from delivery.engine.drafts import MessageDraft


def draft(
    *,
    submission: Submission,
    letter: Letter,
    key: str,
    stream: str,
    subject: str,
    template: str,
    path: str,
    **context: object,
) -> MessageDraft:
    """One mail to the person who sent `submission`; the caller has made its language the active one.

    :param letter: whose address of the person is used.
    :param key: what makes it this mail and no other.
    :param template: below `emails/campaigns/`; reads name, campaign, society, url and what else is given.
    :param path: of the page that the mail leads to.
    """
    society = follow_ups.society(submission) or str(settings.WAGTAIL_SITE_NAME)
    values: Mapping[str, object] = {
        "name": unlinked(str(submission.advocate)),
        "campaign": submission.campaign_title,
        "society": society,
        "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
        "link_days": settings.RECEIPT_LINK_DAYS,
        "is_capturing_mail": not mail.is_sending(),
        **context,
    }
    return MessageDraft(
        dedupe_key=key,
        stream=stream,
        recipient_name=str(submission.advocate),
        recipient_address=follow_ups.address_of(letter),
        sender_name=society,
        reply_to_address="",
        subject=subject,
        body=render_to_string(f"emails/campaigns/{template}", values),
        language=submission.language,
    )
