"""The commands that change plans beside done and undone: what they record, their opposites, what they refuse."""

import os
import subprocess

import pytest

from tdkt_cli.files.edit import undo_log

EVENTS = """\
    tdkt: plan/1
    id: c
    document:
      number: 3/KH-UBND
      title: Kế hoạch C
      issued: 2022-12-01
    period: 2023
    units: u
    tasks:
      - id: "1"
        title: Thẩm định
        executor: Sở Tài chính
        deadlines:
          - after:
              event: nhận đủ hồ sơ
              days: 10
              unit: working
      - id: "2"
        title: Góp ý
        executor: Các ngành
        deadlines:
          - id: gop-y
            by: 2023-02-10T17:00
          - id: moi
            every: FREQ=MONTHLY;BYMONTHDAY=10
            bound: before
          - id: khac
            within: 2023-Q1
"""
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Lan",
    "GIT_AUTHOR_EMAIL": "lan@example.vn",
    "GIT_COMMITTER_NAME": "Lan",
    "GIT_COMMITTER_EMAIL": "lan@example.vn",
}


@pytest.fixture
def edit(tdkt, project, tmp_path):
    """Run a command that changes the small project and a plan of events as of 22/02/2023."""
    project(**{"plans/c.yaml": EVENTS})

    def run(*arguments, today="2023-02-22", **env):
        return tdkt(*arguments, "--today", today, folder=tmp_path, TDKT_CACHE=str(tmp_path / "cache"), **env)

    run.plans = {name: tmp_path / f"plans/{name}.yaml" for name in "abc"}
    run.before = {name: file.read_bytes() for name, file in run.plans.items()}
    return run


def came(edit, name):
    """The lines that came into a plan, where none went."""
    old = edit.before[name].decode().splitlines()
    new = edit.plans[name].read_text("utf-8").splitlines()
    added = [line for line in new if line not in old]
    assert [line for line in new if line not in added] == old
    return [line.strip() for line in added]


def unchanged(edit):
    return {name: file.read_bytes() for name, file in edit.plans.items()} == edit.before


def git(folder, *arguments):
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | GIT, check=True, capture_output=True, encoding="utf-8").stdout


MOVES = [
    ("a/1#hop", "1/3/2023", [], "a", ["before: 2023-03-01"], "trước 20/02/2023 -> trước 01/03/2023"),
    ("a/1#hop", "1/3", ["--as", "by"], "a", ["by: 2023-03-01"], "trước 20/02/2023 -> chậm nhất 01/03/2023"),
    ("a/2", "2023-Q2", [], "a", ["within: 2023-Q2"], "ngày 05/03/2023 -> trong quý II/2023"),
    ("a/2", "4/2023", [], "a", ["within: 2023-04"], "ngày 05/03/2023 -> trong tháng 04/2023"),
    ("a/3", "2023-06-01", [], "a", ["by: 2023-06-01"], "chờ: Kế hoạch của Bộ -> chậm nhất 01/06/2023"),
    ("c/2#gop-y", "2023-03-01T09:30", [], "c", ["by: 2023-03-01T09:30"], "-> chậm nhất 09:30 ngày 01/03/2023"),
    ("c/2#khac", "2023-04-15", [], "c", ["by: 2023-04-15"], "trong quý I/2023 -> chậm nhất 15/04/2023"),
    ("c/2#moi@2023-03-10", "15/3", [], "c", ["before: 2023-03-15"], "định kỳ, 10/03/2023 -> trước 15/03/2023"),
]


@pytest.mark.parametrize(("ref", "day", "more", "plan", "lines", "said"), MOVES)
def test_moved_and_moved_back(edit, ref, day, more, plan, lines, said):
    ended = edit("move", ref, day, *more, "--document", "311/UBND", "--reason", "hoãn: mưa", "--on", "10/2/2023")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{ref}: ")
    assert ended.out.endswith(f"{said}\n")
    details = ["date: 2023-02-10", "document: 311/UBND", 'reason: "hoãn: mưa"']
    wanted = [f"- {lines[0]}", *lines[1:], *details]
    assert [line for line in came(edit, plan) if line not in {"occurrences:", "moved:", "2023-03-10:"}] == wanted
    ended = edit("unmove", ref)
    assert (ended.code, ended.err) == (0, "")
    assert unchanged(edit)


