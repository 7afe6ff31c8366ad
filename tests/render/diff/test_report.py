"""The lines of a difference on a terminal: none wider than it, words whole, what goes on stands below its beginning."""

import re

import pytest

from tdkt_cli.render.diff.changes import excerpts
from tdkt_cli.render.diff.report import Line, text_lines

TITLE = "Khen thưởng cấp Nhà nước đợt 1/2023; “Nhà giáo nhân dân”, “Nhà giáo ưu tú”; tổng kết năm 2022 các Cụm thi đua"
SGR = re.compile(r"\x1b\[[0-9;]*m")
LINES = {
    "plan": Line(TITLE, 0, "", "hanoi-2023", heading=True),
    "plan that came": Line(TITLE, 0, "+", "hanoi-2023", heading=True),
    "task": Line(TITLE, 1, "~", "PL1.3", heading=True),
    "commit": Line(f"5c1f09ab  10/02/2023 09:12  {TITLE}", heading=True),
    "change": Line(TITLE, 2, "~", "#hop"),
}


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_long_line_goes_on_below_its_beginning(line, colour):
    shown = [SGR.sub("", each) for each in text_lines([line], colour=colour)]
    start = "  " * line.depth + (f"{line.sign} " if line.sign else "")
    assert len(shown) > 1
    assert max(map(len, shown)) <= 80
    assert " ".join(shown).split() == f"{line.sign} {line.ref} {line.text}".split()
    assert shown[0].startswith(start)
    assert [len(each) - len(each.lstrip()) for each in shown[1:]] == [len(start) + 2] * (len(shown) - 1)


@pytest.mark.usefixtures("terminal")
def test_a_heading_is_bold_to_its_end():
    shown = list(text_lines([LINES["task"]], colour=True))
    assert [("\033[1m" in each, each.endswith("\033[0m")) for each in shown] == [(True, True)] * len(shown)


def test_a_line_is_whole_where_there_is_no_terminal():
    assert list(text_lines([LINES["task"]], colour=False)) == [f"  ~ PL1.3  {TITLE}"]


def test_what_repeats_a_word_differs_in_that_word_only():
    words = " ".join(["chữ"] * 70)
    assert excerpts(words, f"{words} chữ") == ("“… chữ chữ chữ chữ”", "“… chữ chữ chữ chữ chữ”")
