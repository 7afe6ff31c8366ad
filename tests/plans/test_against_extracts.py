"""The five plans hold what their documents say: every row, word for word, against extracts that others copied.

`tests/extracts` has the 147 rows of the tables and two paragraphs with dates; the other duties in the prose are listed here.
"""

import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tdkt_cli.app import run
from tdkt_cli.core.agenda import items
from tdkt_cli.core.plan import Dossier, Quota

ROOT = Path(__file__).parents[2]
EXTRACTS = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((ROOT / "tests/extracts").glob("*.json"))}
ROWS = [pytest.param(plan, row, id=f"{plan}/{row['id']}") for plan, rows in EXTRACTS.items() for row in rows]

# Which ids are rows of a table, and how many there are in each table.
TABLES = {
    "cantho-2023": {r"\d+": 32},
    "hanoi-2023": {r"PL1\.\d+": 36, r"PL2\.I\.\d+": 4, r"PL2\.II\.\d+": 7},
    "hanoi-2024": {r"PL1\.\d+": 43, r"PL2\.I\.\d+": 3, r"PL2\.II\.\d+": 4},
    "hanoi-70nam-2024": {r"II\.2\.\d+": 10},
    "mttq-hanoi-2023": {r"III\.1\.\d": 3, r"III\.2\.\d": 3, r"III\.3\.\d": 2},
}

# The duties outside the tables.
PROSE = {
    "cantho-2023/III.1": ["ongoing"],
    "cantho-2023/III.2": ["within 2023-01-01/2023-12-31"],
    "hanoi-2023/II.1.4": ["by 2025-12-31"],
    "hanoi-2023/II.2.2-1": ["within 2023-01-01/2023-12-31"],
    "hanoi-2023/II.2.2-2": ["every FREQ=MONTHLY;BYMONTHDAY=-1"],
    "hanoi-2023/II.2.2-3": ["ongoing"],
    "hanoi-2023/II.2.2-4": ["within 2023-01-01/2023-12-31"],
    "hanoi-2023/II.2.2-5": ["ongoing"],
    "hanoi-2023/II.3.4": ["ongoing"],
    "hanoi-2023/III.4": ["ongoing", "ongoing"],
    "hanoi-2024/II.2.2": ["ongoing"],
    "hanoi-2024/II.3.4": ["ongoing"],
    "hanoi-2024/III.2": ["within 2024-01-01/2024-12-31"],
    "hanoi-2024/III.4": ["ongoing", "ongoing"],
    "hanoi-70nam-2024/III": ["day 2024-10-10"],
    "hanoi-70nam-2024/III.2": ["within 2024-02-01/2024-10-31"],
    "hanoi-70nam-2024/III.4.1": ["ongoing"],
    "hanoi-70nam-2024/III.4.2": ["before 2024-09-01"],
    "hanoi-70nam-2024/III.5.2.b": ["waiting"],
    "hanoi-70nam-2024/IV.2": ["waiting"],
    "hanoi-70nam-2024/IV.3": ["before 2024-02-29"],
    "hanoi-70nam-2024/IV.3-2": ["waiting"],
    "hanoi-70nam-2024/IV.6": ["day 2024-10-10", "day 2024-10-10"],
    "mttq-hanoi-2023/II.3": ["ongoing"],
    "mttq-hanoi-2023/IV.3": ["ongoing"],
}

# Duties whose words name no date of their own; the correction says where theirs comes from.
DATELESS = ["hanoi-2024/III.2", "hanoi-70nam-2024/III.5.2.b", "hanoi-70nam-2024/IV.2", "hanoi-70nam-2024/IV.3-2"]

# The council's programme (Phụ lục 2) and the rows of Phụ lục 1 that it repeats.
SAME = {
    "hanoi-2023/PL2.I.1": "PL1.3#hop",
    "hanoi-2023/PL2.I.2": "PL1.9#hop",
    "hanoi-2023/PL2.I.3": "PL1.14#hop",
    "hanoi-2023/PL2.I.4": "PL1.26#hop",
    "hanoi-2023/PL2.II.4": "PL1.19",
    "hanoi-2024/PL2.I.1": "PL1.3#hop",
    "hanoi-2024/PL2.I.2": "PL1.22#hop",
    "hanoi-2024/PL2.I.3": "PL1.32#hop",
    "hanoi-2024/PL2.II.2": "PL1.21",
}

QUARTERS = {
    "QUÝ I": ("1 2 3 4 5 8", "within 2023-01-01/2023-03-31"),
    "QUÝ II": ("14 15 16", "within 2023-04-01/2023-06-30"),
    "QUÝ IV": ("27 28 29 30 32", "within 2023-10-01/2023-12-31"),
}

