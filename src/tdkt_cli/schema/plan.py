"""The plan file, `tdkt: plan/1`: a model for each mapping in it, whose fields are the keys.

A new key needs a field here, the same field in `core.plan`, its place in `written` where a model has that, and the English of its
description in `tools/english.py`.
"""

from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from tdkt_cli.core import plan as core
from tdkt_cli.core.findings import Path, Source
from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import Period
from tdkt_cli.schema.scalars import (
    DATE,
    FALSE,
    ONGOING,
    PERIOD,
    TRUE,
    YEAR,
    Day,
    FirstDay,
    Flag,
    Line,
    Model,
    Moment,
    Ongoing,
    Parties,
    Reason,
    Reviews,
    Rule,
    Slug,
    Span,
    TaskId,
    Text,
    Whole,
    Words,
    about,
    one_of,
    refuse,
    require,
)

_MOST_DAYS = 3660
_MOST_YEARS = 20
MOVABLE = ("before", "by", "day", "within")
_COMPANIONS = {  # each of these keys stands only beside one of the others
    "approximate": ("by", "day", "within"),
    "bound": ("every",),
    "on_task": ("waiting",),
    "occurrences": ("every", "waiting"),
}

_SPLIT = ", nguyên văn. Nhiều tên thì cách nhau bằng “;”."
_REVIEW = "Điều còn phải quyết định, mỗi điều một dòng; tdkt check nhắc cho tới khi xóa khóa này."
Publish = Annotated[Flag, Field(description="false: không đưa ra lịch và trang công bố.", json_schema_extra=FALSE)]
Heading = Annotated[
    Line, WithJsonSchema({"type": "string", "pattern": r"\S", "description": "Tên mục, như văn bản đã ban hành."})
]


def _date_alone(value: object) -> object:
    return {"date": value} if isinstance(value, str) else value


def _is_limited(period: Period) -> bool:
    start, end = period.start, period.end
    return (end.year - start.year, end.month, end.day) < (_MOST_YEARS, start.month, start.day)


Offset = Annotated[Whole, require(lambda days: abs(days) <= _MOST_DAYS, msg("at most {n} days", n=_MOST_DAYS))]
PlanPeriod = Annotated[Span, require(_is_limited, msg("at most {n} years", n=_MOST_YEARS))]


class DoneModel(Model, title="việc hoàn thành"):
    """Việc hoàn thành: ngày và văn bản chứng minh."""

    date: Day = Field(description="Ngày hoàn thành, ví dụ 2023-02-18.")
    document: Text | None = about("Số, ngày của văn bản chứng minh đã hoàn thành.")
    note: Text | None = about("Ghi chú.")


Done = Annotated[DoneModel, BeforeValidator(_date_alone, json_schema_input_type=Day | DoneModel)]


class CancelledModel(Model, title="việc hủy"):
    """Việc hủy một thời hạn."""

    date: Day = Field(description="Ngày hủy.")
    document: Text | None = about("Văn bản hủy.")
    reason: Text | None = about("Lý do hủy.")


Cancelled = Annotated[CancelledModel, BeforeValidator(_date_alone, json_schema_input_type=Day | CancelledModel)]


class DatedModel(Model):
    """Các khóa ghi ngày mà một thời hạn và một lần chuyển hạn đều có."""

    before: FirstDay | None = about(
        "Trước ngày này (ngày cuối còn kịp là ngày liền trước). Tháng hoặc năm là ngày đầu của nó."
    )
    by: Moment | None = about("Đến hết ngày này, chậm nhất ngày này; có thể kèm giờ: 2023-02-20T17:00.")
    day: Day | None = about("Đúng ngày này; “vào dịp” thì thêm approximate: true.")
    within: Span | None = about("Trong khoảng này: 2023-06, 2023-Q2, 2023-H1, 2023, 2023-02-01/2023-10-31.", PERIOD)

    def dated(self, *, approximate: bool = False) -> core.When | None:
        """Return the date of the key that is set, None where none of them is."""
        if self.by:
            return core.When(kind="by", end=self.by[0], time=self.by[1], approximate=approximate)
        if self.within:
            return core.When(kind="within", start=self.within.start, end=self.within.end, approximate=approximate)
        if self.day:
            return core.When(kind="day", end=self.day, approximate=approximate)
        return core.When(kind="before", end=self.before) if self.before else None


