"""The search: an index of the records in memory, kept in step with the database to the commit."""
