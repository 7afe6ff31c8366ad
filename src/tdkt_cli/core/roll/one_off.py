"""Signs in a task's words that it is not due every year: anniversaries, amendments, reviews of several years.

A task is a list of parts: the bullets of its content, what ";" sets apart with a capital. Where only some of its parts are such, only
these are named. Rather one too many is named than one too few: a person decides.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Task
from tdkt_cli.core.roll.year_words import Shift, advanced
from tdkt_cli.core.text import one_line

_ROUND = 5  # years between the anniversaries that are celebrated
_SHOWN = 80

_ANNIVERSARY = re.compile(
    r"(?:kỷ niệm|kỉ niệm)\s+(?:lần thứ\s+)?(\d{1,3})\s+năm\b|\b(\d{1,3})\s+năm\s+ngày\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s*[-\u2010-\u2015]\s*(\d{1,2})/(\d{1,2})/(\d{4})")
_AMENDS = re.compile(
    r"\b(?:sửa đổi|bổ sung|điều chỉnh|thay thế|bãi bỏ)\b[^.;\n]{0,40}?"
    r"\b(?:Luật|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Quy chế|Quy định|Hướng dẫn|Đề án|Điều lệ|Kế hoạch số|văn bản)\b",
    re.IGNORECASE,
)
_DRAFTS = re.compile(
    r"\b(?:[Xx]ây dựng|[Bb]an hành|[Ss]oạn thảo|[Tt]rình|[Tt]ham mưu)(?: ban hành)? (?:Đề án|Quy chế|Quy định|Nghị quyết|Nghị định|Điều lệ|Chiến lược)\b"
)
_STAGE = re.compile(
    r"\b(sơ kết|tổng kết|đánh giá|tổng hợp)\b[^.;\n]*?\b(giai đoạn(?:\s+\d{4}\s*[-\u2010-\u2015]\s*\d{4})?)"
    r"|\b(?:sơ kết|tổng kết)\s+\d+\s+năm\b(?!\s+\d{4})|\b\d+\s+năm\s+(?:thực hiện|triển khai|thi hành)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"\bĐại hội (?:[Tt]hi đua|Đảng|đại biểu|Đoàn|Công đoàn)[^.;,\n]{0,30}|\b[Bb]ầu cử\b|\b[Tt]ổng điều tra\b"
)
# Conferred every third year, the prizes every fifth.
_HONOURS = re.compile(
    r"(?:Nhà giáo|Thầy thuốc|Nghệ sĩ|Nghệ sỹ|Nghệ nhân) (?:nhân dân|ưu tú)|Giải thưởng (?:Hồ Chí Minh|Nhà nước)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:tập|lần thứ) (?:\d+|[IVXL]+)\b(?!\s+năm)", re.IGNORECASE)
_PLACE = re.compile(
    r"\btổ chức tại (?:thành phố|tỉnh)\b[^.;\n()]{0,60}|\bĐơn vị Cụm (?:trưởng|phó)\b[^.;\n()]{0,40}", re.IGNORECASE
)
_DAY_OF_WEEK = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy)|chủ nhật)"
_WEEKDAY = re.compile(
    rf"\b{_DAY_OF_WEEK}\s*,?\s*(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?\s*[,(]\s*{_DAY_OF_WEEK}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\n|;\s+|\.\s+")
_SIGNS = (
    (_AMENDS, msg("“{words}” is done once")),
    (_DRAFTS, msg("“{words}” is done once")),
    (_STAGE, msg("“{words}” is not due every year")),
    (_SINGLE, msg("“{words}” is not due every year")),
    (_HONOURS, msg("“{words}” is not conferred every year")),
)


class Removal(NamedTuple):
    """Why a part of a task is proposed for removal; `part` is None where it is the whole task."""

    part: str | None
    message: Message


def removals(task: Task, shift: Shift) -> tuple[Removal, ...]:
    """Return the proposals to remove a task or parts of it."""
    parts = _parts(task.content or task.title)
    reasons = [(part, reason) for part in parts if (reason := once(part, shift)) is not None]
    if len(reasons) == len(parts):
        whole = {str(reason): reason for _, reason in reasons}.values()
        return tuple(Removal(None, msg("Proposed for removal: {reason}", reason=reason)) for reason in whole)
    found = []
    for part, reason in reasons:
        shown = part if len(part) <= _SHOWN else part[: _SHOWN - 1].rstrip() + "…"
        message = msg("Proposed for removal, the part “{part}”: {reason}", part=shown, reason=reason)
        found.append(Removal(part, message))
    return tuple(found)


def doubts(task: Task, shift: Shift) -> Iterator[Message]:
    """What in a task changes from year to year in a way that only a person knows."""
    words = f"{task.title}\n{task.content or ''}\n{task.timing or ''}"
    for count in _anniversaries(words):
        if count % _ROUND or not (count + shift.years) % _ROUND:
            yield msg("“{n} years” will be {later} years", n=count, later=count + shift.years)
    for pattern, message in (
        (_NUMBERED, msg("“{words}”: should its number advance?")),
        (_WEEKDAY, msg("“{words}”: is it still that day of the week?")),
        (_PLACE, msg("“{words}”: is it the same place and body?")),
    ):
        found = dict.fromkeys(one_line(advanced(match.group(), shift).text) for match in pattern.finditer(words))
        yield from (Message(message.text, {"words": each}) for each in found)


def _parts(text: str) -> list[str]:
    """The parts of a text without bullets; a line that ends in ":" only leads to those below it."""
    pieces = [""]
    start = 0
    for match in (*_PARTS.finditer(text), None):
        piece = text[start : match.start() if match else None].strip(" \n-+*•·")
        following = text[match.end() :].lstrip(' -+*•·“"') if match else ""
        pieces[-1] = f"{pieces[-1]} {piece}".strip()
        if match is None or match.group().startswith("\n") or following[:1].isupper():
            pieces.append("")
        start = match.end() if match else len(text)
    whole = [one_line(piece) for piece in pieces if piece]
    return [piece for piece in whole if not piece.endswith(":")] or whole


def once(words: str, shift: Shift) -> Message | None:
    """Why what these words name is not due every year, None where it may be."""
    for count in _anniversaries(words):
        later = count + shift.years
        if count % _ROUND == 0 and later % _ROUND:
            return msg("an anniversary of {n} years; {later} years are not celebrated", n=count, later=later)
    for pattern, message in _SIGNS:
        if match := pattern.search(words):
            named = " … ".join(match.groups()) if match.lastindex else match.group()
            return Message(message.text, {"words": one_line(named)})
    return None


def _anniversaries(words: str) -> Iterator[int]:
    """The years that are celebrated, each once."""
    named = [int(match[1] or match[2]) for match in _ANNIVERSARY.finditer(words)]
    spans = [tuple(map(int, match.groups())) for match in _FROM_TO.finditer(words)]
    counted = [last[5] - last[2] for last in spans if last[0:2] == last[3:5] and last[5] > last[2]]
    return iter(dict.fromkeys((*named, *counted)))
