"""Chooses one official in a StreamField."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import ChooserBlock

from legislators.records.officials import Official
from legislators.selectors import seats

#: The chooser's pages are registered under this name in `wagtail_hooks`.
CHOOSER_NAME = "official_chooser"


class OfficialChooserWidget(BaseChooser):
    """A block may not import a view, so the two meet in a name."""

    model = Official
    choose_one_text = _("Choose an official")
    choose_another_text = _("Choose another official")
    # The data comes from a loader: there is nothing to edit.
    show_edit_link = False
    icon = "user"
    chooser_modal_url_name = f"{CHOOSER_NAME}:choose"

    def get_display_title(self, instance: Official) -> str:
        seat = seats.seat_of(instance)
        return f"{instance.name} – {seat.division.name}" if seat else instance.name


class OfficialChooserBlock(ChooserBlock):
    target_model = Official

    @cached_property
    def widget(self) -> OfficialChooserWidget:
        return OfficialChooserWidget()

    def get_form_state(self, value: Any) -> Any:
        return self.widget.get_value_data(value)

    class Meta:
        icon = "user"
        label = _("Official")
        description = _("One person in office.")
