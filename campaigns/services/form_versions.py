"""Keeping the form as somebody saw it, once for all who saw the same."""

import uuid
from collections.abc import Sequence

from django.utils import timezone

from campaigns.engine.fields import FieldSpec
from campaigns.engine.form_json import as_json, digest
from campaigns.records.form_versions import FormVersion


def keep(*, page_key: uuid.UUID, language: str, specs: Sequence[FieldSpec]) -> FormVersion | None:
    """The version that holds these fields, written where this is its first submission; None for no fields.

    Two that come at the same moment get the same row: the one that comes second waits for the first to commit.

    :param language: of the labels, such as "es".
    """
    if not specs:
        return None
    fields = as_json(specs)
    # Which fields it holds is known already: a form of fifty is not read again for each who fills it in.
    version, _is_new = FormVersion.objects.only("pk").get_or_create(
        page_key=page_key,
        language=language,
        digest=digest(fields),
        defaults={"fields": fields, "first_used_at": timezone.now()},
    )
    return version
