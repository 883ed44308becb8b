"""Why a letter is made of one text and of no other, in words for an editor."""

from django.utils.translation import gettext as _

from campaigns.blocks.fields.role import LABELS
from campaigns.engine.audiences import Audience
from campaigns.engine.roles import Role
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import officials


def reasons(audience: Audience) -> list[str]:
    """One for each condition, in the active language; none for an audience that asks nothing."""
    positions = {value: str(label) for value, label in OfficialPosition.Position.choices}
    roles = [str(LABELS[Role(role)]) for role in audience.roles if role in set(Role)]
    lists = [
        (_("sits in: %(names)s"), [officials.chamber_name(one) for one in audience.chambers]),
        (_("is of the party: %(names)s"), list(audience.parties)),
        (_("sits on the committee: %(names)s"), [audience.committee] if audience.committee.strip() else []),
        (_("has the noted position: %(names)s"), [positions.get(one, one) for one in audience.positions]),
        (_("the writer is: %(names)s"), roles),
    ]
    said = [sentence % {"names": ", ".join(sorted(names))} for sentence, names in lists if names]
    if audience.is_cosponsor is not None:
        said.append(_("sponsors the bill") if audience.is_cosponsor else _("does not sponsor the bill"))
    if audience.official_ids is not None:
        said.append(_("is on a list that the staff keep"))
    return said
