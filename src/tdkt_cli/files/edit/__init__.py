"""Edits and formatting of YAML files that keep comments and everything else as it is."""
