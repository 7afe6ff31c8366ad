"""The scalars of the files: what may stand where, and what to write instead.

Problems are pydantic errors whose type is the id of a rule and whose context holds the message.
"""

import re
from datetime import date, time
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    DateError,
    Period,
    parse_date,
    parse_first_day,
    parse_moment,
    parse_open_period,
    parse_period,
)
from tdkt_cli.core.recurrence import check_rule
from tdkt_cli.schema.snippets import DATE, RULE, Offers

_TASK_ID = r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_PART_PATTERN = r"\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?"
_PERIOD_PATTERN = f"^{_PART_PATTERN}(/{_PART_PATTERN})?$"
_PERIOD_WANTED = "một khoảng: 2023-06, 2023-Q2, 2023-H1, 2023, 2023-02-01/2023-10-31."
_OPEN_PATTERN = rf"^(\.\./{_PART_PATTERN}|{_PART_PATTERN}(/({_PART_PATTERN}|\.\.))?)$"


class Untyped(str):
    """An unquoted scalar that some YAML reader takes for a number, a date or yes/no: text only once it is quoted."""

    __slots__ = ()


class FlowList(list[Any]):
    """A list written in brackets."""

    __slots__ = ()


class Model(BaseModel):
    """What all models share: no unknown keys, no change. `written` are its keys as a file has them, where not in the order of the fields."""

    written: ClassVar[tuple[str, ...]] = ()

    # Deferred: a model that stands only inside others is never built on its own.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def refuse(rule: str, message: Message) -> NoReturn:
    """Raise the problem so that it becomes a finding of this rule."""
    raise PydanticCustomError(rule, "{message}", {"message": message})


def _typed(value: object) -> object:
    if isinstance(value, Untyped):
        refuse(
            "TDKT013",
            msg('put it in quotes: "{text}"; without them it is read as a number, a date or yes/no', text=str(value)),
        )
    return value


def _text(value: object) -> object:
    _typed(value)
    if isinstance(value, str) and not value.strip():
        refuse("TDKT012", msg("there is no text here; write it, or leave the key out"))
    return value


def _words(value: object) -> object:
    if isinstance(value, Untyped) and value[:4].isdigit():
        refuse(
            "TDKT013",
            msg("here must stand words; put the date {text} under by, before, day or within", text=str(value)),
        )
    return value


def _quoted_rule(value: object) -> object:
    if isinstance(value, str) and not value.startswith("FREQ="):
        refuse(
            "TDKT016",
            msg("here must stand an RRULE (RFC 5545), such as FREQ=MONTHLY;BYMONTHDAY=25 or FREQ=WEEKLY;BYDAY=FR"),
        )
    return value


def _one_line(value: str) -> str:
    if "\n" in value.strip() or "\t" in value:
        refuse("TDKT016", msg("this must be one line; the whole text belongs in content"))
    return value.strip()


def _parties(value: object) -> object:
    if isinstance(value, FlowList):
        refuse(
            "TDKT014",
            msg(
                "no brackets here, since a comma belongs to a name: write the names as printed, split by “;”, or one a line with “- ”"
            ),
        )
    if isinstance(value, str):
        _text(value)
        names = [name.strip() for name in value.split(";") if name.strip()]
        return names or refuse("TDKT012", msg("there is no text here; write it, or leave the key out"))
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _dated(parse: Any) -> BeforeValidator:  # noqa: ANN401 - any of the parsers of core.periods
    def read(value: object) -> object:
        if not isinstance(value, str):
            refuse("TDKT015", msg("here must stand a date or period, such as 2023-02-20"))
        try:
            return parse(str(value))
        except DateError as error:
            refuse("TDKT015", error.message)

    return BeforeValidator(read)


def _true_or_period(value: object) -> object:
    if (
        isinstance(value, str)
        and not isinstance(value, Untyped)
        and not (value[:4].isdigit() or value.startswith("../"))
    ):
        refuse("TDKT015", msg("here must stand true, or a period such as 2023-06 or 2023-02-01/2023-10-31"))
    return None if value == "true" and isinstance(value, Untyped) else value


def _rrule(value: str) -> str:
    try:
        return check_rule(value)
    except DateError as error:
        refuse("TDKT016", error.message)


def _whole(value: object) -> object:
    if isinstance(value, Untyped) and re.fullmatch(r"-?(0|[1-9]\d{0,5})", value, re.ASCII):
        return int(value)
    refuse("TDKT012", msg("here must stand a whole number"))


