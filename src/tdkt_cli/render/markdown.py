"""Text from files in Markdown that other programs render, such as comments on merge requests and tables.

Every character with a meaning in Markdown or HTML is escaped. GitHub and GitLab take @name, #1, !1 and the like for mentions and
references, which notify people, even after a backslash: an invisible word joiner separates the sign from the word.
"""

import re

from tdkt_cli.core.text import one_line, visible

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:]|(?<=www)\.)", re.IGNORECASE)
_CALLS = re.compile(r"([@#!~%$&^])(?=\w)")
_JOINER = "\u2060"


def escaped(text: str) -> str:
    """Return a text on one line without any markup in it; for within a line, not for its beginning."""
    return _CALLS.sub(rf"\1{_JOINER}", _SIGNS.sub(r"\\\1", visible(one_line(text))))


def code(text: str) -> str:
    """Return a text as code, in which nothing is markup."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{visible(one_line(text))}{fence}"
