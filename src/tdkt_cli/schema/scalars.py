"""The scalar types of the files: how each is validated, and its JSON Schema.

An invalid value is a pydantic error whose type is the id of a rule and whose context holds the message.
"""

import re
from collections.abc import Callable
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

_TASK_ID = r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_PART_PATTERN = r"\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?"
_PERIOD_PATTERN = f"^{_PART_PATTERN}(/{_PART_PATTERN})?$"
_PERIOD_WANTED = "một khoảng: 2023-06, 2023-Q2, 2023-H1, 2023, 2023-02-01/2023-10-31."
_OPEN_PATTERN = rf"^(\.\./{_PART_PATTERN}|{_PART_PATTERN}(/({_PART_PATTERN}|\.\.))?)$"

# What editors offer where a value is to stand, as `defaultSnippets` of the JSON Schemas (VS Code's; others pass them over). An offer is a
# label and the text that is typed, in which the parts to fill in stand as `${1:...}`, a choice as `${1|a,b|}`. What is offered alone is
# typed together with its key. Some types of values have offers of their own; those of a key go before them.
Offers = dict[str, Any]


def _offers(*choices: tuple[str, str | bool]) -> Offers:
    return {"defaultSnippets": [{"label": label, "body": body} for label, body in choices]}


_PERIODS = (
    ("tháng", "${1:năm-tháng}"),
    ("quý", "${1:năm}-Q${2|1,2,3,4|}"),
    ("nửa năm", "${1:năm}-H${2|1,2|}"),
    ("cả năm", "${1:năm}"),
    ("từ ngày đến ngày", "${1:năm-tháng-ngày}/${2:năm-tháng-ngày}"),
)

