"""Lines laid out for a terminal: in two columns, wrapped beside the first, padded by their width."""

import pytest

from tdkt_cli.core.messages import msg
from tdkt_cli.render.language import language
from tdkt_cli.render.layout import field_lines, padded, styled

WORDS = " ".join(["chữ"] * 60)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("terminal")
def test_values_wrap_beside_their_names():
    lines = list(field_lines([(msg("what"), WORDS), (msg("file"), "a\n\x1bb"), (msg("notes"), " \n")], language("en")))
    width = len("  what  ")
    assert [line[:width] for line in lines] == ["  what  ", *[" " * width] * (len(lines) - 3), "  file  ", " " * width]
    assert " ".join(line[width:] for line in lines[:-2]) == WORDS
    assert max(map(len, lines)) in range(80 - len("chữ"), 81)
    assert [line[width:] for line in lines[-2:]] == ["a", "^[b"]


def test_values_are_whole_where_there_is_no_terminal():
    assert list(field_lines([(msg("what"), WORDS)], language("en"))) == [f"  what  {WORDS}"]


def test_marks_and_wide_letters_are_padded_by_what_they_take():
    assert (padded("e\u0302\u0301", 3), padded("漢", 3), padded("abcd", 3)) == ("e\u0302\u0301  ", "漢 ", "abcd")


def test_a_style_ends_where_its_text_does():
    assert (styled("a", "\033[1m"), styled("a", ""), styled("a", "\033[1m", colour=False)) == (
        "\033[1ma\033[0m",
        "a",
        "a",
    )
