"""tdkt roll: the bundled plans as drafts of the next year, what it refuses, and how near a draft comes to the real plan."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tdkt_cli.files import writer
from tdkt_cli.files.edit.canonical import Comments, text_of
from tdkt_cli.files.loader import load
from tdkt_cli.files.parser import build

ROOT = Path(__file__).parents[3]
NEXT = {
    "hanoi-2023": "hanoi-2024",
    "hanoi-2024": "hanoi-2025",
    "cantho-2023": "cantho-2024",
    "mttq-hanoi-2023": "mttq-hanoi-2024",
    "hanoi-70nam-2024": "hanoi-70nam-2025",
}
SCHEMA = "# yaml-language-server: $schema=../schemas/plan.schema.json"
# Rows of the 2023 plan of Hà Nội that its 2024 plan no longer has, found by reading both: done once, not due in 2024, no longer
# written down, or merged into other rows (the council meets three times instead of four).
DONE_ONCE = {"II.1.4", "PL1.2", "PL1.12", "PL1.16", "PL1.18", "PL1.27", "PL1.30", "PL2.II.3"}
DROPPED_OTHERWISE = {
    *("II.2.2-2", "II.2.2-3", "II.2.2-4", "PL1.8", "PL1.9", "PL1.24"),
    *("PL2.I.2", "PL2.II.5", "PL2.II.6"),
}
# Rows that go on in 2024 under the same title, year for year.
SAME_TITLE = {
    *("II.2.2-5", "II.3.4", "III.4", "PL1.6", "PL1.10", "PL1.13", "PL1.17", "PL1.19", "PL1.22", "PL1.23"),
    *("PL1.28", "PL1.31", "PL1.32", "PL1.33", "PL1.34", "PL1.35", "PL2.II.2", "PL2.II.4"),
}


@pytest.fixture
def copy(tmp_path):
    """The bundled plans with their registers in a project of their own, but those named, each in a folder that git does not know."""

    def make(*without):
        shutil.copytree(ROOT / "plans", tmp_path / "plans")
        shutil.copy(ROOT / "tdkt.toml", tmp_path)
        for plan in without:
            (tmp_path / f"plans/{plan}.yaml").unlink()
        return tmp_path

    return make


def plan_of(path):
    file = load(path, str(path))
    assert file.findings == ()
    return file.model.build(file.source)


@pytest.mark.parametrize("options", [(), ("--working-days",)])
@pytest.mark.parametrize("plan", NEXT)
def test_a_bundled_plan_becomes_a_draft_without_errors(tdkt, copy, plan, options):
    folder = copy(NEXT[plan]) if plan == "hanoi-2023" else copy()
    ended = tdkt("roll", plan, *options, folder=folder)
    file = folder / f"plans/{NEXT[plan]}.yaml"
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[0] == f"đã ghi: plans/{NEXT[plan]}.yaml"
    assert ended.lines[-2:] == [
        f"tiếp theo: tdkt check plans/{NEXT[plan]}.yaml",
        f"tiếp theo: tdkt diff plans/{plan}.yaml plans/{NEXT[plan]}.yaml",
    ]
    found = json.loads(tdkt("check", file, "--format", "json", "--today", "2023-02-01", folder=folder).out)
    own = [finding for finding in found if finding["file"].endswith(file.name)]
    assert {finding["rule"] for finding in own if finding["severity"] != "info"} <= {"TDKT405", "TDKT202"}
    decided = re.search(r"^(\d+) điều cần quyết định:$", ended.out, re.MULTILINE)
    assert sum(finding["rule"] == "TDKT405" for finding in own) == int(decided[1])


@pytest.mark.parametrize("plan", ["hanoi-2024", "cantho-2023"])
def test_a_draft_is_the_same_on_every_day_and_in_canonical_form(tdkt, copy, plan):
    folder = copy()
    first = tdkt("roll", plan, "--dry-run", folder=folder, TDKT_TODAY="2020-01-01")
    second = tdkt("--lang", "en", "roll", plan, "--dry-run", folder=folder, TDKT_TODAY="2030-12-31", TZ="America/Lima")
    assert first == second
    assert not (folder / f"plans/{NEXT[plan]}.yaml").exists()
    assert first.lines[0] == SCHEMA
    assert text_of(build(first.out).data, Comments(head=[SCHEMA])) == first.out
    tdkt("roll", plan, folder=folder)
    assert (folder / f"plans/{NEXT[plan]}.yaml").read_bytes().decode() == first.out


def test_the_draft_of_hanoi_beside_the_plan_that_was_issued(tdkt, copy):
    folder = copy()
    ended = tdkt("roll", "hanoi-2023", "--id", "nhap-2024", folder=folder)
    draft, issued = plan_of(folder / "plans/nhap-2024.yaml"), plan_of(folder / "plans/hanoi-2024.yaml")
    old = plan_of(folder / "plans/hanoi-2023.yaml")
    assert [task.id for task in draft.tasks] == [task.id for task in old.tasks]
    assert (draft.document.title, draft.document.issuer, draft.document.draft) == (
        issued.document.title,
        issued.document.issuer,
        True,
    )
    assert (draft.document.number, draft.document.issued, draft.document.signer) == (None, None, None)
    assert {id_: draft.sections[id_] for id_ in ("PL1", "PL2", "PL1.Q1")} == {
        id_: issued.sections[id_] for id_ in ("PL1", "PL2", "PL1.Q1")
    }
    titles = {task.title: task for task in issued.tasks}
    same = {task.id: (task, titles[task.title]) for task in draft.tasks if task.title in titles}
    assert set(same) == SAME_TITLE
    assert sum(task.title in titles for task in old.tasks) == 7  # without rolling
    kept_dates = {
        id_
        for id_, (ours, theirs) in same.items()
        if [deadline.when.end for deadline in ours.deadlines] == [deadline.when.end for deadline in theirs.deadlines]
    }
    assert SAME_TITLE - kept_dates == {"PL1.6", "PL1.13", "PL1.17", "PL1.19", "PL1.22", "PL1.23", "PL1.32", "PL2.II.4"}
    assert "55 nhiệm vụ, 59 ngày chuyển sang năm 2024" in ended.lines


def test_what_is_proposed_for_removal_and_what_the_office_really_left_out(tdkt, copy):
    folder = copy()
    ended = tdkt("roll", "hanoi-2023", "--id", "nhap-2024", folder=folder)
    (line,) = (line for line in ended.lines if line.startswith("đề nghị bỏ: "))
    proposed = {ref.partition("/")[2] for ref in line.removeprefix("đề nghị bỏ: ").split(", ")}
    gone = DONE_ONCE | DROPPED_OTHERWISE
    assert proposed == DONE_ONCE
    assert (len(proposed & gone), len(proposed), len(gone)) == (8, 8, 17)  # precision 8/8, recall 8/17
    draft = (folder / "plans/nhap-2024.yaml").read_text("utf-8")
    assert draft.count("Đề nghị bỏ: ") == 8
    assert re.findall(r"Đề nghị bỏ phần “(?:\S+ ){4}", draft) == [
        "Đề nghị bỏ phần “Xét, đề nghị danh ",
        "Đề nghị bỏ phần “Sửa đổi, bổ sung ",
        "Đề nghị bỏ phần “Xét, đề nghị danh ",
        "Đề nghị bỏ phần “Xét, đề nghị danh ",
    ]


def test_a_draft_of_the_plan_of_2024(tdkt, copy):
    folder = copy()
    ended = tdkt("roll", "hanoi-2024", folder=folder)
    (line,) = (line for line in ended.lines if line.startswith("đề nghị bỏ: "))
    once = (4, 5, 6, 7, 8, 9, 10, 16, 19, 24, 26, 27, 34, 35, 38)
    assert line == "đề nghị bỏ: " + ", ".join(f"hanoi-2025/PL1.{row}" for row in once)
    draft = plan_of(folder / "plans/hanoi-2025.yaml")
    tasks = {task.id: task for task in draft.tasks}
    assert tasks["PL1.12"].timing == "Trước ngày 28/02/2025"
    assert tasks["PL1.12"].deadlines[0].review == ("Năm 2025 không có ngày 29/02; ở đây ghi 28/02/2025.",)
    assert tasks["PL1.43"].deadlines[0].when.on_task == "PL1.36"


def test_a_goal_that_is_due_in_the_year_of_the_draft_is_kept(tdkt, copy):
    folder = copy()
    ended = tdkt("roll", "hanoi-2023", "--year", "2025", folder=folder)
    assert "  1 mục tiêu nhiều năm đến hạn trong kỳ kế hoạch này" in ended.lines
    (line,) = (line for line in ended.lines if line.startswith("đề nghị bỏ: "))
    assert "II.1.4" not in line
    (goal,) = plan_of(folder / "plans/hanoi-2025.yaml").tasks[0].deadlines
    assert f"{goal.when.end}" == "2025-12-31"
    assert goal.review == ("Mục tiêu nhiều năm, đến hạn trong kỳ kế hoạch này: chậm nhất 31/12/2025; ngày vẫn như cũ.",)


def test_the_lines_of_a_draft(tdkt, project):
    folder = project()
    ended = tdkt("roll", "a", "--lang", "en", folder=folder)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "written: plans/a-2024.yaml",
        "5 tasks, 4 dates advanced to 2024",
        "1 thing to decide:",
        "  1 day off, or day that the new year does not have",
        "next: tdkt check plans/a-2024.yaml",
        "next: tdkt diff plans/a.yaml plans/a-2024.yaml",
    ]
    text = (folder / "plans/a-2024.yaml").read_text("utf-8")
    assert text.startswith("tdkt: plan/1\nid: a-2024\ndocument:\n  title: Kế hoạch A\n  draft: true\nperiod: 2024\n")
    assert (
        "      - id: y-te\n        by: 2024-02-01\n        who: Sở Y tế\n        what: Trình hồ sơ\n    labels:\n"
        in text
    )
    assert "done" not in text
    assert "          - 10/02/2024 là ngày nghỉ (Tết Nguyên đán); ngày làm việc cuối trước đó là 07/02/2024.\n" in text


def test_a_reference_to_another_plan_follows_once_that_plan_is_there(tdkt, project):
    folder = project()
    before = tdkt("roll", "b", "--dry-run", folder=folder).out
    assert "same_as" not in before.replace("Năm 2023 ghi same_as: a/1#hop; nay chưa có a-2024/1#hop", "")
    tdkt("roll", "a", folder=folder)
    assert "        same_as: a-2024/1#hop\n" in tdkt("roll", "b", "--dry-run", folder=folder).out


def test_a_plan_by_its_file_and_a_draft_elsewhere(tdkt, project):
    folder = project()
    (folder / "nhap").mkdir()
    ended = tdkt("roll", "plans/a.yaml", "--year", "2025", "--output", "nhap/moi.yaml", folder=folder)
    assert (ended.code, ended.lines[0]) == (0, "đã ghi: nhap/moi.yaml")
    assert (folder / "nhap/moi.yaml").read_text("utf-8").startswith("tdkt: plan/1\nid: moi\n")
    assert "    timing: Họp trước 20/02/2025\n" in (folder / "nhap/moi.yaml").read_text("utf-8")


def test_what_is_there_is_not_overwritten(tdkt, copy):
    folder = copy()
    before = (folder / "plans/hanoi-2024.yaml").read_bytes()
    words = "đã có plans/hanoi-2024.yaml; ghi tên khác bằng --id hoặc --output"
    assert tdkt("roll", "hanoi-2023", folder=folder) == (2, "", f"tdkt: {words}\n")
    elsewhere = tdkt("roll", "hanoi-2023", "--output", "hanoi-2024.yaml", folder=folder)
    assert elsewhere == (2, "", f"tdkt: {words}\n")
    assert (folder / "plans/hanoi-2024.yaml").read_bytes() == before
    assert not (folder / "hanoi-2024.yaml").exists()


def test_a_file_that_is_no_plan_is_not_overwritten(tdkt, project):
    folder = project(**{"plans/units/c.yaml": "x"})
    ended = tdkt("roll", "a", "--output", "plans/units/c.yaml", folder=folder)
    assert ended.code == 2
    assert (folder / "plans/units/c.yaml").read_text("utf-8") == "x"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["c"], "không có kế hoạch c"),
        (["plans/b2.yaml"], "không có kế hoạch plans/b2.yaml; có phải plans/b.yaml?"),
        (["a", "--year", "2023"], "--year: a bắt đầu năm 2023; hãy ghi năm sau đó"),
        (["a", "--year", "2199"], "--year: kế hoạch phải kết thúc trước năm 2199"),
        (["a", "--year", "2x"], "--year nhận số nguyên từ 0 đến 2199, không phải “2x”"),
        (
            ["a", "--id", "Năm Sau"],
            "dự thảo sẽ không đọc được: mã gồm chữ thường không dấu và số, nối bằng “-”, ví dụ so-y-te",
        ),
        (["a", "--id", "x", "--output", "y.yaml"], "--output: mã là x nên tệp phải tên là x.yaml"),
    ],
)
def test_what_is_refused(tdkt, project, typed, words):
    folder = project()
    files = sorted(folder.rglob("*"))
    assert tdkt("roll", *typed, folder=folder) == (2, "", f"tdkt: {words}\n")
    assert sorted(folder.rglob("*")) == files


@pytest.mark.parametrize("typed", ["plans/a.yaml", "plans/hong.yaml"])
def test_a_file_that_does_not_load(tdkt, project, typed):
    folder = project(**{"plans/hong.yaml": "tdkt: plan/1\nid: hong\n"})
    ended = tdkt("roll", typed, folder=folder)
    assert ended.code == 3
    assert "plans/hong.yaml:" in ended.err
    assert (folder / "plans/a-2024.yaml").exists() == (typed == "plans/a.yaml")


def test_a_file_that_cannot_be_written(tdkt, project, monkeypatch):
    def full(_path, _text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tdkt_cli.commands.plan.roll.write_new", full)
    assert writer.write_new is not full
    ended = tdkt("roll", "a", folder=project())
    assert ended == (3, "", "chưa ghi: plans/a-2024.yaml: đĩa đã đầy\n")


def test_working_days_are_counted(tdkt, project):
    ended = tdkt("roll", "a", "--working-days", folder=project())
    assert "1 ngày cuối rơi vào ngày nghỉ chuyển về ngày làm việc cuối trước đó" in ended.lines
    assert "điều cần quyết định" not in ended.out
