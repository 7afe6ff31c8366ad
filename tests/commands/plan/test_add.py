"""`tdkt add`: tasks and deadlines that come into a plan, where they stand, what is asked and refused."""

import subprocess
import unicodedata

import pytest

from tdkt_cli.files.loader import load

HEAD = """\
tdkt: plan/1
id: a
document:
  number: 1/KH-UBND
  title: Kế hoạch A
  issued: 2022-12-01
period: 2023
units: u
"""
REGISTER = """\
tdkt: units/1
id: u
name: Danh bạ
bodies:
  - id: so-y-te
    name: Sở Y tế
  - id: so-tai-chinh
    name: Sở Tài chính
"""
SECTIONS = """\
sections:
  PL1: Phụ lục 1
  PL1.Q1: Quý I
  PL1.Q2: Quý II

"""
TASKS = """\
tasks:
  # Quý I
  - id: PL1.1
    section: PL1.Q1
    title: Họp Hội đồng
    timing: Trước ngày 20/02/2023
    deadlines:
      - before: 2023-02-20
    # hết quý I

  # Quý II
  - id: PL1.2
    section: PL1.Q2
    title: Tổng kết
    timing: Quý II
    deadlines: [{within: 2023-Q2, text: Quý II}]
"""
NEXT = "  # Quý II\n"


@pytest.fixture
def plan(tdkt, tmp_path):
    """Run `tdkt add` in a folder with one plan and a register; `text()` is the plan's."""
    (tmp_path / "tdkt.toml").write_text("")
    file = tmp_path / "plans" / "a.yaml"
    (tmp_path / "plans" / "units").mkdir(parents=True)
    (tmp_path / "plans" / "units" / "u.yaml").write_text(REGISTER, "utf-8")

    def write(text=HEAD + SECTIONS + TASKS):
        file.write_bytes(text.encode())

    def run(*arguments, **env):
        return tdkt("add", *arguments, "--today", "2023-01-10", folder=tmp_path, **env)

    write()
    run.write, run.folder, run.file = write, tmp_path, file
    run.text = lambda: file.read_bytes().decode()
    run.check = lambda *more: tdkt("check", *more, "--today", "2023-01-10", folder=tmp_path)
    run.tasks = lambda: load(file, "a.yaml").model.tasks
    return run


def came(before, after):
    """What stands in a text that did not stand there before, all in one place."""
    start = next(place for place in range(len(after)) if before[:place] != after[:place]) - 1
    size = len(after) - len(before)
    start = after.rfind("\n", 0, start + 1) + 1
    found = next(at for at in range(start, -1, -1) if after[:at] + after[at + size :] == before)
    return after[found : found + size]


def test_a_task_at_the_end_of_its_section(plan):
    before = plan.text()
    ended = plan(
        "a",
        "--section",
        "PL1.Q1",
        "--title",
        "Trình hồ sơ",
        "--executor",
        "Sở Y tế",
        "--text",
        "chậm nhất ngày 15/3/2023",
    )
    assert ended == (0, "a/PL1.3: đã thêm, chậm nhất 15/03/2023\n", "")
    added = (
        "\n  - id: PL1.3\n    section: PL1.Q1\n    title: Trình hồ sơ\n    timing: chậm nhất ngày 15/3/2023\n"
        "    executor: Sở Y tế\n    deadlines:\n      - by: 2023-03-15\n"
    )
    assert plan.text() == before.replace(f"\n{NEXT}", f"{added}\n{NEXT}")
    assert plan.check("--strict").code == 0


