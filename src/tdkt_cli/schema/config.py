"""The settings, `tdkt.toml`. Everything has a default."""

from pathlib import PurePath
from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.schema.scalars import Model, refuse


class CheckConfig(Model):
    """Cách kiểm tra."""

    model_config = ConfigDict(strict=True)

    strict: bool = Field(default=False, description="true: cảnh báo cũng làm hỏng kiểm tra.")


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
