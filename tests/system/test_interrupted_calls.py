"""`tdkt done` as a process of its own, in which strace lets each call of the system fail, or kills it there; real full and read-only disks."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle

import pytest

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
"""
DONE = TEXT + "        done: 2023-02-01\n"
CALLS = "openat,read,write,fsync,chmod,fchmodat,rename,renameat,renameat2,flock,close"
WORDS = {
    "ENOSPC": "đĩa đã đầy",
    "EIO": "đĩa báo lỗi",
    "EACCES": "không được phép",
    "EROFS": "chỉ được đọc, không được ghi",
}
TDKT = [sys.executable, "-m", "tdkt_cli", "done", "a/1#hop", "--today", "2023-02-01"]


@pytest.fixture
def run(tmp_path):
    """Run a command in a new project with one plan: how it ended, what it said, the files of the folder, what strace wrote."""
    numbers = count()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TDKT_")}

    def whole(*before, command=TDKT):
        project = tmp_path / f"{next(numbers):03}"  # names of one length, so that all runs make the same calls
        (project / "plans").mkdir(parents=True)
        (project / "tdkt.toml").touch()
        (project / "plans" / "a.yaml").write_text(TEXT, "utf-8")
        ended = subprocess.run(
            [*before, *command],
            cwd=project,
            env=environment | {"TDKT_CACHE": "", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=60,
        )
        traced = project / "trace"
        found = {path.name: path.read_text("utf-8") for path in (project / "plans").iterdir()}
        return ended, found, traced.read_text("utf-8").splitlines() if traced.exists() else []

    return whole


def traced(*more):
    return ["strace", "-f", "-o", "trace", "-e", f"trace={CALLS}", *more]


@pytest.fixture
def steps(run):
    """The calls of an edit from taking the lock of the folder to letting it go: name and number."""
    ended, found, lines = run(*traced())
    assert (ended.returncode, found) == (0, {"a.yaml": DONE})
    calls = [match[1] for line in lines if (match := re.match(r"\d+ +(\w+)\(", line))]
    begin = calls.index("flock")
    end = next(number for number, line in enumerate(lines) if "write(1," in line)
    assert end - begin > 15
    return [(name, calls[: number + 1].count(name)) for number, name in enumerate(calls) if begin <= number < end]


def each(steps, run_one):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run_one, steps))


def test_killed_at_any_call_the_file_is_the_old_or_the_new_one(steps, run):
    def killed(step):
        name, number = step
        return run(*traced("-e", f"inject={name}:signal=SIGKILL:when={number}"))

    contents = []
    for (ended, found, _), step in zip(each(steps, killed), steps, strict=True):
        assert (ended.returncode, ended.stdout) == (-9, ""), step
        contents.append(found.pop("a.yaml"))
        assert all(name.startswith(".a.yaml.") and name.endswith(".tmp") for name in found)
    assert sorted(contents, key=len) == contents  # first the old one, from some call on the new one
    assert set(contents) == {TEXT, DONE}


def test_whichever_call_fails_it_is_said_and_the_old_file_stays_alone(steps, run):
    errors = list(zip(cycle(WORDS), steps, strict=False))

    def failing(error_at):
        error, (name, number) = error_at
        return run(*traced("-e", f"inject={name}:error={error}:when={number}"))

    codes = []
    for (ended, found, lines), (error, step) in zip(each(errors, failing), errors, strict=True):
        assert any("(INJECTED)" in line for line in lines), step
        codes.append(ended.returncode)
        if ended.returncode == 0:
            assert (ended.stderr, found) == ("", {"a.yaml": DONE}), step
        else:
            said = f"chưa ghi: plans/a.yaml: không ghi được: {WORDS[error]}\n"
            assert (ended.returncode, ended.stderr, ended.stdout, found) == (3, said, "", {"a.yaml": TEXT}), step
    assert set(codes) == {0, 3}  # the lock, and the folder's own content, can do without


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("dd if=/dev/zero of=plans/z bs=1k status=none", "đĩa đã đầy"),
        ("mount -o remount,ro plans", "chỉ được đọc, không được ghi"),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_no_more(before, words, run):
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    script = f"""
        cp plans/a.yaml old
        mount -t tmpfs -o size=16k none plans
        cp old plans/a.yaml
        {before} 2>/dev/null
        "$@"; code=$?
        cmp old plans/a.yaml && ls -A plans | tr '\\n' ' '
        exit $code
    """
    ended, _, _ = run("unshare", *user, "--mount", "sh", "-c", script, "sh")
    assert (ended.returncode, ended.stderr) == (3, f"chưa ghi: plans/a.yaml: không ghi được: {words}\n")
    assert ended.stdout in {"a.yaml ", "a.yaml z "}
