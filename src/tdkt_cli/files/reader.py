"""Reads the text of a file: a regular file of bounded size, in UTF-8 with or without BOM, without characters that hide or deceive."""

import codecs
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tdkt_cli.core.findings import TOP, Finding, Severity, Span
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.core.text import UNSAFE

MAX_BYTES = 4 * 1024 * 1024
_MAX_FINDINGS = 20  # hidden characters that are reported for one file
_NOT_READ = {
    FileNotFoundError: msg("there is no such file"),
    PermissionError: msg("no permission to read this file"),
    IsADirectoryError: msg("this is a folder, not a file"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, without BOM and with LF as line ends, or None, and the findings about it."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def safely(test: Callable[[], bool]) -> bool:
    """Return what a test of a path says; False where the system does not let the path be looked at."""
    with suppress(OSError):
        return test()
    return False


def read_text(path: Path, shown: str, root: Path | None = None) -> Text:
    """Read a file, which messages call `shown`. A link that leads out of the folder `root` is not followed."""
    try:
        if root is not None and not path.resolve().is_relative_to(root.resolve()):
            message = msg("this link leads out of the folder of the plans; put the file itself here")
            return refused(shown, "TDKT001", message)
        data = regular_bytes(path)
    except RuntimeError:  # raised by pathlib for a loop of links
        return refused(shown, "TDKT001", msg("this link leads back to itself"))
    except OSError as error:
        return refused(shown, "TDKT001", _os_message(error))
    return refused(shown, "TDKT002", data) if isinstance(data, Message) else decode(data, shown)


def read_stream(stream: BinaryIO, shown: str) -> tuple[bytes, Text]:
    """Read a stream; return its bytes and its text."""
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return b"", refused(shown, "TDKT001", _os_message(error))
    too_large = len(data) > MAX_BYTES
    return data, refused(shown, "TDKT002", _too_large(len(data))) if too_large else decode(data, shown)


def decode(data: bytes, shown: str) -> Text:
    """Return the text of the bytes of a file."""
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
        return refused(shown, "TDKT003", message, Span(line, column, line, column + 1))
    hidden = zip(UNSAFE.finditer(text), range(_MAX_FINDINGS), strict=False)
    findings = tuple(_hidden_character(text, match, shown) for match, _ in hidden)
    return Text(None if findings else text, findings)


def regular_bytes(path: Path) -> bytes | Message:
    """Return the content of a regular file of bounded size, else the reason why it is not read. Raises OSError."""
    # O_NONBLOCK: opening a FIFO must not wait for its writer.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            return _NOT_READ[IsADirectoryError]
        if not stat.S_ISREG(status.st_mode):
            return msg("this is not a regular file")
        if status.st_size > MAX_BYTES:
            return _too_large(status.st_size)
        data = file.read(MAX_BYTES + 1)
        return data if len(data) <= MAX_BYTES else _too_large(len(data))


def refused(shown: str, rule: str, message: Message, span: Span = TOP) -> Text:
    """Return the result for a file that is not read."""
    return Text(None, (Finding(rule, Severity.ERROR, message, shown, span),))


def _too_large(size: int) -> Message:
    return msg(
        "the file has {size} MB, at most {most} MB are read; split the plan",
        size=f"{size / 2**20:.1f}",
        most=MAX_BYTES // 2**20,
    )


def _os_message(error: OSError) -> Message:
    return _NOT_READ.get(type(error)) or msg("cannot be read: {reason}", reason=reason(error))


def _hidden_character(text: str, match: re.Match[str], shown: str) -> Finding:
    start = match.start()
    line_start = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, start) + 1
    column = start - line_start + 1
    message = msg("this is an invisible character, {code}; delete it", code=f"U+{ord(match.group()):04X}")
    excerpt = text[line_start:].partition("\n")[0]
    return Finding("TDKT004", Severity.ERROR, message, shown, Span(line, column, line, column + 1), excerpt)
