"""`tdkt done` and `tdkt undone`: what is recorded, what stays byte for byte, what is refused."""

import os
import subprocess

import pytest

from tdkt_cli.files.edit import changes


@pytest.fixture
def edit(office, tmp_path):
    """Run a command that changes the small project as of 22/02/2023."""

    def run(*arguments, **more):
        return office(*arguments, **more)

    run.a, run.b = tmp_path / "plans/a.yaml", tmp_path / "plans/b.yaml"
    return run


def added(before, after):
    """The lines that came in, where none went."""
    old, new = before.splitlines(), after.splitlines()
    came = [line for line in new if line not in old]
    assert [line for line in new if line not in came] == old
    return came


def test_a_deadline_is_done_today(edit):
    before = edit.a.read_text("utf-8")
    ended = edit("done", "a/1#hop")
    assert (ended.code, ended.out, ended.err) == (0, "a/1#hop: xong ngày 22/02/2023\n", "")
    assert added(before, edit.a.read_text("utf-8")) == ["        done: 2023-02-22"]


def test_on_a_day_by_a_document_with_a_note(edit):
    before = edit.a.read_text("utf-8")
    edit("done", "a/1#hop", "--on", "18/2/2023", "--document", "12/BC: x", "--note", "họp tối")
    assert added(before, edit.a.read_text("utf-8")) == [
        "        done:",
        "          date: 2023-02-18",
        '          document: "12/BC: x"',
        "          note: họp tối",
    ]
    assert "Đã hoàn thành (đúng hạn)" in edit("show", "a/1#hop").out


def test_several_in_two_files_and_back(edit):
    before = edit.a.read_bytes(), edit.b.read_bytes()
    refs = ("a/1#hop", "A/2", "b/1@2023-01-31", "b/1@2023-02-28")
    ended = edit("done", *refs, "--on", "2023-02-18")
    assert [line.partition(":")[0] for line in ended.lines] == ["a/1#hop", "a/2", "b/1@2023-01-31", "b/1@2023-02-28"]
    assert "occurrences:\n          2023-01-31:\n            done: 2023-02-18\n" in edit.b.read_text("utf-8")
    ended = edit("undone", *refs)
    assert (ended.code, ended.lines[0]) == (0, "a/1#hop: không còn là đã xong")
    assert (edit.a.read_bytes(), edit.b.read_bytes()) == before


def test_of_what_repeats_another_that_one_is_done(edit):
    before = edit.b.read_bytes()
    edit("done", "b/3")
    assert edit.b.read_bytes() == before
    assert "done: 2023-02-22" in edit.a.read_text("utf-8")
    assert "Đã hoàn thành" in edit("show", "b/3").out


def test_what_repeats_another_and_that_one_are_one_thing(edit):
    before = edit.a.read_text("utf-8")
    assert len(edit("done", "b/3", "a/1#hop").lines) == 2
    assert added(before, edit.a.read_text("utf-8")) == ["        done: 2023-02-22"]


def test_what_check_finds_only_now_is_shown(edit):
    ended = edit("done", "a/1#hop", "--on", "2022-11-18")
    assert ended.code == 0
    assert "plans/a.yaml:" in ended.err
    assert "TDKT501" in ended.err
    again = edit("done", "a/2", "--on", "2022-11-18")  # the same words about another deadline
    assert again.err.count("TDKT501") == 1
    assert edit("undone", "a/1#hop").err == ""


