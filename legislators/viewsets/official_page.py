"""One official in the Wagtail admin: the contact with its correction, the seats, and what changed."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from legislators.records.contacts import ContactOverride, OfficialChange
from legislators.records.officials import Official
from legislators.selectors import doubts
from legislators.selectors.contacts import contact_of
from legislators.viewsets import access

_MOST_CHANGES = 25
_MOST_DOUBTS = 25


class OfficialInspectView(generic.InspectView):
    object: Official

    @cached_property
    def override(self) -> ContactOverride | None:
        return ContactOverride.objects.filter(official=self.object).select_related("changed_by").first()

    def correction_url(self) -> str:
        """Where the contact is corrected; empty for who may not."""
        user = self.request.user
        if self.override is not None:
            if access.OVERRIDES.user_has_permission(user, "change"):
                return reverse("contact_overrides:edit", args=[self.override.pk])
            return ""
        if access.OVERRIDES.user_has_permission(user, "add"):
            return f"{reverse('contact_overrides:add')}?official={self.object.pk}"
        return ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if url := self.correction_url():
            buttons.append(Button(_("Correct the contact"), url=url, icon_name="edit", priority=5))
        # Apps that legislators know nothing of: how letters go to this office, say.
        for make_buttons in hooks.get_hooks("official_admin_buttons"):
            buttons.extend(make_buttons(self.object, self.request.user))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        official = self.object
        may_see_doubts = access.DOUBTS.user_has_any_permission(self.request.user, ["view", "change"])
        return {
            **super().get_context_data(**kwargs),
            "official": official,
            "today": timezone.localdate(),
            "contact_rows": self._contact_rows(),
            "override": self.override,
            "correction_url": self.correction_url(),
            "terms": official.terms.select_related("division__jurisdiction").order_by("-start", "-pk"),
            "offices": official.offices.all(),
            "memberships": official.committee_memberships.select_related("committee__jurisdiction").filter(
                committee__retired_at=None
            ),
            "social_handles": sorted(official.social_handles.items()),
            "changes": [_change_rows(change) for change in official.changes.select_related("load")[:_MOST_CHANGES]],
            "doubts": doubts.waiting().filter(official=official)[:_MOST_DOUBTS] if may_see_doubts else [],
        }

    def _contact_rows(self) -> list[dict[str, str]]:
        """The source's value, the correction and what counts today, side by side."""
        official, override = self.object, self.override
        contact = contact_of(official)
        phone = next((office.phone for office in official.offices.all() if office.phone), "")
        stopped = _("send no e-mail") if override and override.stops_email else ""
        corrected = (override.email or stopped, override.contact_form_url, override.phone) if override else ("", "", "")
        labels = (_("E-mail"), _("Contact form"), _("Phone"))
        source = (official.email, official.contact_form_url, phone)
        counts = (contact.email, contact.contact_form_url, contact.phone)
        return [
            {"label": label, "source": said, "correction": put_right, "counts": used}
            for label, said, put_right, used in zip(labels, source, corrected, counts, strict=True)
        ]


def _change_rows(change: OfficialChange) -> dict[str, Any]:
    return {
        "at": change.changed_at,
        "load": change.load,
        "fields": [
            {"name": _field_name(name), "before": _words(pair, 0), "after": _words(pair, 1)}
            for name, pair in change.fields.items()
        ],
    }


def _field_name(name: str) -> str:
    """The field's name for people; the record's own where it is none of its fields (terms, offices)."""
    labels = {"terms": _("Terms"), "offices": _("Offices")}
    for field in Official._meta.get_fields():
        if field.name == name and hasattr(field, "verbose_name"):
            return str(field.verbose_name)
    return labels.get(name, name.replace("_", " "))


def _words(pair: Any, place: int) -> str:
    """One side of a change as text: a value, or the items of a list."""
    value = pair[place] if isinstance(pair, list) and len(pair) > place else ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in value.items())
    return "" if value is None else str(value)
