"""What makes a page a form: fields composed by an editor, and Wagtail's Forms menu, list and export."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import FormMixin
from wagtail.fields import StreamField

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_fields import FormFieldsBlock, specs_of
from campaigns.engine.fields import FieldSpec
from campaigns.forms.action_form import ActionForm, initial_from_query
from campaigns.forms.builder import ActionFormBuilder
from campaigns.records.submissions import Submission


class ActionFormMixin(FormMixin, models.Model):
    """Goes before the page class. The page itself decides what happens with a form that is filled in."""

    form_fields = StreamField(FormFieldsBlock(), verbose_name=_("form"), blank=True)

    form_builder = ActionFormBuilder
    preview_modes: ClassVar[list[tuple[str, Any]]] = [("form", _("Form")), ("landing", _("Receipt"))]

    class Meta:
        abstract = True

    # --- The form ------------------------------------------------------------------------------

    @property
    def form_specs(self) -> tuple[FieldSpec, ...]:
        """Every field of the form, headings too."""
        return specs_of(self.form_fields)

    def get_form_fields(self) -> list[FieldSpec]:
        """The fields that have an answer: what Wagtail's list and export show."""
        return [spec for spec in self.form_specs if FIELD_TYPES[spec.field_type].has_answer]

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

    # --- Wagtail's Forms menu ------------------------------------------------------------------

    def get_submission_class(self) -> type[Submission]:
        return Submission

    def get_submissions(self) -> QuerySet[Submission]:
        """Those of the page in every language."""
        return Submission.objects.filter(page_key=self.translation_key)
