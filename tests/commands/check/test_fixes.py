"""What tdkt check --fix mends besides dates, what only --unsafe-fixes does, and what --diff shows; the other bytes of a file stay."""

from textwrap import dedent

import pytest

from tdkt_cli.commands.check import fixes

REGISTER = dedent("""\
    tdkt: units/1
    id: u
    name: Danh bạ
    bodies:
      - id: so-y-te
        name: Sở Y tế
      - id: so-tai-chinh
        name: Sở Tài chính
        aliases: []
""")
PLAN = """\
tdkt: plan/1
id: b
document:   # văn bản
  number: '2/KH-UBND'
  title:   Kế hoạch B
  issued: 2022-12-01
period: 2023
units: u


sections: {I: Phần I, II: Phần II}
tasks:
  - {id: "1", title: "Họp", executor: "Sở Y tế" , section: I, timing: Trước 21/02/2023, deadlines: [before: 2023-02-21]}
  # chú thích
  -   id: "2"
      title: >-
        Nộp
        báo cáo
      executor: 'Sở Y tế'   # ai
      coordinator: |
        Sở Tài chính
      section: II
      timing: Đến 21/02/2023
      deadlines:
        -   by: 2023-02-21
            note: |+
              a

# hết
"""


@pytest.fixture
def mend(tdkt, project):
    """Check with these options a folder whose only plan (and register) this is; how it ended, and what the files then are."""

    def run(plan, *typed, register=REGISTER, **more):
        folder = project(**{"plans/a.yaml": None, "plans/units/u.yaml": None, "plans/b.yaml": None})
        files = {"plans/b.yaml": plan, "plans/units/u.yaml": register} | more
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        ended = tdkt("check", *typed, "--today", "2023-01-10", folder=folder)
        return ended, {name: (folder / name).read_bytes().decode() for name in files}

    return run


WHO, DAY, IDLE = "'Sở Y tế'", "by: 2023-02-21", "# tdkt: ignore[TDKT601] đã hỏi"
SURE = [  # what stands there, what is written there instead, what comes of it, what is said
    ('"Sở Y tế"', '"So Y te"', '"Sở Y tế"', "13: So Y te → Sở Y tế"),
    (WHO, "'Sở y tê'", WHO, "19: Sở y tê → Sở Y tế"),
    (WHO, "'Sở Y tế;  So Tai chinh'", "'Sở Y tế;  Sở Tài chính'", "19: So Tai chinh → Sở Tài chính"),
    (WHO, "'Sở Y tế, Sở Tài chính'", "'Sở Y tế; Sở Tài chính'", "19: Sở Y tế, Sở Tài chính → Sở Y tế; Sở Tài chính"),
    (WHO, "\n        - Sở Y tế\n        - So tai chinh", "\n        - Sở Y tế\n        - Sở Tài chính", "21: So tai chinh → Sở Tài chính"),
    ("    Sở Tài chính", "    So Tai Chinh", "    Sở Tài chính", "20: So Tai Chinh → Sở Tài chính"),
    (DAY, f"{DAY}  {IDLE}", DAY, "25: bỏ lời bỏ qua quy tắc"),
    (DAY, f"{DAY} # như văn bản {IDLE}", f"{DAY} # như văn bản", "25: bỏ lời bỏ qua quy tắc"),
    ("  # chú thích", f"  # chú thích\n  {IDLE}", "  # chú thích", "14: bỏ lời bỏ qua quy tắc"),
    ("# hết\n", f"# hết\n{IDLE}", "# hết", "29: bỏ lời bỏ qua quy tắc"),
    ("tdkt: plan/1\n", f"{IDLE}\ntdkt: plan/1\n", "tdkt: plan/1\n", "1: bỏ lời bỏ qua quy tắc"),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("place", "wrong", "right", "told"), SURE)
def test_what_is_sure_is_mended_and_nothing_else_changes(mend, place, wrong, right, told, newline):
    assert PLAN.count(place) == 1
    before, after = (PLAN.replace(place, words).replace("\n", newline) for words in (wrong, right))
    ended, files = mend(before, "--fix")
    assert ended.err == f"đã ghi: plans/b.yaml:{told}\n"
    assert files["plans/b.yaml"] == after


def test_what_is_sure_is_said_to_be(mend):
    plan = PLAN.replace("'Sở Y tế'", "'So Y te'").replace("2023-02-21\n", "2023-02-21  # tdkt: ignore[TDKT601] x\n")
    ended, files = mend(plan)
    assert files["plans/b.yaml"] == plan
    assert [line.partition(" [")[2] for line in ended.lines if ": TDKT" in line] == [
        "--fix sửa được]",
        "--fix sửa được] [cảnh báo]",
    ]
    assert "Sửa giúp được 2 chỗ: tdkt check --fix" in ended.lines
    assert [entry.get("fix") for entry in mend(plan, "--format", "json")[0].records] == ["safe", "safe"]