DISTRICT = "Mỗi quận, huyện, thị xã"
OFFICE = "Mỗi sở, ban, ngành, Ủy ban Mặt trận Tổ quốc, các tổ chức chính trị - xã hội Thành phố, đơn vị thuộc Thành phố"
QUOTA = (
    Quota(DISTRICT, "tập thể", max=2),
    Quota(OFFICE, "tập thể", exactly=1),
    Quota(DISTRICT, "cá nhân", max=3),
    Quota(OFFICE, "cá nhân", max=2),
)
DOSSIER = Dossier(
    to="cơ quan, đơn vị chủ trì các chuyên đề",
    copies=1,
    items=(
        "Tờ trình của các đơn vị kèm theo Biên bản họp Hội đồng Thi đua - Khen thưởng và Danh sách đề nghị khen thưởng",
        "Báo cáo thành tích của tập thể, cá nhân đề nghị khen thưởng, có xác nhận của cấp trình khen thưởng",
        "Các tài liệu liên quan (nếu có)",
    ),
)

# Whom each milestone binds that does not bind the executor of its row, and by when: read from the time cells.
MILESTONES = {
    "hanoi-2023/PL1.1": "Cụm TĐ khối sở, ban, ngành, MTTQ và các hội đoàn thể, các trường ĐH - CĐ 2022-12-31; "
    "Cụm TĐ khối quận, huyện, thị xã, Ban QLDA và doanh nghiệp 2023-02-04",
    "hanoi-2023/PL1.3": "Sở Y tế 2023-01-15; các đơn vị 2023-01-15; Sở GD&ĐT 2023-02-05; Cụm TĐ 2023-02-08",
    "hanoi-2023/PL1.9": "Đơn vị 2023-01-30; Quận, huyện, thị xã 2023-01-30; Đơn vị 2023-02-28",
    "hanoi-2023/PL1.10": "Đơn vị 2023-03-15",
    "hanoi-2023/PL1.13": "Đơn vị 2023-04-15",
    "hanoi-2023/PL1.14": "Đơn vị 2023-03-30",
    "hanoi-2023/PL1.22": "Quận, huyện, thị xã 2023-06-30; Sở GD&ĐT 2023-07-10; các trường ĐH, CĐ 2023-08-10",
    "hanoi-2023/PL1.25": "Đơn vị 2023-06-15; Đơn vị 2023-07-30",
    "hanoi-2023/PL1.26": "Đơn vị 2023-07-30",
    "hanoi-2023/PL1.33": "Đơn vị 2023-12-31",
    "hanoi-2023/II.1.4": "các đơn vị tại phụ lục kèm theo Kế hoạch số 189/KH-UBND 2025-12-31",
    "hanoi-2024/PL1.3": "Các đơn vị 2024-01-15; Cụm thi đua 2024-02-08",
    "hanoi-2024/PL1.18": "Đơn vị 2024-03-15",
    "hanoi-2024/PL1.22": "Đơn vị 2024-03-30",
    "hanoi-2024/PL1.24": "Đơn vị 2024-04-15; Đơn vị 2024-05-15",
    "hanoi-2024/PL1.25": "Đơn vị 2024-04-15",
    "hanoi-2024/PL1.31": "Các đơn vị 2024-07-15; Các trường ĐH, CĐ 2024-08-15",
    "hanoi-2024/PL1.32": "Các đơn vị 2024-08-15",
    "hanoi-2024/PL1.40": "Đơn vị 2024-12-31",
}

# What somebody might get wrong in a plan: the row in which it stands, and the word in the difference that tells it.
MISTAKES = [
    ("hanoi-2023", "PL1.23", "before: 2023-08-15", "before: 2023-08-16", "dates"),
    ("hanoi-2023", "PL1.25", "- id: bai-viet\n        by:", "- id: bai-viet\n        before:", "kind"),
    ("hanoi-2023", "PL1.28", "executor: Thành đoàn Hà Nội", "executor: Thành đoàn", "executor"),
    ("hanoi-2023", "PL2.I.2", "cá nhân chuẩn bị nghỉ chế độ", "cá nhân chuẩn bị nghị chế độ", "words"),
    (
        "mttq-hanoi-2023",
        "III.2.1",
        "2023-02-18\n        correction: Văn",
        "2023-02-18\n        note: Văn",
        "corrections",
    ),
]


def unlike(found, expected):
    """Where two tables differ: what was found and what was expected."""
    return {key: (found.get(key), expected.get(key)) for key in found | expected if found.get(key) != expected.get(key)}


@pytest.fixture(scope="module")
def workspace(read):
    return read(ROOT / "plans")


@pytest.fixture(scope="module")
def plans(workspace):
    return {plan.id: plan for plan in workspace.plans}


@pytest.fixture(scope="module")
def tasks(plans):
    return {plan.ref(task): task for plan in plans.values() for task in plan.tasks}


@pytest.mark.parametrize(("plan", "row"), ROWS)
def test_a_row_is_as_issued(plan, row, plans, differences):
    found = differences(plans[plan], row)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("plan", "row", "issued", "mistake", "what"), MISTAKES)
