"""Changes are carried out together or not at all, in one file and in several; what cannot be done is said."""

import os
import time
from pathlib import Path

import pytest

from tdkt_cli.files import writer
from tdkt_cli.files.edit import changes
from tdkt_cli.files.edit.changes import Append, ChangeError, Drop, Put, Replace, changed, write_all
from tdkt_cli.files.loader import load

DONE = "2023-02-01"
HEAD = "tdkt: plan/1\nid: a\ndocument:\n  title: Kế hoạch\nperiod: 2023\ntasks:\n"
ROW = '  - id: "{n}"\n    title: Việc {n}\n    deadlines:\n      - by: 2023-02-03\n'
TEXT = HEAD + "".join(ROW.format(n=n) for n in range(4))


def deadline(row):
    return ("tasks", row, "deadlines", 0)


@pytest.fixture
def plan(tmp_path):
    """Write a plan and load it; its path and its source."""

    def write(text=TEXT, name="a.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        loaded = load(path, name)
        assert loaded.findings == ()
        return path, loaded.source

    return write


@pytest.fixture
def edit(plan):
    """The text of a plan after changes."""
    return lambda *asked, text=TEXT: changed(*plan(text), asked).after.decode()


def test_each_change_finds_what_those_before_it_left(edit):
    path = deadline(0)
    assert edit(
        Put((*path, "received"), "a", DONE),
        Put((*path, "received"), "b", DONE),
        Put(path, "note", "c"),
        Drop((*path, "received", "a"), 4),
        Append((*path, "moved"), {"by": "2023-03-01"}),
        Append((*path, "moved"), {"by": "2023-03-02"}),
        Replace((*path, "note"), "d"),
        Replace((*path, "moved", 1, "by"), "2023-03-03"),
        Drop((*path, "moved", 0), 4),
        text=HEAD + ROW.format(n=1),
    ) == HEAD + ROW.format(n=1) + (
        "        received:\n          b: 2023-02-01\n        note: d\n        moved:\n          - by: 2023-03-03\n"
    )


def test_what_is_put_in_and_taken_out_again_is_gone(edit):
    path = deadline(1)
    assert edit(Put((*path, "received"), "a", DONE), Drop((*path, "received", "a"), 4)) == TEXT
    assert edit(Append((*path, "moved"), {"by": DONE}), Drop((*path, "moved", 0), 4)) == TEXT


def test_empty_braces_give_way_to_several(edit):
    text = HEAD + ROW.format(n=1) + "        received: {}\n        moved: []\n"
    after = edit(
        *(Put((*deadline(0), "received"), name, DONE) for name in "abc"),
        *(Append((*deadline(0), "moved"), {"by": day}) for day in ("2023-03-01", "2023-03-02", "2023-03-03")),
        text=text,
    )
    assert after == HEAD + ROW.format(n=1) + (
        "        received:\n          a: 2023-02-01\n          b: 2023-02-01\n          c: 2023-02-01\n"
        "        moved:\n          - by: 2023-03-01\n          - by: 2023-03-02\n          - by: 2023-03-03\n"
    )


def test_a_file_is_read_once_for_changes_that_do_not_touch_one_another(plan, monkeypatch):
    path, source = plan(HEAD + "".join(ROW.format(n=n) for n in range(200)))
    read = []
    monkeypatch.setattr(changes, "_read", lambda *arguments: read.append(arguments))
    found = changed(
        path,
        source,
        [Put(deadline(n), key, value) for n in range(200) for key, value in (("done", DONE), ("note", "a"))],
    )
    assert found.after.count(b"        done: 2023-02-01\n        note: a\n") == 200
    assert read == []


def test_of_pairs_that_touch_one_another_all_first_ones_are_made_together(plan, monkeypatch):
    path, source = plan(HEAD + "".join(ROW.format(n=n) for n in range(50)))
    read, count = [], changes._read  # noqa: SLF001 - how often
    monkeypatch.setattr(changes, "_read", lambda *arguments: read.append(1) or count(*arguments))
    changed(
        path,
        source,
        [each for n in range(50) for each in (Put(deadline(n), "note", "a"), Replace((*deadline(n), "note"), "b"))],
    )
    assert len(read) == 1


def test_two_hundred_changes_take_about_as_long_as_one(plan):
    rows = 600
    path, source = plan(HEAD + "".join(ROW.format(n=n) + f"        text: {'lời ' * 60}\n" for n in range(rows)))
    took = []
    for count in (1, 200):
        begun = time.process_time()
        changed(path, source, [Put(deadline(n), "done", DONE) for n in range(count)])
        took.append(time.process_time() - begun)
    assert took[1] < 10 * took[0]


NOT_HERE = "is written in a way that cannot be changed here; change it by hand"
NOT_THAT = "the file would not mean exactly that, so it was left as it is"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Put((*deadline(0), "by"), "note", "a"), f"line 10 {NOT_HERE}"),
        (Put(("tasks", 9), "note", "a"), f"line 7 {NOT_HERE}"),
        (Append((*deadline(0), "by"), "a"), f"line 10 {NOT_HERE}"),
        (Drop((*deadline(0), "by"), 4), f"line 10 {NOT_HERE}"),
        (Drop((*deadline(0), "done"), 4), f"line 10 {NOT_HERE}"),
        (Replace((*deadline(0), "done"), DONE), f"line 10 {NOT_HERE}"),
        (Replace(deadline(0), DONE), f"line 10 {NOT_HERE}"),
        (Put(deadline(0), "by", DONE), NOT_THAT),
        (Put(deadline(0), "befor", DONE), NOT_THAT),
        (Put(deadline(0), "done", "2023-02-31"), NOT_THAT),
        (Put(deadline(0), "note", "[a"), f"line 10 {NOT_HERE}"),
        (Put(deadline(0), "note", "a: b"), f"line 10 {NOT_HERE}"),
        (Put(deadline(0), "note", '"\u202e"'), NOT_THAT),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_with_it_is_done(change, said, plan):
    path, source = plan()
    with pytest.raises(ChangeError) as raised:
        changed(path, source, [Put(deadline(3), "done", DONE), change])
    assert (raised.value.file, str(raised.value.message)) == ("a.yaml", said)


