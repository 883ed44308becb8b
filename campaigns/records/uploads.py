"""Files that people hand in with a form."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """A place that no address leads to: only a view that asks for permission reads it."""
    return storages["private"]


def path_of(upload: "Upload", _name: str) -> str:
    """Nothing of the person's own name for the file is in its path."""
    return f"uploads/{upload.key.hex[:2]}/{upload.key.hex}"


class Upload(models.Model):
    """Held until the form is confirmed, then kept with the submission; what was never confirmed is swept away."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page_key = models.UUIDField()
    submission = models.ForeignKey(
        "campaigns.Submission", models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    #: The storage key of the field.
    field_key = models.CharField(max_length=64)
    file = models.FileField(_("file"), storage=private_storage, upload_to=path_of, max_length=200)
    #: As the person called it.
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    #: A keyed hash of the network that it came from, so that nobody takes all the room; emptied after a day.
    sender = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["uploaded_at"], condition=models.Q(submission__isnull=True), name="uploads_left_over"),
        ]

    def __str__(self) -> str:
        return self.name
