"""Corrected contacts in the Wagtail admin: what staff know better than the source, with a reason and an end."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from legislators.forms.override_form import ContactOverrideForm
from legislators.records.contacts import ContactOverride
from legislators.records.officials import Official

CHANGED = "legislators.change_corrected_contact"


def _corrected_words(override: ContactOverride) -> str:
    parts = [
        gettext("send no e-mail") if override.stops_email else override.email,
        override.contact_form_url,
        override.phone,
    ]
    return ", ".join(filter(None, parts))


def _source_words(override: ContactOverride) -> str:
    return override.official.email or gettext("no e-mail")


def describe(fields: dict[str, list[str]]) -> str:
    """What a change of a correction changed, as the log's sentence: `{"email": [before, after]}` by field name."""
    parts = [
        f"{ContactOverride._meta.get_field(name).verbose_name}: {before or '–'} → {after or '–'}"  # type: ignore[union-attr]
        for name, (before, after) in fields.items()
    ]
    return gettext("Changed the corrected contact (%(changes)s)") % {"changes": "; ".join(parts)}


def _expiry_words(override: ContactOverride) -> str:
    day = date_format(override.expires_on, "SHORT_DATE_FORMAT")
    return day if override.expires_on > timezone.localdate() else gettext("%(day)s (over)") % {"day": day}


class _WithSourceBeside:
    """Shows what the source says above the form, and whose contact it is."""

    template_name = "legislators/admin/override_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["official"] = context["form"].shown_official()
        return context


class OverrideCreateView(_WithSourceBeside, generic.CreateView):
    success_message = _("The contact of %(object)s is corrected.")

    def get_initial(self) -> dict[str, Any]:
        number = self.request.GET.get("official", "")
        official = Official.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
        return {**super().get_initial(), "official": official}

    def get_success_message(self, instance: ContactOverride) -> str:
        return str(self.success_message % {"object": instance.official})


class OverrideEditView(_WithSourceBeside, generic.EditView):
    def save_instance(self) -> ContactOverride:
        before = ContactOverride.objects.get(pk=self.object.pk)
        saved: ContactOverride = self.form.save()
        log(
            instance=saved,
            action=CHANGED,
            content_changed=self.form.has_changed(),
            data={
                "fields": {
                    name: [str(getattr(before, name)), str(getattr(saved, name))] for name in self.form.changed_data
                }
            },
        )
        return saved


class OverrideDeleteView(generic.DeleteView):
    @cached_property
    def confirmation_message(self) -> SafeString:
        return format_html(
            gettext("From now on the source’s data about {} counts again. Delete the correction?"),
            self.object.official.name,
        )


class OverrideIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[ContactOverride]:
        return super().get_base_queryset().select_related("official", "changed_by")


class ContactOverrideViewSet(ModelViewSet):
    model = ContactOverride
    name = "contact_overrides"
    icon = "edit"
    menu_label = _("Corrected contacts")
    add_to_reference_index = False
    index_view_class = OverrideIndexView
    add_view_class = OverrideCreateView
    edit_view_class = OverrideEditView
    delete_view_class = OverrideDeleteView
    copy_view_enabled = False
    create_template_name = "legislators/admin/override_form.html"
    edit_template_name = "legislators/admin/override_edit.html"
    search_fields = ["official__name", "email", "reason"]
    ordering = ["expires_on"]
    list_filter = {"expires_on": ["lte", "gte"], "stops_email": ["exact"]}
    list_display = [
        "official",
        Column("source", label=_("The source’s e-mail"), accessor=_source_words),
        Column("corrected", label=_("Corrected to"), accessor=_corrected_words),
        "reason",
        # A day, not a moment: "just now" would say nothing of it.
        Column("expires_on", label=_("Expires on"), accessor=_expiry_words, sort_key="expires_on"),
        Column("changed_by", label=_("By")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ContactOverrideForm]:
        return ContactOverrideForm
