"""Makes forms as an editor would compose them."""

from typing import Any

from django.http import QueryDict
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.blocks.form_specs import specs_of
from campaigns.engine.fields import FieldSpec
from campaigns.forms.action_form import ActionForm
from campaigns.forms.builder import ActionFormBuilder

#: One field of each type, with what is particular to it.
EVERY_TYPE: tuple[dict[str, Any], ...] = (
    {"type": "name", "label": "Your name", "key": "name"},
    {"type": "email", "label": "Your e-mail address", "key": "email"},
    {"type": "phone", "label": "Telephone", "key": "phone", "is_required": False},
    {"type": "address", "label": "Your home address", "key": "address"},
    {"type": "text", "label": "Employer", "key": "employer", "is_required": False},
    {"type": "long_text", "label": "Your story", "key": "story", "is_required": False, "max_length": 500},
    {"type": "number", "label": "Years in practice", "key": "years", "is_required": False, "minimum": 0},
    {"type": "date", "label": "Day of the denial", "key": "day", "is_required": False},
    {
        "type": "choice",
        "label": "Specialty",
        "key": "specialty",
        "options": [{"value": "family", "label": "Family medicine"}, {"value": "er", "label": "Emergency medicine"}],
    },
    {
        "type": "choices",
        "label": "What you see",
        "key": "sees",
        "is_required": False,
        "options": [{"value": "delay", "label": "Delayed care"}, {"value": "denial", "label": "Denied claims"}],
    },
    {
        "type": "consent",
        "label": "Newsletter",
        "key": "newsletter",
        "purpose": "newsletter",
        "text": "Keep me informed by e-mail.",
        "is_required": False,
    },
    {"type": "heading", "label": "About you", "help_text": "It helps."},
    {"type": "source", "label": "Source", "key": "source"},
    {"type": "role", "label": "You are", "key": "role", "is_required": False},
    {"type": "upload", "label": "A photograph", "key": "photo", "is_required": False},
)

#: A visitor's answers to them.
FILLED_IN: dict[str, Any] = {
    "name__title": "Dr.",
    "name__given": "Maria",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "phone": "(699) 555-0123",
    "address__street": "12 Maple Street",
    "address__unit": "Apt 4",
    "address__city": "Boston",
    "address__state": "MA",
    "address__zip_code": "02139",
    "employer": "Alder Clinic",
    "story": "First line.\r\nSecond line.",
    "years": "1,200",
    "day": "2027-03-27",
    "specialty": "er",
    "sees": ["delay", "denial"],
    "newsletter": "on",
    "source": "march-newsletter",
}


def form_stream(*fields: dict[str, Any]) -> StreamValue:
    """A stream of these fields; the id of each block is its key unless `id` says otherwise."""
    return FormFieldsBlock().to_python(raw_stream(*fields))


def raw_stream(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    """The same as it is stored, every input filled as the editor's form would fill it."""
    return [_raw(dict(field)) for field in fields]


def form_specs(*fields: dict[str, Any]) -> tuple[FieldSpec, ...]:
    return specs_of(form_stream(*fields))


def bound_form(*fields: dict[str, Any], typed: dict[str, Any], **options: Any) -> ActionForm:
    """A form of these fields that was sent with what was typed."""
    form_class = ActionFormBuilder(form_specs(*fields)).get_form_class()
    return form_class(post_data(typed), **options)


def post_data(typed: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def editor_data(*fields: dict[str, Any]) -> dict[str, Any]:
    """A stream as the editor's browser sends it, to be nested in form data."""
    rows = {
        str(number): {
            "type": row["type"],
            "id": row["id"],
            "order": str(number),
            "deleted": "",
            "value": _posted(row["value"]),
        }
        for number, row in enumerate(raw_stream(*fields))
    }
    return {"count": str(len(rows)), **rows}


def _posted(value: dict[str, Any]) -> dict[str, Any]:
    options = value.pop("options", None)
    typed = {name: _typed(item) for name, item in value.items() if item not in (False, None)}
    if options is None:
        return typed
    items = {str(number): {**item, "order": str(number), "deleted": ""} for number, item in enumerate(options)}
    return {**typed, "options": {"count": str(len(options)), **items}}


def _typed(item: Any) -> Any:
    """A box that is ticked, a group of inputs, a stream without children, or what was typed."""
    if isinstance(item, dict):
        return {name: _typed(each) for name, each in item.items() if each not in (False, None)}
    if isinstance(item, list):
        return item or {"count": "0"}
    return "on" if item is True else item


def _raw(field: dict[str, Any]) -> dict[str, Any]:
    field_type = field.pop("type")
    block_id = field.pop("id", None) or f"block-{field.get('key') or field['label']}"
    block = FormFieldsBlock().child_blocks[field_type]
    defaults = block.get_prep_value(block.get_default())
    if "options" in field:
        field["options"] = [
            {"type": "item", "id": option.get("id", f"{block_id}-{number}"), "value": {"value": "", **_plain(option)}}
            for number, option in enumerate(field["options"])
        ]
    return {"type": field_type, "id": block_id, "value": defaults | field}


def _plain(option: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in option.items() if name != "id"}


def empty_streams(model):
    """The data of a page editor in which every stream of the model is empty."""
    return {field.name: {"count": "0"} for field in model._meta.get_fields() if isinstance(field, StreamField)}
