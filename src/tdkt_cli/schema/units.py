"""The register of units (bodies and groups), `tdkt: units/1`."""

from typing import ClassVar, Literal

from pydantic import Field

from tdkt_cli.core import units as core
from tdkt_cli.core.findings import Source
from tdkt_cli.schema.scalars import TRUE, Day, Flag, Line, Model, Slug, Text, about


class PartyModel(Model):
    """Những khóa mà đơn vị và nhóm đều có."""

    id: Slug = Field(description="Mã: chữ thường không dấu, số, gạch nối.")
    name: Line = Field(description="Tên đầy đủ.")
    short: Line | None = about("Tên viết tắt.")
    aliases: tuple[Line, ...] = Field((), description="Các cách viết khác trong văn bản, mỗi dòng một tên.")
    valid_from: Day | None = about("Tồn tại từ ngày này.")
    valid_to: Day | None = about("Tồn tại đến hết ngày này.")
    note: Text | None = about("Ghi chú, nguồn.")


class BodyModel(PartyModel, title="đơn vị"):
    """Một cơ quan, đơn vị."""

    written: ClassVar[tuple[str, ...]] = (
        *("id", "name", "short", "aliases", "parent"),
        *("valid_from", "valid_to", "successors", "note"),
    )

    parent: Slug | None = about("Mã cơ quan cấp trên.")
    successors: tuple[Slug, ...] = Field(
        (), description="Mã các đơn vị kế tiếp, chỉ khi đơn vị đã kết thúc; đổi tên thì dùng aliases."
    )


class GroupModel(PartyModel, title="nhóm"):
    """Một nhóm đơn vị, hoặc một cụm từ chỉ nhiều đơn vị."""

    open: Flag = Field(
        default=False, description="true: mới biết một phần thành viên, nên không có tổng số.", json_schema_extra=TRUE
    )
    members: tuple[Slug, ...] = Field((), description="Mã các đơn vị hoặc nhóm thành viên.")


class UnitsModel(Model, title="danh bạ đơn vị"):
    """Danh bạ đơn vị."""

    tdkt: Literal["units/1"] = Field(description="Loại và phiên bản của tệp.")
    id: Slug = Field(description="Mã danh bạ, trùng tên tệp.")
    name: Line = Field(description="Tên danh bạ.")
    bodies: tuple[BodyModel, ...] = Field((), description="Các cơ quan, đơn vị.")
    groups: tuple[GroupModel, ...] = Field((), description="Các nhóm.")

    def build(self, source: Source) -> core.Register:
        """Return the register as plain data."""
        bodies = tuple(core.Body(path=("bodies", index), **dict(body)) for index, body in enumerate(self.bodies))
        groups = tuple(core.Group(path=("groups", index), **dict(group)) for index, group in enumerate(self.groups))
        return core.Register(id=self.id, name=self.name, bodies=bodies, groups=groups, source=source)
