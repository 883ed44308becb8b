"""Invented supporters who have written already, so that the staff's numbers are not empty."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.demo.geography import TOWNS

_GIVEN = (
    "Amara",
    "Benedict",
    "Chidi",
    "Dolores",
    "Eleni",
    "Farid",
    "Greta",
    "Hiro",
    "Imogen",
    "Joaquín",
    "Kwame",
    "Lucia",
)
_FAMILY = (
    "Ashgrove",
    "Bellamy",
    "Castellanos",
    "Dunmore",
    "Eriksen",
    "Fairweather",
    "Ganju",
    "Hollis",
    "Ibarra",
    "Jarrow",
)
_SPECIALTIES = ("family_medicine", "internal_medicine", "pediatrics", "psychiatry", "emergency_medicine", "surgery")
_STORIES = (
    "Last month a patient of mine drove across the state for a visit of ten minutes that we could have held by video.",
    "I spent yesterday’s lunch hour on hold for a medicine that my patient has taken for six years.",
    "Two of my older patients have stopped looking for a new doctor after the third office turned them away.",
    "In our emergency department we see the same people again and again until the night on which we see them last.",
    "My nurse now keeps a shelf of forms that is taller than she is, and each one stands for a person who waits.",
)


@dataclass(frozen=True, slots=True)
class SampleSupporter:
    title: str
    given_name: str
    family_name: str
    email: str
    street: str
    town: str
    zip_code: str
    specialty: str
    story: str
    #: Slug of the campaign written for, and how many days before the demonstration was built.
    campaign: str
    days_ago: int


#: Streets of these towns lie clear of every district line, so that each sample letter finds its officials.
_CLEAR_TOWNS = [town for town in TOWNS if town != "Birchfield"]


def supporters(campaign_slugs: list[str], per_campaign: int = 9) -> Iterator[SampleSupporter]:
    """The same people in the same order on every machine."""
    number = 0
    for campaign_index, campaign in enumerate(campaign_slugs):
        for position in range(per_campaign - campaign_index):
            given = _GIVEN[number % len(_GIVEN)]
            family = _FAMILY[(number * 7 + campaign_index) % len(_FAMILY)]
            town = _CLEAR_TOWNS[number % len(_CLEAR_TOWNS)]
            yield SampleSupporter(
                title="Dr.",
                given_name=given,
                family_name=family,
                email=f"supporter{number + 1}@clinic.alder.example",
                street=f"{11 + 4 * (number % 40)} Clinic Road",
                town=town,
                zip_code=TOWNS[town][0],
                specialty=_SPECIALTIES[number % len(_SPECIALTIES)],
                story=_STORIES[campaign_index % len(_STORIES)],
                campaign=campaign,
                days_ago=1 + (position * 3 + campaign_index) % 27,
            )
            number += 1
