"""The HTML pages of a published site."""
