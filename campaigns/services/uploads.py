"""Files that people hand in: held while they fill in the form, kept with what they send, removed with it."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from campaigns.engine import upload_checks
from campaigns.engine.networks import keyed_hash
from campaigns.engine.standing import Standing
from campaigns.engine.upload_checks import Refused, Why
from campaigns.records.submissions import Submission
from campaigns.records.uploads import Upload, private_storage

#: A form that was left open for longer has to be given its files again.
HELD_FOR = timedelta(hours=24)
#: What is about to be swept away is not promised to anybody any more.
_GRACE = timedelta(hours=1)
_SALT = "campaigns.uploads"
_SENDER = "upload"
#: One sender has no more than one part in so many of the room that others leave: a few of them do not fill it.
_SHARE = 5
_MEGABYTE = 1_000_000
_FOLDER = "uploads"


def hold(
    *,
    page_key: uuid.UUID,
    field_key: str,
    file: UploadedFile,
    types: Collection[str],
    megabytes: int,
    network: str = "",
) -> Upload:
    """Stores a file for a form that has not been sent yet.

    :param megabytes: the field's limit; the site's is not exceeded whatever it says.
    :param network: that it comes from, or "" where it is not known; only a keyed hash of it is kept, for a day.
    :raises Refused: where it is not taken.
    """
    limit = min(megabytes, settings.UPLOAD_MAX_MEGABYTES) * _MEGABYTE
    if (file.size or 0) > limit:
        raise Refused(Why.TOO_BIG)
    sender = keyed_hash(_SENDER, network)
    if not _has_room(sender, file.size or 0):
        raise Refused(Why.NO_SPACE)
    checked = upload_checks.check(file.read(), name=file.name or "", types=types)
    upload = Upload(
        page_key=page_key,
        field_key=field_key,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.data),
        sha256=hashlib.sha256(checked.data).hexdigest(),
        sender=sender,
        uploaded_at=timezone.now(),
    )
    upload.file.save(checked.name, ContentFile(checked.data), save=False)
    upload.save()
    return upload


def token(upload: Upload) -> str:
    """Stands in the form for the file, which it names to nobody else."""
    return signing.Signer(salt=_SALT).sign(f"{upload.field_key}.{upload.key.hex}")


def named(*, field_key: str, tokens: Iterable[str]) -> list[Upload]:
    """The files that tokens stand for, in their order."""
    keys = [key for one in tokens if (key := _key_in(one, field_key))]
    there = Upload.objects.filter(key__in=keys, field_key=field_key).in_bulk(field_name="key")
    return [there[key] for key in dict.fromkeys(keys) if key in there]


def usable(*, page_key: uuid.UUID, field_key: str, tokens: Iterable[str], form_token: str) -> list[Upload]:
    """Those of them that this form may still hand in: it has not been sent yet, or it is sent a second time."""
    since = timezone.now() - HELD_FOR + _GRACE
    return [
        upload
        for upload in named(field_key=field_key, tokens=tokens)
        if upload.page_key == page_key
        and (upload.uploaded_at > since if upload.submission is None else str(upload.submission.token) == form_token)
    ]


def keep(*, submission: Submission) -> None:
    """Files named in the answers belong to the submission from now on. Inside its transaction."""
    keys = [key for answer in submission.form_data.values() for key, _name in named_in(answer)]
    if keys:
        Upload.objects.filter(key__in=keys, page_key=submission.page_key, submission=None).update(submission=submission)


def answer(uploads: Iterable[Upload]) -> dict[str, str]:
    """What is stored of them among the answers: the name of each by its key."""
    return {upload.key.hex: upload.name for upload in uploads}


def named_in(answer: object) -> list[tuple[uuid.UUID, str]]:
    """Key and name of each file in an answer; nothing where it is an answer of another kind."""
    pairs = answer.items() if isinstance(answer, dict) else ()
    return [
        (uuid.UUID(hex=key), str(name)) for key, name in pairs if len(key) == 32 and not key.strip("0123456789abcdef")
    ]


def remove(*, page_key: uuid.UUID, field_key: str, token: str) -> None:
    """Takes a file back that has not been sent yet; nothing where the token is not one of this form's."""
    keys = [upload.pk for upload in named(field_key=field_key, tokens=[token])]
    _delete(Upload.objects.filter(pk__in=keys, page_key=page_key, submission=None))


def delete_of(*, submissions: QuerySet[Submission]) -> None:
    """Deletes the files of submissions that are about to be deleted; they go when the transaction is done."""
    _delete(Upload.objects.filter(submission__in=submissions))


def sweep() -> int:
    """Deletes files that were never sent, and files without a row, which a deletion in bulk leaves. Says how many.

    From which network the others came is forgotten.
    """
    before = timezone.now() - HELD_FOR
    Upload.objects.filter(uploaded_at__lte=before).exclude(sender="").update(sender="")
    count = _delete(Upload.objects.filter(submission=None, uploaded_at__lte=before))
    return count + _delete_orphans(before.timestamp())


@transaction.atomic
def _delete(uploads: QuerySet[Upload]) -> int:
    found = list(uploads.select_for_update())
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    names = [upload.file.name for upload in found]
    transaction.on_commit(lambda: _delete_files(names))
    return len(found)


def _delete_files(names: Iterable[str | None]) -> None:
    for name in names:
        if name:
            private_storage().delete(name)


def _delete_orphans(before: float) -> int:
    storage = private_storage()
    if not storage.exists(_FOLDER):
        return 0
    count = 0
    for folder in storage.listdir(_FOLDER)[0]:
        names = [f"{_FOLDER}/{folder}/{name}" for name in storage.listdir(f"{_FOLDER}/{folder}")[1]]
        known = set(Upload.objects.filter(file__in=names).values_list("file", flat=True))
        old = [name for name in names if name not in known and storage.get_modified_time(name).timestamp() < before]
        _delete_files(old)
        count += len(old)
    return count


def _has_room(sender: str, size: int) -> bool:
    """Whether one more file may wait here: of all the room that others have left, one sender gets a part.

    Whoever has nothing here yet is not kept from a first file as long as there is room at all. What came with a form
    that is not clear counts for its sender for as long as what was never sent: sending is no way round it.
    """
    limit = settings.UPLOADS_WAITING_MEGABYTES * _MEGABYTE
    waiting = Q(submission=None)
    theirs = Q(sender=sender, uploaded_at__gt=timezone.now() - HELD_FOR)
    of_sender = theirs & (waiting | ~Q(submission__standing=Standing.CLEAR.value))
    held, held_by_sender, own = (
        Upload.objects.filter(which).aggregate(total=Sum("size"))["total"] or 0
        for which in (waiting, waiting & theirs, of_sender)
    )
    if held > limit:
        return False
    return not sender or not own or own + size <= (limit - held + held_by_sender) / _SHARE


def _key_in(token: str, field_key: str) -> uuid.UUID | None:
    try:
        named, _dot, key = signing.Signer(salt=_SALT).unsign(token).rpartition(".")
        return uuid.UUID(hex=key) if named == field_key else None
    except (signing.BadSignature, ValueError):
        return None
