"""`tdkt fmt`: which files are changed and said to be, what the exit code says, and that nothing is lost."""

import errno
import io
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tdkt_cli.files.edit import changes, formatter
from tdkt_cli.files.writer import draft

ROOT = Path(__file__).parents[3]
ODD = """\
id: x   # mã
tdkt: plan/1
document: {title: "Kế hoạch", issued: "2022-12-01"}
tasks:
- title: Họp
  id: "1"
  deadlines:
  - {before: 2023-02-20}  # hạn
period: 2023-01-01/2023-12-31
"""
NEAT = """\
tdkt: plan/1
id: x  # mã
document:
  title: Kế hoạch
  issued: 2022-12-01
period: 2023

tasks:
  - id: "1"
    title: Họp
    deadlines:
      # hạn
      - before: 2023-02-20
"""
DIFF = """\
--- a/plans/x.yaml
+++ b/plans/x.yaml
@@ -1,9 +1,13 @@
-id: x   # mã
 tdkt: plan/1
-document: {title: "Kế hoạch", issued: "2022-12-01"}
+id: x  # mã
+document:
+  title: Kế hoạch
+  issued: 2022-12-01
+period: 2023
+
 tasks:
-- title: Họp
-  id: "1"
-  deadlines:
-  - {before: 2023-02-20}  # hạn
-period: 2023-01-01/2023-12-31
+  - id: "1"
+    title: Họp
+    deadlines:
+      # hạn
+      - before: 2023-02-20
"""


@pytest.fixture
def fmt(tdkt, tmp_path):
    """Run tdkt fmt in a folder with these files, and take what comes in from `typed`; `fmt.bytes` reads a file."""

    def run(*arguments, files=None, lang="en", **more):
        for name, text in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tdkt("fmt", *arguments, "--lang", lang, folder=tmp_path, **more)

    run.bytes = lambda name: (tmp_path / name).read_bytes()
    run.folder = tmp_path
    return run


