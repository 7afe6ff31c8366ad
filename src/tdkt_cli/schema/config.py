"""The settings, `tdkt.toml`. Everything has a default."""

from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, field_validator

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
from tdkt_cli.schema.scalars import Model, refuse


class CheckConfig(Model):
    """Cách kiểm tra."""

    model_config = ConfigDict(strict=True)

    strict: bool = Field(default=False, description="true: cảnh báo cũng tính là không đạt.")
    select: tuple[str, ...] = Field(default=(), description="Chỉ các quy tắc này: TDKT601, hoặc TDKT6.", strict=False)
    ignore: tuple[str, ...] = Field(default=(), description="Bỏ qua các quy tắc này.", strict=False)
    per_file_ignores: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = Field(
        default={}, description='Bỏ qua theo tệp: "plans/cu/*" = ["TDKT203"].'
    )
    severity: dict[str, Literal["error", "warning", "info"]] = Field(
        default={}, description='Mức của quy tắc: TDKT605 = "error", hoặc TDKT6 = "warning"; tên dài hơn thắng.'
    )
    rule_pages: str = Field(
        default="",
        description="Địa chỉ thư mục các trang quy tắc, ví dụ https://lich.example.vn/rules/ (trang là TDKT203.html).",
    )

    @property
    def named(self) -> tuple[str, ...]:
        """Every id of a rule, or beginning of one, that is named."""
        by_file = (id_ for ids in self.per_file_ignores.values() for id_ in ids)
        return (*self.select, *self.ignore, *by_file, *self.severity)

    @field_validator("rule_pages")
    @classmethod
    def _folder(cls, address: str) -> str:
        if address and not is_address(address):
            refuse("TDKT016", ADDRESS_EXPECTED)
        return address if not address or address.endswith("/") else f"{address}/"


class PublishConfig(Model):
    """Lịch và trang web do tdkt export và tdkt publish lập ra."""

    model_config = ConfigDict(strict=True)

    name: str = Field(default="", description="Tên hiện trong lịch và trên trang; bỏ trống thì lấy tên kế hoạch.")
    url: str = Field(
        default="", description="Địa chỉ của trang khi đã đưa lên mạng, ví dụ https://lich.example.vn/tdkt/"
    )
    domain: str = Field(
        default=DEFAULT_DOMAIN, description="Tên miền trong mã của từng sự kiện; đặt một lần, không đổi nữa."
    )
    done: Literal["keep", "mark", "drop"] = Field(
        default="mark", description="Việc đã xong: keep – giữ nguyên; mark – thêm [Xong]; drop – bỏ khỏi lịch."
    )
    span: bool = Field(default=False, description="true: việc có khoảng thời gian thì hiện cả khoảng.")
    lead_days: tuple[int, ...] = Field(default=(), description="Nhắc trước bao nhiêu ngày, ví dụ [7, 1].", strict=False)
    roles: tuple[Literal["lead", "executor", "coordinator", "advisor"], ...] = Field(
        default=(), description="Thêm lịch riêng cho việc mà mỗi đơn vị giữ vai trò này.", strict=False
    )

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        return url if not url or is_address(url) else refuse("TDKT016", ADDRESS_EXPECTED)

    @field_validator("domain")
    @classmethod
    def _domain(cls, domain: str) -> str:
        return domain if is_domain(domain) else refuse("TDKT016", DOMAIN_EXPECTED)

    @field_validator("name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        if UNSAFE.search(name) or not name.isprintable():
            refuse("TDKT016", msg("a name is one line of letters that show"))
        return name

    @field_validator("lead_days")
    @classmethod
    def _days(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 0 <= day <= MOST_LEAD_DAYS for day in days):
            refuse("TDKT016", msg("days before a deadline are whole numbers from 0 to {most}", most=MOST_LEAD_DAYS))
        return days


class ConfigModel(Model):
    """Cấu hình tdkt."""

    model_config = ConfigDict(title="tdkt: cấu hình", strict=True)

    plans: str = Field("plans", description="Thư mục chứa kế hoạch, tính từ tệp này.")
    timezone: str = Field("Asia/Ho_Chi_Minh", description="Múi giờ để biết hôm nay là ngày nào.")
    lang: Literal["vi", "en"] = Field("vi", description="Ngôn ngữ hiển thị.")
    days: int = Field(14, ge=0, le=3660, description="Số ngày mà tdkt due nhìn tới.")
    soon: int = Field(7, ge=0, le=366, description="Còn bao nhiêu ngày thì coi là sắp hết hạn.")
    before: Literal["grace", "strict"] = Field(
        "grace", description="“Trước ngày X”: grace – quá hạn khi ngày X đã hết; strict – quá hạn từ ngày X."
    )
    check: CheckConfig = Field(CheckConfig(), description="Cách kiểm tra.")
    publish: PublishConfig = Field(PublishConfig(), description="Lịch và trang web.")

    @field_validator("plans")
    @classmethod
    def _below(cls, folder: str) -> str:
        path = PurePath(folder)
        if path.is_absolute() or ".." in path.parts or UNSAFE.search(folder) or not folder.isprintable():
            refuse("TDKT016", msg("the folder of the plans lies below tdkt.toml: write for instance plans"))
        return folder

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where there is a config

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            refuse("TDKT016", msg("there is no time zone “{name}”; write for instance Asia/Ho_Chi_Minh", name=name))
        return name
