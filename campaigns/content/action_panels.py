"""The editor of an action page, in the order of the work; what most pages leave as it is comes folded."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from campaigns.content.checklist_panel import ChecklistPanel
from campaigns.content.panels import LetterPanel, MergeFieldsPanel, SpokenMergeFieldsPanel


def _group(
    heading: Any, *names: str, is_folded: bool = False, kind: type[MultiFieldPanel] = MultiFieldPanel
) -> MultiFieldPanel:
    return kind([FieldPanel(name) for name in names], heading=heading, classname="collapsed" if is_folded else "")


def action_panels(title_panels: list[Any]) -> list[Any]:
    """:param title_panels: what every page begins with."""
    return [
        ChecklistPanel(),
        *title_panels,
        MultiFieldPanel(
            [
                FieldPanel("introduction"),
                FieldPanel("actions"),
                SpokenMergeFieldsPanel(heading=_("Merge fields")),
                FieldPanel("targets"),
            ],
            heading=_("What people do"),
        ),
        _group(_("What the form asks"), "form_fields"),
        LetterPanel(
            [
                MergeFieldsPanel(heading=_("Merge fields")),
                *(FieldPanel(name) for name in ("letter_subject", "letter_body", "guidance", "is_letter_locked")),
            ],
            heading=_("The letter"),
        ),
        _group(
            _("Other texts for some offices or people"),
            *("other_subjects", "letter_texts"),
            is_folded=True,
            kind=LetterPanel,
        ),
        _group(
            _("Congress, and reading before it leaves"),
            *("congress", "moderation"),
            is_folded=True,
            kind=LetterPanel,
        ),
        _group(_("Afterwards"), "thank_you", "next_steps", "closes_on"),
        _group(_("Passing it on"), "has_share_links", "share_text", is_folded=True),
        _group(_("More about the issue"), "explanation", is_folded=True),
        _group(_("On other sites and at events"), "allowed_origins", "has_kiosk_mode", is_folded=True),
        _group(_("Protection from abuse"), "confirmation", "network_an_hour", is_folded=True),
    ]
