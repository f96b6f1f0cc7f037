"""Lists of cooperatives: reading a file, mapping its columns, planning, applying."""