@pytest.mark.parametrize("other", [b"", b"\xff", TEXT.encode() + b"#", TEXT.replace("Việc", "việc").encode()])
def test_a_file_that_has_changed_since_it_was_read_is_left(other, plan):
    path, source = plan()
    path.write_bytes(other)
    with pytest.raises(ChangeError, match="changed meanwhile"):
        changed(path, source, [Put(deadline(0), "done", DONE)])


def test_a_file_that_has_gone_is_not_made_again(plan):
    path, source = plan()
    found = changed(path, source, [Put(deadline(0), "done", DONE)])
    path.unlink()
    with pytest.raises(ChangeError, match="cannot be read: it does not exist"):
        changed(path, source, [Put(deadline(0), "done", DONE)])
    with pytest.raises(ChangeError, match="cannot be written: it does not exist"):
        write_all([found])
    assert list(path.parent.iterdir()) == []


@pytest.fixture
def three(plan):
    """Three files with a change that is not yet written."""
    return [changed(*plan(TEXT, f"{name}.yaml"), [Put(deadline(0), "done", DONE)]) for name in "abc"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_are_written(three, tmp_path):
    write_all(three)
    assert contents(tmp_path) == {file.file: file.after for file in three}


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_where_one_has_changed_none_is_written(broken, three, tmp_path):
    (tmp_path / three[broken].file).write_bytes(b"# ai\n")
    before = contents(tmp_path)
    with pytest.raises(ChangeError, match=f"{three[broken].file}: the file has changed meanwhile"):
        write_all(three)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_where_one_may_only_be_read_none_is_written(broken, three, tmp_path):
    (tmp_path / three[broken].file).chmod(0o444)
    with pytest.raises(ChangeError, match=f"{three[broken].file}: cannot be written: no permission"):
        write_all(three)
    assert contents(tmp_path) == {file.file: file.before for file in three}


def failing(monkeypatch, *failures, then=lambda _name: None):
    """Let the so-manieth files that take their place fail, from 1."""
    replace, count = Path.replace, 0

    def run(path, target):
        nonlocal count
        count += 1
        if count in failures:
            then(target)
            raise OSError(28, os.strerror(28))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", run)


@pytest.mark.parametrize("broken", [1, 2, 3])
def test_where_one_cannot_take_its_place_the_others_give_way_again(broken, three, tmp_path, monkeypatch):
    failing(monkeypatch, broken)
    with pytest.raises(ChangeError) as raised:
        write_all(three)
    assert (raised.value.file, str(raised.value.message)) == (
        three[broken - 1].file,
        "cannot be written: the disk is full",
    )
    assert contents(tmp_path) == {file.file: file.before for file in three}


def test_what_cannot_give_way_again_is_named(three, tmp_path, monkeypatch):
    failing(monkeypatch, 3, 5)
    with pytest.raises(ChangeError) as raised:
        write_all(three)
    said = "cannot be written: the disk is full; these files were already changed and could not be restored: b.yaml"
    assert (raised.value.file, str(raised.value.message)) == ("c.yaml", said)
    a, b, c = three
    assert contents(tmp_path) == {"a.yaml": a.before, "b.yaml": b.after, "c.yaml": c.before}


def test_what_somebody_has_changed_since_is_not_changed_back(three, tmp_path, monkeypatch):
    failing(monkeypatch, 3, then=lambda _target: (tmp_path / "a.yaml").write_bytes(b"# ai\n"))
    with pytest.raises(ChangeError, match=r"could not be restored: a\.yaml$"):
        write_all(three)
    _, b, c = three
    assert contents(tmp_path) == {"a.yaml": b"# ai\n", "b.yaml": b.before, "c.yaml": c.before}


def test_while_another_writes_in_the_folder_it_waits_and_then_gives_up(three, tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "_PATIENCE", 0.05)
    with writer.locked([tmp_path / "z.yaml"]), pytest.raises(ChangeError, match="another command is writing"):
        write_all(three)
    assert contents(tmp_path) == {file.file: file.before for file in three}
    write_all(three)
    assert contents(tmp_path) == {file.file: file.after for file in three}


def test_where_there_are_no_locks_it_is_done_without(three, tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr(writer.fcntl, "flock", refuse)
    write_all(three)
    assert contents(tmp_path) == {file.file: file.after for file in three}


def test_a_link_is_followed_and_what_lies_beside_it_stays(plan, tmp_path):
    (tmp_path / "luu").mkdir()
    real, _ = plan(name="luu/b.yaml")
    link = tmp_path / "a.yaml"
    link.symlink_to("luu/b.yaml")
    write_all([changed(link, load(link, "a.yaml").source, [Put(deadline(0), "done", DONE)])])
    assert link.is_symlink()
    assert "done: 2023-02-01" in real.read_text("utf-8")
    assert os.listdir(tmp_path / "luu") == ["b.yaml"]  # noqa: PTH208
