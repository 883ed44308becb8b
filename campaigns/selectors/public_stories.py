"""Reads the stories that visitors see: approved by the staff, and allowed for the website by who told them.

Asked anew for each page that is shown: nothing keeps a story that was taken back.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, QuerySet, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from campaigns.engine import texts
from campaigns.engine.participation import STORY_PHOTO_SHOWN
from campaigns.engine.public_stories import Edit, Words, edit_of, in_two
from campaigns.engine.standing import Standing
from campaigns.engine.upload_checks import IMAGE_TYPES
from campaigns.records.participation import Story
from campaigns.records.uploads import Upload
from home.selectors import shown_version

PHOTO, WEBSITE = "photo", "website"


@dataclass(frozen=True, slots=True)
class PublicStory:
    id: int
    words: Words
    language: str
    #: As the teller agreed to; empty for none.
    name: str
    #: By the staff, who say so beside it.
    edit: Edit
    photo_key: uuid.UUID | None = None
    photo_alt: str = ""

    @property
    def is_shortened(self) -> bool:
        return self.edit is Edit.SHORTENED

    @property
    def is_changed(self) -> bool:
        return self.edit is Edit.CHANGED


def showable(page_key: uuid.UUID | None = None) -> QuerySet[Story]:
    """The newest first; those of one page, in all its languages, or of all."""
    found = Story.objects.filter(state=Story.State.APPROVED, taken_action__submission__standing=Standing.CLEAR.value)
    # A list of keys as JSON: the databases that we know have no common way to look into one.
    found = found.annotate(uses_text=Cast("uses", CharField())).filter(uses_text__contains=f'"{WEBSITE}"')
    found = found.exclude(text="").select_related("taken_action")
    return found.filter(page_key=page_key) if page_key else found


def stories(rows: Iterable[Story]) -> list[PublicStory]:
    """As they are shown, in the order of the rows, which `showable` gave."""
    rows = list(rows)
    photos = _photos(rows)
    return [
        PublicStory(
            id=row.pk,
            words=in_two(row.public_text or row.text),
            language=row.language,
            name=row.public_name,
            edit=edit_of(row.text, row.public_text),
            photo_key=photos.get(row.taken_action.submission_id),
            photo_alt=row.photo_alt,
        )
        for row in rows
    ]


def chosen(picked: Sequence[Story | None], *, page: Page | None, limit: int) -> list[PublicStory]:
    """Those that an editor picked, in their order, of which some may be gone; without a choice the newest."""
    if picked:
        there = showable().in_bulk([story.pk for story in picked if story])
        return stories(there[story.pk] for story in picked if story and story.pk in there)
    found = showable(page.translation_key if page else None)
    # Those that the visitor can read stand first.
    is_theirs = Case(When(language=get_language() or "", then=0), default=1)
    return stories(found.order_by(is_theirs, "-told_at", "-pk")[:limit])


def list_url(page: Page | None) -> str:
    """Of the list of all that are shown of a page, or of all pages; "" where there is none."""
    if not showable(page.translation_key if page else None).exists():
        return ""
    return reverse("campaigns:stories_of", args=[page.translation_key]) if page else reverse("campaigns:stories")


def title_of(story: Story) -> str:
    """By which an editor knows it: nothing of one that visitors do not see."""
    if not showable().filter(pk=story.pk).exists():
        return gettext("A story that is no longer shown")
    begin = texts.shorten(story.public_text or story.text, 60)
    return f"{texts.shorten(story.public_name, 30)}: {begin}" if story.public_name else begin


def page_to_tell_on(page: Page | None) -> Page | None:
    """The page on which visitors tell theirs, in their language; None where it is not public or takes none today."""
    shown = shown_version(page)
    specific = shown.specific if shown else None
    phase = getattr(specific, "phase", None)
    return specific if phase is None or phase.value == "open" else None


def photo(key: uuid.UUID) -> Upload | None:
    """The file of a photograph that visitors may see; None of any other."""
    upload = _pictures().filter(key=key).first()
    if upload is None:
        return None
    rows = showable().filter(taken_action__submission=upload.submission_id)
    return upload if any(_shows_photo(row) for row in rows) else None


def _pictures() -> QuerySet[Upload]:
    """A field of this key may have been made to take PDFs as well: these are shown to nobody."""
    return Upload.objects.filter(field_key=STORY_PHOTO_SHOWN, content_type__in=IMAGE_TYPES)


def _photos(rows: Sequence[Story]) -> dict[int, uuid.UUID]:
    """Keys of the files, by the submission."""
    wanted = [row.taken_action.submission_id for row in rows if _shows_photo(row)]
    found = _pictures().filter(submission__in=wanted) if wanted else ()
    return {upload.submission_id: upload.key for upload in found if upload.submission_id}


def _shows_photo(row: Story) -> bool:
    return PHOTO in row.uses and bool(row.photo_alt)
