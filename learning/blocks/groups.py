"""The group under which the editor's chooser lists the blocks of lessons."""

from django.utils.translation import gettext_lazy as _

LESSON = _("Lesson")
