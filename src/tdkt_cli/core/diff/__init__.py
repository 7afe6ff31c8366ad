"""Comparison of two versions of plans."""
