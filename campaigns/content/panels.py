"""Panels of our own in the page editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.panels import HelpPanel, MultiFieldPanel

from campaigns.engine.kinds import LETTER
from campaigns.engine.merging import ANSWER_PREFIX, FIELDS, TALKING_POINTS


class MergeFieldsPanel(HelpPanel):
    """The merge fields that the letter on this page may use, the form's own answers among them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "campaigns/admin/merge_fields.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            answers = [(f"{ANSWER_PREFIX}{spec.clean_name}", spec.label) for spec in self.instance.get_form_fields()]
            context = super().get_context_data(parent_context)
            named = [(f"{{{name}}}", text) for name, text in (*FIELDS.items(), *answers)]
            points = (TALKING_POINTS, _("Talking points that the person ticked; only in a letter"))
            context["merge_fields"] = named if sends_no_letters(self.instance) else [*named, points]
            return context


class SpokenMergeFieldsPanel(MergeFieldsPanel):
    """The same beside the texts of calls and posts, on a page where no letter stands below."""

    class BoundPanel(MergeFieldsPanel.BoundPanel):
        def is_shown(self) -> bool:
            return sends_no_letters(self.instance) and any(child.block.needs_targets for child in self.instance.actions)


def sends_no_letters(page: Any) -> bool:
    """Whether an editor chose what people do, and a letter is not among it."""
    return bool(page.actions) and not any(child.block_type == LETTER for child in page.actions)


class LetterPanel(MultiFieldPanel):
    """Of what only letters use. On a page that sends none it comes folded, and says when it is used."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.is_unused = sends_no_letters(self.instance)
            if self.is_unused:
                self.heading = _("%(panel)s: not used") % {"panel": self.panel.heading}
                self.help_text = _(
                    "This page sends no letters: “Letter” is not among “What people do”. "
                    "Once it is, what stands here is used."
                )

        def classes(self) -> list[str]:
            found = list(super().classes())
            return [*found, "collapsed"] if self.is_unused and "collapsed" not in found else found
