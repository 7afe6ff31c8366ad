"""Errors of the command line that the library finds, in our words."""

import re

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import nearest

_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)")


def usage_message(error: Exception) -> Message:
    """Return the message for an error of click's, told by its class: an unknown option, a missing value, too many words."""
    option = str(getattr(error, "option_name", "") or "")
    name = type(error).__name__
    if name == "NoSuchOption":
        near = nearest(option, list(getattr(error, "possibilities", None) or ()))
        if near:
            return msg("there is no option {option}; did you mean {near}?", option=option, near=near)
        return msg("there is no option {option}; see tdkt --help", option=option)
    if name == "BadOptionUsage" and "does not take" in str(getattr(error, "message", "")):
        return msg("{option} takes no value", option=option)
    if name == "BadOptionUsage":
        return msg("{option} needs a value; see tdkt --help", option=option)
    if name == "MissingParameter":
        param = getattr(error, "param", None)
        return msg(
            "something is missing: {what}", what=str(getattr(param, "metavar", None) or getattr(param, "name", ""))
        )
    words = str(getattr(error, "message", "") or error)
    if extra := _EXTRA.search(words):
        return msg("too many words: {words}; put words that belong together in quotes", words=extra[1])
    return msg("{problem} (see tdkt --help)", problem=words)
