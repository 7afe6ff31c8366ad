"""tdkt diff: the sentences for every case in tests/diffs, the two versions in folders and in git; what its words mean; how it ends."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[3]
CASES = sorted(path for path in (ROOT / "tests" / "diffs").iterdir() if path.is_dir())
EXPECTED = {"txt": (), "en.txt": ("--lang", "en"), "md": ("--format", "md"), "json": ("--format", "json")}
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
PLAN = """\
tdkt: plan/1
id: {id}
document:
  number: 1/KH-UBND
  title: Kế hoạch thi đua
  issued: 2022-12-01
period: 2023
tasks:
  - id: "1"
    title: Họp xét
    executor: Ban Thi đua
    deadlines:
      - by: {day}
"""


def plan(day="2023-03-15", id="a"):
    return PLAN.format(id=id, day=day)


@pytest.fixture
def versions(tmp_path):
    """The two versions of a case, in folders old and new."""

    def make(case):
        for side in ("old", "new"):
            if (case / side).is_dir():
                shutil.copytree(case / side, tmp_path / side)
            else:
                shutil.copytree(ROOT / "plans", tmp_path / side / "plans")
        edits = json.loads((case / "edits.json").read_text("utf-8")) if (case / "edits.json").is_file() else []
        for name, old, new in edits:
            path = tmp_path / "new" / "plans" / name
            text = path.read_text("utf-8")
            assert text.count(old) == 1
            path.write_text(text.replace(old, new), "utf-8")
        return tmp_path

    return make


@pytest.fixture
def kept(repository):
    """A repository with tdkt.toml and one plan, committed."""
    repository.commit({"tdkt.toml": "", "plans/a.yaml": plan()})
    return repository


@each_case
def test_the_sentences_of_each_case(tdkt, versions, case):
    folder = versions(case)
    found = [name for name in EXPECTED if (case / f"expected.{name}").is_file()]
    assert "txt" in found
    for name in found:
        ended = tdkt("diff", "old", "new", *EXPECTED[name], folder=folder)
        assert ended.out == (case / f"expected.{name}").read_text("utf-8")
        assert (ended.code, bool(ended.err)) == ((3, True) if case.name == "hong" else (0, False))


# What git has to tell: a file that is broken, a date, hostile words, and plans, registers and calendars that come and go.
@pytest.mark.parametrize("name", ["hong", "ngay", "doc-hai", "van-ban"])
def test_git_and_folders_say_the_same(tdkt, versions, repository, replaced, name):
    folder = versions(ROOT / "tests" / "diffs" / name)
    expected = tdkt("diff", "old", "new", folder=folder).out
    plans = repository.folder / "plans"
    repository.write({"tdkt.toml": ""})
    replaced(folder / "old" / "plans", plans)
    repository.commit()
    replaced(folder / "new" / "plans", plans)
    assert tdkt("diff", folder=repository.folder).out == expected
    repository.commit()
    assert tdkt("diff", "HEAD~1..HEAD", folder=repository.folder).out == expected
    assert tdkt("diff", "HEAD~1", "HEAD", folder=plans).out == expected
    assert tdkt("diff", folder=repository.folder).out == "không có gì khác\n"


@each_case
def test_the_json_is_as_its_schema_says(tdkt, versions, case):
    schema = json.loads((ROOT / "schemas" / "difference.schema.json").read_text("utf-8"))
    record = tdkt("diff", "old", "new", "--format", "json", folder=versions(case)).records
    jsonschema.validate(record, schema)
    assert (record["old"], record["new"]) == ("old", "new")


@each_case
def test_markdown_of_hostile_words_has_no_signs_of_its_own(tdkt, versions, case):
    out = tdkt("diff", "old", "new", "--format", "md", folder=versions(case)).out
    bare = re.sub(r"`[^`]*`", "", re.sub(r"\\.", "", out))
    assert re.search(r"[<>*\[\]|~]|@\w|www\.|&\w", bare) is None
    assert [line for line in out.splitlines() if not re.match(r"(?:### |(?:  )*- )\S|(?:---)?$", line)] == []


def test_the_same_twice_is_no_difference(tdkt, versions):
    folder = versions(CASES[0])
    assert tdkt("diff", "old", "old", "--exit-code", folder=folder) == (0, "không có gì khác\n", "")


def test_the_exit_code_where_asked_for(tdkt, kept):
    assert tdkt("diff", "--exit-code", folder=kept.folder).code == 0
    kept.write({"plans/a.yaml": plan("2023-03-20")})
    assert tdkt("diff", "--exit-code", folder=kept.folder).code == 1
    assert tdkt("diff", folder=kept.folder).code == 0
    kept.write({"plans/a.yaml": plan("2023-03-20"), "plans/b.yaml": "tdkt: plan/1\n"})
    assert tdkt("diff", "--exit-code", folder=kept.folder).code == 3


def changed(ended):
    """The ids of the plans in an answer."""
    return re.findall(r"^(?:[+-] )?([a-z]+)  ", ended.out, re.MULTILINE)


def test_a_row_put_in_looks_like_one_change(tdkt, tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    text = (ROOT / "plans" / "hanoi-2024.yaml").read_text("utf-8")
    old.write_text(text, "utf-8")
    moved = re.sub(
        r"^(.*(?:id|same_as|on_task): PL1\.)(\d+)(?=$|#)",
        lambda found: f"{found[1]}{int(found[2]) + (int(found[2]) >= 3)}",
        text,
        flags=re.MULTILINE,
    )
    row = "  - id: PL1.3\n    section: PL1.Q1\n    title: Kiểm kê hiện vật khen thưởng\n    executor: Sở Nội vụ\n    deadlines:\n      - by: 2024-02-02\n\n"
    new.write_text(moved.replace("  - id: PL1.4\n", f"{row}  - id: PL1.4\n", 1), "utf-8")
    assert tdkt("diff", old, new, folder=tmp_path).lines == [
        "hanoi-2024  282/KH-UBND · Kế hoạch công tác thi đua, khen thưởng năm 2024",
        "",
        "  + PL1.3  Kiểm kê hiện vật khen thưởng",
        "    + chậm nhất 02/02/2024, ràng buộc: Sở Nội vụ",
        "",
        "  ~ 41 nhiệm vụ chỉ đánh số lại: PL1.3 -> PL1.4, …, PL1.43 -> PL1.44; ghi former_ids để giữ lịch và lịch sử của chúng",
        "",
        "thay đổi: 1 kế hoạch, 1 nhiệm vụ, 1 thời hạn",
        "đơn vị liên quan: Sở Nội vụ",
        "sự kiện trong lịch: thêm 24, đổi 26, bỏ 23",
    ]  # fmt: skip


def test_two_years_of_one_office(tdkt):
    ended = tdkt("diff", "plans/hanoi-2023.yaml", "plans/hanoi-2024.yaml", "--format", "json")
    (only,) = ended.records["plans"]
    assert (only["plan"], only["former"]) == ("hanoi-2024", "hanoi-2023")
    pairs = {task["task"]: task["former"] for task in only["tasks"] if task["change"] == "changed"}
    known = {"PL1.40": "PL1.33", "PL1.23": "PL1.15", "PL1.30": "PL1.23", "PL1.43": "PL1.36", "PL2.I.2": "PL2.I.3"}
    assert {task: pairs[task] for task in known} == known
    assert len(pairs) >= 30


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("HEAD",),
        ("main",),
        ("HEAD", "--"),
        ("--", "plans/a.yaml"),
        ("plans/a.yaml",),
        ("plans",),
        ("HEAD", "plans"),
        ("HEAD", "--", "plans/a.yaml"),
        ("--plan", "a"),
    ],
)
def test_the_working_tree(tdkt, kept, words):
    kept.write({"plans/a.yaml": plan("2023-03-20")})
    assert changed(tdkt("diff", *words, folder=kept.folder)) == ["a"]


MOVES = {"9": "by: 2023-05-09\n            document: 1/UBND", "19": "by: 2023-05-19", "29": "by: 2023-05-29"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("9 19", "19", "- bỏ một lần chuyển hạn trước đó: chậm nhất 09/05/2023, 1/UBND"),
        ("19", "9 19", "~ thêm một lần chuyển hạn trước đó: chậm nhất 09/05/2023, 1/UBND"),
        ("9 19", "29 19", "~ sửa một lần chuyển hạn trước đó: chậm nhất 09/05/2023, 1/UBND -> chậm nhất 29/05/2023"),
        (
            "9 19",
            "9",
            "- hạn: 19/05/2023 -> 09/05/2023 (sớm hơn 10 ngày), ràng buộc: Ban Thi đua; bỏ ghi chuyển hạn",
        ),
        (
            "9 19",
            "9 29",
            "~ hạn: 19/05/2023 -> 29/05/2023 (muộn hơn 10 ngày), ràng buộc: Ban Thi đua; sửa lần chuyển hạn",
        ),
    ],
)
def test_moves_that_changed(tdkt, kept, old, new, said):
    for moves in (old, new):
        lines = "".join(f"          - {MOVES[name]}\n" for name in moves.split())
        kept.commit({"plans/a.yaml": f"{plan()}        moved:\n{lines}"})
    assert tdkt("diff", "HEAD~1", folder=kept.folder).lines[3:5] == [f"    {said}", ""]


def test_only_what_a_repeat_shares_is_said_of_it(tdkt, kept):
    repeat = '  - id: "2"\n    title: Báo cáo\n    executor: Sở Y tế\n    deadlines:\n      - by: 2023-03-15\n        same_as: "1"\n'
    done = "        done: 2023-03-01\n"
    kept.commit({"plans/a.yaml": plan() + repeat})
    kept.write({"plans/a.yaml": f"{plan('2023-03-16')}{done}{repeat}{done}"})
    assert tdkt("diff", folder=kept.folder).lines[2:6] == [
        "  ~ 1  Họp xét",
        "    ~ hạn: 15/03/2023 -> 16/03/2023 (muộn hơn 1 ngày), ràng buộc: Ban Thi đua; sửa ngay ngày đã ban hành",
        "    + đã hoàn thành: 01/03/2023; cũng vậy: a/2",
        "",
    ]


def test_what_stands_twice_and_then_once(tdkt, kept):
    quota = "          - who: Sở Y tế\n            what: tập thể\n            max: 2\n"
    paper = "            - Tờ trình\n"
    for times in (2, 1):
        lists = f"        quota:\n{quota * times}        dossier:\n          items:\n{paper * times}"
        kept.commit({"plans/a.yaml": plan() + lists})
    lines = tdkt("diff", "HEAD~1", folder=kept.folder).lines
    assert lines[3:6] == ["    - chỉ tiêu: Sở Y tế: tối đa 2 tập thể", "    - hồ sơ: Tờ trình", ""]


UNITS = "tdkt: units/1\nid: u\nname: Danh bạ\nbodies:\n  - id: a\n    name: Sở A\n  - id: b\n    name: Sở B\n"
DAYS = "tdkt: calendar/1\nid: vn\nname: Lịch nghỉ\ndays:\n  - date: 2023-05-04\n    off: true\n    decision: 1/TB\n"
FURTHER = "danh bạ hoặc ngày nghỉ đã đổi, nên những thời hạn không nêu ở đây cũng có thể đổi ngày cuối cùng, đổi đơn vị bị ràng buộc; đơn vị và sự kiện của chúng chưa được tính hết"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Danh bạ", "name: Danh bạ mới", ["~ danh bạ Danh bạ mới: trước là Danh bạ"]),
        ("name: Sở A", "name: Sở A\n    valid_to: 2023-05-01", ["~ danh bạ Danh bạ: đơn vị: đổi Sở A", "", FURTHER]),
        ("name: Sở A", "name: Sở A\n    note: x", ["~ danh bạ Danh bạ: đơn vị: đổi Sở A", "", FURTHER]),
        ("Danh bạ", "'Danh bạ' # x", ["không có gì khác", "1 tệp chỉ khác cách viết"]),
        ("1/TB", "2/TB", ["~ ngày nghỉ, ngày làm bù: đổi 04/05/2023", "", FURTHER]),
        ("1/TB", "1/TB\n    note: x", ["~ ngày nghỉ, ngày làm bù: đổi 04/05/2023", "", FURTHER]),
        ("Lịch nghỉ", "Lịch nghỉ bù", ["~ lịch nghỉ: đổi Lịch nghỉ bù"]),
        ("1/TB", "'1/TB'", ["không có gì khác", "1 tệp chỉ khác cách viết"]),
    ],
)
def test_registers_and_calendars(tdkt, kept, old, new, said):
    files = {"plans/units/u.yaml": UNITS, "plans/calendars/vn.yaml": DAYS}
    kept.commit(files)
    kept.write({name: text.replace(old, new) for name, text in files.items()})
    assert tdkt("diff", folder=kept.folder).lines == said
    summary = tdkt("diff", "--format", "json", folder=kept.folder).records["summary"]
    assert summary["reaches_further"] == (FURTHER in said)


def test_new_files_and_files_gone_in_the_working_tree(tdkt, kept):
    kept.commit({"plans/b.yaml": plan(id="b")})
    other = plan(id="c").replace("Họp xét", "Kiểm tra")
    kept.write({"plans/b.yaml": None, "plans/c.yaml": other, "plans/.an.yaml": plan(id="an")})
    lines = tdkt("diff", folder=kept.folder).lines
    assert [line[:4].rstrip() for line in lines if line[:1] in {"+", "-"}] == ["+ c", "- b"]


def test_a_plan_with_another_id_and_a_file_with_another_place(tdkt, kept):
    kept.write({"plans/a.yaml": None, "plans/moi.yaml": plan(id="moi")})
    assert tdkt("diff", folder=kept.folder).lines[0] == "a -> moi  1/KH-UBND · Kế hoạch thi đua"
    kept.write({"plans/moi.yaml": None, "plans/2023/a.yaml": plan()})
    assert tdkt("diff", folder=kept.folder).lines == ["không có gì khác", "1 tệp chỉ khác cách viết"]


def test_ranges(tdkt, kept):
    kept("switch", "--quiet", "--create", "nhanh")
    kept.commit({"plans/b.yaml": plan(id="b", day="2023-05-05")})
    kept("switch", "--quiet", "main")
    kept.commit({"plans/c.yaml": plan(id="c").replace("Họp xét", "Kiểm tra")})
    kept("switch", "--quiet", "nhanh")
    assert changed(tdkt("diff", "main...HEAD", folder=kept.folder)) == ["b"]
    assert changed(tdkt("diff", "main...", folder=kept.folder)) == ["b"]
    both = tdkt("diff", "main..HEAD", folder=kept.folder)
    assert sorted(changed(both)) == ["b", "c"]
    assert tdkt("diff", "main", "HEAD", folder=kept.folder) == both


def test_only_some_plans(tdkt, kept):
    kept.write({"plans/a.yaml": plan("2023-03-20"), "plans/b.yaml": plan("2023-04-01", id="b")})
    assert changed(tdkt("diff", "--plan", "b", folder=kept.folder)) == ["b"]
    assert changed(tdkt("diff", "--", "plans/b.yaml", folder=kept.folder)) == ["b"]
    assert tdkt("diff", "--plan", "x", folder=kept.folder) == (2, "", "tdkt: không có kế hoạch x\n")
    assert "did you mean hanoi-2023" in tdkt("--lang", "en", "diff", "--plan", "hanoi2023").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope"], "“nope” không phải bản git, cũng không phải tệp hay thư mục"),
        (["nope", "--"], "không có bản git “nope”"),
        (["plans"], "“plans” vừa là bản git vừa là đường dẫn; gõ plans -- nếu là bản git, ./plans nếu là đường dẫn"),
        (["tdkt.toml", "HEAD"], "viết bản git trước, đường dẫn sau: HEAD tdkt.toml"),
        (["HEAD", "HEAD", "HEAD"], "chỉ so được nhiều nhất hai bản git: HEAD HEAD HEAD"),
        (["main..HEAD", "HEAD"], "chỉ so được nhiều nhất hai bản git: main..HEAD HEAD"),
        (["tdkt.toml", "./plans"], "không so được tệp với thư mục; hãy nêu hai tệp hoặc hai thư mục"),
        (["--", "/khong-co/a.yaml"], "/khong-co/a.yaml nằm ngoài kho git {top}"),
        (["--format", "xml"], "--format: không có “xml”; chỉ nhận text, md, json"),
    ],
)
def test_words_that_mean_nothing(tdkt, kept, words, said):
    kept("branch", "plans")
    assert tdkt("diff", *words, folder=kept.folder) == (2, "", f"tdkt: {said.format(top=kept.folder)}\n")


def test_a_word_that_is_both_is_what_is_written(tdkt, kept):
    kept("branch", "plans")
    kept.write({"plans/a.yaml": plan("2023-03-20")})
    for words in (["plans", "--"], ["./plans"], ["--", "plans"]):
        assert changed(tdkt("diff", *words, folder=kept.folder)) == ["a"]


def test_without_git(tdkt, tmp_path):
    ended = tdkt("diff", folder=tmp_path)
    assert ended == (2, "", "tdkt: ở đây không có kho git; hãy nêu hai tệp hoặc hai thư mục kế hoạch\n")


def test_before_the_first_commit_everything_is_new(tdkt, repository):
    repository.write({"tdkt.toml": "", "plans/a.yaml": plan()})
    assert tdkt("diff", folder=repository.folder).lines[0] == "+ a  1/KH-UBND · Kế hoạch thi đua"


def test_histories_without_a_common_commit(tdkt, kept):
    kept("switch", "--quiet", "--orphan", "khac")
    kept.commit({"tdkt.toml": ""})
    ended = tdkt("diff", "main...khac", folder=kept.folder)
    assert ended == (2, "", "tdkt: main và khac không có commit chung nào\n")


@pytest.mark.parametrize("kind", ["text", "md", "json"])
def test_no_name_of_a_file_begins_a_line(tdkt, tmp_path, kind):
    for side, name in (("old", "a.yaml"), ("new", "a\n::stop-commands::e\n.yaml")):
        (tmp_path / side).mkdir()
        (tmp_path / side / name).write_text(plan() if side == "old" else "tdkt: plan/1\n", "utf-8")
    ended = tdkt("diff", "old", "new", "--format", kind, folder=tmp_path, GITHUB_ACTIONS="true")
    assert [line for line in (*ended.lines, *ended.err.splitlines()) if line.lstrip().startswith("::")] == []
    assert "new/a^J::stop-commands::e^J.yaml:" in ended.err
