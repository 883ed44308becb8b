"""Stories: kept as they were told, read by somebody before anything is done with them, and taken back at any time."""

import hashlib
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from campaigns.engine import patient_guard, texts, upload_checks
from campaigns.engine.participation import STORY_NAMING, STORY_PHOTO, STORY_PHOTO_SHOWN, STORY_TEXT, STORY_USES
from campaigns.engine.public_stories import Edit, edit_of
from campaigns.records.participation import Story
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction
from campaigns.records.uploads import Upload
from campaigns.services import confirmations, uploads

State = Story.State
#: The longer side of a photograph as visitors get it: twice as wide as it stands on a page.
PHOTO_PIXELS = 640


@transaction.atomic
def tell(
    *,
    taken: TakenAction,
    text: str,
    uses: Sequence[str],
    language: str,
    public_name: str = "",
    known: Sequence[str] = (),
) -> Story:
    """Keeps a story. It waits for a reader, always, with what the patient-information guard saw in it.

    :param uses: keys of `STORY_USES` that the person agreed to.
    :param public_name: as they want to be named where it is shown; empty for not at all.
    :param known: what is no news about a patient, such as the teller's own name.
    """
    text = texts.clean(text)
    found = patient_guard.findings(text, known=known)
    now = timezone.now()
    story = Story.objects.create(
        taken_action=taken,
        page_key=taken.submission.page_key,
        advocate=taken.submission.advocate,
        language=language,
        text=text,
        uses=[use for use in STORY_USES if use in uses],
        public_name=public_name,
        findings=[[finding.kind.value, finding.start, finding.end] for finding in found],
        told_at=now,
    )
    taken.done_at = now
    taken.save(update_fields=["done_at"])
    return story


@transaction.atomic
def withdraw(*, taken: TakenAction) -> bool:
    """Takes a story back: its words and its files are gone, here and in the form's answers. Says if there was one."""
    story = Story.objects.select_for_update().filter(taken_action=taken).exclude(state=State.WITHDRAWN).first()
    if story is None:
        return False
    story.state, story.text, story.uses, story.findings = State.WITHDRAWN, "", [], []
    story.public_name = story.public_text = story.photo_alt = ""
    story.save(update_fields=["state", "text", "uses", "findings", "public_name", "public_text", "photo_alt"])
    submission = Submission.objects.select_for_update().get(pk=taken.submission_id)
    kept = {key: {} if uploads.named_in(answer) else answer for key, answer in submission.form_data.items()}
    submission.form_data = {**kept, STORY_TEXT: "", **({STORY_NAMING: ""} if STORY_NAMING in kept else {})}
    submission.save(update_fields=["form_data"])
    uploads.delete_of(submissions=Submission.objects.filter(pk=submission.pk))
    confirmations.renew(submission)
    return True


@transaction.atomic
def forbid(*, taken: TakenAction, use: str) -> bool:
    """Takes one agreement back; says whether it had been given."""
    story = Story.objects.select_for_update().filter(taken_action=taken).exclude(state=State.WITHDRAWN).first()
    if story is None or use not in story.uses:
        return False
    story.uses = [kept for kept in story.uses if kept != use]
    story.save(update_fields=["uses"])
    return True


@transaction.atomic
def forbid_name(*, taken: TakenAction) -> bool:
    """The person no longer wants to be named where it is shown; says whether they were to be."""
    return bool(Story.objects.filter(taken_action=taken).exclude(public_name="").update(public_name=""))


@transaction.atomic
def prepare(*, story_id: int, text: str, language: str, photo_alt: str) -> bool:
    """What the staff show in the place of a story; says whether it could be kept, which one taken back cannot.

    :param text: what is shown; the story as it was told is kept as no text of ours.
    """
    story = Story.objects.select_for_update().filter(pk=story_id).exclude(state=State.WITHDRAWN).first()
    if story is None:
        return False
    text = texts.clean(text)
    story.public_text = "" if edit_of(story.text, text) is Edit.WHOLE else text
    story.language, story.photo_alt = language, texts.one_line(photo_alt)[:250]
    story.save(update_fields=["public_text", "language", "photo_alt"])
    if story.photo_alt:
        _keep_small_photo(Submission.objects.get(taken_actions=story.taken_action_id))
    return True


def _keep_small_photo(submission: Submission) -> None:
    """For visitors: what was handed in may be as large as a camera makes it. It goes with the other files."""
    photo = submission.uploads.filter(field_key=STORY_PHOTO, content_type__in=upload_checks.IMAGE_TYPES).first()
    if photo is None or submission.uploads.filter(field_key=STORY_PHOTO_SHOWN).exists():
        return
    try:
        data = upload_checks.small(photo.file.read(), photo.content_type, pixels=PHOTO_PIXELS)
    except upload_checks.Refused:
        return
    shown = Upload(
        page_key=photo.page_key,
        submission=submission,
        field_key=STORY_PHOTO_SHOWN,
        name=photo.name,
        content_type=photo.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=timezone.now(),
    )
    shown.file.save(shown.name, ContentFile(data), save=False)
    shown.save()


def judge(*, story_id: int, is_approved: bool, note: str, reader: AbstractBaseUser) -> bool:
    """What a reader decided, who they are and when; says whether the story could be judged.

    One that was withdrawn meanwhile cannot. A judgement may be changed by another.
    """
    changed = (
        Story.objects.filter(pk=story_id)
        .exclude(state=State.WITHDRAWN)
        .update(
            state=State.APPROVED if is_approved else State.DECLINED,
            note=texts.one_line(note)[:500],
            read_by=reader,
            read_at=timezone.now(),
        )
    )
    return bool(changed)
