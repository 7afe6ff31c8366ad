"""From a path to text: regular files of bounded size, UTF-8 with or without BOM, no characters that hide or deceive."""

import codecs
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.core.text import UNSAFE

MAX_BYTES = 4 * 1024 * 1024
_TOP = Span(1, 1, 1, 1)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file without its BOM and with LF at line ends, or None, and what was found while reading it."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def read_text(path: Path, shown: str, root: Path | None = None) -> Text:
    """Read a file that messages call `shown`. A link that leads out of the folder `root` is not followed."""
    try:
        if root is not None and not path.resolve().is_relative_to(root.resolve()):
            message = msg("this link leads out of the folder of the plans; put the file itself here")
            return _refused(shown, "TDKT001", message)
        data = regular_bytes(path)
    except RuntimeError:  # how pathlib tells of a loop of links
        return _refused(shown, "TDKT001", msg("this link leads back to itself"))
    except OSError as error:
        return _refused(shown, "TDKT001", _why(error))
    return _refused(shown, "TDKT002", data) if isinstance(data, Message) else decode(data, shown)


def read_stream(stream: BinaryIO, shown: str) -> tuple[bytes, Text]:
    """What comes in on a stream, as bytes and as text."""
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return b"", _refused(shown, "TDKT001", _why(error))
    too_large = len(data) > MAX_BYTES
    return data, _refused(shown, "TDKT002", _too_large(len(data))) if too_large else decode(data, shown)


def decode(data: bytes, shown: str) -> Text:
    """The text of a file's bytes."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = msg(
            "the file is not UTF-8 (byte {byte}); save it as “UTF-8” in the editor",
            byte=f"0x{error.object[error.start]:02x}",
        )
        return Text(None, (Finding("TDKT003", Severity.ERROR, message, shown, Span(line, column, line, column + 1)),))
    found = tuple(
        _forbidden(text, match, shown) for match, _ in zip(UNSAFE.finditer(text), range(_SHOWN), strict=False)
    )
    return Text(None if found else text, found)


def regular_bytes(path: Path) -> bytes | Message:
    """What a regular file of bounded size holds, else why it is not read. Raises OSError."""
    # O_NONBLOCK: opening a FIFO must not wait for its writer.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            return msg("this is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            return msg("this is not a regular file")
        if status.st_size > MAX_BYTES:
            return _too_large(status.st_size)
        data = file.read(MAX_BYTES + 1)
        return data if len(data) <= MAX_BYTES else _too_large(len(data))


def _too_large(size: int) -> Message:
    return msg(
        "the file has {size} MB, at most {most} MB are read; split the plan",
        size=f"{size / 2**20:.1f}",
        most=MAX_BYTES // 2**20,
    )


def _why(error: OSError) -> Message:
    if isinstance(error, FileNotFoundError):
        return msg("there is no such file")
    if isinstance(error, PermissionError):
        return msg("no permission to read this file")
    if isinstance(error, IsADirectoryError):
        return msg("this is a folder, not a file")
    return msg("cannot be read: {reason}", reason=reason(error))


def _refused(shown: str, rule: str, message: Message) -> Text:
    return Text(None, (Finding(rule, Severity.ERROR, message, shown, _TOP),))


def _forbidden(text: str, match: re.Match[str], shown: str) -> Finding:
    start = match.start()
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text.count("\n", 0, start) + 1
    column = start - line_start + 1
    message = msg("a character that does not show, {code}, stands here; delete it", code=f"U+{ord(match.group()):04X}")
    excerpt = text[line_start : line_end if line_end >= 0 else None]
    return Finding("TDKT004", Severity.ERROR, message, shown, Span(line, column, line, column + 1), excerpt)
