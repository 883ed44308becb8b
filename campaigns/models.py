"""What Django and Wagtail find here: pages, snippets, settings and records."""

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.content.field_groups import FieldGroup
from campaigns.content.form_templates import ActionTemplate
from campaigns.content.official_lists import OfficialList
from campaigns.content.protection_settings import ProtectionSettings
from campaigns.records.follow_ups import FollowUp, ReplyReport
from campaigns.records.form_versions import FormVersion
from campaigns.records.participation import Registration, Signature, Story
from campaigns.records.positions import OfficialPosition
from campaigns.records.protection import Attempt, Authorship, InvalidatedSubmission, Invalidation
from campaigns.records.published_fields import PublishedField
from campaigns.records.submissions import Letter, Submission
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.records.uploads import Upload

__all__ = [
    "ActionPage",
    "ActionTemplate",
    "Attempt",
    "Authorship",
    "CampaignIndexPage",
    "CampaignPage",
    "FieldGroup",
    "FollowUp",
    "FormVersion",
    "InvalidatedSubmission",
    "Invalidation",
    "Letter",
    "OfficialList",
    "OfficialPosition",
    "Outreach",
    "ProtectionSettings",
    "PublishedField",
    "Registration",
    "ReplyReport",
    "Signature",
    "Story",
    "Submission",
    "TakenAction",
    "Upload",
]
