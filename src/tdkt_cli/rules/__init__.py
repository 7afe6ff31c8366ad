"""The rules of `tdkt check` about plans and registers: one function a rule, whose docstring is what `tdkt rule` shows.

A rule receives a plan (or register) and the `Context`, and yields hits: a message and the path of the value that it is about. Ids by
hundreds: 0 the file and its format, 1 structure, 2 dates, 3 parties and registers, 4 sources, 5 progress, 6 the words of the document,
9 suppressions. A new rule is one function in the module of its hundred, a file that passes it in `examples/good/`, one that breaks it in
`examples/bad/`, and the translation of its texts (`make messages`).
"""

from tdkt_cli.rules import dates, files, parties, progress, registers, sources, structure, suppressions, words
from tdkt_cli.rules.rule import RULES, Context, Rule
from tdkt_cli.rules.runner import check

# Importing a module adds its rules to RULES.
MODULES = (dates, files, parties, progress, registers, sources, structure, suppressions, words)
__all__ = ["MODULES", "RULES", "Context", "Rule", "check"]
