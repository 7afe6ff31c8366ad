"""The model and its arithmetic: no I/O, no clock, nothing of ours imported from outside this package.

Every date range is inclusive at both ends; "today" is always a parameter; text from files is kept byte for byte.
"""
