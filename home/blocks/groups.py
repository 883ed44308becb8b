"""The groups under which the editor's chooser lists blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Pictures and video")
EVIDENCE = _("Evidence")
ACTION = _("What to do")
LISTS = _("Pages and lists")
