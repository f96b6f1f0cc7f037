"""The administration of members: the federations, their figures and their people."""

from members.admin import figures, member, people

__all__ = ["figures", "member", "people"]
