"""The commands that change plans beside done and undone: what they record, their opposites, what they refuse."""

import os
import subprocess

import pytest

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
    assert edit("occurred", "c/1", "2023-02-07").lines[0].endswith("nên hạn là 21/02/2023")
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
    (["move", "a/1#hop", "ngày mai"], "“ngày mai” không phải ngày dùng được với within; DATE nhận, ví dụ: 01/03/2023"),
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
    assert (ended.code, ended.err) == (3, "không được\nđã ghi vào tệp, nhưng git không lưu được\n")
    assert came(kept, "a") == ["done: 2023-02-22"]


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
