"""A labelled set of queries, and the measure of the search that is taken with it."""
