"""The canonical form of a file as its models define it: the order of the keys, and how dates and periods are written."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from tdkt_cli.core.periods import Period, parse_first_day, parse_moment, parse_open_period, parse_period, period_text
from tdkt_cli.schema.scalars import Model


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is written: the ordered `keys` of a mapping, the shape of `each` item or free key, the `form` of a scalar.

    `form` returns the canonical text of a date or period, and raises DateError for any other; None where the scalar is text.
    """

    keys: "Mapping[str, Shape]" = field(default_factory=dict)
    each: "Shape | None" = None
    form: Callable[[str], str] | None = None


def _valid(parse: Callable[[str], object], text: str) -> str:
    parse(text)
    return text


def _moment(text: str) -> str:
    return _valid(parse_moment, text).replace(" ", "T")


def _period(text: str) -> str:
    period = parse_period(text)
    return period_text(period.start, period.end)


def _open_period(text: str) -> str:
    start, end = parse_open_period(text)
    return period_text(start, end) if start and end else text


_FORMS: Mapping[Any, Callable[[str], str]] = {
    dt.date: partial(_valid, parse_first_day),
    tuple[dt.date, dt.time | None]: _moment,
    Period: _period,
    tuple[dt.date | None, dt.date | None]: _open_period,
}


@cache
def shape(model: type[Model]) -> Shape:
    """Return the shape of what a model validates. A date that may stand for a whole mapping is written as the mapping's `date`."""
    fields = model.model_fields
    keys = {key: _shape(fields[key].annotation) for key in (model.written or fields)}
    return Shape(keys=keys, form=keys["date"].form if "date" in keys else None)


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 - a type, or a form made of types
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in _FORMS:
        return Shape(form=_FORMS[annotation])
    if origin in {Annotated, Union, UnionType}:
        return _shape(next(argument for argument in arguments if argument is not type(None)))
    if origin in {tuple, dict}:
        return Shape(each=_shape(arguments[origin is dict]))
    return shape(annotation) if isinstance(annotation, type) and issubclass(annotation, Model) else Shape()
