"""Who gets a letter: the rules that an editor chooses on an action page."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.engine.targeting import ByAddress, Chamber, ChosenOfficial, CustomRecipient, Rule
from legislators.blocks.officials import OfficialChooserBlock

BY_ADDRESS = _("By the person’s address")
THE_SAME_FOR_ALL = _("The same for everybody")


class ChamberTargetBlock(blocks.StaticBlock):
    """Whoever sits for the person's address in one chamber; there is nothing to set."""

    def __init__(self, *, chamber: Chamber, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.chamber = chamber

    class Meta:
        icon = "group"
        group = BY_ADDRESS
        admin_text = _("The address in the form says who this is. The form needs a postal address.")


class OfficialTargetBlock(blocks.StructBlock):
    official = OfficialChooserBlock(label=_("Official"))

    class Meta:
        icon = "user"
        group = THE_SAME_FOR_ALL
        label = _("A chosen official")
        description = _("One person in office, such as a governor or a committee chair.")


class RecipientTargetBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Name"), max_length=150, help_text=_("As the letter addresses it: Committee on Health.")
    )
    office = blocks.CharBlock(label=_("Office"), max_length=150, required=False, default="")
    email = blocks.EmailBlock(label=_("E-mail"), max_length=254)

    class Meta:
        icon = "mail"
        group = THE_SAME_FOR_ALL
        label = _("Another inbox")
        description = _("An agency or a committee that is no legislator: its name and its public e-mail address.")


class TargetsBlock(blocks.StreamBlock):
    """The order here is the order of the letters."""

    state_upper = ChamberTargetBlock(
        chamber=Chamber.STATE_UPPER, label=_("State senator"), description=_("The upper house of the person’s state.")
    )
    state_lower = ChamberTargetBlock(
        chamber=Chamber.STATE_LOWER,
        label=_("State representative"),
        description=_("The lower house of the person’s state."),
    )
    us_house = ChamberTargetBlock(
        chamber=Chamber.US_HOUSE,
        label=_("Member of the U.S. House"),
        description=_("By Congress’s own system where this site uses it; otherwise the person calls or writes."),
    )
    us_senate = ChamberTargetBlock(
        chamber=Chamber.US_SENATE,
        label=_("U.S. senators"),
        description=_("By Congress’s own system where this site uses it; otherwise the person calls or writes."),
    )
    official = OfficialTargetBlock()
    recipient = RecipientTargetBlock()

    class Meta:
        required = False
        block_counts = {chamber.value: {"max_num": 1} for chamber in Chamber}


def rules(targets: blocks.StreamValue) -> tuple[Rule, ...]:
    """The stream as the engine knows it; a chosen official who was removed from the data is left out."""
    return tuple(_rules(targets))


def _rules(targets: blocks.StreamValue) -> Iterator[Rule]:
    for child in targets:
        if isinstance(child.block, ChamberTargetBlock):
            yield ByAddress(child.block.chamber.value)
        elif child.block_type == "official":
            if official := child.value.get("official"):
                yield ChosenOfficial(official.pk)
        else:
            yield CustomRecipient(child.id, child.value["name"], child.value["office"], child.value["email"])
