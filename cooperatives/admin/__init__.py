"""The administration of cooperatives; quick with very many rows."""

from cooperatives.admin import cooperative, links, members

__all__ = ["cooperative", "links", "members"]
