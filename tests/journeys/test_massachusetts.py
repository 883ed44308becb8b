"""The same journey on the published data of Massachusetts; its letters stop at a mail server on this machine."""

import io
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from delivery.services import sweeping
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress
from legislators.models import Official
from legislators.selectors.seats import current_terms
from legislators.services import geocoding
from tests.delivery.sink import Sink
from tests.journeys.people import Editor, Visitor

pytestmark = pytest.mark.real_data
#: The data is of the year 2026; later people sit in these seats.
TODAY = date(2026, 11, 21)


class OneAddressGeocoder:
    """Knows a single house: what the Census geocoder answers for it."""

    name = "test"
    asks_network = False

    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        if address.zip_code != "02458":
            return None
        return GeocodedPoint(Point(-71.1999, 42.3548), Certainty.ROOFTOP, self.name, "a house in Newton")


@pytest.fixture
def massachusetts(real_data: Path, site: None) -> None:
    load = {"state": "ma", "stdout": io.StringIO()}
    call_command("load_legislators", source="openstates", path=real_data / "openstates_ma", **load)
    call_command("load_legislators", source="congress", path=real_data / "congress", **load)
    call_command("load_boundaries", path=real_data / "boundaries", **load)


def _sits_for(district: str) -> Official:
    ocd_id = f"ocd-division/country:us/state:ma/{district}"
    return current_terms(on=TODAY).get(division__ocd_id=ocd_id).official


def test_a_letter_reaches_the_senator_and_the_representative_of_the_house(
    massachusetts: None, editor: Editor, post_office: Sink, redis_away: None, settings: Settings
) -> None:
    settings.GEOCODERS = [f"{__name__}.{OneAddressGeocoder.__name__}"]
    geocoding.forget_failures()
    senator = _sits_for("sldu:norfolk_and_middlesex")
    representative = _sits_for("sldl:10th_middlesex")
    with time_machine.travel(TODAY):
        action = editor.action(editor.campaign(), targets=["state_upper", "state_lower", "us_house"])
        visitor = Visitor().visit(action.url)
        visitor.send(
            "letters",
            name__given="Maria",
            name__family="Santos",
            email="maria.santos@clinic.example",
            address__street="1 Any Street",
            address__city="Newton",
            address__state="MA",
            address__zip_code="02458",
        )
        # The house stands close to the edge of its house district, so the map alone does not decide.
        offered = {words: value for words, value in visitor.choices("choice-state_lower").items() if "10th" in words}
        visitor.send("Continue", **{"choice-state_lower": "".join(offered.values())})
        assert senator.name in visitor.text
        assert representative.name in visitor.text
        visitor.send("Send 2 letters")
        sweeping.sweep()
        receipt = visitor.visit(visitor.response.redirect_chain[-1][0])
    recipients = sorted(recipient for received in post_office.received for recipient in received.recipients)
    assert recipients == sorted([senator.email, representative.email, "maria.santos@clinic.example"])
    assert senator.email.endswith("@masenate.gov")
    assert representative.email.endswith("@mahouse.gov")
    # The member of Congress takes no e-mail.
    assert receipt.text.count("Needs you") == 1
    assert receipt.text.count("State senate, Norfolk and Middlesex") == 1
