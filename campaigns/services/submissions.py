"""The one transaction: a confirmed form becomes an advocate, consents, a submission, letters and outbox rows."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone

from advocates.engine.people import PersonName
from advocates.records.advocates import Advocate
from advocates.services import advocates, consents
from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.composing import ComposedLetter, Constituent
from campaigns.engine.standing import NOTHING_AGAINST_IT, Assessment, Standing
from campaigns.engine.targeting import Target, Unwritten, WhyNot
from campaigns.engine.tokens import Finding
from campaigns.records.submissions import Letter, Submission
from campaigns.services import authorship, confirmations, confirming, form_versions, kinds, moderation, uploads
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage
from delivery.services import outbox


def record(
    *,
    terms: ActionTerms,
    answers: Answers,
    token: uuid.UUID,
    finding: Finding | None = None,
    letters: Sequence[ComposedLetter] = (),
    unwritten: Sequence[Unwritten] = (),
    targets: Sequence[Target] = (),
    assessment: Assessment = NOTHING_AGAINST_IT,
) -> Submission:
    """Stores a confirmed form once, whole or not at all; the letters leave after the commit.

    The same form sent again by the same person gives the submission that is there. A letter that the person has
    already written to an official in this campaign, whatever the page or its language, is not written again: the
    submission says so. What is not clear is stored all the same; its letters wait, and take nobody's place.

    :param token: issued with the form.
    :param finding: who represents the address; none where the form has no address.
    :param targets: whom the page addresses where it writes them no letters; else they are those of the letters.
    :param assessment: what the checks against abuse made of it.
    :raises advocates.engine.emails.NotAnAddress: where the e-mail address is none.
    """
    arguments = (terms, answers, token, finding or Finding(certainty=""), letters, unwritten, targets, assessment)
    try:
        return _record(*arguments, is_first_try=True)
    except IntegrityError:
        # The same was sent before, or by somebody else at the same moment: what is stored can be read now.
        return _record(*arguments, is_first_try=False)


@transaction.atomic
def _record(
    terms: ActionTerms,
    answers: Answers,
    token: uuid.UUID,
    finding: Finding,
    letters: Sequence[ComposedLetter],
    unwritten: Sequence[Unwritten],
    targets: Sequence[Target],
    assessment: Assessment,
    *,
    is_first_try: bool,
) -> Submission:
    """One try. The first does not ask whether the token was used: hardly any was, and the database refuses those."""
    constituent = answers.constituent
    # Holds the advocate's row until the end: two submissions of one person wait for each other here.
    person = advocates.recognise(
        email=constituent.email,
        name=PersonName(constituent.given_name, constituent.family_name, constituent.title),
        language=terms.language,
    )
    advocate = person.advocate
    earlier = None if is_first_try else Submission.objects.filter(token=token).first()
    if earlier and earlier.advocate_id == advocate.pk and earlier.page_key == terms.page_key:
        return earlier
    # Of a form that is not clear nobody is told what else its address has sent; it is stopped when it becomes clear.
    is_clear = assessment.standing is Standing.CLEAR
    fresh, repeated = _split(terms, advocate, letters) if is_clear and not person.is_new else (list(letters), [])
    submission = _submission(
        terms=terms,
        answers=answers,
        # A form that went back for a colleague at the same screen is another submission, not the first one again.
        token=uuid.uuid4() if earlier else token,
        finding=finding,
        advocate=advocate,
        own_words=fresh[0].own_words if fresh else "",
        unwritten=[*unwritten, *repeated],
        assessment=assessment,
    )
    confirming.settle(submission)
    consents.record(advocate=advocate, consents=answers.consents, source_key=submission.key, language=terms.language)
    if fresh:
        _write(terms, submission, answers, fresh)
    addressed = tuple(letter.target for letter in letters) or tuple(targets)
    uploads.keep(submission=submission)
    taken = kinds.record(kinds.Accepted(submission, terms, answers, addressed))
    if fresh or not letters or taken:
        _tell(submission, terms, person, constituent.email)
    return submission


def _tell(submission: Submission, terms: ActionTerms, person: advocates.Recognised, email: str) -> None:
    """What waits for the staff is told of by the page alone: a machine may have typed a stranger's address."""
    if submission.standing == Standing.UNCONFIRMED:
        confirming.ask(submission=submission, email=email)
    elif submission.standing == Standing.CLEAR and (person.is_new or confirmations.is_due(submission)):
        confirmations.enqueue(submission=submission, society=terms.society, email=email)


