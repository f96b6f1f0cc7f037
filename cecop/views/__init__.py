"""Pages that belong to neither app, or show both."""