def test_of_several_rules_in_a_comment_the_others_stay(mend):
    rest = "by: 2024-06-09  # tdkt: ignore[{}] việc của năm sau"
    plan = PLAN.replace("by: 2023-02-21", rest.format("TDKT601,TDKT202, TDKT203")).replace(
        "Đến 21/02/2023", "Đến 09/6/2024"
    )
    ended, files = mend(plan, "--fix")
    assert files["plans/b.yaml"] == plan.replace("[TDKT601,TDKT202, TDKT203]", "[TDKT202, TDKT203]")
    assert "đã ghi: plans/b.yaml:25: # tdkt: ignore[TDKT202, TDKT203] việc của năm sau\n" in ended.err


def test_a_register_is_mended_too(mend):
    register = REGISTER.replace("name: Sở Y tế\n", "name: Sở Y tế # tdkt: ignore[TDKT303] x\n")
    ended, files = mend(PLAN, "--fix", register=register)
    assert (ended.code, files["plans/units/u.yaml"]) == (0, REGISTER)


def test_a_comment_stays_where_not_everything_was_read(mend):
    plan = PLAN.replace("2023-02-21\n", "2023-02-21  # tdkt: ignore[TDKT601] x\n")
    ended, files = mend(plan, "--fix", **{"plans/c.yaml": "tasks: ["})
    assert files["plans/b.yaml"] == plan
    assert "đã ghi" not in ended.err
    _, files = mend(plan, "--fix", "--unsafe-fixes", **{"plans/c.yaml": "tasks: ["})
    assert files["plans/b.yaml"] == PLAN


def test_a_comment_about_two_plans_stays_where_one_was_asked_for(mend):
    plan = PLAN.replace("id: b\n", "id: b  # tdkt: ignore[TDKT109] chuyển kho\n")
    _, files = mend(plan, "plans/b.yaml", "--fix")
    assert files["plans/b.yaml"] == plan


UNSURE = [
    ("'Sở Y tế'", "'Sở Y tá'"),
    ("'Sở Y tế'", "'Sớ Y tế'"),
    ("'Sở Y tế'", "'Sớ Y te'"),
    ("section: II\n", "section: III\n"),
    ("units: u\n", "units: uu\n"),
]


@pytest.mark.parametrize(("right", "wrong"), UNSURE)
def test_what_is_not_sure_is_mended_only_when_asked_for(mend, right, wrong):
    plan = PLAN.replace(right, wrong)
    ended, files = mend(plan, "--fix")
    assert (ended.code, files["plans/b.yaml"]) == (1, plan)
    assert "Sửa thêm được 1 chỗ nhưng phải xem lại: tdkt check --fix --unsafe-fixes" in ended.lines
    assert "--fix sửa được" not in ended.out
    ended, files = mend(plan, "--fix", "--unsafe-fixes")
    assert (ended.code, files["plans/b.yaml"]) == (0, PLAN)


def test_a_reference_and_a_needless_correction(mend):
    lines = "            same_as: b/11\n            correction: nhầm\n"
    plan = PLAN.replace("        -   by: 2023-02-21\n", f"        -   before: 2023-02-21\n{lines}")
    plan = plan.replace("Đến 21/02/2023", "Trước 21/02/2023")
    assert {entry["rule"] for entry in mend(plan, "--format", "json")[0].records} == {"TDKT105", "TDKT606"}
    ended, files = mend(plan, "--fix", "--unsafe-fixes")
    assert files["plans/b.yaml"] == plan.replace("b/11", "b/1").replace("            correction: nhầm\n", "")
    assert ended.err.splitlines() == ["đã ghi: plans/b.yaml:26: b/11 → b/1", "đã ghi: plans/b.yaml:26: bỏ correction"]


def test_what_cannot_be_mended_does_not_keep_the_rest_from_it(mend):
    twice = PLAN.replace("'Sở Y tế'", "'So Y te; So Y te'").replace(
        "2023-02-21\n", "2023-02-21 # tdkt: ignore[TDKT601] x\n"
    )
    ended, files = mend(twice, "--fix")
    assert files["plans/b.yaml"] == twice.replace(" # tdkt: ignore[TDKT601] x", "")
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["đã ghi", "chưa ghi", "chưa ghi"]


TASK = '  - {{id: "{n}", title: Họp, executor: {who}, deadlines: [by: 2023-02-21]}}\n'
BODIES = REGISTER.replace("    aliases: []\n", '  - id: ban-a\n    name: "Ban A: 1"\n')
# What is written with an escape, and what would need quotes.
BAD = ['"So T\\x61i chinh"', "Ban A 1"]