def test_a_mistake_is_seen(plan, row, issued, mistake, what, tmp_path, read, differences):
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    file = tmp_path / f"plans/{plan}.yaml"
    text = file.read_text("utf-8")
    assert text.count(issued) == 1
    file.write_text(text.replace(issued, mistake), "utf-8")
    (copy,) = read(file).plans
    (issued_row,) = [each for each in EXTRACTS[plan] if each["id"] == row]
    found = differences(copy, issued_row)
    assert any(f" {what}: " in one for one in found), found


@pytest.mark.parametrize("plan", TABLES)
def test_the_rows_are_all_there_and_no_others(plan, plans):
    for pattern, count in TABLES[plan].items():
        here = [task.id for task in plans[plan].tasks if re.fullmatch(pattern, task.id)]
        issued = [row["id"] for row in EXTRACTS[plan] if re.fullmatch(pattern, row["id"])]
        assert here == issued
        assert len(issued) == count
    assert sum(count for tables in TABLES.values() for count in tables.values()) == 147


def test_every_other_task_is_a_duty_of_the_prose(tasks, shown):
    rows = {f"{plan}/{row['id']}" for plan, rows in EXTRACTS.items() for row in rows}
    prose = {
        ref: [shown(one.when) for one in task.deadlines] for ref, task in tasks.items() if ref not in rows - {*PROSE}
    }
    assert unlike(prose, PROSE) == {}


def test_every_row_is_found_by_its_reference(workspace, tasks):
    for ref, task in tasks.items():
        assert [found.task for found in workspace.office.index.find(ref)] == [task], ref


@pytest.mark.parametrize(("plan", "rows"), EXTRACTS.items())
def test_show_finds_a_row(plan, rows, plans, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    row = rows[-1]["id"]
    assert run(["show", f"{plan}/{row}", "--format", "json", "--today", "2023-01-01"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert {record["task"] for record in records} == {row}
    assert len(records) == len(next(task for task in plans[plan].tasks if task.id == row).deadlines)


def test_appendices_keep_their_number_and_title(plans):
    for year in "2023", "2024":
        sections = plans[f"hanoi-{year}"].sections
        assert [sections["PL1"], sections["PL2"]] == [
            f"Phụ lục 1. Tiến độ thực hiện các nhiệm vụ trọng tâm công tác thi đua, khen thưởng năm {year}",
            f"Phụ lục 2. Chương trình công tác của Hội đồng Thi đua - Khen thưởng Thành phố năm {year}",
        ]


def test_every_deadline_is_told_in_the_words_of_its_task(plans):
    for plan in plans.values():
        for task, deadline in plan.deadlines():
            words = [task.title, task.content, task.timing, plan.sections[task.section]]
            text = " ".join(task.text(deadline).split())
            assert any(text in " ".join((cell or "").split()) for cell in words), plan.ref(task, deadline)


def test_milestones_bind_the_parties_that_their_words_name(tasks):
    found = {}
    for ref, task in tasks.items():
        bound = [f"{'; '.join(one.who)} {one.when.end}" for one in task.deadlines if one.who]
        if bound:
            found[ref] = "; ".join(bound)
    assert unlike(found, MILESTONES) == {}


def test_only_one_date_is_corrected(plans):
    corrected = [plan.ref(*pair) for plan in plans.values() for pair in plan.deadlines() if pair[1].correction]
    assert corrected == [*DATELESS, "mttq-hanoi-2023/III.2.1"]


def test_what_the_council_repeats_is_counted_once(plans, workspace, shown):
    same = {}
    for plan in plans.values():
        for task, deadline in plan.deadlines():
            if deadline.same_as:
                same[plan.ref(task, deadline)] = deadline.same_as
                original = workspace.office.index.deadline(deadline.same_as, plan)
                assert original, f"{plan.ref(task)}: there is no {deadline.same_as}"
                assert shown(original.deadline.when) == shown(deadline.when), plan.ref(task)
    assert unlike(same, SAME) == {}


def test_rows_of_can_tho_with_only_a_quarter(plans, shown):
    found = {}
    for task, deadline in plans["cantho-2023"].deadlines():
        if deadline.text in {"QUÝ I", "QUÝ II", "QUÝ III", "QUÝ IV"}:
            assert deadline.text == plans["cantho-2023"].sections[task.section], task.id
            found.setdefault((deadline.text, shown(deadline.when)), []).append(task.id)
    assert unlike(found, {(heading, dates): rows.split() for heading, (rows, dates) in QUARTERS.items()}) == {}
    assert sum(map(len, found.values())) == 14


def test_quotas_and_dossier_of_the_70th_anniversary(tasks):
    (deadline,) = tasks["hanoi-70nam-2024/III.4.2"].deadlines
    assert deadline.quota == QUOTA
    assert deadline.dossier == DOSSIER


def test_the_only_recurring_duty_falls_on_the_last_day_of_every_month(plans, workspace):
    found = [item for item in items(plans.values(), workspace.office) if item.when.kind == "every"]
    assert Counter(item.task.id for item in found) == {"II.2.2-2": 12}
    assert [item.last_day for item in found] == [
        date(2023, month, day) for month, day in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)
    ]
