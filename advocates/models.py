"""What Django finds here: advocates, their consents, and the networks that they joined."""

from advocates.records.advocates import Advocate
from advocates.records.consents import ConsentEvent
from advocates.records.memberships import Membership

__all__ = ["Advocate", "ConsentEvent", "Membership"]
