"""tdkt on a real terminal, tmux: what `tdkt due` shows there is whole, fits, and is laid out for the width."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
DEADLINES = {
    "hanoi-2023/PL1.1#cum-quan-huyen": ("T6 03/02/2023", "còn 2 ngày", "Cụm TĐ khối quận, huyện, thị xã"),
    "hanoi-2023/PL1.3#so-gddt": ("T7 04/02/2023", "còn 3 ngày", "Sở GD&ĐT"),
    "hanoi-2023/PL1.3#cum": ("T3 07/02/2023", "còn 6 ngày", "Cụm TĐ"),
    "cantho-2023/6": ("T6 10/02/2023", "còn 9 ngày", "Ban TĐKT thành phố"),
    "hanoi-2023/PL1.2": ("T3 14/02/2023", "còn 13 ngày", "Ban TĐKT Thành phố"),
}
HEADINGS = ["Còn 1 đến 7 ngày", "Còn 8 đến 30 ngày"]
COLUMNS = ["Ngày cuối", "Còn lại", "Việc", "Giao cho", "Thời hạn", "Mã"]
WAIT = 30  # seconds, for a machine that is busy
END = "end-of-output"

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tests/system/install installs tmux")


@pytest.fixture
def screen(tmp_path):
    """What tdkt shows on a terminal of this size, line by line; with `escapes`, its colours too."""
    tmux = ["tmux", "-f", os.devnull, "-S", str(tmp_path / "tmux")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "TMUX", "LC_"))}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANG"):
        clean.pop(name, None)
    clean |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

    def call(*arguments):
        return subprocess.run([*tmux, *arguments], env=clean, check=True, capture_output=True, encoding="utf-8").stdout

    def run(width, height, *arguments, escapes=False, **env):
        settings = [f"{name}={shlex.quote(value)}" for name, value in env.items()]
        command = " ".join([*settings, shlex.join([str(TDKT), *arguments])])
        size = ["-x", str(width), "-y", str(height)]
        call("new-session", "-d", *size, "-c", str(ROOT), "/bin/sh", "-c", f"{command}; echo; echo {END}; exec cat")
        deadline = time.monotonic() + WAIT
        while END not in (shown := call("capture-pane", "-p", *(["-e"] if escapes else []), "-S", "-1000")):
            assert time.monotonic() < deadline, shown
            time.sleep(0.05)
        return shown.partition(END)[0].rstrip().splitlines()

    yield run
    subprocess.run([*tmux, "kill-server"], env=clean, check=False, capture_output=True)


@pytest.fixture(params=[(80, 40), (200, 40), (40, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def due(request, screen):
    """The morning of 01/02/2023 on a terminal, with its width."""
    width, height = request.param
    return width, screen(width, height, "due", "--days", "14", "--today", "2023-02-01")


def test_no_line_is_wider_than_the_terminal(due):
    width, lines = due
    assert max(cell_len(line) for line in lines) <= width


def test_headings(due):
    width, lines = due
    bare = [line.strip() for line in lines]
    assert " ".join(bare).startswith("Việc đến hạn trong 14 ngày: từ thứ Tư 01/02/2023 đến thứ Tư 15/02/2023")
    assert [line for line in bare if line in HEADINGS] == HEADINGS
    assert any(re.split(r"\s{2,}", line) == COLUMNS for line in bare) == (width >= 132)
    assert " ".join(bare).endswith("Tổng cộng 5 việc Quá hạn: 7 việc; xem tdkt overdue --today 2023-02-01")


def test_every_deadline_is_there(due):
    _, lines = due
    together = "".join("".join(lines).split())
    for ref, words in DEADLINES.items():
        assert ref in together
        for word in words[:2]:
            assert any(word in line for line in lines), word


@pytest.mark.parametrize("width", [80, 200])
def test_dates_days_left_units_and_references_stand_together(screen, width):
    lines = screen(width, 40, "due", "--days", "14", "--today", "2023-02-01")
    starts = [number for number, line in enumerate(lines) if re.match(r"  (?:T\d|CN) \d\d/\d\d/\d{4} ", line)]
    assert len(starts) == len(DEADLINES)
    blocks = ["\n".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    for block, (ref, (day, left, unit)) in zip(blocks, DEADLINES.items(), strict=True):
        assert block.startswith(f"  {day}")
        assert left in block
        assert ref in block
        assert all(word in block for word in unit.split())


def test_colour_only_where_it_is_wanted(screen):
    arguments = ("due", "--today", "2023-02-20")
    assert "\x1b[" in "\n".join(screen(80, 40, *arguments, escapes=True))


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_no_colour_where_it_is_not(screen, env):
    shown = "\n".join(screen(80, 40, "due", "--today", "2023-02-20", escapes=True, **env))
    assert re.findall(r"\x1b\[[0-9;]*?(?:3[1-8]|9[0-7])[0-9;]*m", shown) == []
    assert "còn trong hôm nay" in shown
