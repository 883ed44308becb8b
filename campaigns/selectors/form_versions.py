"""Reading forms as they stood when somebody filled them in."""

import uuid
from collections.abc import Iterable

from campaigns.engine.fields import FieldSpec
from campaigns.engine.form_json import from_json
from campaigns.records.form_versions import FormVersion
from campaigns.records.submissions import Submission

#: The fields by their storage key.
Fields = dict[str, FieldSpec]


def of_submission(submission: Submission) -> tuple[FieldSpec, ...]:
    """The form as the person saw it; nothing of a submission from before versions were kept."""
    return from_json(submission.form_version.fields) if submission.form_version else ()


def of_submissions(submissions: Iterable[Submission]) -> dict[int, tuple[str, Fields]]:
    """Language and fields of every version that these were made with, by the version's id, in one query."""
    ids = {submission.form_version_id for submission in submissions if submission.form_version_id}
    return {
        version.pk: (version.language, {spec.clean_name: spec for spec in from_json(version.fields)})
        for version in FormVersion.objects.filter(pk__in=ids)
    }


def of_page(page_key: uuid.UUID) -> list[tuple[FieldSpec, ...]]:
    """Every form that the page ever was, the latest first."""
    versions = FormVersion.objects.filter(page_key=page_key).order_by("-first_used_at", "-id")
    return [from_json(version.fields) for version in versions]
