"""What makes a page a form: fields composed by an editor, and Wagtail's Forms menu, list and export."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import FormMixin
from wagtail.fields import StreamField

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.blocks.form_keys import fill_keys, frozen_key_errors
from campaigns.blocks.form_specs import specs_of
from campaigns.engine.fields import FieldSpec
from campaigns.engine.frozen_keys import facts_of
from campaigns.forms.action_form import ActionForm, initial_from_query
from campaigns.forms.builder import ActionFormBuilder
from campaigns.forms.history import with_history
from campaigns.records.submissions import Submission
from campaigns.selectors import form_versions
from campaigns.selectors.published_fields import of_page
from campaigns.services import published_fields


class ActionFormMixin(FormMixin, models.Model):
    """Goes before the page class. The page itself decides what happens with a form that is filled in."""

    form_fields = StreamField(FormFieldsBlock(), verbose_name=_("form"), blank=True)

    form_builder = ActionFormBuilder
    preview_modes: ClassVar[list[tuple[str, Any]]] = [("form", _("Form")), ("landing", _("Receipt"))]

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        columns = kwargs.get("update_fields")
        # The row of a live page holds what is published; a draft of it lives in a revision.
        if self.live and (columns is None or "form_fields" in columns):
            fields = [facts_of(spec) for spec in self.get_form_fields() if spec.block_id]
            published_fields.record(page_key=self.translation_key, fields=fields)

    # --- The form ------------------------------------------------------------------------------

    @property
    def form_specs(self) -> tuple[FieldSpec, ...]:
        """Every field of the form, headings too."""
        return specs_of(self.form_fields, self.locale_id)

    def specs_in(self, language: str) -> tuple[FieldSpec, ...]:
        """The fields with the labels of another language, or with this page's where it has no such translation."""
        if self.locale.language_code == language:
            return self.form_specs
        page = self.get_translations().filter(locale__language_code=language, live=True).first()
        return page.form_specs if page else self.form_specs

    def get_form_class(self) -> type[ActionForm]:
        return self.form_builder(self.form_specs).get_form_class()

    def get_form(self, *args: Any, **kwargs: Any) -> ActionForm:
        kwargs.setdefault("page", self)
        # Several forms can stand on one page: their ids differ, their names need not.
        kwargs.setdefault("auto_id", f"form{self.pk or ''}-%s")
        return super().get_form(*args, **kwargs)

    def get_form_initial(self, request: HttpRequest) -> dict[str, str]:
        """What an unfilled form begins with."""
        return initial_from_query(self.form_specs, request.GET)

    # --- Keys ----------------------------------------------------------------------------------

    def clean(self) -> None:
        super().clean()
        self.fill_keys()
        errors = frozen_key_errors(self.form_fields, self.form_specs, of_page(self.translation_key))
        if errors:
            raise ValidationError({"form_fields": errors})

    def fill_keys(self) -> None:
        """Gives every field and option of the stream a key, in place."""
        fill_keys(self.form_fields, of_page(self.translation_key))

    # --- Wagtail's Forms menu ------------------------------------------------------------------

    def get_form_fields(self) -> list[FieldSpec]:
        """The fields that have an answer."""
        return [spec for spec in self.form_specs if FIELD_TYPES[spec.field_type].has_answer]

    def get_listed_fields(self) -> list[FieldSpec]:
        """The fields that have an answer, then those that once had: what the list and the export show."""
        versions = form_versions.of_page(self.translation_key)
        return with_history(self.get_form_fields(), of_page(self.translation_key), versions)

    def get_data_fields(self) -> list[tuple[str, Any]]:
        named = [(spec.clean_name, spec.label) for spec in self.get_listed_fields()]
        last = [("made-on", _("Made on"))] if self.has_other_places else []
        return [("submit_time", _("Submission date")), *named, *last]

    @cached_property
    def has_other_places(self) -> bool:
        """Whether the form was ever filled in on another site or at a stand: then its lists say where."""
        return self.get_submissions().exclude(via="").exists()

    def get_submission_class(self) -> type[Submission]:
        return Submission

    def get_submissions(self) -> QuerySet[Submission]:
        """Those of the page in every language."""
        return Submission.objects.filter(page_key=self.translation_key)

    def get_submissions_list_view_class(self) -> type[Any]:
        # Wagtail's views load page models as they are imported, which this module is a part of.
        return import_string("campaigns.forms.submissions_list.SubmissionsListView")
