"""The closed lists of words that the whole directory shares."""