def test_in_a_repository_the_command_that_keeps_it_is_said(edit, tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert edit("done", "a/1#hop").err == (
        "lưu vào git: git add -- plans/a.yaml && git commit --message 'a/1#hop: xong ngày 22/02/2023' -- plans/a.yaml\n"
    )
    command = edit("done", "a/2", "b/1@2023-01-31").err.removeprefix("lưu vào git: ")
    assert command == (
        "git add -- plans/a.yaml plans/b.yaml && git commit --message 'a/2: xong ngày 22/02/2023, và 1 việc nữa' -- plans/a.yaml plans/b.yaml\n"
    )
    env = os.environ | {
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@x",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@x",
    }
    subprocess.run(["sh", "-c", f"git add . && {command}"], cwd=tmp_path, env=env, check=True, capture_output=True)


def test_a_dry_run_shows_the_change_and_writes_nothing(edit):
    before = edit.a.read_bytes()
    ended = edit("done", "a/1#hop", "--dry-run")
    assert ended.lines[:2] == ["--- a/plans/a.yaml", "+++ b/plans/a.yaml"]
    assert [line for line in ended.lines[2:] if line.startswith(("+", "-"))] == ["+        done: 2023-02-22"]
    assert edit.a.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "refs", "said"),
    [
        ("done", ["a/1#y-te"], "a/1#y-te đã ghi hoàn thành ngày 01/02/2023; tdkt undone bỏ điều đã ghi"),
        ("done", ["b/2"], "b/2 đã hủy từ 05/02/2023"),
        ("done", ["a/1"], "a/1 có nhiều thời hạn; hãy nêu rõ: a/1#hop, a/1#y-te"),
        ("done", ["a/1#hp"], "không có a/1#hp; có phải a/1#hop?"),
        ("done", ["a/1#hop", "--on", "31/2/2023"], "--on: "),
        ("undone", ["a/1#hop"], "a/1#hop chưa ghi là hoàn thành"),
        ("done", [], "còn thiếu: REF"),
    ],
)
def test_what_is_refused(edit, command, refs, said):
    before = edit.a.read_bytes(), edit.b.read_bytes()
    ended = edit(command, "a/2", *refs) if command == "done" and refs else edit(command, *refs)
    assert ended.code == 2
    assert ended.err.startswith(f"tdkt: {said}")
    assert (edit.a.read_bytes(), edit.b.read_bytes()) == before


def test_english(edit):
    assert edit("done", "a/1#hop", "--lang", "en").lines == ["a/1#hop: done on 2023-02-22"]
    assert edit("undone", "a/1#hop", "--lang", "en").lines == ["a/1#hop: no longer done"]


def test_where_one_file_cannot_be_written_none_is(edit):
    before = edit.a.read_bytes(), edit.b.read_bytes()
    edit.b.chmod(0o444)
    ended = edit("done", "a/1#hop", "b/1@2023-01-31")
    assert (ended.code, ended.err) == (3, "chưa ghi: plans/b.yaml: không ghi được: không được phép\n")
    assert (edit.a.read_bytes(), edit.b.read_bytes()) == before


def test_a_file_that_changes_meanwhile_is_left(edit, monkeypatch):
    changed = changes.changed

    def slow(path, source, wanted):
        found = changed(path, source, wanted)
        path.write_bytes(path.read_bytes() + b"# ai do\n")
        return found

    monkeypatch.setattr("tdkt_cli.commands.shared.transaction.changed", slow)
    before = edit.a.read_bytes()
    ended = edit("done", "a/1#hop")
    assert (ended.code, ended.err) == (3, "chưa ghi: plans/a.yaml: tệp đã bị sửa trong lúc này; hãy chạy lại lệnh\n")
    assert edit.a.read_bytes() == before + b"# ai do\n"


def test_a_way_of_writing_that_leaves_no_place(edit):
    text = edit.a.read_text("utf-8").replace(
        "    deadlines:\n      - day: 2023-03-05\n", "    deadlines: [day: 2023-03-05]\n"
    )
    edit.a.write_text(text, "utf-8")
    ended = edit("done", "a/1#hop", "a/2")
    assert (ended.code, ended.err) == (
        3,
        "chưa ghi: plans/a.yaml: dòng 40 được viết theo cách không sửa giúp được; hãy tự sửa\n",
    )
    assert edit.a.read_text("utf-8") == text
