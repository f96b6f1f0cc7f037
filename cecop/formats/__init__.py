"""How dates are written in English: the European way."""
