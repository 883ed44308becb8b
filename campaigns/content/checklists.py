"""The checklist of an action or a campaign: what keeps it from being published, and what an editor should look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from campaigns.blocks.congress import congress_terms
from campaigns.blocks.targets import rules
from campaigns.blocks.walking import leaves, merged, messages_of
from campaigns.content.originals import original
from campaigns.engine import checklist as engine
from campaigns.engine.addresses import AddressKind
from campaigns.engine.audience_gaps import Unreached, unreached
from campaigns.engine.checklist import Advice, Checklist, Item, PageText, Picture, Rule
from campaigns.engine.merging import FIELDS, merge
from campaigns.engine.targeting import OF_CONGRESS, chambers_by_address
from campaigns.selectors import checklist as facts
from campaigns.selectors.checklist_words import sentence

#: {standing} would say "I live in your district", which no editor wrote.
_EXAMPLES = {**FIELDS, "standing": "I am your constituent"}
#: Of an action page, below the fields of the letter: what an editor writes in running text.
_TEXT_STREAMS = ("letter_texts", "guidance", "actions")


def checklist_of(page: Any) -> Checklist:
    """The page as it stands in its newest draft. Its blocking items are the errors that publishing would give."""
    blocking = list(_blocking(page))
    advice = _action_advice(page) if hasattr(page, "form_specs") else _campaign_advice(page)
    taken = {item.path for item in blocking}
    advisory = [
        Item(one.path, sentence(one), url=_elsewhere(one, page))
        for one in advice
        if one.path not in taken or not one.path
    ]
    return Checklist((*blocking, *advisory))


# --- What keeps it from being published --------------------------------------------------------


def _blocking(page: Any) -> Iterator[Item]:
    errors = _stream_errors(page)
    try:
        page.clean()
    except ValidationError as refused:
        for name, found in refused.error_dict.items():
            for one in found:
                errors[name] = _both(errors.get(name), one)
    shown = [name for panel in page.content_panels for name in _field_names(panel)]
    for name, problem in sorted(errors.items(), key=lambda item: shown.index(item[0]) if item[0] in shown else -1):
        label = _label(page, name)
        for leaf in messages_of(problem, getattr(page, name, None), name, (label,) if label else ()):
            yield Item(leaf.path, ": ".join([*dict.fromkeys(leaf.labels), str(leaf.value)]), is_blocking=True)


def _field_names(panel: Any) -> list[str]:
    """In the order of the editor."""
    inside = [name for child in getattr(panel, "children", ()) for name in _field_names(child)]
    return [panel.field_name, *inside] if hasattr(panel, "field_name") else inside


def _stream_errors(page: Any) -> dict[str, ValidationError]:
    """What the blocks themselves say, as the page's form would."""
    found: dict[str, ValidationError] = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError as error:
                found[field.name] = error
    return found


def _both(first: ValidationError | None, second: ValidationError) -> ValidationError:
    both = merged(first, second)
    if both is first and first is not None and not hasattr(first, "block_errors"):
        return ValidationError([first, second])
    return both or second


