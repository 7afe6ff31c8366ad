"""What pydantic finds wrong, in words that say what to write instead."""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from tdkt_cli.core.findings import Path
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import nearest

LIST_EXPECTED = msg("here must stand a list: one item a line, each with “- ”")
_SHAPES = {
    "list": LIST_EXPECTED,
    "mapping": msg("here must stand keys with values, one a line: “key: value”"),
    "text": msg("here must stand text"),
}
_WRONG_SHAPE = {
    "tuple_type": "list", "list_type": "list",
    "dict_type": "mapping", "model_type": "mapping", "model_attributes_type": "mapping", "mapping_type": "mapping",
    "string_type": "text",
}  # fmt: skip


_NUMBERS = {
    "int_type": msg("here must stand a whole number"),
    "bool_type": msg("here must stand true or false"),
}
_BOUNDS = frozenset(("greater_than_equal", "less_than_equal"))


@dataclass(frozen=True, slots=True)
class Explained:
    """A validation error: the rule it breaks, in words, and the path of the value, or of the key when `at_key`."""

    rule: str
    message: Message
    path: Path
    at_key: bool = False


def explained(error: ValidationError, model: type[BaseModel]) -> Iterator[Explained]:
    """Every error of a validation, in the order in which pydantic found them."""
    details = error.errors(include_url=False)
    broken = {path[:depth] for path in (detail["loc"] for detail in details) for depth in range(len(path))}
    for detail in details:
        if detail["type"] != "too_short" or detail["loc"] not in broken:  # items that do not fit do not count
            yield _explain(dict(detail), model)


def _explain(detail: dict[str, Any], model: type[BaseModel]) -> Explained:
    kind, path, context = detail["type"], tuple(detail["loc"]), detail.get("ctx", {})
    if isinstance(message := context.get("message"), Message):
        at_key = path[-1:] == ("[key]",)
        return Explained(kind, message, path[:-1] if at_key else path, at_key=at_key)
    if kind == "extra_forbidden":
        return Explained("TDKT010", _unknown(str(path[-1]), model, path[:-1]), path, at_key=True)
    if kind == "missing":
        return Explained("TDKT011", msg("the key {key} is missing here", key=str(path[-1])), path[:-1], at_key=True)
    if kind == "literal_error":
        return Explained("TDKT016", _choice(detail), path)
    if kind == "too_short":
        return Explained("TDKT012", msg("this list is empty; write at least one item, each with “- ”"), path)
    if kind in _NUMBERS:
        return Explained("TDKT012", _NUMBERS[kind], path)
    if kind in _BOUNDS:
        bound = next(iter(value for key, value in context.items() if key in {"ge", "le"}), "")
        return Explained("TDKT016", msg("this number is out of bounds: {bound} is the limit", bound=bound), path)
    if kind in _WRONG_SHAPE:
        return Explained("TDKT012", _SHAPES[_WRONG_SHAPE[kind]], path)
    return Explained("TDKT016", msg("this value does not fit: {reason}", reason=detail["msg"]), path)


def _choice(detail: dict[str, Any]) -> Message:
    return msg(
        "here must stand one of: {choices}", choices=detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    )


def _unknown(key: str, model: type[BaseModel], path: Path) -> Message:
    known = list(_fields_at(model, path))
    near = nearest(key, known)
    if near:
        return msg("there is no key “{key}” here; did you mean {near}?", key=key, near=near)
    return msg("there is no key “{key}” here; the keys are {known}", key=key, known=", ".join(known))


def _fields_at(model: type[BaseModel], path: Path) -> Iterator[str]:
    found: type[BaseModel] | None = model
    for step in path:
        field = found.model_fields.get(step) if found and isinstance(step, str) else None
        if field:
            found = next(_models_in(field.annotation), None)
    yield from found.model_fields if found else ()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any type form
    if (
        isinstance(annotation, type)
        and not isinstance(annotation, types.GenericAlias)
        and issubclass(annotation, BaseModel)
    ):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
