"""Calendar feeds: their events, editions and the parts of a published site."""