def test_a_task_with_everything_at_the_end_of_the_plan(plan):
    before = plan.text()
    ended = plan(
        *("a", "--id", "9", "--title", "Báo cáo", "--content", "- một: hai\n\n  - ba # bốn", "--lead", "Sở Y tế"),
        *(
            "--executor",
            "Sở Y tế; Sở Tài chính",
            "--coordinator",
            "Sở Tài chính",
            "--advisor",
            "Sở Y tế",
            "--text",
            "tháng 3",
        ),
        *(
            "--within",
            "2023-03",
            "--deadline-id",
            "gui",
            "--what",
            "Gửi báo cáo",
            "--who",
            "Sở Tài chính",
            "--note",
            "gửi\nsớm",
        ),
    )
    assert (ended.code, ended.out) == (0, "a/9#gui: đã thêm, trong tháng 03/2023\n")
    assert plan.text() == (
        f"{before}\n"
        '  - id: "9"\n    title: Báo cáo\n    content: |-\n      - một: hai\n\n        - ba # bốn\n    timing: tháng 3\n'
        "    lead: Sở Y tế\n    executor: Sở Y tế; Sở Tài chính\n    coordinator: Sở Tài chính\n    advisor: Sở Y tế\n"
        "    deadlines:\n      - id: gui\n        within: 2023-03\n        who: Sở Tài chính\n        what: Gửi báo cáo\n"
        "    note: |-\n      gửi\n      sớm\n"
    )
    assert plan.tasks()[-1].content == "- một: hai\n\n  - ba # bốn"
    assert plan.check("--strict").code == 0


@pytest.mark.parametrize(
    ("option", "typed", "line", "said"),
    [
        ("--before", "20/2", "before: 2023-02-20", "trước 20/02/2023"),
        ("--before", "2023-03", "before: 2023-03", "trước 01/03/2023"),
        ("--by", "2023-02-20", "by: 2023-02-20", "chậm nhất 20/02/2023"),
        ("--by", "2023-02-20T17:00", "by: 2023-02-20T17:00", "chậm nhất 17:00 ngày 20/02/2023"),
        ("--day", "11/6/2023", "day: 2023-06-11", "ngày 11/06/2023"),
        ("--within", "2023-Q2", "within: 2023-Q2", "trong quý II/2023"),
        ("--every", "FREQ=MONTHLY;BYMONTHDAY=25", "every: FREQ=MONTHLY;BYMONTHDAY=25", "chậm nhất ngày 25 hằng tháng"),
        ("--waiting", "Kế hoạch: của Bộ", 'waiting: "Kế hoạch: của Bộ"', "chờ: Kế hoạch: của Bộ"),
        ("--ongoing", None, "ongoing: true", "thường xuyên"),
        ("--text", "Vào dịp 11/6/2023", "day: 2023-06-11\n        approximate: true", "vào dịp 11/06/2023"),
        (
            "--text",
            "Trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            "after:\n          event: nhận đủ hồ sơ\n          days: 10\n          unit: working",
            "sau 10 ngày làm việc kể từ: nhận đủ hồ sơ",
        ),
        (
            "--text",
            "Theo Kế hoạch của Thành phố",
            "waiting: Kế hoạch của Thành phố",
            "chờ: Kế hoạch của Thành phố",
        ),
    ],
)
def test_every_way_to_say_when(option, typed, line, said, plan):
    plan.write(f"{HEAD}tasks: []\n")
    ended = plan("a", "--title", "Việc", option, *([typed] if typed else []))
    assert (ended.code, ended.out) == (0, f"a/1: đã thêm, {said}\n")
    assert plan.text().endswith(f"    deadlines:\n      - {line}\n")


def test_words_that_name_several_deadlines(plan):
    words = "Họp Hội đồng trước ngày 20/02 (Sở Y tế trình hồ sơ trước 15/01)"
    ended = plan("a", "--section", "PL1.Q1", "--title", "Họp", "--text", words)
    assert ended.lines == [
        "a/PL1.3#hop-hoi-dong: đã thêm, trước 20/02/2023",
        "a/PL1.3#so-y-te: đã thêm, trước 15/01/2023",
    ]
    assert (
        f"    timing: {words}\n    deadlines:\n"
        "      - id: hop-hoi-dong\n        before: 2023-02-20\n        what: Họp Hội đồng\n        text: Họp Hội đồng trước ngày 20/02\n"
        "      - id: so-y-te\n        before: 2023-01-15\n        who: Sở Y tế\n        what: Trình hồ sơ\n"
        "        text: Sở Y tế trình hồ sơ trước 15/01\n"
    ) in plan.text()
    assert plan.check("--strict").code == 0


