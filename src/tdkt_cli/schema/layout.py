"""What the models say of how a file is written: the order of its keys, and which scalars are dates or periods."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from tdkt_cli.core.periods import Period, parse_first_day, parse_moment, parse_open_period, parse_period, period_text
from tdkt_cli.schema.scalars import Model


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is written: a mapping's keys in their order, what each item or free key holds, a scalar's canonical text.

    `form` gives the text of a date or period and raises DateError for what is none; None where the scalar is text.
    """

    keys: "Mapping[str, Shape]" = field(default_factory=dict)
    each: "Shape | None" = None
    form: Callable[[str], str] | None = None


def _first_day(text: str) -> str:
    parse_first_day(text)
    return text


def _moment(text: str) -> str:
    parse_moment(text)
    return text.replace(" ", "T")


def _period(text: str) -> str:
    period = parse_period(text)
    return period_text(period.start, period.end)


def _open_period(text: str) -> str:
    start, end = parse_open_period(text)
    return period_text(start, end) if start and end else text


_FORMS: Mapping[Any, Callable[[str], str]] = {
    dt.date: _first_day,
    tuple[dt.date, dt.time | None]: _moment,
    Period: _period,
    tuple[dt.date | None, dt.date | None]: _open_period,
}


@cache
def shape(model: type[Model]) -> Shape:
    """The shape of what a model validates. A date that may stand for a whole mapping is written as the mapping's `date`."""
    fields = model.model_fields
    keys = {key: _shape(fields[key].annotation) for key in (model.written or fields)}
    return Shape(keys=keys, form=keys["date"].form if "date" in keys else None)


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 - a type, or a form made of types
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in _FORMS:
        return Shape(form=_FORMS[annotation])
    if origin is Annotated:
        return _shape(arguments[0])
    if origin in {Union, UnionType}:
        return _shape(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return Shape(each=_shape(arguments[0]))
    if origin is dict:
        return Shape(each=_shape(arguments[1]))
    return shape(annotation) if isinstance(annotation, type) and issubclass(annotation, Model) else Shape()
