"""Stories: kept as they were told, read by somebody before anything is done with them, and taken back at any time."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from campaigns.engine import patient_guard, texts
from campaigns.engine.participation import STORY_TEXT, STORY_USES
from campaigns.records.participation import Story
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction
from campaigns.services import uploads

State = Story.State


@transaction.atomic
def tell(*, taken: TakenAction, text: str, uses: Sequence[str], language: str, known: Sequence[str] = ()) -> Story:
    """Keeps a story. It waits for a reader, always, with what the patient-information guard saw in it.

    :param uses: keys of `STORY_USES` that the person agreed to.
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
    story.save(update_fields=["state", "text", "uses", "findings"])
    submission = Submission.objects.select_for_update().get(pk=taken.submission_id)
    kept = {key: {} if uploads.named_in(answer) else answer for key, answer in submission.form_data.items()}
    submission.form_data = {**kept, STORY_TEXT: ""}
    submission.save(update_fields=["form_data"])
    uploads.delete_of(submissions=Submission.objects.filter(pk=submission.pk))
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
