"""Real members, headlines and milestones: from the files in ``members/data`` into the database.

``reading`` checks the files and needs no database, ``merging`` decides value by value what may be
written, ``writing`` writes it. The files follow docs/members-data.md.
"""