def test_a_second_deadline_gives_the_first_an_id(plan):
    plan.write(
        plan.text().replace("Trước ngày 20/02/2023", "Họp trước ngày 20/02/2023; Sở Y tế trình trước ngày 15/02/2023")
    )
    before = plan.text()
    ended = plan("PL1.1", "--text", "Sở Y tế trình trước ngày 15/02/2023", "--note", "qua văn thư")
    assert ended.lines == [
        "a/PL1.1#so-y-te: đã thêm, trước 15/02/2023",
        "thời hạn trước đây của a/PL1.1 nay là a/PL1.1#hop-truoc-ngay-20; trong lịch là sự kiện mới",
    ]
    assert plan.text() == before.replace(
        "      - before: 2023-02-20\n",
        "      - id: hop-truoc-ngay-20\n        before: 2023-02-20\n"
        "      - id: so-y-te\n        before: 2023-02-15\n        who: Sở Y tế\n        what: Trình\n"
        "        text: Sở Y tế trình trước ngày 15/02/2023\n        note: qua văn thư\n",
    )
    assert "TDKT103" not in plan.check().out


def test_the_id_of_the_first_as_typed_and_of_the_new_one(plan):
    plan("a/PL1.1", "--day", "3/3", "--what", "Họp lại", "--deadline-id", "lai", "--first-id", "hop")
    ended = plan("a/pl1.1", "--day", "4/3", "--what", "Họp lại")
    assert ended.out == "a/PL1.1#hop-lai: đã thêm, ngày 04/03/2023\n"
    assert [deadline.id for deadline in plan.tasks()[0].deadlines] == ["hop", "lai", "hop-lai"]
    assert plan("a/PL1.1", "--day", "5/3", "--what", "Họp lại").out.startswith("a/PL1.1#hop-lai-2: ")


def test_in_brackets(plan):
    ended = plan("a/PL1.2", "--by", "30/6", "--who", "Sở Y tế, Sở Tài chính")
    assert ended.code == 0
    assert (
        "    deadlines: [{id: quy-ii, within: 2023-Q2, text: Quý II},"
        ' {id: so-y-te-so, by: 2023-06-30, who: "Sở Y tế, Sở Tài chính"}]\n'
    ) in plan.text()


def test_lines_in_brackets_have_no_place(plan):
    before = plan.text()
    ended = plan("a/PL1.2", "--by", "30/6", "--note", "một\nhai")
    assert ended.code == 3
    assert ended.err.startswith("chưa ghi: plans/a.yaml: dòng ")
    assert plan.text() == before


def test_a_new_section(plan):
    plan.write(f"{HEAD}sections: {{}}\n\ntasks: []\n")
    plan("a", "--section", "I", "--heading", "I. Nhiệm vụ: chung", "--title", "A", "--text", "Quý I")
    plan("a", "--section", "II", "--heading", "II. Khác", "--title", "B", "--text", "Quý II")
    assert plan("a", "--section", "I", "--title", "C", "--text", "Quý III").out.startswith("a/I.2: ")
    assert plan.text() == (
        f'{HEAD}sections:\n  I: "I. Nhiệm vụ: chung"\n  II: II. Khác\n\ntasks:\n'
        "  - id: I.1\n    section: I\n    title: A\n    timing: Quý I\n    deadlines:\n      - within: 2023-Q1\n\n"
        "  - id: I.2\n    section: I\n    title: C\n    timing: Quý III\n    deadlines:\n      - within: 2023-Q3\n\n"
        "  - id: II.1\n    section: II\n    title: B\n    timing: Quý II\n    deadlines:\n      - within: 2023-Q2\n"
    )
    assert plan.check("--strict").code == 0


