"""Turns pydantic's errors into findings: the rule that is broken, a message that says what to write instead, and the path.

Only the type of an error and its context decide; the sentences of pydantic are shown only for an error of another type.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tdkt_cli.core.findings import Path
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import nearest

LIST_EXPECTED = msg("this must be a list: one item per line, each with “- ”")
_TYPES = {
    **dict.fromkeys(("tuple_type", "list_type"), LIST_EXPECTED),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type", "mapping_type"),
        msg("this must have keys with values, one per line: “key: value”"),
    ),
    "string_type": msg("this must be text"),
    "int_type": msg("this must be a whole number"),
    "bool_type": msg("this must be true or false"),
    "too_short": msg("this list is empty; write at least one item, each with “- ”"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A validation error: the rule that it breaks, the message, and the path of the value, or of the key with `at_key`."""

    rule: str
    message: Message
    path: Path
    at_key: bool = False


def explained(error: ValidationError, model: type[BaseModel]) -> Iterator[Explained]:
    """Yield every error of a validation, in pydantic's order."""
    details = error.errors(include_url=False)
    broken = {path[:depth] for path in (detail["loc"] for detail in details) for depth in range(len(path))}
    for detail in details:
        # A list whose items are invalid only looks too short.
        if detail["type"] != "too_short" or detail["loc"] not in broken:
            yield _explain(detail, model)


def _explain(detail: ErrorDetails, model: type[BaseModel]) -> Explained:
    kind, path, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if isinstance(message := context.get("message"), Message):
        at_key = path[-1:] == ("[key]",)
        return Explained(kind, message, path[:-1] if at_key else path, at_key=at_key)
    if kind == "extra_forbidden":
        return Explained("TDKT010", _unknown(str(path[-1]), model, path[:-1]), path, at_key=True)
    if kind == "missing":
        return Explained("TDKT011", msg("the key {key} is missing here", key=str(path[-1])), path[:-1], at_key=True)
    if kind in _TYPES:
        return Explained("TDKT012", _TYPES[kind], path)
    if kind == "literal_error":
        literals = (part for part in _parts(_innermost(model, path)[0]) if get_origin(part) is Literal)
        choices = ", ".join(choice for literal in literals for choice in get_args(literal))
        message = msg("this must be one of: {choices}", choices=choices)
    elif kind in {"greater_than_equal", "less_than_equal"}:
        message = msg("this number is out of bounds: {bound} is the limit", bound=context.get("ge", context.get("le")))
    else:
        message = msg("this value does not fit: {reason}", reason=detail["msg"])
    return Explained("TDKT016", message, path)


def _unknown(key: str, model: type[BaseModel], path: Path) -> Message:
    _, known = _innermost(model, path)
    if near := nearest(key, known):
        return msg("there is no key “{key}” here; did you mean {near}?", key=key, near=near)
    return msg("there is no key “{key}” here; the keys are {known}", key=key, known=", ".join(known))


def _innermost(model: type[BaseModel], path: Path) -> tuple[Any, list[str]]:
    """Return the type of the last field on a path through a model, and the keys of the model in that type."""
    form: Any = model
    fields = model.model_fields
    for step in path:
        if step in fields:
            form = fields[str(step)].annotation
            models = (part for part in _parts(form) if isinstance(part, type) and issubclass(part, BaseModel))
            fields = next((inner.model_fields for inner in models), {})
    return form, list(fields)


def _parts(form: Any) -> Iterator[Any]:  # noqa: ANN401 - a type, or a form made of types
    """Yield a type and every type in it."""
    yield form
    for argument in get_args(form):
        yield from _parts(argument)
