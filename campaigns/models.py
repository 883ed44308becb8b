"""What Django and Wagtail find here: pages and records."""

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.records.follow_ups import FollowUp, ReplyReport
from campaigns.records.published_fields import PublishedField
from campaigns.records.submissions import Letter, Submission

__all__ = [
    "ActionPage",
    "CampaignIndexPage",
    "CampaignPage",
    "FollowUp",
    "Letter",
    "PublishedField",
    "ReplyReport",
    "Submission",
]
