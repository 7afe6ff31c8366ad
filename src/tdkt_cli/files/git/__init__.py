"""Versions of files, read from git."""
