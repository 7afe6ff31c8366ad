"""Text from files in Markdown that other people's programs render: comments on merge requests, tables.

Every sign of Markdown and HTML is escaped. A backslash does not keep GitHub and GitLab from reading @name, #1, !1 and the like as mentions
and references, which call people: a word joiner, which does not show, parts the sign from the word.
"""

import re

from tdkt_cli.core.text import one_line, visible

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:]|(?<=www)\.)", re.IGNORECASE)
_CALLS = re.compile(r"([@#!~%$&^])(?=\w)")
_JOINER = "\u2060"


def escaped(text: str) -> str:
    """A text on one line with nothing in it that means anything; for within a line, not for its beginning."""
    return _CALLS.sub(rf"\1{_JOINER}", _SIGNS.sub(r"\\\1", visible(one_line(text))))


def code(text: str) -> str:
    """A text as code, in which nothing is a sign."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{visible(one_line(text))}{fence}"