class MoveModel(DatedModel, title="lần chuyển hạn"):
    """Một lần chuyển hạn: hạn mới, ngày và văn bản chuyển."""

    model_config = one_of(*MOVABLE)

    date: Day | None = about("Ngày của văn bản chuyển hạn.")
    document: Text | None = about("Số văn bản chuyển hạn.")
    reason: Text | None = about("Lý do chuyển hạn.")

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in MOVABLE) != 1:
            refuse("TDKT017", msg("a move has exactly one of {keys}", keys=", ".join(MOVABLE)))
        return self

    def build(self) -> core.Move:
        """Return the move as plain data."""
        return core.Move(self.dated() or core.When(kind="by"), self.date, self.document, self.reason)


class ProgressModel(Model, title="tiến độ"):
    """Tiến độ của một thời hạn, hoặc của một lần trong thời hạn lặp lại."""

    note: Text | None = about("Ghi chú.")
    moved: tuple[MoveModel, ...] | None = about("Các lần chuyển hạn; lần cuối có hiệu lực, hạn đầu vẫn giữ.")
    received: dict[Line, Annotated[Done, Field(description="Ngày gửi, hoặc {date, document, note}.")]] | None = about(
        "Đơn vị nào đã gửi, ngày nào; mỗi đơn vị một dòng."
    )
    cancelled: Cancelled | None = about("Ngày hủy, hoặc {date, document, reason}.", DATE)
    done: Done | None = about("Ngày hoàn thành, hoặc {date, document, note}.", DATE)

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.done and self.cancelled:
            refuse("TDKT017", msg("done and cancelled exclude each other"))
        return self

    def progress(self) -> core.Progress:
        """Return the progress as plain data."""
        return core.Progress(
            done=core.Done(**dict(self.done)) if self.done else None,
            moved=tuple(move.build() for move in self.moved or ()),
            cancelled=core.Cancelled(**dict(self.cancelled)) if self.cancelled else None,
            received={name: core.Done(**dict(delivery)) for name, delivery in (self.received or {}).items()},
            note=self.note,
        )


class AfterModel(Model, title="tính từ sự kiện"):
    """Thời hạn tính từ một sự kiện (không tính ngày xảy ra sự kiện)."""

    event: Text = Field(description="Sự kiện, ví dụ: nhận đủ hồ sơ.")
    days: Offset = Field(description="Số ngày sau sự kiện; số âm là trước sự kiện.")
    unit: Literal["working", "calendar"] = Field(
        "calendar", description="working: ngày làm việc; calendar (mặc định): ngày."
    )
    occurred: Day | None = about("Ngày sự kiện xảy ra, ghi khi đã biết.")


class QuotaModel(Model, title="chỉ tiêu"):
    """Chỉ tiêu số lượng."""

    model_config = one_of("max", "min", "exactly")

    who: Text = Field(description="Đơn vị được đề nghị, nguyên văn.")
    what: Text = Field(description="Đối tượng: tập thể, cá nhân ...")
    max: Whole | None = about("Tối đa.")
    min: Whole | None = about("Tối thiểu.")
    exactly: Whole | None = about("Đúng số này.")

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if sum(number is not None for number in (self.max, self.min, self.exactly)) != 1:
            refuse("TDKT017", msg("a quota has exactly one of max, min, exactly"))
        return self


class DossierModel(Model, title="hồ sơ"):
    """Thành phần hồ sơ."""

    to: Text | None = about("Nơi nhận hồ sơ.")
    copies: Whole | None = about("Số bộ.")
    items: tuple[Text, ...] = Field(description="Các giấy tờ, mỗi dòng một loại, nguyên văn.", min_length=1)


