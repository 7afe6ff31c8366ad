import pytest

from tdkt_cli.rules import RULES

SEVERITIES = {"vi": {"error": "lỗi", "warning": "cảnh báo", "info": "lưu ý"}, "en": {"error": "error", "warning": "warning", "info": "note"}}  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list(tdkt, lang):
    ended = tdkt("rule", "--lang", lang)
    assert (ended.code, ended.err) == (0, "")
    rows = [line.split("  ", 1) for line in ended.lines]
    assert [id_ for id_, _ in rows] == sorted(RULES)
    for id_, rest in rows:
        severity, _, title = rest.partition("  ")
        assert severity.strip() == SEVERITIES[lang][RULES[id_].severity.word]
        assert title.strip()
        assert (title.strip() == RULES[id_].explanation.partition("\n")[0].rstrip(".")) == (lang == "en"), id_


@pytest.mark.parametrize("id_", sorted(RULES))
def test_every_rule_is_explained_in_both_languages(tdkt, id_):
    said = {lang: tdkt("rule", id_, "--lang", lang) for lang in ("vi", "en")}
    assert (
        said["en"].lines[0]
        == f"{id_} ({SEVERITIES['en'][RULES[id_].severity.word]}): {RULES[id_].explanation.partition(chr(10))[0]}"
    )
    assert said["vi"].lines[0].startswith(f"{id_} ({SEVERITIES['vi'][RULES[id_].severity.word]}): ")
    assert said["vi"].lines[0].partition(": ")[2] != said["en"].lines[0].partition(": ")[2]
    assert (said["vi"].code, said["en"].code) == (0, 0)


def test_one_rule_with_its_examples(tdkt):
    out = tdkt("rule", "TDKT203").out
    bad, good = (
        out.index("Ví dụ bị nêu:\n\n    tdkt: plan/1\n"),
        out.index("Ví dụ đúng:\n\n    tdkt: plan/1\n"),
    )
    assert bad < good
    assert "          - by: 2023-04-30\n" in out


@pytest.mark.parametrize("typed", ["tdkt203", " TDKT203 "])
def test_ids_as_people_type_them(tdkt, typed):
    assert tdkt("rule", typed) == tdkt("rule", "TDKT203")


def test_examples_hold_nothing_that_does_not_show(tdkt):
    out = tdkt("rule", "TDKT004").out
    assert all(char.isprintable() or char == "\n" for char in out)


def test_as_json(tdkt):
    records = tdkt("rule", "--format", "json").records
    assert [record["id"] for record in records] == sorted(RULES)
    assert {tuple(record) for record in records} == {("id", "severity", "of", "title", "explanation", "bad", "good")}
    (one,) = tdkt("rule", "TDKT203", "--format", "json", "--lang", "en").records
    assert (one["severity"], one["of"], one["explanation"]) == (
        "info",
        RULES["TDKT203"].of,
        RULES["TDKT203"].explanation,
    )
    assert "- by: 2023-04-30" in one["bad"]


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("TDKT20", "không có quy tắc “TDKT20”; có phải TDKT20", "there is no rule “TDKT20”; did you mean TDKT20"),
        ("zzz", "không có quy tắc “zzz”; xem danh sách: tdkt rule\n", "there is no rule “zzz”; tdkt rule lists them\n"),
    ],
)
def test_a_rule_that_does_not_exist(tdkt, typed, vi, en):
    for lang, words in (("vi", vi), ("en", en)):
        ended = tdkt("rule", typed, "--lang", lang)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(f"tdkt: {words}")
