"""An edit that fails, is killed or meets another at any step leaves the old file or the new one, whole.

Every call of the system that an edit makes while it writes is stepped through. tests/system/test_interrupted_calls.py does it from outside.
"""

import errno
import os
import signal
import sys

import pytest

from tdkt_cli.files import writer
from tdkt_cli.files.edit import changes
from tdkt_cli.files.edit.changes import ChangeError, Put, changed, write_all
from tdkt_cli.files.loader import load

TEXT = """\
tdkt: plan/1
id: a
document:
  title: Kế hoạch
period: 2023
tasks:
  - id: "1"
    title: Họp
    deadlines:
      - id: hop
        by: 2023-02-03
      - id: gui
        by: 2023-02-03
"""
ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS]


@pytest.fixture
def edits(tmp_path):
    """Begin anew with two files; their change, not yet written."""
    folder = tmp_path / "plans"
    folder.mkdir()

    def begin(*names):
        for path in folder.iterdir():
            path.unlink()
        found = []
        for name in names or ("a.yaml", "b.yaml"):
            path = folder / name
            path.write_text(TEXT, "utf-8")
            found.append(
                changed(path, load(path, name).source, [Put(("tasks", 0, "deadlines", 0), "done", "2023-02-01")])
            )
        return found

    begin.folder = folder
    return begin


FAILING = {
    "open",
    "stat",
    "lstat",
    "fstat",
    "read",
    "readall",
    "write",
    "flush",
    "fsync",
    "chmod",
    "chown",
    "replace",
    "flock",
}
KILLED = FAILING | {"close", "__exit__", "unlink", "pthread_sigmask", "umask", "scandir", "listdir"}


def stepping(number, act, names):
    """Act just before the so-many-th call, from 1, of a function of these names that is the system's, or nearly so."""
    count = 0

    def look(_frame, event, function):
        nonlocal count
        if event == "c_call" and function.__name__ in names:
            count += 1
            if count == number:
                act()

    sys.setprofile(look)


