"""tdkt check -: the text of a file as an editor has it takes the place of that file among the others; findings of that file alone."""

import io
import sys
from textwrap import dedent
from types import SimpleNamespace

import pytest

GOOD = """\
tdkt: plan/1
id: b
document:
  number: 2/KH-UBND
  title: Kế hoạch B
  issued: 2022-12-01
period: 2023
units: u
tasks:
  - id: "1"
    title: Họp
    executor: Các sở
    timing: Trước 20/02/2023
    deadlines:
      - before: 2023-02-20
        same_as: a/1#hop
"""
WRONG = GOOD.replace("Các sở", "Các so")


@pytest.fixture
def check(tdkt, project, monkeypatch):
    """Check with this on the input, in a folder in which plans/b.yaml is wrong."""
    folder = project(**{"plans/b.yaml": WRONG})

    def run(text, *typed, name="plans/b.yaml", here="."):
        data = text if isinstance(text, bytes) else dedent(text).encode()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        named = ("--stdin-filename", name) if name else ()
        return tdkt(
            "check", "-", *named, *typed, "--ignore", "TDKT203,TDKT6", "--today", "2023-02-22", folder=folder / here
        )

    run.folder = folder
    return run


def found(ended):
    return [line.split(": ")[0] + " " + line.split()[1] for line in ended.lines if ": TDKT" in line]


def test_the_text_counts_and_not_the_file(check):
    assert check(GOOD) == (0, "đã kiểm tra 1 tệp, không có lỗi\n", "")
    assert found(check(WRONG)) == ["plans/b.yaml:12:15 TDKT301"]
    assert (check.folder / "plans/b.yaml").read_text("utf-8") == WRONG


def test_the_other_files_are_there_for_what_it_refers_to(check):
    ended = check(GOOD.replace("a/1#hop", "a/1#hopp"))
    assert found(ended) == ["plans/b.yaml:16:18 TDKT105"]
    assert "a/1#hop?" in ended.lines[0]
    assert found(check(GOOD.replace("2023-02-20", "2023-02-24"))) == ["plans/b.yaml:16:18 TDKT110"]


def test_findings_of_other_files_are_not_told(check):
    (check.folder / "plans/c.yaml").write_text("tasks: [")
    assert check(GOOD) == (0, "đã kiểm tra 1 tệp, không có lỗi\n", "")


def test_a_file_that_is_not_there_yet(check):
    assert found(check(GOOD.replace("id: b", "id: moi", 1), name="plans/2024/moi.yaml")) == []
    ended = check(GOOD, name="plans/moi.yaml")
    assert sorted(line.split()[1] for line in ended.lines if ": TDKT" in line) == ["TDKT106", "TDKT109"]


@pytest.mark.parametrize("way", ["folder", "plans", "file"])
def test_a_file_named_through_a_link_is_the_one_among_the_others(check, tmp_path_factory, way):
    link = tmp_path_factory.mktemp("lối") / "tắt"
    target = {"folder": ".", "plans": "plans", "file": "plans/b.yaml"}[way]
    link.symlink_to(check.folder / target)
    name = link / "plans/b.yaml".removeprefix(target).removeprefix("/")
    assert check(GOOD, name=str(name)) == (0, "đã kiểm tra 1 tệp, không có lỗi\n", "")
    assert found(check(WRONG, name=str(name))) == ["plans/b.yaml:12:15 TDKT301"]


def test_a_file_to_which_a_link_among_the_plans_leads(check):
    (check.folder / "plans/b.yaml").rename(check.folder / "chung.yaml")
    (check.folder / "plans/b.yaml").symlink_to("../chung.yaml")
    assert found(check(WRONG, name="chung.yaml")) == ["plans/b.yaml:12:15 TDKT301"]
    assert found(check(WRONG, name="plans/b.yaml")) == ["plans/b.yaml:12:15 TDKT301"]


def test_a_register_is_checked_too(check):
    text = (check.folder / "plans/units/u.yaml").read_text("utf-8")
    assert check(text, name="plans/units/u.yaml").code == 0
    ended = check(text.replace("- so-tai-chinh\n", "- so-tai-chin\n"), name="plans/units/u.yaml")
    assert [line.split()[1] for line in ended.lines if ": TDKT" in line] == ["TDKT304"]


def test_text_that_cannot_be_read(check):
    ended = check("tasks: [\n")
    assert (ended.code, {line.split()[1] for line in ended.lines if ": TDKT" in line}) == (1, {"TDKT005"})
    assert ended.err.endswith(": plans/b.yaml\n")
    assert [line.split()[1] for line in check(b"t\xecm\n").lines if ": TDKT" in line] == ["TDKT003"]


def test_for_machines_and_from_below(check):
    ended = check(WRONG, "--format", "json", name="b.yaml", here="plans")
    assert [(entry["file"], entry["rule"]) for entry in ended.records] == [("b.yaml", "TDKT301")]


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ((), "", "còn thiếu: --stdin-filename"),
        (("--fix",), "plans/b.yaml", "--fix không đi với -"),
        (("--diff",), "plans/b.yaml", "--diff không đi với -"),
        (("--changed-since", "main"), "plans/b.yaml", "--changed-since không đi với -"),
        (("plans/a.yaml",), "plans/b.yaml", None),
    ],
)
def test_what_does_not_go_together(check, typed, name, words):
    ended = check(GOOD, *typed, name=name)
    assert (ended.code, ended.out) == (2, "")
    assert words is None or ended.err == f"tdkt: {words}\n"


def test_a_name_without_the_input(tdkt, project):
    ended = tdkt("check", "--stdin-filename", "plans/b.yaml", folder=project())
    assert (ended.code, "--stdin-filename" in ended.err) == (2, True)