def test_a_time_of_day_is_said_in_plain_lines_too(edit):
    (line,) = [line for line in edit("list", "--plan", "c").lines if "c/2#gop-y" in line]
    assert line.endswith("Các ngành: Góp ý · chậm nhất 17:00 ngày 10/02/2023")


def test_a_second_move_follows_the_first_and_the_first_date_stays(edit):
    edit("move", "a/1#hop", "2023-03-01")
    edit("move", "a/1#hop", "2023-03-10")
    shown = edit("show", "a/1#hop").out
    assert "trước 10/03/2023" in shown
    assert "hạn đầu" in shown
    assert "trước 20/02/2023" in shown
    assert came(edit, "a") == ["moved:", "- before: 2023-03-01", "- before: 2023-03-10"]
    edit("unmove", "a/1#hop")
    assert came(edit, "a") == ["moved:", "- before: 2023-03-01"]


def test_cancelled_and_not(edit):
    ended = edit("cancel", "a/1#hop", "c/2#moi", "--reason", "thôi", "--document", "5/QĐ")
    assert ended.lines == ["a/1#hop: hủy ngày 22/02/2023", "c/2#moi: hủy ngày 22/02/2023"]
    assert came(edit, "a") == ["cancelled:", "date: 2023-02-22", "document: 5/QĐ", "reason: thôi"]
    states = {item["ref"]: item["state"] for item in edit("list", "--format", "json", "--plan", "c").records}
    assert states["c/2#moi@2023-02-10"] == "overdue"
    assert states["c/2#moi@2023-03-10"] == "cancelled"
    edit("uncancel", "a/1#hop", "c/2#moi")
    assert unchanged(edit)


def test_an_event_gives_a_date(edit):
    ended = edit("occurred", "c/1", "6/2/2023")
    assert ended.lines == ["c/1: nhận đủ hồ sơ ngày 06/02/2023, nên hạn là 20/02/2023"]
    assert came(edit, "c") == ["occurred: 2023-02-06"]
    assert edit("occurred", "c/1", "2023-02-07").lines[0].endswith("nên hạn là 21/02/2023; trước đây: 06/02/2023")
    assert came(edit, "c") == ["occurred: 2023-02-07"]


def test_a_duty_that_arises_is_done_on_its_day(edit):
    ended = edit("done", "a/3@2023-01-15", "--on", "2023-01-20")
    assert ended.lines == ["a/3@2023-01-15: xong ngày 20/01/2023"]
    assert came(edit, "a") == ["occurrences:", "2023-01-15:", "done: 2023-01-20"]
    edit("undone", "a/3@15/1")
    assert unchanged(edit)


def test_received_and_who_is_missing(edit):
    edit("move", "a/2", "2023-03-05", "--as", "by")  # an act whose advisor is a class
    ended = edit("received", "a/2", "y te", "--on", "1/2/2023", "--document", "7/BC")
    assert (ended.lines, ended.err) == (["a/2: nhận của Sở Y tế ngày 01/02/2023 (1/2)"], "")
    shown = edit("missing", "a/2", today="2023-03-07")
    assert shown.lines == [
        "a/2: Ăn mừng",
        "  chậm nhất 05/03/2023 · đã nhận 1/2",
        "",
        "Chưa gửi (1)",
        "  Sở Tài chính · quá hạn 2 ngày",
        "",
        "Đã gửi, đúng hạn (1)",
        "  Sở Y tế · 01/02/2023 · 7/BC",
    ]
    assert edit("received", "a/2", "tai chinh", "--on", "7/3/2023", today="2023-03-07").code == 0
    assert (
        "Đã gửi, quá hạn (1)\n  Sở Tài chính · 07/03/2023 · quá hạn 2 ngày"
        in edit("missing", "a/2", today="2023-03-08").out
    )
    assert edit("show", "a/2", today="2023-03-08").out.count("Đã hoàn thành (quá hạn)") == 1
    edit("unreceived", "a/2", "tai chinh", "y te")
    edit("unmove", "a/2")
    assert unchanged(edit)


