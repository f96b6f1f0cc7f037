"""The forms of the cooperatives app."""

from cooperatives.forms.cooperative import CooperativeForm

__all__ = ["CooperativeForm"]
