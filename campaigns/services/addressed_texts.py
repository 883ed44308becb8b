"""An editor's text with its merge fields, put into words for one official and one person."""

from collections.abc import Mapping

from django.utils.translation import override

from campaigns.engine import texts
from campaigns.engine.composing import Occasion, merge_values
from campaigns.engine.merging import merge
from campaigns.engine.targeting import Target
from campaigns.selectors import addresses as address_words
from campaigns.selectors import officials
from campaigns.services.kinds.base import Accepted


def values_for(accepted: Accepted, target: Target, *, language: str) -> dict[str, str]:
    """What every merge field of a text to this target becomes.

    :param language: of the text, in which chambers and addresses are named.
    """
    terms, constituent = accepted.terms, accepted.answers.constituent
    occasion = Occasion(campaign=terms.campaign_title, society=terms.society, answers=accepted.answers.texts)
    with override(language):
        return merge_values(
            constituent=constituent,
            target=target,
            occasion=occasion,
            words=officials.chamber_words(target),
            address_words=address_words.words(constituent, target),
        )


def addressed(
    text: str, *, accepted: Accepted, target: Target, language: str, more: Mapping[str, str] | None = None
) -> str:
    """The text with every merge field that a letter has, merged once: a brace in an answer is a brace.

    :param language: as for `values_for`.
    :param more: fields that only this kind of action has.
    """
    return texts.clean(merge(text, {**values_for(accepted, target, language=language), **(more or {})}))