def test_missing_lists_what_is_awaited(edit):
    assert edit("missing", "--plan", "a", today="2023-03-01").lines == [
        "a/2 · đã nhận 0/2 · còn thiếu: Sở Y tế; Sở Tài chính"
    ]
    assert edit("missing", "--plan", "b").lines == ["Không có việc nào khớp"]
    (found,) = edit("missing", "a/2", "--format", "json", today="2023-03-07").records
    assert (found["ref"], found["expected"], found["received"]) == ("a/2", 2, [])
    assert found["missing"][0] == {"id": "so-y-te", "name": "Sở Y tế", "days_late": 2}


def test_an_open_class_takes_any_body(edit):
    assert edit("received", "c/2#gop-y", "y te").lines == ["c/2#gop-y: nhận của Sở Y tế ngày 22/02/2023"]
    assert "danh bạ chưa có đủ thành viên" in edit("missing", "c/2#gop-y").out
    assert "quá hạn 12 ngày" in edit("missing", "c/2#gop-y").out


def test_notes(edit):
    assert edit("note", "a/1", "gọi lại: thứ Hai").lines == ["a/1: đã ghi chú"]
    assert edit("note", "a/1#hop", "họp ở hội trường").lines == ["a/1#hop: đã ghi chú"]
    assert edit("note", "b/1@28/2", "chờ").lines == ["b/1@2023-02-28: đã ghi chú"]
    assert came(edit, "a") == ["note: họp ở hội trường", 'note: "gọi lại: thứ Hai"']
    ended = edit("note", "a/1", "khác")
    assert (ended.code, ended.err) == (
        2,
        "tdkt: a/1 đã có ghi chú: “gọi lại: thứ Hai”; --replace ghi đè bằng ghi chú mới\n",
    )
    edit("note", "a/1", "khác", "--replace")
    assert came(edit, "a") == ["note: họp ở hội trường", "note: khác"]


def test_undo_takes_the_last_edits_back_one_by_one(edit):
    edit("done", "a/1#hop", "b/1@2023-01-31")
    after = edit.plans["a"].read_bytes(), edit.plans["b"].read_bytes()
    edit("cancel", "a/2")
    assert edit("undo").lines == ["hoàn tác: a/2: hủy ngày 22/02/2023"]
    assert (edit.plans["a"].read_bytes(), edit.plans["b"].read_bytes()) == after
    shown = edit("undo", "--dry-run")
    assert "-        done: 2023-02-22" in shown.lines
    assert edit("undo").lines == [
        "hoàn tác: a/1#hop: xong ngày 22/02/2023",
        "hoàn tác: b/1@2023-01-31: xong ngày 22/02/2023",
    ]
    assert unchanged(edit)
    assert edit("undo") == (2, "", "tdkt: ở đây không có gì để hoàn tác\n")


def test_undo_leaves_a_file_that_has_changed_since(edit):
    edit("done", "a/1#hop", "b/1@2023-01-31")
    with edit.plans["b"].open("ab") as file:
        file.write("# của Lan\n".encode())
    before = edit.plans["a"].read_bytes()
    ended = edit("undo")
    assert (ended.code, ended.err) == (
        3,
        "chưa ghi: plans/b.yaml: tệp đã thay đổi sau đó; hãy sửa lại bằng tay, hoặc bằng git\n",
    )
    assert edit.plans["a"].read_bytes() == before


@pytest.mark.parametrize(
    "content", ["", "[1]", "{}", '[{"said": 1, "files": [[]]}]', '[{"said": ["x"], "files": [["/", 1, 2]]}]']
)
def test_undo_survives_a_broken_memory(edit, tmp_path, content):
    edit("done", "a/1#hop")
    (memory,) = (tmp_path / "cache").rglob("*.json")
    memory.write_text(content)
    assert edit("undo").err == "tdkt: ở đây không có gì để hoàn tác\n"


def test_filters_choose_what_can_be_changed(edit):
    ended = edit("done", "--plan", "a", "--to", "2023-02-28")
    assert ended.lines == ["a/1#hop: xong ngày 22/02/2023"]
    assert ended.err == "2 việc trong số đã chọn được để nguyên\n"
    assert came(edit, "a") == ["done: 2023-02-22"]
    assert edit("undone", "--plan", "a", "--text", "hop hoi dong").code == 0
    assert unchanged(edit)