def test_a_section_whose_id_is_a_number(plan):
    plan.write(f"{HEAD}tasks: []\n")
    assert plan("a", "--section", "1", "--heading", "Một", "--title", "A", "--text", "Quý I").out.startswith("a/1.1: ")
    assert plan("a", "--section", "1", "--title", "B", "--text", "Quý I").out.startswith("a/1.2: ")
    assert plan.check("--strict").code == 0


def test_an_id_that_was_given_up_is_not_given_again(plan):
    plan.write(plan.text().replace("    title: Tổng kết\n", "    title: Tổng kết\n    former_ids:\n      - PL1.07\n"))
    assert plan("a", "--section", "PL1.Q2", "--title", "A", "--text", "Quý II").out.startswith("a/PL1.8: ")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(ending, mark, plan):
    before = mark + plan.text().replace("\n", ending)
    plan.write(before)
    plan("a", "--section", "PL1.Q1", "--title", "A", "--content", "một\nhai", "--text", "Quý I")
    added = came(before, plan.text())
    assert added.count("\n") == added.count(ending) == 10
    assert plan.tasks()[1].content == "một\nhai"


def test_a_dry_run_shows_the_change_and_writes_nothing(plan):
    before = plan.text()
    ended = plan("a", "--section", "PL1.Q2", "--title", "A", "--text", "Quý II", "--dry-run")
    assert ended.code == 0
    assert [line for line in ended.lines[2:] if line.startswith(("+", "-"))] == [
        "+",
        *("+  - id: PL1.3", "+    section: PL1.Q2", "+    title: A", "+    timing: Quý II", "+    deadlines:"),
        "+      - within: 2023-Q2",
    ]
    assert plan.text() == before


def test_undo_takes_it_back(plan, tdkt, tmp_path_factory):
    cache = str(tmp_path_factory.mktemp("cache"))
    before = plan.text()
    words = "Họp trước ngày 20/3; Sở Y tế trình trước ngày 15/3"
    assert plan("a/PL1.1", "--text", words, TDKT_CACHE=cache).code == 0
    assert len(plan.tasks()[0].deadlines) == 3
    assert tdkt("undo", folder=plan.folder, TDKT_CACHE=cache).code == 0
    assert plan.text() == before


def test_a_name_that_is_not_in_the_register_is_said_with_the_nearest(plan):
    ended = plan("plans/a.yaml", "--title", "A", "--executor", "Sở Y tê", "--text", "Quý II")
    assert ended.code == 0
    assert "TDKT301 “Sở Y tê” không có trong danh bạ u; có phải “Sở Y tế”?" in ended.err
    assert plan.tasks()[-1].executor == ("Sở Y tê",)


def test_in_a_repository_the_command_that_keeps_it_is_said(plan):
    subprocess.run(["git", "init", "--quiet", plan.folder], check=True)
    ended = plan("a", "--title", "A", "--text", "Quý II")
    assert ended.err == (
        "lưu vào git: git add -- plans/a.yaml"
        " && git commit --message 'a/1: đã thêm, trong quý II/2023' -- plans/a.yaml\n"
    )


