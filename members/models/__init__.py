"""The federations, their figures and their people."""

from members.models.details import Contact, MemberName, MemberSource, MemberText
from members.models.figures import DeclaredFigures, Headline, Milestone
from members.models.member import Member
from members.models.people import SECRETARIAT, Representative, User

__all__ = [
    "SECRETARIAT",
    "Contact",
    "DeclaredFigures",
    "Headline",
    "Member",
    "MemberName",
    "MemberSource",
    "MemberText",
    "Milestone",
    "Representative",
    "User",
]
