"""Reading: from bytes on disk to validated plans, registers and calendars, each problem a located finding.

Nothing here raises at the reader of a file, and no file hides another. What cannot be read is left out and said so.
"""
