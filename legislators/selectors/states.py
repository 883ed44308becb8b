"""The states that a postal address may name."""

import re

from legislators.engine.states import STATES
from legislators.records.jurisdictions import Jurisdiction

_STATE = re.compile(r"/(?:state|district|territory):([a-z]{2})")


def state_choices() -> list[tuple[str, str]]:
    """Every state by code in capitals and name, in the order of names.

    Also those for which nothing is loaded: somebody who lives there is told so, not turned away by a list.
    An invented state is there as long as its sample data is.
    """
    states = {code.upper(): state.name for code, state in STATES.items()}
    samples = Jurisdiction.objects.filter(is_sample=True).values_list("code", "name")
    states |= {code.upper(): name for code, name in samples}
    return sorted(states.items(), key=lambda state: state[1])


def state_of_division(ocd_id: str) -> str:
    """The two-letter code, lower case, of the state that an OCD id lies in; empty where it names none."""
    found = _STATE.search(ocd_id)
    return found.group(1) if found else ""
