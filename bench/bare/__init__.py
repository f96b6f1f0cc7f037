"""The least that Django can do with a database: the mark that warm pages are held against."""
