"""Differences between versions of plans, in words."""
