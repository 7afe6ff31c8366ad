"""The YAML parser: text to plain data, with the position of every key and value.

The grammar is YAML 1.1 as libyaml parses it, less what plan files have no use for: one document, no tags, no anchors,
aliases or merge keys, no keys other than scalars, at most `MAX_DEPTH` levels. It works on parser events, so that a duplicate
key is seen, nothing is composed that a few bytes could blow up, and each scalar is ours to read: every scalar is its text,
`Untyped` where it is unquoted and YAML 1.1 or 1.2 would make it a number, a date or yes/no, None where it is empty, which is a
problem too.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

import yaml

from tdkt_cli.core.deadline_yaml import EMPTY, TYPED
from tdkt_cli.core.findings import TOP, Span
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.syntax_tree import Node, Tree, span_of
from tdkt_cli.schema.scalars import FlowList, Untyped

MAX_DEPTH = 24
_MAX_PROBLEMS = 50

_FIRST = frozenset("tTfFyYnNoO.+-0123456789")

# What libyaml says, and what to do about it.
_SYNTAX = {
    "found character that cannot start any token": msg("this character cannot begin a value; put the value in quotes"),
    "mapping values are not allowed in this context": msg("a “:” followed by a space here begins a new key; put the whole value in quotes"),
    "could not find expected ':'": msg("a key must be followed by “:” and a space, then its value"),
    "did not find expected key": msg("this line does not fit the lines above: check the indentation and the quotes"),
    "did not find expected '-' indicator": msg("this line does not fit the list above: check the indentation, every item begins with “- ”"),
    "found unexpected end of stream": msg("the file ends inside quotes or brackets; close them"),
    "did not find expected ',' or ']'": msg("the “[” is not closed; write the list one item a line, each with “- ”"),
    "did not find expected ',' or '}'": msg("the “{{” is not closed; write one key a line"),
    "block sequence entries are not allowed in this context": msg("a list begins on a line of its own, below its key"),
    "found unknown escape character": msg("“\\” has a meaning between double quotes; use single quotes"),
    "did not find expected alphabetic or numeric character": msg("this character cannot begin a value; put the value in quotes"),
    "did not find expected node content": msg("a value is missing here, or something before it is not closed"),
    "did not find expected <document start>": msg("there is more here after the end; check the indentation"),
}  # fmt: skip


# Noticed only later: the fault lies where libyaml says that the thing began.
_BEGUN_BEFORE = frozenset(("could not find expected ':'", "found unexpected end of stream"))


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of the YAML itself: its rule, message and span."""

    rule: str
    message: Message
    span: Span


@dataclass(frozen=True, slots=True)
class Built:
    """Plain data, its positions, and the problems of the YAML. `data` and `top` are None where parsing broke off."""

    data: Any
    top: Node | None
    problems: list[Problem]


_PARSER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def build(text: str) -> Built:
    """Return the data of a YAML text. Raises nothing."""
    builder = _Builder(_PARSER(text))
    try:
        return Built(*builder.document(), builder.problems)
    except yaml.MarkedYAMLError as error:
        return Built(None, None, _too_deep(text, error) or [*builder.problems, _syntax(error, text)])
    except (yaml.YAMLError, ValueError):
        builder.problems.append(Problem("TDKT005", msg("this is not YAML that can be read"), TOP))
    except _BreakOffError:
        pass
    return Built(None, None, builder.problems)


def _too_deep(text: str, error: yaml.MarkedYAMLError) -> list[Problem]:
    """Return the problems up to a nesting that is too deep, where libyaml refused a text for that; empty where it did not.

    libyaml has a limit of its own, and reads so far ahead in brackets that it may meet it before the first event. PyYAML's
    parser has none.
    """
    read = text[: error.problem_mark.index] if error.problem_mark else text
    if read.count("[") + read.count("{") <= MAX_DEPTH:
        return []
    builder = _Builder(yaml.SafeLoader(read))
    with suppress(yaml.YAMLError, _BreakOffError):
        builder.document()
    return builder.problems if any(problem.rule == "TDKT007" for problem in builder.problems) else []


class _BreakOffError(Exception):
    """Reading further makes no sense; the problem has been recorded."""


