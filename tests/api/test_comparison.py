"""diff: two versions of plans in git, in files and in folders, for a program to go through."""

from datetime import date
from pathlib import Path

import pytest

from tdkt_cli import UnknownNameError, UsageError, diff, language

BROKEN = "tdkt: plan/2\n"


@pytest.fixture
def kept(repository, files, plan_text):
    """A repository in whose last commit the meeting moved; the commit before is tagged."""
    repository.commit(files)
    repository("tag", "truoc")
    repository.commit({"plans/a.yaml": plan_text(hop="2023-03-01")})
    return repository


def told(found):
    """Each change of a deadline: its reference, the field, by how many days the last day came later."""
    return [
        (plan.plan.ref(task.task, deadline.new[0]), change.field, change.shift and change.shift.days)
        for plan in found
        for task in plan.tasks
        for deadline in task.deadlines
        for change in deadline.changes
    ]


MOVED = [("a/1#hop", "when", 7)]


@pytest.mark.parametrize("versions", [("truoc", "HEAD"), ("truoc..HEAD",), ("truoc...main",), ("truoc",), ("HEAD~1",)])
def test_revisions(kept, versions):
    found = diff(*versions, folder=kept.folder)
    assert told(found) == MOVED
    assert (bool(found), found.unread) == (True, ())
    assert found.units == {"Danh bạ thử": ("Ban Thi đua",)}
    (change,) = found.difference.plans[0].tasks[0].deadlines[0].changes
    assert (change.kind, change.old.end, change.new.end) == ("edited", date(2023, 2, 22), date(2023, 3, 1))


def test_the_files_as_they_are(kept, plan_text):
    found = diff(folder=kept.folder)
    assert (told(found), bool(found), list(found), dict(found.units)) == ([], False, [], {})
    kept.write({"plans/a.yaml": plan_text(hop="2023-03-03")})
    assert told(diff(folder=kept.folder)) == [("a/1#hop", "when", 2)]


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize(("old", "new"), [("old/a.yaml", "new/a.yaml"), ("old", "new")])
def test_files_and_folders(tmp_path, monkeypatch, plan_text, old, new, kind):
    for name, hop in (("old", "2023-02-22"), ("new", "2023-03-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(plan_text(hop=hop), "utf-8")
    monkeypatch.chdir("/")
    assert told(diff(kind(old), kind(new), folder=tmp_path)) == MOVED
    assert told(diff(kind(tmp_path / old), kind(tmp_path / new))) == MOVED


def test_two_files_are_compared_whatever_their_plans_are_called(tmp_path, plan_text):
    for id_, hop in (("a", "2023-02-22"), ("b", "2023-03-01")):
        (tmp_path / f"{id_}.yaml").write_text(plan_text(id_, hop), "utf-8")
    found = diff("a.yaml", "b.yaml", folder=tmp_path)
    assert told(found) == [("b/1#hop", "when", 7)]
    assert [change.field for change in found.difference.plans[0].changes] == ["id"]


def test_a_text_that_is_both_is_asked_about_and_a_path_is_not(kept):
    kept.write({"truoc": ""})
    with pytest.raises(UsageError, match="is a revision and a path"):
        diff("truoc", folder=kept.folder)
    assert told(diff("truoc", paths=(), folder=kept.folder)) == MOVED
    assert told(diff(Path("truoc"), folder=kept.folder)) == []  # the working tree, in that file alone


def test_only_some_plans_and_paths(kept, plan_text):
    kept.commit({"plans/b.yaml": plan_text("b")})
    assert [change.plan.id for change in diff("truoc", folder=kept.folder)] == ["a", "b"]
    assert [change.plan.id for change in diff("truoc", plan="b", folder=kept.folder)] == ["b"]
    assert [change.plan.id for change in diff("truoc", plan=["a", "b"], folder=kept.folder)] == ["a", "b"]
    assert [change.plan.id for change in diff("truoc", paths=["plans/b.yaml"], folder=kept.folder)] == ["b"]
    assert list(diff("HEAD", plan="b", folder=kept.folder)) == []  # there, and the same


def test_a_file_that_cannot_be_used_is_told(kept, plan_text):
    kept.write({"plans/a.yaml": BROKEN, "plans/b.yaml": plan_text("b")})
    found = diff(folder=kept.folder)
    assert [change.plan.id for change in found] == ["b"]
    (unread,) = found.unread
    assert (unread.old, unread.finding.rule) == (False, "TDKT009")


@pytest.mark.parametrize(
    ("versions", "more", "vi"),
    [
        (("zzz",), {}, "“zzz” không phải bản git, cũng không phải tệp hay thư mục"),
        (("truoc", "HEAD", "main"), {}, "chỉ so được nhiều nhất hai bản git: truoc HEAD main"),
        (("truoc",), {"plan": "c"}, "không có kế hoạch c"),
        (("plans/a.yaml", "plans/c.yaml"), {}, "“plans/c.yaml” không phải bản git, cũng không phải tệp hay thư mục"),
        ((Path("plans"), Path("plans/a.yaml")), {}, "không so được tệp với thư mục; hãy nêu hai tệp hoặc hai thư mục"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(kept, versions, more, vi):
    with pytest.raises(UsageError) as raised:
        diff(*versions, folder=kept.folder, **more)
    assert language("vi").say(raised.value.message) == vi
    assert isinstance(raised.value, UnknownNameError) == ("plan" in more)


def test_git_that_fails(kept, monkeypatch):
    monkeypatch.setattr("tdkt_cli.api.comparison.git_versions", lambda *_: (_ for _ in ()).throw(OSError("hỏng")))
    with pytest.raises(UsageError, match="git could not compare the two versions"):
        diff("truoc", folder=kept.folder)
