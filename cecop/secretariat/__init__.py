"""What the administrations of both apps share: the site, the history, confirming, plain form fields."""
