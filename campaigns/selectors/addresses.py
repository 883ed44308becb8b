"""The words for a home address and a practice address, in the active language."""

from django.utils.translation import gettext as _

from campaigns.engine.addresses import AddressKind
from campaigns.engine.composing import AddressWords, Constituent
from campaigns.engine.targeting import Target
from legislators.records.officials import Term


def name(kind: str) -> str:
    """As a table or an export has it; "" for no address."""
    names = {AddressKind.HOME: _("Home address"), AddressKind.PRACTICE: _("Practice address")}
    return names.get(AddressKind(kind), "") if kind else ""


def your(kind: str) -> str:
    """To the person whose address it is."""
    names = {AddressKind.HOME: _("Your home address"), AddressKind.PRACTICE: _("Your practice address")}
    return names[AddressKind(kind)]


def written_from(kind: str, *, has_two: bool) -> str:
    """To the person who wrote a letter: which address it names. "" where that is a matter of course.

    :param has_two: whether they gave two addresses.
    """
    if not kind or (kind == AddressKind.HOME and not has_two):
        return ""
    sentences = {
        AddressKind.HOME: _("Written from your home address."),
        AddressKind.PRACTICE: _("Written from your practice address."),
    }
    return sentences[AddressKind(kind)]


def words(constituent: Constituent, target: Target) -> AddressWords:
    """What the letter to somebody says of the address that it names. It claims no more than that address proves."""
    stated = constituent.at(target.address_kind)
    is_practice = stated.kind is AddressKind.PRACTICE
    label = _("Practice address") if is_practice else ""
    if target.address_kind is None:
        town = stated.address.city
        standing = _("I practice in %(town)s") if is_practice else _("I live in %(town)s")
        return AddressWords(label, standing % {"town": town} if town else "")
    if target.chamber == Term.Chamber.US_SENATE:
        return AddressWords(label, _("I practice in your state") if is_practice else _("I live in your state"))
    return AddressWords(label, _("I practice in your district") if is_practice else _("I live in your district"))
