"""What Django finds here: the records of who represents whom."""

from legislators.records.divisions import Boundary, BoundarySet, Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.records.officials import Office, Official, Term
from legislators.records.places import AddressPoint, StreetRange, ZipDivision

__all__ = [
    "AddressPoint",
    "Boundary",
    "BoundarySet",
    "DataLoad",
    "Division",
    "Jurisdiction",
    "Office",
    "Official",
    "StreetRange",
    "Term",
    "ZipDivision",
]
