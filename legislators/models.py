"""What Django finds here: the records of who represents whom, and the page that answers it."""

from legislators.content.find_page import FindLegislatorsPage
from legislators.records.answers import GeocodeAnswer, GeocoderDay, LegislatorDoubt
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.contacts import ContactOverride, OfficialChange
from legislators.records.divisions import Boundary, BoundarySet, Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad, DataSource
from legislators.records.officials import Office, Official, Term
from legislators.records.places import AddressPoint, StreetRange, ZipDivision

__all__ = [
    "AddressPoint",
    "Boundary",
    "BoundarySet",
    "Committee",
    "CommitteeMembership",
    "ContactOverride",
    "DataLoad",
    "DataSource",
    "Division",
    "FindLegislatorsPage",
    "GeocodeAnswer",
    "GeocoderDay",
    "Jurisdiction",
    "LegislatorDoubt",
    "Office",
    "Official",
    "OfficialChange",
    "StreetRange",
    "Term",
    "ZipDivision",
]
