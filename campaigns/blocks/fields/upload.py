"""Files that come with an answer: pictures and PDFs, which only staff can fetch."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.upload_checks import ENDINGS, IMAGE_TYPES, PDF, Why
from campaigns.records.uploads import Upload
from campaigns.services import uploads
from home.forms.controls import BoundControl

#: The part of the field that names the files which the site has got already.
HELD = "held"
MOST_FILES = 5
PICTURES, PDFS = "pictures", "pdfs"
_TYPES = {PICTURES: IMAGE_TYPES, PDFS: (PDF,)}


class FileControl(forms.Field):
    """The control itself. What is chosen in it is stored before the form is looked at, so it brings no value."""

    def __init__(self, *, types: tuple[str, ...], most: int, **options: Any) -> None:
        endings = ",".join(f".{ending}" for kind in types for ending in ENDINGS[kind][:2])
        attributes = {"accept": f"{','.join(types)},{endings}", **({"multiple": True} if most > 1 else {})}
        widget = _SeveralFiles if most > 1 else forms.FileInput
        super().__init__(widget=widget(attrs=attributes), required=False, **options)

    def clean(self, value: Any) -> None:
        return None


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class HeldFiles(BoundControl):
    """The files that the site holds for this form."""

    field_key: str

    @property
    def files(self) -> list[tuple[str, Upload]]:
        """Each with its token."""
        found = uploads.named(field_key=self.field_key, tokens=self.value() or ())
        return [(uploads.token(upload), upload) for upload in found]


class HeldField(forms.Field):
    """Tokens of files, which travel from step to step in hidden inputs; cleaned, the files."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, field_key: str) -> None:
        super().__init__(required=False)
        self.field_key = field_key

    def clean(self, value: Any) -> list[Upload]:
        return uploads.named(field_key=self.field_key, tokens=value or ())

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "HeldFiles":
        bound = HeldFiles(form, self, field_name)
        bound.field_key = self.field_key
        return bound


@field_type("upload", position=90)
class UploadFieldBlock(FormFieldBlock):
    is_all_stored = False  # the site says how large a file may be
    field_template_name = "forms/upload.html"

    types = blocks.MultipleChoiceBlock(
        label=_("What people may hand in"),
        choices=[(PICTURES, _("Pictures (JPEG, PNG, WebP)")), (PDFS, _("PDF"))],
        default=[PICTURES, PDFS],
        help_text=_("Pictures are stored without the place where they were taken. Only staff can open the files."),
    )
    megabytes = blocks.IntegerBlock(
        label=_("Largest file, in megabytes"), min_value=1, max_value=settings.UPLOAD_MAX_MEGABYTES, default=5
    )
    most = blocks.IntegerBlock(label=_("How many files"), min_value=1, max_value=MOST_FILES, default=1)

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        kinds = value.get("types") or [PICTURES, PDFS]
        return {
            "types": [one for kind in kinds for one in _TYPES.get(kind, ())],
            "megabytes": min(value.get("megabytes") or 1, settings.UPLOAD_MAX_MEGABYTES),
            "most": min(value.get("most") or 1, MOST_FILES),
        }

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        control = FileControl(label=spec.label, types=types_of(spec), most=most_of(spec), help_text=hint(spec))
        return {"": control, HELD: HeldField(field_key=spec.clean_name)}

    @classmethod
    def part_errors(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> dict[str, str]:
        files = cleaned.get(HELD) or []
        if len(files) > most_of(spec):
            return {"": words(Why.TOO_MANY, spec)}
        if spec.required and not files:
            return {"": gettext("Choose a file for “%(label)s”.") % {"label": spec.label}}
        return {}

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return uploads.answer(cleaned.get(HELD) or [])

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        return ", ".join(answer.values()) if isinstance(answer, dict) else super().display(spec, answer)

    class Meta:
        icon = "doc-empty"
        label = _("File")
        description = _("A photograph or a PDF that goes with a story. Only staff can open it.")
        preview_value = {
            "label": _("A photograph that belongs to your story"),
            "is_required": False,
            "types": [PICTURES],
            "megabytes": 5,
            "most": 1,
        }


def types_of(spec: FieldSpec) -> tuple[str, ...]:
    """The media types that the field takes."""
    types = spec.options.get("types")
    return tuple(str(one) for one in types) if isinstance(types, list | tuple) else ()


def most_of(spec: FieldSpec) -> int:
    """How many files the field takes."""
    return int(str(spec.options.get("most", 1)))


def megabytes_of(spec: FieldSpec) -> int:
    """How large each of them may be."""
    return int(str(spec.options.get("megabytes", 1)))


def hint(spec: FieldSpec) -> str:
    """The editor's hint, and what is taken."""
    kinds = ", ".join(dict.fromkeys(ENDINGS[kind][0].upper() for kind in types_of(spec)))
    number, size = most_of(spec), {"kinds": kinds, "megabytes": megabytes_of(spec), "number": most_of(spec)}
    taken = ngettext(
        "One file: %(kinds)s, up to %(megabytes)s MB.",
        "Up to %(number)s files: %(kinds)s, up to %(megabytes)s MB each.",
        number,
    )
    return f"{spec.help_text} {taken % size}".strip()


def words(why: Why, spec: FieldSpec, name: str = "") -> str:
    """Why a file is not taken, and what to do, in the active language."""
    kinds = ", ".join(dict.fromkeys(ENDINGS[kind][0].upper() for kind in types_of(spec)))
    said = {
        Why.EMPTY: gettext("“%(name)s” is empty. Choose another file."),
        Why.TOO_BIG: gettext("“%(name)s” is larger than %(megabytes)s MB. Choose a smaller file."),
        Why.TOO_MANY: gettext("Choose no more than %(most)s here, and remove one that you do not need."),
        Why.WRONG_TYPE: gettext("“%(name)s” is not a file that we can take. Choose one of these: %(kinds)s."),
        Why.MISLEADING_NAME: gettext(
            "The name “%(name)s” does not fit what is in the file. Rename it, and choose it again."
        ),
        Why.UNREADABLE: gettext("“%(name)s” is damaged: we cannot open it. Choose another file."),
        Why.TOO_MANY_PIXELS: gettext("“%(name)s” has too many pixels. Make the picture smaller, and choose it again."),
        Why.ACTIVE_PDF: gettext(
            "“%(name)s” is locked, or holds programs or other files, which we do not take. Print it to a new PDF."
        ),
        Why.NO_SPACE: gettext("We cannot take files just now. Go on without it, or try again later."),
        Why.GONE: gettext(
            "We no longer have a file that you chose, because the form was open for long. Choose it again."
        ),
    }
    values = {"name": _shown(name), "megabytes": megabytes_of(spec), "most": most_of(spec), "kinds": kinds}
    return said[why] % values


def _shown(name: str) -> str:
    """A name that cannot turn the sentence around it."""
    return "".join(character if character.isprintable() else "·" for character in name[-80:])