@pytest.mark.parametrize("bad", BAD)
def test_every_fix_that_can_be_made_is_made_however_many_cannot(mend, monkeypatch, bad):
    calls = []
    real = fixes.changed
    monkeypatch.setattr(fixes, "changed", lambda *more: calls.append(1) or real(*more))
    head = (
        "tdkt: plan/1\nid: b\ndocument: {number: 2/KH, title: B, issued: 2022-12-01}\nperiod: 2023\nunits: u\ntasks:\n"
    )
    plan = head + "".join(TASK.format(n=n, who=bad if n % 2 else "So Y te") for n in range(1, 201))
    ended, files = mend(plan, "--fix", "--unsafe-fixes", register=BODIES)
    assert files["plans/b.yaml"] == plan.replace("So Y te", "Sở Y tế")
    said = [line.partition(":")[0] for line in ended.err.splitlines()]
    assert (said.count("đã ghi"), said.count("chưa ghi")) == (100, 100)
    assert len(calls) < 10


def test_a_fix_can_clear_the_way_for_another(mend):
    register = REGISTER.replace("    aliases: []\n", "  - id: so-y-te-b\n    name: Sở Y tế B\n")
    for names in ("So Y te; So Y te B", "So Y te B; So Y te"):
        ended, files = mend(PLAN.replace(WHO, names), "--fix", register=register)
        assert files["plans/b.yaml"] == PLAN.replace(WHO, names.replace("So Y te", "Sở Y tế"))
        assert ended.err.count("chưa ghi") == 0


def test_what_was_not_tried_is_said_not_to_have_been(mend, monkeypatch):
    monkeypatch.setattr(fixes, "obstacles", lambda _source, changes, _made: [None for _ in changes])
    monkeypatch.setattr(fixes, "_MOST_TRIES", 0)
    plan = PLAN.replace(WHO, "'So Y te; So Y te'").replace(DAY, f"{DAY}  {IDLE}")
    ended, files = mend(plan, "--fix", "--lang", "en")
    assert files["plans/b.yaml"] == plan
    assert [": not tried" in line for line in ended.err.splitlines()] == [True] * 3


def test_idle_comments_one_below_another_leave_no_empty_line(mend):
    lines = PLAN.splitlines(keepends=True)
    for n in (0, 1, 5, 10, 11, 13, 14, len(lines)):
        before = "".join((*lines[:n], f"{IDLE}\n" * 2, *lines[n:]))
        ended, files = mend(before, "--fix")
        assert (ended.err.count("đã ghi"), files["plans/b.yaml"]) == (2, PLAN)


def test_many_that_cannot_be_mended_take_no_time_beyond_measure(mend, monkeypatch):
    calls = []
    real = fixes.changed
    monkeypatch.setattr(fixes, "changed", lambda *more: calls.append(1) or real(*more))
    plan = PLAN.replace(WHO, "; ".join(["So Y te"] * 400)).replace(DAY, f"{DAY}  {IDLE}")
    ended, _ = mend(plan, "--fix")
    assert len(ended.err.splitlines()) == 401
    assert len(calls) < 200


def test_what_is_ignored_is_not_mended(mend):
    plan = PLAN.replace("'Sở Y tế'", "'So Y te'")
    assert mend(plan, "--fix", "--ignore", "TDKT301")[1]["plans/b.yaml"] == plan
    assert mend(plan, "--fix", "--select", "TDKT1")[1]["plans/b.yaml"] == plan


# --diff


@pytest.mark.parametrize("typed", [("--diff",), ("--fix", "--diff")])
def test_a_diff_shows_what_would_be_written_and_writes_nothing(mend, typed):
    plan = PLAN.replace("'Sở Y tế'", "'So Y te'").replace("section: II\n", "section: III\n")
    ended, files = mend(plan, *typed)
    assert files["plans/b.yaml"] == plan
    assert ended.lines[:3] == ["--- a/plans/b.yaml", "+++ b/plans/b.yaml", "@@ -16,7 +16,7 @@"]
    changed = [line for line in ended.lines[3:] if line[0] in "+-"]
    assert changed == ["-      executor: 'So Y te'   # ai", "+      executor: 'Sở Y tế'   # ai"]
    assert (ended.code, ended.err.splitlines()) == (
        1,
        ["1 tệp sẽ thay đổi", "Sửa thêm được 1 chỗ nhưng phải xem lại: tdkt check --fix --unsafe-fixes"],
    )
    assert "+      section: II" in mend(plan, *typed, "--unsafe-fixes")[0].lines


def test_a_diff_of_nothing_is_fine_whatever_else_is_wrong(mend):
    ended, _ = mend(PLAN.replace("'Sở Y tế'", "'Công ty lạ hoắc'"), "--diff")
    assert (ended.code, ended.out, ended.err) == (0, "", "0 tệp sẽ thay đổi\n")


def test_unsafe_fixes_alone(mend):
    ended, _ = mend(PLAN, "--unsafe-fixes")
    assert (ended.code, ended.err) == (2, "tdkt: --unsafe-fixes chỉ đi với --fix hoặc --diff\n")


def test_a_file_that_cannot_be_read_counts_in_a_diff_too(mend):
    assert mend(PLAN, "--diff", "plans/b.yaml", "plans/zzz.yaml")[0].code == 3
