"""How every form of ours is drawn: label, hint, error, control, in templates/forms/."""

from django.forms.renderers import TemplatesSetting


class PublicFormRenderer(TemplatesSetting):
    """Looks in templates/ first; a form of ours names its own field template, Wagtail's keep Django's."""