def in_child(run):
    """The exit code of a process that does this; negative where a signal ended it."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            run()
            code = 0
        except ChangeError:
            code = 3
        except KeyboardInterrupt:
            code = 130
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_killed_at_any_step_each_file_is_the_old_or_the_new_one(edits):
    seen, left = set(), 0
    for step in range(1, 2000):
        files = edits()

        def run(step=step, files=files):
            stepping(step, lambda: os._exit(77), KILLED)
            write_all(files)

        code = in_child(run)
        assert code in {0, 77}
        found = contents(edits.folder)
        for file in files:
            assert found.pop(file.file) in {file.before, file.after}
        assert all(name.startswith(".") and name.endswith(".tmp") for name in found)
        seen.add(tuple(file.path.read_bytes() == file.after for file in files))
        left += bool(found)
        if code == 0:
            break
        if found:
            write_all([changed(file.path, load(file.path, file.file).source, []) for file in files])
            assert sorted(contents(edits.folder)) == ["a.yaml", "b.yaml"]  # what was left is swept away
    assert seen == {(False, False), (True, False), (True, True)}
    assert (left > 10, step > 40) == (True, True), (left, step)


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_failing_at_any_call_of_the_system_all_or_nothing_is_written(number, edits):
    outcomes = set()

    def fail():
        raise OSError(number, os.strerror(number))

    for step in range(1, 500):
        files = edits()
        raised = None
        try:
            stepping(step, fail, FAILING)
            write_all(files)
        except ChangeError as error:
            raised = error
        finally:
            through = sys.getprofile() is not None  # it goes once it has raised
            sys.setprofile(None)
        assert contents(edits.folder) == {file.file: file.before if raised else file.after for file in files}
        outcomes.add(str(raised.message) if raised else None)
        if through:
            break
    assert step > 20
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EIO: "the disk reports an error",
        errno.EROFS: "it is read-only",
    }
    assert outcomes == {None, f"cannot be written: {words.get(number, 'no permission')}"}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda sent: sent.name)
def test_a_signal_waits_until_all_files_are_written(sent, edits, monkeypatch):
    sync = os.fsync
    # As in a terminal: whoever started the tests may have them ignore it, as nohup does SIGHUP.
    before = signal.signal(sent, signal.default_int_handler if sent == signal.SIGINT else signal.SIG_DFL)
    try:
        monkeypatch.setattr(os, "fsync", lambda handle: (os.kill(os.getpid(), sent), sync(handle)))
        files = edits()
        assert in_child(lambda: write_all(files)) == (130 if sent == signal.SIGINT else -sent)
    finally:
        signal.signal(sent, before)
    assert contents(edits.folder) == {file.file: file.after for file in files}


def test_two_at_once_fifty_times_lose_nothing(edits):
    for _ in range(50):
        edits("a.yaml")
        path = edits.folder / "a.yaml"
        ready, go = os.pipe()

        def edit(place, path=path, ready=ready, go=go):
            os.close(go)
            os.read(ready, 1)  # until both are there
            write_all(
                [
                    changed(
                        path, load(path, "a.yaml").source, [Put(("tasks", 0, "deadlines", place), "done", "2023-02-01")]
                    )
                ]
            )

        children = []
        for place in (0, 1):
            child = os.fork()
            if child == 0:
                code = 99
                try:
                    edit(place)
                    code = 0
                except ChangeError as error:
                    code = 3 if "changed meanwhile" in str(error) else 98
                finally:
                    os._exit(code)
            children.append(child)
        os.close(ready)
        os.close(go)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert set(codes) <= {0, 3}
        loaded = load(path, "a.yaml")
        assert [one.done is not None for one in loaded.model.tasks[0].deadlines] == [code == 0 for code in codes]
        assert os.listdir(edits.folder) == ["a.yaml"]  # noqa: PTH208


def test_between_the_look_at_a_file_and_its_new_content_nobody_else_gets_in(edits, monkeypatch):
    """Without the lock the second would be let in between, and its change be lost."""
    (first,) = edits("a.yaml")
    path = edits.folder / "a.yaml"
    second = changed(path, load(path, "a.yaml").source, [Put(("tasks", 0, "deadlines", 1), "done", "2023-02-02")])
    draft = changes.draft

    def meanwhile(target, data):
        monkeypatch.setattr(changes, "draft", draft)
        monkeypatch.setattr(writer, "_PATIENCE", 0.05)
        assert in_child(lambda: write_all([second])) == 3
        return draft(target, data)

    monkeypatch.setattr(changes, "draft", meanwhile)
    write_all([first])
    assert contents(edits.folder) == {"a.yaml": first.after}


@pytest.fixture
def office(tmp_path):
    """A project with one plan; how `tdkt` of a process of its own ends there, with less than an administrator may."""
    import ctypes  # noqa: PLC0415
    import resource  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    def weaken(room):
        """Let modes of files hold for root too, and limit the size of files (octets)."""
        prctl = ctypes.CDLL(None).prctl
        for capability in range(3):  # CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            prctl(24, capability)  # PR_CAPBSET_DROP; whoever is not root has none of them
        if room:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    (tmp_path / "tdkt.toml").write_text("", "utf-8")
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.yaml").write_text(TEXT, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TDKT_")}

    def run(*arguments, room=0):
        ended = subprocess.run(
            [sys.executable, "-m", "tdkt_cli", *arguments, "--today", "2023-02-01"],
            cwd=tmp_path,
            env=environment | {"TDKT_CACHE": ""},
            capture_output=True,
            check=False,
            encoding="utf-8",
            preexec_fn=lambda: weaken(room),
        )
        return ended.returncode, ended.stdout, ended.stderr

    run.plans = plans
    return run


def test_on_a_disk_without_room(office):
    before = contents(office.plans)
    for arguments in (["done", "a/1#hop"], ["done", "a/1#hop", "a/1#gui"]):
        assert office(*arguments, room=len(TEXT)) == (
            3,
            "",
            "chưa ghi: plans/a.yaml: không ghi được: không đủ chỗ cho tệp cỡ này\n",
        )
        assert contents(office.plans) == before


@pytest.mark.parametrize(("path", "mode"), [(".", 0o555), ("a.yaml", 0o444)])
def test_where_nothing_may_be_written(path, mode, office):
    before = contents(office.plans)
    (office.plans / path).chmod(mode)
    assert office("done", "a/1#hop") == (3, "", "chưa ghi: plans/a.yaml: không ghi được: không được phép\n")
    (office.plans / path).chmod(0o755)
    assert contents(office.plans) == before


def test_what_a_kill_left_is_no_plan_and_goes_with_the_next_edit(office):
    left = office.plans / ".a.yaml.k3_x9abc.tmp"
    left.write_text(TEXT + "???", "utf-8")
    (office.plans / ".a.yaml.swp").write_text("vim", "utf-8")
    assert "1 tệp" in office("check")[1]
    assert office("done", "a/1#hop")[0] == 0
    assert sorted(path.name for path in office.plans.iterdir()) == [".a.yaml.swp", "a.yaml"]


def test_a_link_out_of_the_repository_is_not_followed(office, tmp_path_factory):
    outside = tmp_path_factory.mktemp("other") / "b.yaml"
    outside.write_text(TEXT.replace("id: a\n", "id: b\n"), "utf-8")
    (office.plans / "b.yaml").symlink_to(outside)
    code, out, err = office("done", "b/1#hop")
    assert (code, out) == (3, "")
    assert "plans/b.yaml:1:1: TDKT001" in err
    assert "done" not in outside.read_text("utf-8")
