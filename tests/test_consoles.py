"""Terminals and consoles that know no Vietnamese, or only a part: tdkt is read there, and says nothing in question marks."""

import codecs
import ctypes
import errno
import io
import os
import pty
import subprocess
import sys
import types
import unicodedata
from functools import cache
from pathlib import Path, PureWindowsPath

import pytest

from tdkt_cli import __main__ as program
from tdkt_cli.commands.shared.console import reads_escapes
from tdkt_cli.files.config import shown_path

ROOT = Path(__file__).parents[1]
UNSET = {"LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "TERM"}
COMMANDS = (
    "due --today 2023-02-01", "due --today 2023-02-01 --format table", "list --plan zzz", "rule TDKT203", "--help", "--version", "doctor",
    "workdays 2026-04",
)  # fmt: skip
MARK = "@@@"
ENCODINGS = ("ascii", "latin-1", "cp437", "cp850", "cp1252", "cp1258")


RUN_ALL = f"""
import sys
from tdkt_cli.__main__ import main

for arguments in sys.argv[1:]:
    sys.argv[1:] = arguments.split()
    try:
        main()
    except SystemExit as end:
        sys.stdout.write(f"{MARK}{{end.code}}{MARK}")
        sys.stdout.flush()
"""


@cache
def screens(commands, env):
    """What each of the commands writes on a terminal, and its exit code: one process runs them all in this environment."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON", "LC_"))}
    clean = {name: value for name, value in clean.items() if name not in UNSET}
    clean |= {"TDKT_CACHE": "", "TERM": "dumb", "COLUMNS": "80", "PYTHONPATH": str(ROOT / "src")} | dict(env)
    command = [sys.executable, "-c", RUN_ALL, *commands]
    with subprocess.Popen(command, cwd=ROOT, env=clean, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs):
        os.close(theirs)
        written = b""
        while chunk := read(ours):
            written += chunk
    os.close(ours)
    parts = written.replace(b"\r\n", b"\n").split(MARK.encode())
    assert parts.pop() == b""
    return dict(zip(commands, zip(parts[::2], map(int, parts[1::2]), strict=True), strict=True))


def on_a_terminal(arguments, **env):
    """The bytes that tdkt writes on a terminal, and its exit code."""
    commands = COMMANDS if arguments in COMMANDS else (arguments,)
    return screens(commands, tuple(sorted(env.items())))[arguments]


def read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is left at the other end
        return b""


def letters(text):
    """The text without accents and signs, the one thing that every console shows alike."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return "".join(char for char in plain.replace("đ", "d").replace("Đ", "D") if char.isascii() and char.isalnum())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_a_console_lacks_is_spelled(encoding):
    for arguments in COMMANDS:
        whole, code = on_a_terminal(arguments, PYTHONIOENCODING="utf-8")
        screen, same = on_a_terminal(arguments, PYTHONIOENCODING=encoding)
        shown = screen.decode(encoding)
        assert same == code, arguments
        assert shown.count("?") == whole.decode().count("?"), arguments
        assert "\\u" not in shown, arguments
        assert "\\x" not in shown, arguments
        if arguments != "doctor":  # which says what the encoding is
            assert letters(shown) == letters(whole.decode()), arguments


def test_the_vietnamese_console_shows_every_tone():
    screen, _ = on_a_terminal("due --today 2023-02-01", PYTHONIOENCODING="cp1258")
    shown = unicodedata.normalize("NFC", screen.decode("cp1258"))
    assert "từ thứ Tư 01/02/2023 đến thứ Tư 15/02/2023" in " ".join(shown.split())


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "vi_VN.TCVN", "PYTHONUTF8": "0"},
    ],
    ids=lambda env: " ".join(f"{name}={value}" for name, value in env.items()),
)
def test_locales_that_know_nothing(env):
    for arguments in COMMANDS:
        screen, code = on_a_terminal(arguments, **env)
        if arguments != "doctor":  # which may find something wrong with the machine
            assert code == {"list --plan zzz": 2}.get(arguments, 0), arguments
        assert screen.count(b"?") <= 1, arguments  # a question that is meant
        assert b"Traceback" not in screen, arguments


def test_doctor_says_what_the_console_lacks():
    screen, _ = on_a_terminal("--lang en doctor", PYTHONIOENCODING="cp1252")
    text = " ".join(screen.decode("cp1252").split())
    assert "! attention letters cp1252 -> letters that it lacks are replaced by similar ones" in text


def test_what_has_no_likeness_is_a_number():
    codecs.register_error("tdkt-test", lambda error: program._spelled("cp1252", error))  # noqa: SLF001 - as a stream has it
    assert "漢 đ \U0001f600".encode("cp1252", "tdkt-test") == rb"\u6f22 d \U0001f600"


def test_bytes_that_are_no_text_are_not_spelled():
    with pytest.raises(UnicodeDecodeError):
        program._spelled("ascii", UnicodeDecodeError("ascii", b"\xff", 0, 1, "x"))  # noqa: SLF001


def test_paths_are_shown_with_slashes_everywhere():
    here = PureWindowsPath("C:/kế hoạch")
    assert shown_path(here / "plans" / "a.yaml", here) == "plans/a.yaml"
    assert shown_path(PureWindowsPath("D:/x.yaml"), here) == r"D:\x.yaml"


class Console:
    """As much of the consoles of Windows as tdkt asks of them."""

    def __init__(self, mode, *, takes=True):
        self.mode, self.takes = mode, takes

    def GetConsoleMode(self, _handle, mode):  # noqa: N802 - the system's name
        mode._obj.value = self.mode or 0  # noqa: SLF001
        return self.mode is not None

    def SetConsoleMode(self, _handle, mode):  # noqa: N802
        self.mode = mode if self.takes else self.mode
        return self.takes


@pytest.mark.parametrize(
    ("console", "reads", "mode"),
    [
        (Console(0x3), True, 0x7),
        (Console(0x7), True, 0x7),
        (Console(0x3, takes=False), False, 0x3),
        (Console(None), False, None),
    ],
    ids=["is asked", "knew before", "is too old", "is no console"],
)
def test_a_console_of_windows_is_asked_to_read_escapes(monkeypatch, console, reads, mode):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=console), raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(get_osfhandle=lambda number: number))
    with open(os.devnull, "w", encoding="utf-8") as stream:  # noqa: PTH123
        assert reads_escapes(stream) is reads
    assert console.mode == mode


@pytest.mark.parametrize(
    ("platform", "error", "enough"),
    [
        ("win32", OSError(errno.EINVAL, "Invalid argument"), True),
        ("win32", OSError(errno.EINVAL, "Invalid argument", "a?.ics"), False),
        ("win32", OSError(errno.ENOSPC, "No space left on device"), False),
        ("linux", OSError(errno.EINVAL, "Invalid argument"), False),
        ("linux", BrokenPipeError(errno.EPIPE, "Broken pipe"), True),
    ],
)
def test_a_reader_that_has_seen_enough_on_windows(monkeypatch, platform, error, enough):
    monkeypatch.setattr(sys, "platform", platform)
    assert program._reader_is_gone(error) is enough  # noqa: SLF001


def test_elsewhere_nobody_is_asked():
    assert reads_escapes(io.StringIO()) is True