class DeadlineModel(DatedModel, ProgressModel, title="thời hạn"):
    """Một thời hạn: đúng một trong before, by, day, within, every, after, ongoing, waiting."""

    model_config = one_of(*core.KINDS, otherwise="text")

    written: ClassVar[tuple[str, ...]] = (
        *("id", "before", "by", "day", "within", "approximate", "every", "bound", "after"),
        *("ongoing", "waiting", "on_task"),
        *("who", "what", "text", "correction", "same_as", "quota", "dossier", "publish", "note", "review"),
        # Last what comes last in time, and what edits append.
        *("moved", "received", "occurrences", "cancelled", "done"),
    )

    id: TaskId | None = about("Mã của mốc; bắt buộc khi nhiệm vụ có nhiều thời hạn.")
    approximate: Flag | None = about("true: khoảng chừng (vào dịp; đầu, giữa, cuối tháng).", TRUE)
    every: Rule | None = about("Lặp lại, theo RRULE (RFC 5545) có nêu ngày: FREQ=MONTHLY;BYMONTHDAY=25.")
    bound: Literal["before", "by", "day"] | None = about("Với every: hạn của mỗi lần là before, by (mặc định) hay day.")
    after: AfterModel | None = about("Tính từ một sự kiện: {event, days, unit, occurred}.")
    ongoing: Ongoing = about(
        "Thường xuyên: true, hoặc khoảng thời gian; chưa rõ đầu hay cuối thì viết ..: 2024-02/.., ../2024.", ONGOING
    )
    waiting: Words | None = about("Chờ điều gì, bằng lời: Kế hoạch của Thành phố.")
    on_task: Text | None = about("Với waiting: nhiệm vụ phải chờ, ví dụ PL1.31.")
    who: Parties = Field((), description="Mốc này giao cho ai, nguyên văn; bỏ trống khi là đơn vị thực hiện.")
    what: Line | None = about("Việc của mốc, trong vài chữ: Họp Hội đồng TĐKT TP.")
    text: Text | None = about("Lời văn về thời hạn, nguyên văn như văn bản đã ban hành.")
    correction: Reason | None = about("Lý do ngày ghi ở đây cố ý khác lời văn.")
    same_as: Text | None = about("Trùng với thời hạn khác: PL1.9#hop hoặc hanoi-2024/PL1.23. Chỉ tính một lần.")
    quota: tuple[QuotaModel, ...] = Field((), description="Chỉ tiêu số lượng đề nghị.")
    dossier: DossierModel | None = about("Thành phần hồ sơ.")
    publish: Publish = True
    review: Reviews = Field((), description=_REVIEW)
    occurrences: dict[Day, ProgressModel] | None = about("Tiến độ của từng lần, theo ngày.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [kind for kind in core.KINDS if kind in self.model_fields_set]
        if len(kinds) > 1:
            keys = ", ".join(kinds)
            message = msg(
                "a deadline must have exactly one of these keys, but has {keys}; a second date is a second deadline",
                keys=keys,
            )
            refuse("TDKT017", message)
        for key in ("done", "received", "moved"):
            if self.every and getattr(self, key):
                message = msg("with every, write {key} under occurrences, by date: 2023-01-31: {{{key}: ...}}", key=key)
                refuse("TDKT017", message)
        for key, companions in _COMPANIONS.items():
            if key in self.model_fields_set and not set(companions) & self.model_fields_set:
                refuse("TDKT017", msg("{key} can only be used with {keys}", key=key, keys=" / ".join(companions)))
        return self

    def build(self, path: Path, timing: str | None) -> core.Deadline:
        """Return the deadline as plain data; one without date and words waits for what the `timing` of its task says."""
        inside = {*core.KINDS, *_COMPANIONS, *ProgressModel.model_fields} - {"note"}  # of `when`, or of progress
        values = {key: value for key, value in self if key not in inside}
        values["id"] = self.id or ""
        values["quota"] = tuple(core.Quota(**dict(quota)) for quota in self.quota)
        values["dossier"] = core.Dossier(**dict(self.dossier)) if self.dossier else None
        values["occurrences"] = {day: own.progress() for day, own in (self.occurrences or {}).items()}
        return core.Deadline(path=path, when=self._when(timing), progress=replace(self.progress(), note=None), **values)

    def _when(self, timing: str | None) -> core.When:
        dated = self.dated(approximate=bool(self.approximate))
        if dated:
            return dated
        if self.every:
            return core.When(kind="every", rrule=self.every, bound=self.bound or "by")
        if self.after:
            return core.When(kind="after", event=core.Event(**dict(self.after)))
        if "ongoing" in self.model_fields_set:
            start, end = self.ongoing or (None, None)
            return core.When(kind="ongoing", start=start, end=end)
        words = self.waiting or self.text or timing
        return core.When(kind="waiting", waiting=words, on_task=self.on_task, unread=self.waiting is None)


class TaskModel(Model, title="nhiệm vụ"):
    """Một nhiệm vụ: một dòng trong bảng của kế hoạch."""

    id: TaskId = Field(description="Mã theo văn bản: PL1.3, III.1.1; mã chỉ có chữ số thì đặt trong ngoặc kép.")
    section: TaskId | None = about("Mã mục, đã khai ở sections.")
    title: Line = Field(description="Nội dung trong một dòng, tối đa 120 ký tự.")
    content: Text | None = about("Ô nội dung nguyên văn, khi title rút gọn.")
    timing: Text | None = about("Ô “Thời gian hoàn thành” nguyên văn.")
    lead: Parties = Field((), description=f"Chỉ đạo, chủ trì{_SPLIT}")
    executor: Parties = Field((), description=f"Đơn vị thực hiện{_SPLIT}")
    coordinator: Parties = Field((), description=f"Đơn vị phối hợp{_SPLIT}")
    advisor: Parties = Field((), description=f"Đơn vị tham mưu{_SPLIT}")
    deadlines: tuple[DeadlineModel, ...] = Field(description="Các thời hạn, mỗi mốc một mục.", min_length=1)
    labels: tuple[Line, ...] = Field((), description="Nhãn tự đặt, mỗi dòng một nhãn.")
    note: Text | None = about("Ghi chú.")
    review: Reviews = Field((), description=_REVIEW)
    former_ids: tuple[TaskId, ...] = Field((), description="Các mã cũ, khi đánh số lại.")
    publish: Publish = True

    def build(self, path: Path) -> core.Task:
        """Return the task as plain data."""
        deadlines = [each.build((*path, "deadlines", index), self.timing) for index, each in enumerate(self.deadlines)]
        return core.Task(path=path, **{**dict(self), "deadlines": tuple(deadlines)})


class DocumentModel(Model, title="văn bản"):
    """Văn bản đã ban hành."""

    number: Line | None = about("Số, ký hiệu: 322/KH-UBND.")
    title: Line = Field(description="Tên kế hoạch.")
    issuer: Text | None = about("Cơ quan ban hành.")
    place: Text | None = about("Nơi ban hành.")
    issued: Day | None = about("Ngày ban hành; tên đơn vị tra theo ngày này.")
    signer: Text | None = about("Người ký.")
    draft: Flag = Field(default=False, description="true: dự thảo, còn thiếu số hoặc ngày.", json_schema_extra=TRUE)
    note: Text | None = about("Ghi chú về văn bản.")
    review: Reviews = Field((), description=_REVIEW)


class PlanModel(Model, title="kế hoạch"):
    """Tệp kế hoạch."""

    tdkt: Literal["plan/1"] = Field(description="Loại và phiên bản của tệp.")
    id: Slug = Field(description="Mã kế hoạch, trùng tên tệp.")
    document: DocumentModel = Field(description="Văn bản kế hoạch.")
    period: PlanPeriod = Field(
        description="Thời gian của kế hoạch: 2023, hoặc một khoảng như 2024-01/2025-12.", json_schema_extra=YEAR
    )
    units: Slug | None = about("Danh bạ đơn vị dùng để tra tên: hanoi (tệp units/hanoi.yaml).")
    sections: dict[TaskId, Heading] = Field({}, description="Các mục: mã và tên như văn bản. PL1.Q1 nằm trong PL1.")
    tasks: tuple[TaskModel, ...] = Field(description="Các nhiệm vụ, mỗi dòng của bảng một mục.")

    def build(self, source: Source) -> core.Plan:
        """Return the plan as plain data."""
        values = {key: value for key, value in self if key != "tdkt"}
        values["document"] = core.Document(**dict(self.document))
        values["tasks"] = tuple(task.build(("tasks", index)) for index, task in enumerate(self.tasks))
        return core.Plan(source=source, **values)
