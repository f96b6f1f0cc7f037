"""The enterprises that members represent."""

from cooperatives.models.cooperative import Cooperative
from cooperatives.models.links import Affiliation, Identifier

__all__ = ["Affiliation", "Cooperative", "Identifier"]