WHEN = "--before, --by, --day, --within, --every, --waiting, --ongoing"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "còn thiếu: PLAN|REF"),
        (["aa"], "không có kế hoạch aa; có phải a?"),
        (["a/PL1.9"], "không có a/PL1.9; có phải a/PL1."),
        (["a"], "còn thiếu: --title"),
        (["a", "--title", "A"], f"còn thiếu: --text ({WHEN})"),
        (["a/PL1.1"], f"còn thiếu: --text ({WHEN})"),
        (["a", "--title", "A", "--by", "20/2", "--day", "20/2"], f"một thời hạn chỉ có một trong {WHEN}"),
        (["a", "--title", "A", "--by", "31/2/2023"], "--by: “31/2/2023”: tháng 2/2023 chỉ có 28 ngày"),
        (["a", "--title", "A", "--before", "31/11"], "--before: “31/11”: tháng 11/2023 chỉ có 30 ngày"),
        (["a", "--title", "A", "--by", "- x: 2"], "--by: "),
        (["a", "--title", "A", "--within", "2023-Q5"], "--within: "),
        (["a", "--title", "A", "--every", "hằng tháng"], "--every: "),
        (["a", "--title", "A", "--every", "FREQ=DAILY\ndone: 2023-01-01"], "--every: "),
        (["a", "--title", "A", "--waiting", " "], "--waiting: "),
        (["a", "--title", "A", "--text", "Quý I", "--id", "Một"], "--id: "),
        (
            ["a", "--title", "A", "--text", "Quý I", "--id", "PL1.1"],
            "mã PL1.1 đã dùng trong kế hoạch này; hãy chọn mã khác, ví dụ 1",
        ),
        (["a", "--title", "A", "--text", "Quý I", "--executor", ";"], "--executor: "),
        (["a", "--title", "A", "--text", "Quý I", "--who", ";"], "--who: "),
        (["a", "--title", "A", "--text", "Quý I", "--deadline-id", "h p"], "--deadline-id: "),
        (["a", "--title", "A", "--text", "Quý I", "--section", "PL1.Q3"], "chưa khai mục PL1.Q3; có phải PL1.Q"),
        (["a", "--title", "A", "--text", "Quý I", "--section", "zzz"], "còn thiếu: --heading"),
        (["a", "--title", "A", "--text", "Quý I", "--section", "z z", "--heading", "x"], "--section: "),
        (
            ["a", "--title", "A", "--text", "Quý I", "--section", "PL1", "--heading", "x"],
            "mục PL1 đã có tên “Phụ lục 1”",
        ),
        (["a", "--title", "A", "--text", "Quý I", "--heading", "x"], "còn thiếu: --section"),
        (["a", "--title", "A", "--text", "Quý I", "--first-id", "x"], "--first-id không dùng với nhiệm vụ mới"),
        (["a/PL1.1", "--title", "A", "--text", "Quý I"], "--title không dùng với nhiệm vụ đã có"),
        (["a/PL1.1", "--text", "Quý I", "--first-id", "h p"], "--first-id: "),
        (["a/PL1.1", "--text", "Quý I", "--first-id", "h", "--deadline-id", "h"], "mã h đã dùng trong nhiệm vụ này"),
        (
            ["a/PL1.1", "--text", "Họp trước 20/2; Sở Y tế trình trước 15/1", "--what", "Họp"],
            "lời văn nêu nhiều thời hạn, nên --deadline-id, --who và --what",
        ),
        (["a", "--title", "A\u202e", "--text", "Quý I"], "có ký tự không hiện ra, U+202E, trong “A\\u202e”; hãy bỏ nó"),
    ],
)
def test_what_is_refused(typed, said, plan):
    before = plan.text()
    ended = plan(*typed)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1].startswith(f"tdkt: {said}")
    assert plan.text() == before


def test_a_deadline_is_no_place_for_another(plan):
    plan("a/PL1.1", "--day", "3/3", "--first-id", "hop")
    ended = plan("a/PL1.1#hop", "--day", "4/3")
    assert (ended.code, ended.err) == (
        2,
        "tdkt: a/PL1.1#hop là một thời hạn; thời hạn mới được thêm vào nhiệm vụ: a/PL1.1\n",
    )
    ended = plan("a/PL1.1", "--day", "4/3", "--first-id", "x")
    assert (ended.code, ended.err) == (2, "tdkt: --first-id chỉ dùng với nhiệm vụ có đúng một thời hạn chưa có mã\n")