class _Builder:
    """Builds one document from parser events, by hand and with a bounded depth, so that no input can exhaust the stack."""

    def __init__(self, parser: yaml.SafeLoader) -> None:
        self._next: Callable[[], Any] = parser.get_event
        self.problems: list[Problem] = []

    def document(self) -> tuple[Any, Node | None]:
        self._next()  # the start of the stream
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None, None
        event = self._next()
        is_empty = isinstance(event, yaml.ScalarEvent) and not event.style and event.value in EMPTY
        built = (None, None) if is_empty else self._value(event, 0)
        self._next()  # the end of the document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._problem("TDKT006", msg("a file holds one document: delete the line “---” or split the file"), event)
        return built

    def _value(self, event: yaml.Event, depth: int) -> tuple[Any, Node]:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._problem("TDKT006", msg("aliases (“*name”) are not used here: write the value out"), event)
            return None, event
        self._plain_node(event)
        if depth >= MAX_DEPTH:
            self._problem("TDKT007", msg("nested deeper than {n} levels", n=MAX_DEPTH), event)
            raise _BreakOffError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: yaml.SequenceStartEvent, depth: int) -> tuple[list[Any], Node]:
        items: list[Any] = FlowList() if start.flow_style else []
        tree = Tree(start)
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            data, child = self._value(event, depth + 1)
            tree.children[len(items)] = child
            items.append(data)
        tree.end = event
        return items, tree

    def _mapping(self, start: yaml.Event, depth: int) -> tuple[dict[str, Any], Node]:
        data: dict[str, Any] = {}
        tree = Tree(start)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            value, child = self._value(self._next(), depth + 1)
            if key in data:
                line = str(span_of(tree.keys[key]).line)
                message = msg(
                    "the key “{key}” appears here a second time, first on line {line}; keep one", key=key, line=line
                )
                self._problem("TDKT008", message, event)
            elif key == "<<" and not event.style:
                self._problem("TDKT006", msg("merge keys (“<<”) are not used here: write the keys out"), event)
            elif key is not None:
                data[key], tree.keys[key], tree.children[key] = value, event, child
        tree.end = event
        return data, tree

    def _key(self, event: yaml.Event, depth: int) -> str | None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
            return str(event.value)
        self._value(event, depth + 1)
        self._problem("TDKT006", msg("a key is plain text, not a list or mapping; put it in quotes"), event)
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> tuple[str | None, Node]:
        if event.tag or event.anchor:
            self._plain_node(event)
        value, style = event.value, event.style
        if not style:
            if value in EMPTY:
                self._problem("TDKT012", msg("there is no value here; write it, or leave the key out"), event)
                return None, event
            if value[0] in _FIRST and TYPED.fullmatch(value):
                return Untyped(value), event
        elif style == '"' and (hidden := UNSAFE.search(value)):
            code = f"U+{ord(hidden.group()):04X}"
            self._problem("TDKT004", msg("this is an invisible character, {code}; delete it", code=code), event)
        return value, event

    def _plain_node(self, event: Any) -> None:  # noqa: ANN401 - any event that begins a node
        if event.tag:
            self._problem("TDKT006", msg("tags (“!...”) are not used here; put the value in quotes"), event)
        if event.anchor:
            self._problem("TDKT006", msg("anchors (“&...”) are not used here; put the value in quotes"), event)

    def _problem(self, rule: str, message: Message, event: yaml.Event) -> None:
        self.problems.append(Problem(rule, message, span_of(event)))
        if len(self.problems) > _MAX_PROBLEMS:
            raise _BreakOffError


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Problem:
    begun = error.problem in _BEGUN_BEFORE and error.context_mark
    mark = error.context_mark if begun else error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if line >= len(lines) or (not lines[line] and line == len(lines) - 1 and line):  # behind the end of the file
        line = len(lines) - (1 if lines[-1] else 2)
        column = max(len(lines[line]) - 1, 0)
    source = lines[line]
    at = Span(line + 1, column + 1, line + 1, column + 2)
    if "\t" in source[: column + 1] and not source[:column].strip():
        return Problem("TDKT005", msg("the indentation contains a tab; use spaces, two for each level"), at)
    known = _SYNTAX.get(error.problem or "")
    return Problem("TDKT005", known or msg("this is not YAML: {problem}", problem=error.problem or ""), at)
