"""Whether an action may stand on other people's sites, and on which."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.content.originals import original
from campaigns.engine import origins

MOST_ORIGINS = 40
_WORDS = {
    "malformed": _("“%(line)s” is no address of a site. Write it like https://partner.example."),
    "wildcard": _("“%(line)s” stands for many sites. Name each site on a line of its own."),
    "path": _("Leave out what follows the name of the site in “%(line)s”: all of a site may show the form, or none."),
    "insecure": _("“%(line)s” has to begin with https: others could read along otherwise."),
}


class EmbeddingMixin(models.Model):
    allowed_origins = models.TextField(
        _("sites that may show this form"),
        blank=True,
        max_length=2000,
        help_text=_("One a line, as https://partner.example. Empty: no other site may."),
    )
    has_kiosk_mode = models.BooleanField(
        _("may be used at a stand"),
        default=False,
        help_text=_(
            "A version of the form for a shared device at an event: it keeps nothing and starts over by itself."
        ),
    )

    class Meta:
        abstract = True

    @property
    def frame_origins(self) -> tuple[str, ...]:
        """The sites that may show this form; whoever translates the page does not add one."""
        return origins.origins(original(self).allowed_origins, may_be_local=settings.DEMO_ALLOWED)

    @property
    def is_for_stands(self) -> bool:
        return bool(original(self).has_kiosk_mode)

    def clean(self) -> None:
        super().clean()
        lines = origins.filled_lines(self.allowed_origins)
        errors: list[Any] = []
        for line in lines:
            try:
                origins.origin(line, may_be_local=settings.DEMO_ALLOWED)
            except origins.NotAnOrigin as error:
                errors.append(ValidationError(_WORDS[error.code], code=error.code, params={"line": line}))
        if len(lines) > MOST_ORIGINS:
            # A browser is told all of them with each page.
            errors.append(ValidationError(_("Name at most %(most)s sites."), params={"most": MOST_ORIGINS}))
        if errors:
            raise ValidationError({"allowed_origins": errors})