@pytest.mark.parametrize("words", ["sớm nhất có thể", "31/4/2023", "Trước 20/2 hoặc sau khi xong"])
def test_words_that_say_nothing_for_sure_need_a_date_beside_them(words, plan):
    before = plan.text()
    ended = plan("a", "--title", "A", "--text", words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(f"tdkt: lời văn chưa cho biết chắc thời hạn; hãy nêu thêm: {WHEN}\n")
    assert len(ended.err.splitlines()) > 1
    assert plan.text() == before
    assert plan("a", "--title", "A", "--text", words, "--by", "20/2").code == 0
    assert plan.tasks()[-1].timing == words


HOSTILE = [
    'hai\ndòng: x\n- "ba"',
    "tasks: [{",
    "# ghi chú",
    "- gạch",
    "a # b: c",
    '"ngoặc',
    "{a: b}",
    "*sao &neo !tag %x @y `z",
    "yes",
    "null",
    "2026",
    "12:30",
    "<<: x",
    "kết thúc:",
    "\\u202e \\n",
    "<<<<<<< HEAD",
    "|-",
    "a\n\n\n  b\t\nc: d\n---\n...",
    "# tdkt: ignore[TDKT301] x",
    "Ho\u0323\u0302i đo\u0302\u0300ng",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_ends_as_data(text, plan):
    before = plan.tasks()
    options = [
        word
        for name in ("title", "content", "lead", "what", "note", "text", "executor")
        for word in (f"--{name}", text)
    ]
    assert plan("a", "--section", "PL1.Q1", *options, "--by", "20/2").code == 0
    assert plan("a/PL1.1", "--by", "20/2", "--text", text, "--what", text, "--who", text, "--note", text).code == 0
    task = plan.tasks()[1]
    nfc = unicodedata.normalize("NFC", text)
    lines, line = "\n".join(line.rstrip() for line in nfc.strip().split("\n")), " ".join(nfc.split())
    assert (task.title, task.deadlines[0].what) == (line, line)
    assert "; ".join(task.lead) == "; ".join(task.executor) == line
    whole = lines if "\n" in lines else line
    assert (task.content, task.note, task.timing) == (whole, whole, whole)
    added = plan.tasks()[0].deadlines[1]
    assert (added.what, "; ".join(added.who), added.text, added.note) == (line, line, whole, whole)
    assert plan.tasks()[2] == before[1]


def test_on_a_terminal_it_asks_for_what_is_missing(typed_into, plan):
    answers = ["PL1.Q1", "", "Trình hồ sơ", "", "Sở Y tế", "", "", "sớm nhất", "", "trước ngày 20/3/2023", "PL1.1", ""]
    ended = typed_into(plan.folder, "add", "a", answers=answers, TDKT_TODAY="2023-01-10")
    assert ended.code == 0
    assert "Mục: PL1, PL1.Q1, PL1.Q2 (Enter: không có): " in ended.out
    assert "còn thiếu: --title" in ended.out
    assert "lời văn chưa cho biết chắc thời hạn" in ended.out
    assert "mã PL1.1 đã dùng trong kế hoạch này" in ended.out
    assert "Mã nhiệm vụ [PL1.3]: " in ended.out
    assert ended.lines[-1] == "a/PL1.3: đã thêm, trước 20/03/2023"
    assert (
        "    title: Trình hồ sơ\n    timing: trước ngày 20/3/2023\n    executor: Sở Y tế\n    deadlines:\n      - before: 2023-03-20\n"
    ) in plan.text()


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (["c"], 0, ""),
        (["ừ", "", " C "], 0, "hãy trả lời c (có) hoặc k (không)"),
        (["k", ""], 2, "lời văn chưa cho biết chắc thời hạn; hãy nêu thêm: --before"),
        (["không", "31/6", "31/1"], 0, "đã thêm, chậm nhất 31/01/2023"),
    ],
)
def test_on_a_terminal_a_person_decides_what_is_not_sure(answers, code, said, typed_into, plan):
    words = "Trước 20/2 hoặc sau khi xong"
    ended = typed_into(
        plan.folder, "add", "a", "--title", "A", "--text", words, answers=answers, TDKT_TODAY="2023-01-10"
    )
    assert ended.code == code
    assert "Có đúng như vậy không? (c/k): " in ended.out
    assert said in ended.out
    assert (plan.tasks()[-1].title == "A") is not bool(code)