@pytest.mark.parametrize(
    ("typed", "ref"),
    [("1#ho", "a/1#hop"), ("A/1#HOP", "a/1#hop"), ("b/1@31/1", "b/1@2023-01-31"), ("2#kh", "c/2#khac")],
)
def test_references_may_be_short(edit, typed, ref):
    assert edit("done", typed).lines == [f"{ref}: xong ngày 22/02/2023"]


REFUSED = [
    (["done"], "còn thiếu: REF"),
    (["done", "--plan", "a", "--state", "cancelled"], "Không có việc nào khớp"),
    (["undone", "--plan", "b"], "b/1@2023-01-31 chưa ghi là hoàn thành"),
    (["move", "a/1#hop"], "còn thiếu: REF DATE"),
    (["move", "a/1#hop", "ngày mai"], "“ngày mai” không phải ngày hay khoảng thời gian; gõ, ví dụ: 01/03/2023"),
    (["move", "a/1#hop", "30.2"], "không có ngày 30.2; gõ, ví dụ: 01/03/2023"),
    (["done", "a/1#hop", "--on", "5/4"], "--on: 05/04/2023 chưa đến (hôm nay là 22/02/2023)"),
    (["done", "a/1#hop", "--plan", "a"], "nêu mã thời hạn hoặc dùng bộ lọc, không dùng cả hai"),
    (["received", "a/2", "cac so"], "“Các sở” là một nhóm; nêu từng đơn vị, hoặc ghi cả nhóm bằng tdkt done"),
    (["note", "b/1@2023-01-15", "x"], "thời hạn b/1 không rơi vào 15/01/2023"),
    (["move", "a/1#hop", "2023-Q2", "--as", "day"], "“2023-Q2” không phải ngày dùng được với day; "),
    (["move", "a/1#hop", "20/2/2023"], "a/1#hop vốn đã là trước 20/02/2023"),
    (["move", "a/1#y-te", "1/3"], "a/1#y-te đã ghi hoàn thành ngày 01/02/2023"),
    (["move", "b/1", "1/3"], "b/1 có nhiều thời hạn; hãy nêu rõ: b/1@2023-01-31, b/1@2023-02-28"),
    (["unmove", "a/1#hop"], "a/1#hop chưa chuyển hạn lần nào"),
    (["cancel", "b/2"], "b/2 đã hủy từ 05/02/2023; tdkt uncancel bỏ điều đã ghi"),
    (["uncancel", "a/1#hop"], "a/1#hop chưa hủy"),
    (["occurred", "a/1#hop", "1/2"], "a/1#hop không tính từ sự kiện; dùng tdkt move để ghi hạn"),
    (["received", "a/1#hop", "y te"], "a/1#hop chỉ giao cho một đơn vị; ghi bằng tdkt done"),
    (["received", "a/2", "ban thi dua"], "“Ban Thi đua” không được giao thời hạn a/2"),
    (["received", "a/2", "so"], "“so” có thể là: Sở Y tế; Sở Tài chính"),
    (["received", "a/2", "giao thong"], "“giao thong” không có trong danh bạ nào"),
    (["unreceived", "a/2", "y te"], "a/2: chưa ghi nhận của Sở Y tế"),
    (["missing", "a/1#hop"], "a/1#hop không giao cho nhiều đơn vị"),
    (["note", "a/1#hop", " "], "còn thiếu: WORDS"),
    (["done", "1"], "1 có thể là: a/1, b/1, c/1"),
    (["done", "a/1#hop", "--commit"], "--commit cần một kho git; hãy chạy git init trước"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_is_refused(edit, arguments, said):
    ended = edit(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"tdkt: {said}")
    assert unchanged(edit)


def test_delivered_twice_is_refused(edit):
    edit("received", "a/2", "y te", "--on", "1/2/2023")
    ended = edit("received", "a/2", "tai chinh", "y te")
    assert (ended.code, ended.err) == (2, "tdkt: a/2: đã ghi nhận của Sở Y tế, ngày 01/02/2023\n")
    assert came(edit, "a") == ["received:", "Sở Y tế: 2023-02-01"]


def test_what_binds_others_too_is_not_recorded_for_one_unit(edit):
    edit("move", "a/2", "2023-03-05", "--as", "by")
    ended = edit("done", "--unit", "so y te", "--plan", "a", "--state", "due,overdue,later")
    assert (ended.code, ended.out) == (2, "")
    assert "1 việc giao cho cả đơn vị khác nên để nguyên" in ended.err
    assert edit("done", "--unit", "cac so", "--plan", "a").lines == ["a/2: xong ngày 22/02/2023"]


def test_a_note_on_an_occurrence_stays_with_it(edit):
    edit("note", "b/1@28/2", "một")
    edit("note", "b/1@31/1", "hai")
    assert came(edit, "b") == ["occurrences:", "2023-02-28:", "note: một", "2023-01-31:", "note: hai"]


def test_a_note_on_what_repeats_another_is_no_progress_of_its_own(edit):
    edit("done", "b/3")
    edit("note", "b/3", "x")
    assert "Đã hoàn thành" in edit("show", "b/3").out


def test_where_a_repetition_is_recorded_is_said(edit):
    assert edit("cancel", "b/3").lines == ["b/3: hủy ngày 22/02/2023 (ghi ở a/1#hop)"]
    assert edit("uncancel", "b/3").lines == ["b/3: không còn là đã hủy (ghi ở a/1#hop)"]
    assert unchanged(edit)


def test_an_occurrence_cancelled_with_the_whole(edit):
    edit("cancel", "c/2#moi", "--on", "1/2/2023")
    done = edit("done", "c/2#moi@2023-03-10")
    assert done.err == "tdkt: c/2#moi đã hủy từ 01/02/2023; tdkt uncancel bỏ điều đã ghi\n"
    one = edit("uncancel", "c/2#moi@2023-03-10")
    assert one.err == "tdkt: c/2#moi@2023-03-10 bị hủy cùng cả thời hạn; dùng tdkt uncancel c/2#moi\n"
    assert edit("uncancel", "c/2#moi").code == 0
    assert unchanged(edit)


def test_what_is_done_is_not_awaited(edit):
    edit("received", "a/2", "y te", "--on", "1/2/2023")
    edit("done", "a/2", "--on", "2/2/2023")
    assert "a/2" not in edit("missing", today="2023-03-20").out
    assert "đã ghi hoàn thành ngày 02/02/2023" in edit("missing", "a/2").out


def test_a_unit_recorded_under_two_names_is_taken_out_whole(edit):
    text = edit.plans["a"].read_text("utf-8")
    both = "        received:\n          Sở Y tế: 2023-02-01\n          Ngành Y tế: 2023-02-02\n"
    edit.plans["a"].write_text(text.replace("      - day: 2023-03-05\n", f"      - day: 2023-03-05\n{both}"), "utf-8")
    assert edit("unreceived", "a/2", "so y te").code == 0
    assert edit.plans["a"].read_text("utf-8") == text


def test_the_day_of_a_meeting_is_known_before_it(edit):
    text = (
        edit.plans["c"].read_text("utf-8").replace("days: 10", "days: -15").replace("unit: working", "unit: calendar")
    )
    edit.plans["c"].write_text(text, "utf-8")
    ended = edit("occurred", "c/1", "20/4/2023")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == ["c/1: nhận đủ hồ sơ ngày 20/04/2023, nên hạn là 05/04/2023"]


def test_a_plan_that_cannot_be_read_is_the_reason(edit):
    edit.plans["a"].write_text("tasks: [", "utf-8")
    ended = edit("done", "a/1#hop")
    assert ended.code == 3
    assert ended.err.endswith("tdkt: plans/a.yaml không đọc được, nên không làm gì được với a/1#hop\n")


def test_undo_remembers_what_others_have_done_meanwhile(edit, tmp_path, monkeypatch):
    monkeypatch.setenv("TDKT_CACHE", str(tmp_path / "cache"))
    edit("done", "a/1#hop")
    first = undo_log.last(tmp_path)
    edit("done", "b/1@2023-01-31")
    undo_log.forget(tmp_path, first)
    assert edit("undo").lines == ["hoàn tác: b/1@2023-01-31: xong ngày 22/02/2023"]
    assert edit("undo").code == 2


@pytest.fixture
def kept(edit, tmp_path, monkeypatch):
    """The project in git."""
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".gitignore").write_text("cache\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "kế hoạch")
    return edit


def test_committed_with_a_message_for_reviewers(kept, tmp_path):
    ended = kept("done", "a/1#hop", "a/2", "--commit")
    assert ended.code == 0
    assert ended.err.startswith("đã lưu vào git: ")
    assert git(tmp_path, "log", "-1", "--format=%B").splitlines() == [
        "a/1#hop: xong ngày 22/02/2023, và 1 việc nữa",
        "",
        "- a/1#hop: xong ngày 22/02/2023",
        "- a/2: xong ngày 22/02/2023",
        "",
    ]
    assert git(tmp_path, "status", "--porcelain") == ""


def test_nothing_of_others_is_committed(kept, tmp_path):
    with kept.plans["a"].open("ab") as file:
        file.write("# của Lan\n".encode())
    before = kept.plans["a"].read_bytes()
    ended = kept("done", "a/1#hop", "--commit")
    assert (ended.code, ended.err) == (
        2,
        "tdkt: plans/a.yaml còn thay đổi chưa lưu vào git; hãy commit các thay đổi đó trước\n",
    )
    assert kept.plans["a"].read_bytes() == before
    assert len(git(tmp_path, "log", "--format=%h").split()) == 1


def test_a_hook_that_refuses_the_commit_is_heard(kept, tmp_path):
    hook = tmp_path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'không được' >&2\nexit 1\n")
    hook.chmod(0o755)
    ended = kept("done", "a/1#hop", "--commit")
    said, advice = ended.err.splitlines()
    assert (ended.code, said) == (3, "không được")
    assert advice.startswith(
        "đã ghi vào tệp, nhưng git không lưu được. Đừng gõ lại lệnh vừa rồi: hãy sửa điều nêu trên, rồi git add "
    )
    hook.unlink()
    command = f"git {advice.partition('rồi git ')[2]}"
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)  # noqa: S602 - as a person pastes it
    assert git(tmp_path, "status", "--porcelain") == ""
    assert came(kept, "a") == ["done: 2023-02-22"]


def test_the_hook_of_an_office_sees_what_is_committed(kept, tmp_path):
    hook = tmp_path / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\n! git diff --cached --name-only -- '*.yaml' | grep -q .\n")
    hook.chmod(0o755)
    assert kept("done", "a/1#hop", "--commit").code == 3


def test_a_file_that_a_link_leads_to_is_committed(kept, tmp_path):
    (tmp_path / "real").mkdir()
    kept.plans["a"].rename(tmp_path / "real/a.yaml")
    kept.plans["a"].symlink_to("../real/a.yaml")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "liên kết")
    assert kept("done", "a/1#hop", "--commit").code == 0
    assert git(tmp_path, "status", "--porcelain") == ""


def test_without_git_the_edit_stands_and_no_hint_is_given(kept, tmp_path):
    ended = kept("done", "a/1#hop", PATH=str(tmp_path))
    assert (ended.code, ended.err) == (0, "")
    assert came(kept, "a") == ["done: 2023-02-22"]
    ended = kept("done", "a/2", "--commit", PATH=str(tmp_path))
    assert ended.code == 2
    assert ended.err.startswith("tdkt: --commit: git không trả lời: ")


def test_what_git_has_already_needs_no_commit(kept):
    assert "lưu vào git: git commit" in kept("done", "a/1#hop").err
    assert kept("undo").err == ""


def test_english(edit):
    assert edit("move", "a/1#hop", "2023-03-01", "--lang", "en").lines == [
        "a/1#hop: before 2023-02-20 -> before 2023-03-01"
    ]
    assert edit("undo", "--lang", "en").lines == ["taken back: a/1#hop: before 2023-02-20 -> before 2023-03-01"]
    edit("received", "a/2", "y te", "--lang", "en")
    assert edit("missing", "a/2", "--lang", "en").lines[3:] == [
        "Missing (1)",
        "  Sở Tài chính",
        "",
        "Received in time (1)",
        "  Sở Y tế · 2023-02-22",
    ]