def _split(
    terms: ActionTerms, advocate: Advocate, letters: Sequence[ComposedLetter]
) -> tuple[list[ComposedLetter], list[Unwritten]]:
    written = set(
        Letter.objects.filter(
            campaign_key=terms.campaign_key,
            advocate=advocate,
            is_pending=False,
            target_key__in=[letter.target.key for letter in letters],
        ).values_list("target_key", flat=True)
    )
    repeated = [
        Unwritten(WhyNot.ALREADY_WRITTEN, letter.target.chamber, letter.target.district, letter.target.name)
        for letter in letters
        if letter.target.key in written
    ]
    return [letter for letter in letters if letter.target.key not in written], repeated


def _submission(
    *,
    terms: ActionTerms,
    answers: Answers,
    token: uuid.UUID,
    finding: Finding,
    advocate: Advocate,
    own_words: str,
    unwritten: Sequence[Unwritten],
    assessment: Assessment,
) -> Submission:
    constituent = answers.constituent
    address = constituent.address
    return Submission.objects.create(
        token=token,
        page_id=terms.page_id,
        page_title=terms.page_title[:255],
        page_key=terms.page_key,
        campaign_key=terms.campaign_key,
        campaign_title=terms.campaign_title[:255],
        advocate=advocate,
        language=terms.language,
        form_data=dict(answers.form_data),
        form_version=form_versions.keep(page_key=terms.page_key, language=terms.language, specs=answers.form),
        street=address.street[:200],
        city=address.city[:100],
        state=address.state[:2].lower(),
        zip_code=address.zip_code[:10],
        address_kind=constituent.at(None).kind.value,
        second_address=_second_address(constituent, finding),
        certainty=finding.certainty,
        division_ids=list(dict.fromkeys(ocd_id for part in finding.parts for ocd_id in part.settled)),
        own_words=own_words,
        unwritten=[asdict(item) for item in unwritten],
        submit_time=timezone.now(),
        role=answers.role,
        via=terms.via,
        standing=assessment.standing.value,
        standing_reasons=list(assessment.reasons),
        network=assessment.network,
    )


def _second_address(constituent: Constituent, finding: Finding) -> dict[str, str]:
    if len(constituent.addresses) < 2:
        return {}
    stated = constituent.addresses[1]
    address = stated.address
    # One that is the same place as the first was not looked up, and is as certain.
    of_address = [part for part in finding.parts if part.kind is stated.kind] or [finding]
    return {
        "kind": stated.kind.value,
        "street": address.street[:200],
        "unit": stated.unit[:50],
        "city": address.city[:100],
        "state": address.state[:2].lower(),
        "zip_code": address.zip_code[:10],
        "certainty": of_address[0].certainty,
    }


def _write(terms: ActionTerms, submission: Submission, answers: Answers, letters: Sequence[ComposedLetter]) -> None:
    letters = authorship.with_references(letters)
    messages = outbox.enqueue(drafts=[_draft(terms, submission, answers, letter) for letter in letters])
    rows = Letter.objects.bulk_create(
        _letter(submission, letter, message) for letter, message in zip(letters, messages, strict=True)
    )
    authorship.record(terms=terms, submission=submission, letters=letters, rows=rows)


def _draft(terms: ActionTerms, submission: Submission, answers: Answers, letter: ComposedLetter) -> MessageDraft:
    whose = f"{terms.campaign_key}:{submission.advocate.key}"
    if submission.standing != Standing.CLEAR:
        # Anybody can type anybody's address: until it is clear, it keeps the person from writing nothing themselves.
        whose = f"pending:{submission.key}"
    return MessageDraft(
        dedupe_key=f"letter:{whose}:{letter.target.key}",
        stream=OutboxMessage.Stream.LETTER,
        recipient_name=letter.target.name,
        recipient_address=letter.target.email,
        sender_name=answers.constituent.full_name,
        reply_to_address=answers.constituent.email,
        subject=letter.subject,
        body=letter.text,
        language=terms.letter_language,
        campaign_key=terms.campaign_key,
        recipient_key=letter.target.key,
        jurisdiction=letter.target.jurisdiction,
        routes=letter.routes,
        congress=letter.congress,
        may_record_reply=answers.may_record_reply,
        hold_reasons=(
            *moderation.until_clear(submission.standing),
            *moderation.hold_reasons(
                moderation=terms.moderation,
                letter=letter,
                template=letter.template,
                writer=answers.constituent.full_name,
            ),
        ),
    )


def _letter(submission: Submission, letter: ComposedLetter, message: OutboxMessage) -> Letter:
    target = letter.target
    return Letter(
        submission=submission,
        outbox_message=message,
        campaign_key=submission.campaign_key,
        advocate=submission.advocate,
        target_key=target.key,
        official_id=target.official_id,
        recipient_name=target.name[:200],
        recipient_office=(target.district or target.office)[:200],
        chamber=target.chamber,
        address_kind=letter.address_kind,
        is_personalised=letter.is_personalised,
        points=list(letter.kept_points),
        is_pending=submission.standing != Standing.CLEAR,
    )