def test_on_a_terminal_a_name_that_is_not_in_the_register_is_asked_again(typed_into, plan):
    answers = [
        "",
        "Trình hồ sơ",
        "",
        "Sở Y tá",
        "Sở Y tế; Sở Tài chính",
        "Tổ Mới",
        "Tổ Mới",
        "",
        "trước ngày 20/3/2023",
        "",
    ]
    ended = typed_into(plan.folder, "add", "a", answers=answers, TDKT_TODAY="2023-01-10")
    assert ended.code == 0
    assert (
        "“Sở Y tá” không có trong danh bạ nào; có phải “Sở Y tế”? (gõ lại lần nữa nếu vẫn muốn ghi như vậy)"
        in ended.out
    )
    task = plan.tasks()[-1]
    assert (task.executor, task.coordinator) == (("Sở Y tế", "Sở Tài chính"), ("Tổ Mới",))


def test_from_nothing_to_a_plan(tdkt, tmp_path):
    def run(*arguments):
        ended = (
            tdkt(*arguments, "--today", "2026-01-05", folder=tmp_path)
            if arguments[0] != "init"
            else tdkt("init", folder=tmp_path)
        )
        assert ended.code == 0
        return ended

    run("init")
    register = tmp_path / "plans" / "units" / "don-vi.yaml"
    bodies = "bodies:\n  - id: van-phong\n    name: Văn phòng\n\n  - id: so-y-te\n    name: Sở Y tế\n"
    register.write_text(register.read_text("utf-8").replace("bodies: []\n", bodies), "utf-8")
    run(
        "new",
        "kh-2026",
        "--title",
        "Kế hoạch năm 2026",
        "--year",
        "2026",
        "--number",
        "1/KH-UBND",
        "--issued",
        "2025-12-20",
    )
    for title, section, words in (
        ("Họp Hội đồng", "I", "trước ngày 20/02/2026"),
        ("Sơ kết", "II", "Quý II"),
        ("Báo cáo tháng", "I", "ngày 25 hằng tháng"),
        ("Họp", "I", "Họp trước ngày 20/3 (Sở Y tế trình hồ sơ trước 15/3)"),
    ):
        heading = () if title.startswith("B") or title == "Họp" else ("--heading", f"Phần {section}")
        run(
            "add",
            "kh-2026",
            "--title",
            title,
            "--section",
            section,
            "--executor",
            "Văn phòng",
            "--text",
            words,
            *heading,
        )
    checked = run("check", "--strict")
    assert checked.lines[0].startswith("đã kiểm tra 3 tệp, không có lỗi")
    assert tdkt("fmt", "--check", folder=tmp_path).code == 0
    listed = run("due", "--days", "60", "--format", "json")
    assert [record["ref"] for record in listed.records] == [
        "kh-2026/I.2@2026-01-25",
        "kh-2026/I.1",
        "kh-2026/I.2@2026-02-25",
    ]


def test_what_repeats_a_task_follows_its_deadline(plan, tdkt):
    repeated = TASKS + (
        "\n  - id: PL2.1\n    title: Họp lại\n    executor: Ban Thi đua\n    deadlines:\n"
        "      - before: 2023-02-20\n        same_as: PL1.1\n"
    )
    plan.write(HEAD + SECTIONS + repeated)
    ended = plan("a/PL1.1", "--by", "3/3/2023", "--what", "Báo cáo")
    assert ended.code == 0
    (new,) = [line.strip() for line in plan.file.read_text("utf-8").splitlines() if "same_as" in line]
    assert new.startswith("same_as: PL1.1#")
    assert f"a/PL2.1 nay lặp lại {new.removeprefix('same_as: ')}" in ended.out
    assert "TDKT105" not in tdkt("check", folder=plan.folder).out