@pytest.fixture
def typed(monkeypatch):
    """Let these bytes come in on the input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_files_are_brought_into_form_and_named(fmt):
    ended = fmt(files={"plans/x.yaml": ODD, "plans/z.yaml": NEAT.replace("id: x", "id: z")})
    assert ended == (0, "formatted: plans/x.yaml\n1 file formatted, 1 file already in canonical form\n", "")
    assert fmt.bytes("plans/x.yaml").decode() == NEAT
    assert fmt() == (0, "2 files already in canonical form\n", "")


def test_in_vietnamese(fmt):
    files = {"plans/x.yaml": ODD}
    ended = fmt("--check", files=files, lang="vi")
    assert ended == (1, "sẽ thay đổi: plans/x.yaml\n1 tệp sẽ thay đổi, 0 tệp đã ở dạng chuẩn\n", "")
    ended = fmt(files=files, lang="vi")
    assert ended == (0, "đã đưa về dạng chuẩn: plans/x.yaml\n1 tệp được đưa về dạng chuẩn, 0 tệp đã ở dạng chuẩn\n", "")


def test_check_writes_nothing_and_names_them(fmt):
    ended = fmt("--check", files={"plans/x.yaml": ODD})
    assert ended == (1, "would change: plans/x.yaml\n1 file would change, 0 files already in canonical form\n", "")
    assert fmt.bytes("plans/x.yaml").decode() == ODD
    assert fmt("--check", files={"plans/x.yaml": NEAT}).code == 0


@pytest.mark.parametrize(("more", "code"), [([], 0), (["--check"], 1)])
def test_a_diff_writes_nothing(fmt, more, code):
    ended = fmt("--diff", *more, files={"plans/x.yaml": ODD})
    assert (ended.code, ended.out) == (code, DIFF)
    assert ended.err == "would change: plans/x.yaml\n1 file would change, 0 files already in canonical form\n"
    assert fmt.bytes("plans/x.yaml").decode() == ODD
    assert fmt("--diff", *more, files={"plans/x.yaml": NEAT}) == (0, "", "1 file already in canonical form\n")


def test_only_what_is_named(fmt):
    units = "tdkt: units/1\nname: Danh bạ\nid: u\n"
    ended = fmt("plans/x.yaml", files={"plans/x.yaml": ODD, "plans/z.yaml": ODD, "plans/units/u.yaml": units})
    assert ended.out == "formatted: plans/x.yaml\n1 file formatted, 0 files already in canonical form\n"
    assert fmt("plans/units").out.startswith("formatted: plans/units/u.yaml\n")
    assert fmt.bytes("plans/z.yaml").decode() == ODD
    assert fmt().out == "formatted: plans/z.yaml\n1 file formatted, 2 files already in canonical form\n"


def test_registers_and_calendars(fmt):
    files = {
        "plans/units/u.yaml": 'tdkt: units/1\nname: "Danh bạ"\nid: u\nbodies: [{name: A, id: a, parent: b}, {id: b, name: B}]\n',
        "plans/calendars/c.yaml": "tdkt: calendar/1\nid: c\nname: Lịch\ndays: [{date: 2026-01-02, decision: 1/TB, off: true}]\n",
    }
    assert fmt(files=files).lines[-1] == "2 files formatted, 0 files already in canonical form"
    assert fmt.bytes("plans/units/u.yaml").decode() == (
        "tdkt: units/1\nid: u\nname: Danh bạ\n\nbodies:\n  - id: a\n    name: A\n    parent: b\n\n  - id: b\n    name: B\n"
    )
    assert fmt.bytes("plans/calendars/c.yaml").decode() == (
        "tdkt: calendar/1\nid: c\nname: Lịch\n\ndays:\n  - date: 2026-01-02\n    off: true\n    decision: 1/TB\n"
    )


def test_what_does_not_load_is_left_and_the_rest_formatted(fmt):
    broken = "tdkt: plan/1\nid: [\n"
    ended = fmt(files={"plans/a.yaml": broken, "plans/x.yaml": ODD})
    assert ended.code == 3
    assert ended.out == "formatted: plans/x.yaml\n1 file formatted, 0 files already in canonical form\n"
    assert ended.err.startswith("plans/a.yaml:2:")
    assert ended.err.endswith("1 file was left out; tdkt check shows everything\n")
    assert fmt.bytes("plans/a.yaml").decode() == broken
    assert fmt("--check").code == 3


@pytest.mark.parametrize("named", [[], ["plans/no.yaml"]])
def test_nothing_to_format(fmt, named):
    ended = fmt(*named, files={"tdkt.toml": ""})
    assert ended.code == 3
    assert ended.err


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (ODD.replace("\n", "\r\n"), NEAT.replace("\n", "\r\n")),
        (NEAT.replace("\n", "\r\n"), NEAT.replace("\n", "\r\n")),
        (NEAT.replace("\n", "\r\n", 3), NEAT),
        ("\ufeff" + NEAT, NEAT),
        ("\ufeff" + NEAT.replace("\n", "\r\n"), NEAT.replace("\n", "\r\n")),
        (NEAT.removesuffix("\n"), NEAT),
    ],
)
def test_line_ends_and_a_byte_order_mark(fmt, written, canonical):
    ended = fmt(files={"plans/x.yaml": written})
    assert ended.lines[-1].startswith(
        "1 file formatted" if written != canonical else "1 file already in canonical form"
    )
    assert fmt.bytes("plans/x.yaml").decode() == canonical
    assert fmt("--check").code == 0


OUTSIDE = "# tdkt: ignore[TDKT202] việc của năm sau"
PLAN = "tdkt: plan/1\nid: x\ndocument:\n  number: 1/KH\n  title: Kế hoạch\n  issued: 2022-12-01\nperiod: 2023\n"
TASK = "    executor: Sở Y tế\n    timing: trước ngày 20/02/2024\n"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (f"    - before: 2024-02-20  {OUTSIDE}\n      id: a\n", f"      - id: a\n        before: 2024-02-20  {OUTSIDE}\n"),
        (f"    - {{before: 2024-02-20, id: a}}  {OUTSIDE}\n", f"      - {{id: a, before: 2024-02-20}}  {OUTSIDE}\n"),
        (f"    - {{id: a,\n        before: 2024-02-20  {OUTSIDE}\n        }}\n", f"      - id: a\n        before: 2024-02-20  {OUTSIDE}\n"),
        (f"    -  {OUTSIDE}\n      id: a\n      before: 2023-02-20\n", f"      {OUTSIDE}\n      - id: a\n        before: 2023-02-20\n"),
    ],
)  # fmt: skip
def test_a_suppression_goes_on_counting(fmt, tdkt, written, canonical):
    text = f'{PLAN}tasks:\n  - id: "1"\n    title: Họp\n{TASK}    deadlines:\n{written}'
    (fmt.folder / "plans").mkdir()
    (fmt.folder / "plans/x.yaml").write_text(text, "utf-8")
    before = tdkt("check", "--lang", "en", folder=fmt.folder)
    assert fmt().lines[-1] == "1 file formatted, 0 files already in canonical form"
    assert fmt.bytes("plans/x.yaml").decode().endswith(f"    deadlines:\n{canonical}")
    after = tdkt("check", "--lang", "en", folder=fmt.folder)
    assert [line.split(" ", 1)[1] for line in rules_of(after)] == [line.split(" ", 1)[1] for line in rules_of(before)]


def rules_of(ended):
    return [line for line in ended.lines if ": TDKT" in line]


def test_a_file_is_left_where_a_suppression_would_not_count(fmt):
    text = (
        f'{PLAN}\ntasks:\n  - id: "1"\n    title: Họp\n{TASK}    deadlines: [{{id: a, before: 2024-02-20}},'
        f" {{id: b, before: 2024-02-20}},  {OUTSIDE}\n        {{id: c, before: 2023-02-20}}]\n"
    )
    ended = fmt(files={"plans/x.yaml": text})
    problem = "the suppression on line 14 would no longer work; put what it applies to on a line of its own"
    assert ended == (3, "0 files already in canonical form\n", f"not written: plans/x.yaml: {problem}\n")
    assert fmt.bytes("plans/x.yaml").decode() == text


def test_the_input_for_editors(fmt, typed):
    typed(ODD.encode())
    assert fmt("-", "--stdin-filename", "plans/x.yaml") == (0, NEAT, "")
    typed(ODD.encode())
    assert fmt("-", "--stdin-filename", "plans/x.yaml", "--diff") == (0, DIFF, "")
    typed(ODD.encode())
    assert fmt("-", "--check") == (1, "", "")
    typed(NEAT.encode())
    assert fmt("-", "--check", "--diff") == (0, "", "")
    typed(b"tdkt: plan/1\nid: [\n")
    ended = fmt("-", "--stdin-filename", "plans/x.yaml")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("plans/x.yaml:2:")
    typed(b"a" * (4 * 2**20 + 1))
    ended = fmt("-")
    assert (ended.code, ended.out) == (3, "")
    assert "at most 4 MB" in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-", "plans"], "tdkt: - stands for standard input and cannot be combined with another path\n"),
        (["--stdin-filename", "a.yaml"], "tdkt: --stdin-filename can only be used with -\n"),
    ],
)
def test_what_does_not_go_together(fmt, arguments, said):
    assert fmt(*arguments) == (2, "", said)


def test_a_form_that_would_lose_something_is_not_written(fmt, monkeypatch):
    monkeypatch.setattr(formatter, "text_of", lambda data, _comments: f"tdkt: plan/1\nid: {data['id']}\n")
    ended = fmt(files={"plans/x.yaml": ODD})
    problem = "its canonical form would have another meaning, so it was left as it is"
    assert ended == (3, "0 files already in canonical form\n", f"not written: plans/x.yaml: {problem}\n")
    assert fmt.bytes("plans/x.yaml").decode() == ODD


@pytest.mark.parametrize("lost", ["  # mã", "      # hạn\n"])
def test_nor_one_without_a_comment(fmt, monkeypatch, lost):
    monkeypatch.setattr(formatter, "text_of", lambda _data, _comments: NEAT.replace(lost, ""))
    assert fmt(files={"plans/x.yaml": ODD}).code == 3
    assert fmt.bytes("plans/x.yaml").decode() == ODD


def test_what_cannot_be_written_is_said_and_the_rest_formatted(fmt, monkeypatch):
    def refuse(target, data):
        if target.name == "x.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return draft(target, data)

    monkeypatch.setattr(changes, "draft", refuse)
    ended = fmt(files={"plans/x.yaml": ODD, "plans/z.yaml": ODD})
    assert (ended.code, ended.lines[0]) == (3, "formatted: plans/z.yaml")
    assert ended.err.startswith("not written: plans/x.yaml: cannot be written: ")
    assert fmt.bytes("plans/x.yaml").decode() == ODD


def test_the_bundled_files_are_in_form(tdkt):
    assert tdkt("fmt", "--check", "--lang", "en").out == "8 files already in canonical form\n"


@pytest.mark.parametrize(
    "refs",
    [
        ["hanoi-2023/PL1.3#hop", "hanoi-2023/PL1.3#so-y-te", "hanoi-2023/PL1.1#cum-so-nganh"],
        ["hanoi-2024/PL1.1", "hanoi-2024/PL1.2#tru-bi"],
        ["cantho-2023/1", "cantho-2023/32"],
        ["mttq-hanoi-2023/III.1.1", "mttq-hanoi-2023/IV.3"],
        ["hanoi-70nam-2024/III.4.2", "hanoi-70nam-2024/IV.6#dua-tin"],
    ],
    ids=lambda refs: refs[0].partition("/")[0],
)
def test_what_is_in_form_stays_so_when_progress_is_recorded(tdkt, tmp_path, refs):
    plan = f"plans/{refs[0].partition('/')[0]}.yaml"
    shutil.copytree(ROOT / "plans" / "units", tmp_path / "plans" / "units")
    shutil.copy(ROOT / plan, tmp_path / plan)
    (tmp_path / "tdkt.toml").write_text("")
    before = {path: path.read_bytes() for path in (tmp_path / "plans").rglob("*.yaml")}
    day = ["--today", "2024-12-01"]
    for more in ([], ["--document", "12/BC: x", "--note", "đã họp"]):
        assert tdkt("done", *refs, *more, *day, folder=tmp_path).code == 0
        assert {path for path in before if path.read_bytes() != before[path]} == {tmp_path / plan}
        assert tdkt("fmt", "--check", plan, "--lang", "en", folder=tmp_path).out == "1 file already in canonical form\n"
        assert tdkt("undone", *refs, *day, folder=tmp_path).code == 0
        assert {path: path.read_bytes() for path in before} == before
