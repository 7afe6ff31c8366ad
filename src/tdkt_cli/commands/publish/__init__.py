"""Commands that write feeds and pages for others to read."""
