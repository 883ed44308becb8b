"""What a person sent with an action form, and the letters that came of it."""

import uuid
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.engine.addresses import AddressKind
from campaigns.engine.standing import Standing

#: How the key of a mail with a receipt begins; the key of the submission follows.
RECEIPT = "receipt:"


class Place(NamedTuple):
    """An address without its street."""

    city: str
    state: str
    zip_code: str


class Submission(models.Model):
    """Accepted once and kept. Answers as JSON by storage key; what is searched or erased in columns.

    Wagtail's Forms menu reads `page`, `form_data`, `submit_time` and `get_data()`, by those names.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Issued with the form: the same form sent twice is one submission.
    token = models.UUIDField(unique=True, editable=False)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, related_name="action_submissions")
    page_title = models.CharField(_("form"), max_length=255)
    #: The same for every language of the form.
    page_key = models.UUIDField(db_index=True)
    #: The campaign's translation key, so that counts are one whatever the language of the page.
    campaign_key = models.UUIDField(db_index=True)
    campaign_title = models.CharField(_("campaign"), max_length=255)
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="submissions")
    language = models.CharField(_("language"), max_length=10)
    form_data = models.JSONField(_("answers"))
    #: What the address in the columns that follow is: `campaigns.engine.addresses.AddressKind`.
    address_kind = models.CharField(_("address"), max_length=10, default=AddressKind.HOME.value)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP"), max_length=10, blank=True)
    #: The other address of somebody who gave two: kind, street, unit, city, state, zip_code and certainty.
    second_address = models.JSONField(_("second address"), default=dict, blank=True)
    #: How the legislators were found: `legislators.engine.resolution.Certainty`.
    certainty = models.CharField(_("certainty"), max_length=20, blank=True)
    division_ids = models.JSONField(_("divisions"), default=list)
    #: What the person wrote into all their letters besides the text on offer.
    own_words = models.TextField(_("own words"), blank=True)
    #: Who got no letter and why, as `campaigns.engine.targeting.Unwritten` by field name.
    unwritten = models.JSONField(default=list)
    submit_time = models.DateTimeField(_("submitted at"))
    #: The form as the person saw it; none of submissions from before versions were kept.
    form_version = models.ForeignKey(
        "campaigns.FormVersion", models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    #: Where it was made, where not on the form's own page: `frame:<partner's host>` or `stand:<its name>`.
    via = models.CharField(_("made on"), max_length=60, blank=True)
    #: As whom the person acts: `campaigns.engine.roles.Role`, or nothing where the form does not ask.
    role = models.CharField(_("role"), max_length=20, blank=True)
    #: `campaigns.engine.standing.Standing`: what is not clear is not counted, and its letters wait.
    standing = models.CharField(_("standing"), max_length=20, default=Standing.CLEAR.value)
    #: Why it is not clear, as machine keys.
    standing_reasons = models.JSONField(default=list, blank=True)
    #: A keyed hash of the network that it came from, emptied after some days.
    network = models.CharField(max_length=64, blank=True)
    #: When the person confirmed their e-mail address by the link that was sent to it.
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submit_time"]
        indexes = [
            models.Index(fields=["submit_time"], condition=~models.Q(standing="clear"), name="submissions_not_clear"),
        ]

    def __str__(self) -> str:
        return f"{self.page_title} {self.submit_time:%Y-%m-%d %H:%M}"

    @property
    def receipt_key(self) -> str:
        """The key under which the mail that tells the person what they sent stands in the outbox."""
        return f"{RECEIPT}{self.key}"

    def get_data(self) -> dict[str, object]:
        return {**self.form_data, "submit_time": self.submit_time}

    def place(self, kind: str) -> Place:
        """The town of the address that a letter names.

        :param kind: that of the address; "" for none.
        """
        second = self.second_address
        if kind and second.get("kind") == kind:
            return Place(second["city"], second["state"], second["zip_code"])
        return Place(self.city, self.state, self.zip_code)


class Letter(models.Model):
    """One letter to one official. The outbox row says what became of it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="letters")
    outbox_message = models.OneToOneField("delivery.OutboxMessage", models.PROTECT, related_name="letter")
    campaign_key = models.UUIDField()
    advocate = models.ForeignKey("advocates.Advocate", models.PROTECT, related_name="letters")
    #: `official:<source id>` or `recipient:<block id>`: what "the same official" means.
    target_key = models.CharField(max_length=150)
    official = models.ForeignKey("legislators.Official", models.PROTECT, null=True, blank=True, related_name="letters")
    #: As it was on the day: an official may change seats, a letter keeps who it was written to.
    recipient_name = models.CharField(_("recipient"), max_length=200)
    recipient_office = models.CharField(_("office"), max_length=200, blank=True)
    chamber = models.CharField(_("chamber"), max_length=20, blank=True)
    #: Which address of the person the letter names; where they have two, the one in the official's district.
    address_kind = models.CharField(_("address"), max_length=10, blank=True, default=AddressKind.HOME.value)
    is_personalised = models.BooleanField(_("edited by the person"), default=False)
    #: Keys of the talking points that the person ticked and left in it: `campaigns.engine.guidance.TalkingPoint`.
    points = models.JSONField(_("talking points"), default=list, blank=True)
    #: Its submission is not clear, so it takes nobody's place: whoever owns the address may still write themselves.
    is_pending = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_key", "advocate", "target_key"],
                condition=models.Q(is_pending=False),
                name="one_letter_per_campaign_person_and_official",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient_name

    @property
    def place(self) -> Place:
        """The town of the address that the letter names."""
        return self.submission.place(self.address_kind)
