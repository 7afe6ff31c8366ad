"""The functions that scripts and commands share: reading plans, selecting deadlines, comparing versions. Nothing here prints or asks the clock.

The public names are those that `tdkt_cli` exports; the modules here may change.
"""
