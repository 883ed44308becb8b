"""Draws the plain controls of a form without templates, of which Django takes two or three for each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class ControlRenderer(TemplatesSetting):
    """For the forms that the public fills in; what is not a plain control has its template as everywhere else."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return mark_safe(  # noqa: S308 – every value is escaped
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'
    )


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    # A browser drops the first line break: without one of our own it would drop one that was typed.
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    return mark_safe(  # noqa: S308
        f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_options(name, options) for name, options, _index in widget["optgroups"])
    return mark_safe(  # noqa: S308
        f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'
    )


def _options(group: Any, options: list[dict[str, Any]]) -> str:
    drawn = "".join(
        f'\n  <option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>\n'
        for option in options
    )
    return f'\n  <optgroup label="{conditional_escape(group)}">{drawn}\n  </optgroup>' if group else drawn


def _attributes(widget: Mapping[str, Any]) -> str:
    """True stands alone, as in `required`; False is left out."""
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


#: By the name of Django's template, which would give the same.
_DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("input", "text", "email", "number", "url", "hidden", "checkbox", "date")
    },
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
