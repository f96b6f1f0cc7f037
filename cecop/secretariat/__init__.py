"""What the administrations of both apps share: first page, history, confirming, plain fields."""