def _label(page: Any, name: str) -> str:
    """As the editor reads it; nothing for what is said of the page as a whole."""
    if name == NON_FIELD_ERRORS:
        return ""
    label = str(page._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


# --- What an editor should look at -------------------------------------------------------------


def _action_advice(page: Any) -> Iterable[Advice]:
    named = rules(page.targets)
    chosen = _chosen_officials(page.targets)
    chambers = chambers_by_address(named)
    campaign = page.campaign
    last_day = original(page).closes_on or (campaign and original(campaign).closes_on)
    return engine.action_advice(
        engine.ActionFacts(
            language=page.letter_language,
            asks_something=bool(page.kinds),
            writes_letters=page.writes_letters,
            addresses_anybody=bool(named),
            addresses_congress=not OF_CONGRESS.isdisjoint(chambers) or facts.is_of_congress(list(chosen.values())),
            has_thank_you=_is_written(page.thank_you),
            has_last_day=bool(last_day),
            is_last_day_past=bool(last_day and last_day < timezone.localdate()),
            is_letter_locked=page.is_letter_locked,
            congress=congress_terms(original(page).congress) if original(page).congress else None,
            talking_point=_first_point(page),
            takes_practice_address=_takes_practice(page),
            chambers=facts.chambers(chambers),
            unreachable=facts.unreachable(chosen),
            unreached=tuple(_unreached(page, chambers, chosen)),
            unasked=tuple(_unasked(page)),
            texts=tuple(_action_texts(page)),
            pictures=(*_pictures(page), *(_pictures(campaign, page_id=campaign.pk) if campaign else ())),
            translations=facts.translations(page),
            is_in_campaign=campaign is not None,
            campaign_draft=(campaign.pk, campaign.title) if campaign and not campaign.live else None,
            reading_target=facts.reading_target(page),
        )
    )


def _campaign_advice(page: Any) -> Iterable[Advice]:
    last_day = original(page).closes_on
    return engine.campaign_advice(
        engine.CampaignFacts(
            language=page.locale.language_code,
            has_form=page.has_form,
            has_last_day=bool(last_day),
            is_last_day_past=bool(last_day and last_day < timezone.localdate()),
            texts=tuple(_page_texts(page, ("introduction", "outcome", "body"))),
            pictures=tuple(_pictures(page)),
            translations=facts.translations(page),
            reading_target=facts.reading_target(page),
            is_goal_hidden=bool(page.goal) and not any(child.block_type == "progress" for child in page.body),
            form_drafts=tuple(_form_drafts(page)),
        )
    )


def _form_drafts(page: Any) -> Iterator[tuple[str, str]]:
    for child in page.body:
        shown = child.value.get("action_page") if child.block_type == "action_form" else None
        if shown is not None and not shown.live:
            yield f"body.{child.id}.action_page", shown.get_admin_display_title()


def _elsewhere(advice: Advice, page: Page) -> str:
    """Where it is mended, if not on this page; "" where it is."""
    if advice.rule is Rule.NOT_TRANSLATED:
        return reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    page_id = advice.details.get("page_id")
    return f"{reverse('wagtailadmin_pages:edit', args=[page_id])}#:w:contentpath={advice.path}" if page_id else ""


def _action_texts(page: Any) -> Iterator[PageText]:
    if page.writes_letters:
        yield PageText("letter_body", _label(page, "letter_body"), merge(page.letter_body, _EXAMPLES), is_letter=True)
    for text in _page_texts(page, _TEXT_STREAMS):
        yield PageText(text.path, text.name, text.text, is_letter=text.path.startswith("letter_texts"))
    yield from _page_texts(page, ("introduction", "explanation", "thank_you"))


def _page_texts(page: Any, names: Iterable[str]) -> Iterator[PageText]:
    for name in names:
        value = getattr(page, name, None)
        if isinstance(value, StreamValue):
            for leaf in leaves(value, value.stream_block, name):
                text = leaf.value.source if isinstance(leaf.value, RichText) else leaf.value
                if isinstance(text, str) and " " in text.strip():
                    yield PageText(leaf.path, ": ".join(dict.fromkeys(leaf.labels)), _plain(text))
        elif isinstance(value, str):
            yield PageText(name, _label(page, name), _plain(value))


def _plain(text: str) -> str:
    """Paragraphs of a rich text end sentences too."""
    return merge(strip_tags(text.replace("</p>", "\n\n").replace("</li>", "\n\n").replace("</h", "\n\n</h")), _EXAMPLES)


def _is_written(html: str) -> bool:
    return bool(strip_tags(html or "").strip())


def _pictures(page: Any, *, page_id: int | None = None) -> Iterator[Picture]:
    """Images that neither have a description nor are marked as decoration."""
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if hasattr(field, "attname") or isinstance(field, StreamField) else None
        if isinstance(value, StreamValue):
            for leaf in leaves(value, value.stream_block, field.name):
                if isinstance(leaf.block, ImageBlock) and leaf.value is not None:
                    if not leaf.value.decorative and not (leaf.value.contextual_alt_text or "").strip():
                        yield Picture(leaf.path, leaf.value.title, page_id)
                elif isinstance(leaf.value, RichText) and _has_silent_image(leaf.value.source):
                    yield Picture(leaf.path, ": ".join(leaf.labels), page_id)
        elif isinstance(value, str) and _has_silent_image(value):
            yield Picture(field.name, _label(page, field.name), page_id)


def _has_silent_image(html: str) -> bool:
    return any(
        'embedtype="image"' in part and ('alt=""' in part or "alt=" not in part)
        for part in (piece.partition(">")[0] for piece in html.split("<embed")[1:])
    )


def _chosen_officials(targets: StreamValue) -> dict[str, int]:
    return {
        f"targets.{child.id}.official": child.value["official"].pk
        for child in targets
        if child.block_type == "official" and child.value.get("official")
    }


def _offered_roles(page: Any) -> frozenset[str]:
    return frozenset(value for spec in page.form_specs if spec.field_type == "role" for value, _label in spec.choices)


def _unreached(page: Any, chambers: Sequence[str], chosen: Mapping[str, int]) -> Iterable[Unreached]:
    """Of a page that sends no letters nothing is said: none of its texts is used."""
    if not page.writes_letters:
        return ()
    texts, campaign = page.texts, page.campaign
    reach = facts.reach(
        campaign_key=campaign.translation_key if campaign else page.translation_key,
        roles=_offered_roles(page),
        chambers=chambers,
        chosen=set(chosen.values()),
        conditions=texts.conditions,
    )
    return unreached(texts.variants, reach)


def _unasked(page: Any) -> Iterator[tuple[str, str]]:
    """Content path and words of the questions for roles that the form does not offer."""
    offered = _offered_roles(page)
    for child in page.guidance if page.writes_letters else ():
        roles = set(child.value["roles"] or ()) if child.block_type == "question" else set()
        if roles and roles.isdisjoint(offered):
            yield f"guidance.{child.id}.roles", child.value["label"]


def _first_point(page: Any) -> str:
    points = [child.id for child in page.guidance if child.block_type == "talking_point"]
    return f"guidance.{points[0]}" if points else ""


def _takes_practice(page: Any) -> bool:
    kinds = [spec.options.get("address_kind") for spec in page.form_specs if spec.field_type == "address"]
    return any(kind and kind != AddressKind.HOME for kind in kinds)


def has_checklist(page: Page) -> bool:
    """Whether there are rules for this type of page."""
    return hasattr(page, "form_specs") or hasattr(page, "has_form")