DATE = _offers(("năm-tháng-ngày", "${1:năm-tháng-ngày}"))
YEAR = _offers(("năm", "${1:năm}"))
TRUE = _offers(("true", True))
FALSE = _offers(("false", False))
PERIOD = _offers(*_PERIODS)
ONGOING = _offers(*_PERIODS, ("từ tháng, chưa rõ ngày cuối", "${1:năm-tháng}/.."))
RULE = _offers(
    ("ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=${1:25}"),
    ("ngày cuối hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("ngày 20 tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=${1:20}"),
    ("ngày 15/6 hằng năm", "FREQ=YEARLY;BYMONTH=${1:6};BYMONTHDAY=${2:15}"),
    ("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=${1|FR,MO,TU,WE,TH,SA,SU|}"),
)


class Untyped(str):
    """An unquoted scalar that some YAML reader takes for a number, a date or yes/no: text only once it is quoted."""

    __slots__ = ()


class FlowList(list[Any]):
    """A list written in brackets."""

    __slots__ = ()


class Model(BaseModel):
    """The base of all models. `written` is the order of the keys in a file, where it differs from that of the fields."""

    written: ClassVar[tuple[str, ...]] = ()

    # Deferred: a model that stands only inside others is never built on its own.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def refuse(rule: str, message: Message) -> NoReturn:
    """Raise the error that becomes a finding of this rule."""
    raise PydanticCustomError(rule, "{message}", {"message": message})


def require(is_valid: Callable[[Any], object], message: Message) -> AfterValidator:
    """Return a validator that refuses, with this message, what is not valid."""
    return AfterValidator(lambda value: value if is_valid(value) else refuse("TDKT016", message))


def _typed(value: object) -> object:
    if isinstance(value, Untyped):
        message = msg(
            'put it in quotes: "{text}"; without them it is read as a number, a date or yes/no', text=str(value)
        )
        refuse("TDKT013", message)
    return value


def _text(value: object) -> object:
    _typed(value)
    if isinstance(value, str) and not value.strip():
        refuse("TDKT012", msg("there is no text here; write it, or leave the key out"))
    return value


def _words(value: object) -> object:
    if isinstance(value, Untyped) and value[:4].isdigit():
        message = msg("this must be words; put the date {text} under by, before, day or within", text=str(value))
        refuse("TDKT013", message)
    return value


def _one_line(value: str) -> str:
    if "\n" in value.strip() or "\t" in value:
        refuse("TDKT016", msg("this must be one line; the whole text belongs in content"))
    return value.strip()


def _parties(value: object) -> object:
    if isinstance(value, FlowList):
        message = msg(
            "do not use brackets, since a comma belongs to a name: write the names as printed, separated by “;”, or one per line with “- ”"
        )
        refuse("TDKT014", message)
    if isinstance(value, str):
        _typed(value)
        return [name.strip() for name in value.split(";") if name.strip()] or _text("")
    return value


def _dated(parse: Any) -> BeforeValidator:  # noqa: ANN401 - any of the parsers of core.periods
    def read(value: object) -> object:
        if not isinstance(value, str):
            refuse("TDKT015", msg("this must be a date or period, such as 2023-02-20"))
        try:
            return parse(str(value))
        except DateError as error:
            refuse("TDKT015", error.message)

    return BeforeValidator(read)


def _true_or_period(value: object) -> object:
    if isinstance(value, Untyped):
        return None if value == "true" else value
    if isinstance(value, str) and not (value[:4].isdigit() or value.startswith("../")):
        refuse("TDKT015", msg("this must be true, or a period such as 2023-06 or 2023-02-01/2023-10-31"))
    return value


def _rrule(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.startswith("FREQ="):
        refuse(
            "TDKT016",
            msg("this must be an RRULE (RFC 5545), such as FREQ=MONTHLY;BYMONTHDAY=25 or FREQ=WEEKLY;BYDAY=FR"),
        )
    try:
        return check_rule(value)
    except DateError as error:
        refuse("TDKT016", error.message)


def _whole(value: object) -> object:
    if isinstance(value, Untyped) and re.fullmatch(r"-?(0|[1-9]\d{0,5})", value, re.ASCII):
        return int(value)
    refuse("TDKT012", msg("this must be a whole number"))


def _flag(value: object) -> object:
    if isinstance(value, Untyped) and value in {"true", "false"}:
        return value == "true"
    refuse("TDKT012", msg("this must be true or false"))


def _one_or_list(text: dict[str, Any], **of_list: int) -> dict[str, Any]:
    """Return the JSON Schema of a text or a list of texts. `type` stands first, since editors type what it names beside the key."""
    texts = {"type": "array", "items": text, **of_list}
    return {"type": ["string", "array"], "oneOf": [text, texts]}


def _scalar(pattern: str, wanted: str, offers: Offers | None = None) -> WithJsonSchema:
    """Return the JSON Schema of a text with this pattern; editors show `wanted` for any other value."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "errorMessage": wanted, **(offers or {})})


def _or_year(pattern: str, wanted: str) -> dict[str, Any]:
    """Return the JSON Schema of a date or period that may be a bare year, which editors read as a number."""
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
    require(
        re.compile(_TASK_ID, re.ASCII).fullmatch,
        msg("an id has letters without accents and digits, joined by “.”, “-” or “_”, such as PL1.3"),
    ),
    _scalar(
        f"^{_TASK_ID}$",
        'Mã gồm chữ không dấu và số, nối bằng “.”, “-” hoặc “_”: PL1.3; chỉ có chữ số thì đặt trong ngoặc kép: "3".',
    ),
]
Slug = Annotated[
    Text,
    require(
        re.compile(_SLUG, re.ASCII).fullmatch,
        msg("an id has lower-case letters without accents and digits, joined by “-”, such as so-y-te"),
    ),
    _scalar(f"^{_SLUG}$", "Mã gồm chữ thường không dấu và số, nối bằng “-”: so-y-te."),
]
Parties = Annotated[
    tuple[Line, ...],
    BeforeValidator(_parties),
    WithJsonSchema(_one_or_list({"type": "string", "minLength": 1}, minItems=1)),
]
Reviews = Annotated[
    tuple[Line, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
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
    str,
    BeforeValidator(_rrule),
    _scalar("(^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)", "Viết RRULE: FREQ=MONTHLY;BYMONTHDAY=25.", RULE),
]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]


def about(description: str, offers: Offers | None = None) -> Any:  # noqa: ANN401 - pydantic's own signature
    """Return the field of an optional key, with its description and the snippets that editors offer."""
    return Field(default=None, description=description, json_schema_extra=offers)


def one_of(*keys: str, otherwise: str = "") -> ConfigDict:
    """Return the settings of a model whose JSON Schema requires exactly one of these keys, or without any the key `otherwise`."""
    each: list[Any] = [{"required": [key]} for key in keys]
    none: list[Any] = [{"required": [otherwise], "not": {"anyOf": each}}] if otherwise else []
    return ConfigDict(json_schema_extra={"oneOf": [*each, *none]})
