"""What `tdkt check` finds beyond the format: one short function a rule, its docstring says what and why.

A rule gets a whole plan (or register) with its source and yields hits: words and the path they are about. Ids go by hundreds:
0 the file and its format, 1 structure, 2 dates, 3 parties and registers, 4 sources, 5 progress, 6 the words of the document, 9 suppressions. For every rule
`examples/good/` and `examples/bad/` hold a file that passes and one that does not.
"""

from tdkt_cli.rules import dates, files, parties, progress, registers, sources, structure, words
from tdkt_cli.rules import suppressions as suppressed
from tdkt_cli.rules.registry import RULES, Context, Rule
from tdkt_cli.rules.runner import check

__all__ = [
    "RULES",
    "Context",
    "Rule",
    "check",
    "dates",
    "files",
    "parties",
    "progress",
    "registers",
    "sources",
    "structure",
    "suppressed",
    "words",
]
