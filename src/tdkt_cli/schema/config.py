"""The settings, `tdkt.toml`. Everything has a default."""

from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from tdkt_cli.core.feeds.events import (
    ADDRESS_EXPECTED,
    DEFAULT_DOMAIN,
    DOMAIN_EXPECTED,
    MOST_LEAD_DAYS,
    is_address,
    is_domain,
)
from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.schema.scalars import Model, refuse, require


def _is_visible_line(text: str) -> bool:
    return text.isprintable() and not UNSAFE.search(text)


def _is_folder_below(text: str) -> bool:
    path = PurePath(text)
    return _is_visible_line(text) and not path.is_absolute() and ".." not in path.parts


def _known_zone(name: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where there is a config

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        refuse("TDKT016", msg("there is no time zone “{name}”; write for instance Asia/Ho_Chi_Minh", name=name))
    return name


_LIST = Field(strict=False)  # TOML gives a list, which a strict model does not take for a tuple
Ids = Annotated[tuple[str, ...], _LIST]
Address = Annotated[str, require(lambda text: not text or is_address(text), ADDRESS_EXPECTED)]
Domain = Annotated[str, require(is_domain, DOMAIN_EXPECTED)]
Name = Annotated[str, require(_is_visible_line, msg("a name is one line of visible letters"))]
LeadDays = Annotated[
    tuple[int, ...],
    _LIST,
    require(
        lambda days: all(0 <= day <= MOST_LEAD_DAYS for day in days),
        msg("days before a deadline are whole numbers from 0 to {most}", most=MOST_LEAD_DAYS),
    ),
]
Folder = Annotated[
    str,
    require(
        _is_folder_below, msg("the plans folder must be inside the folder of tdkt.toml: write, for example, plans")
    ),
]


class CheckConfig(Model):
    """Cách kiểm tra."""

    model_config = ConfigDict(strict=True)

    strict: bool = Field(default=False, description="true: cảnh báo cũng tính là không đạt.")
    select: Ids = Field(default=(), description="Chỉ các quy tắc này: TDKT601, hoặc TDKT6.")
    ignore: Ids = Field(default=(), description="Bỏ qua các quy tắc này.")
    per_file_ignores: dict[str, Ids] = Field(default={}, description='Bỏ qua theo tệp: "plans/cu/*" = ["TDKT203"].')
    severity: dict[str, Literal["error", "warning", "info"]] = Field(
        default={}, description='Mức của quy tắc: TDKT605 = "error", hoặc TDKT6 = "warning"; tên dài hơn thắng.'
    )
    rule_pages: Annotated[Address, AfterValidator(lambda text: text and text.removesuffix("/") + "/")] = Field(
        default="",
        description="Địa chỉ thư mục các trang quy tắc, ví dụ https://lich.example.vn/rules/ (trang là TDKT203.html).",
    )

    @property
    def named(self) -> tuple[str, ...]:
        """Return the ids and prefixes of rules in all settings."""
        by_file = (id_ for ids in self.per_file_ignores.values() for id_ in ids)
        return (*self.select, *self.ignore, *by_file, *self.severity)


class PublishConfig(Model):
    """Lịch và trang web do tdkt export và tdkt publish lập ra."""

    model_config = ConfigDict(strict=True)

    name: Name = Field(default="", description="Tên hiện trong lịch và trên trang; bỏ trống thì lấy tên kế hoạch.")
    url: Address = Field(
        default="", description="Địa chỉ của trang khi đã đưa lên mạng, ví dụ https://lich.example.vn/tdkt/"
    )
    domain: Domain = Field(
        default=DEFAULT_DOMAIN, description="Tên miền trong mã của từng sự kiện; đặt một lần, không đổi nữa."
    )
    done: Literal["keep", "mark", "drop"] = Field(
        default="mark", description="Việc đã xong: keep – giữ nguyên; mark – thêm [Xong]; drop – bỏ khỏi lịch."
    )
    span: bool = Field(default=False, description="true: việc có khoảng thời gian thì hiện cả khoảng.")
    lead_days: LeadDays = Field(default=(), description="Nhắc trước bao nhiêu ngày, ví dụ [7, 1].")
    roles: Annotated[tuple[Literal["lead", "executor", "coordinator", "advisor"], ...], _LIST] = Field(
        default=(), description="Thêm lịch riêng cho việc mà mỗi đơn vị giữ vai trò này."
    )


class ConfigModel(Model):
    """Cấu hình tdkt."""

    model_config = ConfigDict(title="tdkt: cấu hình", strict=True)

    plans: Folder = Field("plans", description="Thư mục chứa kế hoạch, tính từ tệp này.")
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "Asia/Ho_Chi_Minh", description="Múi giờ để biết hôm nay là ngày nào."
    )
    lang: Literal["vi", "en"] = Field("vi", description="Ngôn ngữ hiển thị.")
    days: int = Field(14, ge=0, le=3660, description="Số ngày mà tdkt due nhìn tới.")
    soon: int = Field(7, ge=0, le=366, description="Còn bao nhiêu ngày thì coi là sắp hết hạn.")
    before: Literal["grace", "strict"] = Field(
        "grace", description="“Trước ngày X”: grace – quá hạn khi ngày X đã hết; strict – quá hạn từ ngày X."
    )
    check: CheckConfig = Field(CheckConfig(), description="Cách kiểm tra.")
    publish: PublishConfig = Field(PublishConfig(), description="Lịch và trang web.")
