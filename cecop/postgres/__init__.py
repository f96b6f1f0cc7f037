"""A PostgreSQL that starts by itself, for trying out and developing without any set-up."""