def _flag(value: object) -> object:
    if isinstance(value, Untyped) and value in {"true", "false"}:
        return value == "true"
    refuse("TDKT012", msg("here must stand true or false"))


def _matching(pattern: str, message: Message) -> AfterValidator:
    def check(value: str) -> str:
        return value if re.fullmatch(pattern, value, re.ASCII) else refuse("TDKT016", message)

    return AfterValidator(check)


def _one_or_list(text: dict[str, Any], **of_list: int) -> dict[str, Any]:
    """The JSON Schema of a text, or a list of them. Its type is said at once too: by its first, editors type the text beside its key."""
    texts = {"type": "array", "items": text, **of_list}
    return {"type": ["string", "array"], "oneOf": [text, texts]}


def _scalar(pattern: str, wanted: str, offers: Offers | None = None) -> WithJsonSchema:
    """The JSON Schema of a text with this pattern; what is `wanted` is said by editors of any other value."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "errorMessage": wanted, **(offers or {})})


def _or_year(pattern: str, wanted: str) -> dict[str, Any]:
    """The JSON Schema of a date or period that can be a bare year, which editors read as a number."""
    years = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    return {"type": ["string", "integer"], "pattern": pattern, **years, "errorMessage": wanted}


Text = Annotated[
    str,
    BeforeValidator(_text),
    _scalar(r"\S", "Ở đây là chữ; trông như số, ngày hay yes/no thì đặt trong ngoặc kép."),
]
Reason = Annotated[str, BeforeValidator(_typed)]  # an empty one is a finding of its own
Words = Annotated[Text, BeforeValidator(_words)]
Line = Annotated[Text, AfterValidator(_one_line)]
TaskId = Annotated[
    Text,
    _matching(_TASK_ID, msg("an id has letters without accents and digits, joined by “.”, “-” or “_”, such as PL1.3")),
    _scalar(
        f"^{_TASK_ID}$",
        'Mã gồm chữ không dấu và số, nối bằng “.”, “-” hoặc “_”: PL1.3; chỉ có chữ số thì đặt trong ngoặc kép: "3".',
    ),
]
Slug = Annotated[
    Text,
    _matching(_SLUG, msg("an id has small letters without accents and digits, joined by “-”, such as so-y-te")),
    _scalar(f"^{_SLUG}$", "Mã gồm chữ thường không dấu và số, nối bằng “-”: so-y-te."),
]
Parties = Annotated[
    tuple[Line, ...],
    BeforeValidator(_parties),
    WithJsonSchema(_one_or_list({"type": "string", "minLength": 1}, minItems=1)),
]
Reviews = Annotated[
    tuple[Line, ...],
    BeforeValidator(_listed),
    WithJsonSchema(_one_or_list({"type": "string", "pattern": r"\S"})),
]
Day = Annotated[date, _dated(parse_date), _scalar(_DATE_PATTERN, "Ngày viết năm-tháng-ngày: 2023-02-20.", DATE)]
FirstDay = Annotated[
    date,
    _dated(parse_first_day),
    WithJsonSchema(
        {**_or_year(r"^\d{4}(-\d{2}){0,2}$", "Viết ngày, tháng hoặc năm: 2023-02-20, 2023-10, 2023."), **DATE}
    ),
]
Moment = Annotated[
    tuple[date, time | None],
    _dated(parse_moment),
    _scalar(
        r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?$", "Viết ngày, hoặc ngày và giờ: 2023-02-20, 2023-02-20T17:00.", DATE
    ),
]
Span = Annotated[Period, _dated(parse_period), WithJsonSchema(_or_year(_PERIOD_PATTERN, f"Viết {_PERIOD_WANTED}"))]
Ongoing = Annotated[
    Annotated[tuple[date | None, date | None], _dated(parse_open_period)] | None,
    BeforeValidator(_true_or_period),
    WithJsonSchema({"oneOf": [{"const": True}, _or_year(_OPEN_PATTERN, f"Viết true, hoặc {_PERIOD_WANTED}")]}),
]
Rule = Annotated[
    Text,
    BeforeValidator(_quoted_rule),
    AfterValidator(_rrule),
    _scalar("(^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)", "Viết RRULE: FREQ=MONTHLY;BYMONTHDAY=25.", RULE),
]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]


def about(description: str, offers: Offers | None = None) -> Any:  # noqa: ANN401 - pydantic's own signature
    """A key that may be left out, with what an editor says of it and offers for it."""
    return Field(default=None, description=description, json_schema_extra=offers)
