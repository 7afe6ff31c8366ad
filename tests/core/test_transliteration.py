"""What stands for letters that an encoding lacks."""

import unicodedata

import pytest

from tdkt_cli.core.transliteration import carries_vietnamese, spelled

WORDS = "Kế hoạch Đống Đa: “ước” – ậ…"


def spell(text, encoding):
    return "".join(char if char.isascii() else spelled(char, encoding) or "" for char in text)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("ascii", 'Ke hoach Dong Da: "uoc" - a...'),
        ("cp437", 'Kê hoach Dông Da: "uoc" - â...'),
        ("cp1252", "Kê hoach Dông Da: “uoc” – â…"),
        ("latin-1", 'Kê hoach Dông Da: "uoc" - â...'),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_that_look_alike(encoding, expected, form):
    found = spell(unicodedata.normalize(form, WORDS), encoding)
    if form == "NFC" or encoding == "ascii":
        assert found == expected
    found.encode(encoding)


def test_the_code_page_of_vietnamese_has_every_letter_with_its_tone():
    found = spell(WORDS, "cp1258")
    assert unicodedata.normalize("NFC", found) == WORDS
    found.encode("cp1258")
    assert found != WORDS


@pytest.mark.parametrize(
    ("char", "expected"), [("→", "->"), ("✓", "+"), ("│", "|"), ("·", "-"), ("đ", "d"), ("漢", None), ("\u0301", "")]
)
def test_signs(char, expected):
    assert spelled(char, "ascii") == expected


@pytest.mark.parametrize(
    ("encoding", "has"),
    [("utf-8", True), ("utf-16", True), ("cp1258", False), ("ascii", False), ("no such thing", False)],
)
def test_who_has_every_letter(encoding, has):
    assert carries_vietnamese(encoding) is has


def test_of_an_encoding_that_nobody_knows_nothing_is_known():
    assert spelled("đ", "no such thing") is None
