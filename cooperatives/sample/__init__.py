"""Fictitious cooperatives, for trying the site out before the real lists are in.

``countries/`` holds the words and places, ``proportions`` CECOP's published totals, ``spread`` who
represents how many, ``names`` and ``generator`` make the rows, ``writer`` stores and removes them.
"""
