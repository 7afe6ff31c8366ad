"""The program as a process of its own: pipes, full disks, signals, and places that know no Vietnamese."""

import importlib.metadata
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TDKT = Path(sys.executable).with_name("tdkt")
LEFT_OUT = ("TDKT_", "PYTHON", "LC_", "COV_", "PYTEST_")
UNSET = {"LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"}


@pytest.fixture
def start():
    """Start tdkt in the repository, in an environment that says nothing."""
    started = []
    clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT) and name not in UNSET}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # else a child of a background job ignores Ctrl-C

    def run(*arguments, program=(TDKT,), env=None, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, **more):
        process = subprocess.Popen(
            [*map(str, program), *arguments], cwd=ROOT, env=clean | (env or {}), stdout=stdout, stderr=subprocess.PIPE,
            stdin=stdin, **more,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    signal.signal(signal.SIGINT, before)
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def run(start):
    """Run tdkt to its end: the exit code and, as bytes, what it printed."""

    def whole(*arguments, **more):
        process = start(*arguments, **more)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    return whole


def after_one_line(start, *arguments):
    """How tdkt ends when its reader has seen enough, as head has: the exit code and what it complains of."""
    process = start(*arguments)
    assert process.stdout.readline()
    process.stdout.close()
    return process.wait(60), process.stderr.read()


@pytest.mark.parametrize("arguments", ["list", "list --format json", "list --format table", "check --notes", "rule"])
def test_a_reader_that_has_seen_enough_hears_no_complaint(start, arguments):
    assert after_one_line(start, *arguments.split())[1] == b""


@pytest.mark.parametrize("arguments", ["list --format json", "list --format csv"])  # much more than a pipe holds
def test_a_reader_that_has_seen_enough_is_no_failure(start, arguments):
    assert after_one_line(start, *arguments.split()) == (0, b"")


def test_a_reader_that_is_gone_before_anything_is_written(start):
    read, write = os.pipe()
    os.close(read)
    process = start("due", stdout=write)
    os.close(write)
    assert (process.wait(60), process.stderr.read()) == (0, b"")


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux")


@FULL
@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("due", "--format", "json"),
        ("due", "--format", "table"),
        ("check",),
        ("rule",),
        ("schema",),
        ("--help",),
        ("--version",),
    ],
)
def test_a_full_disk(run, arguments):
    with Path("/dev/full").open("wb") as full:
        code, _, err = run(*arguments, stdout=full)
    assert (code, err.decode()) == (1, "tdkt: không ghi được kết quả: đĩa đã đầy\n")


@FULL
def test_a_full_disk_in_english(run):
    with Path("/dev/full").open("wb") as full:
        code, _, err = run("list", "--lang", "en", stdout=full)
    assert (code, err.decode()) == (1, "tdkt: could not write the output: the disk is full\n")


@pytest.mark.parametrize(
    "arguments", ["due", "due --format table", "list --format json", "check", "rule", "--help", "--version"]
)
def test_a_closed_output(run, arguments):
    assert run(f'"{TDKT}" {arguments} >&-', program=("/bin/sh", "-c")) == (0, b"", b"")
    assert run(f'"{TDKT}" {arguments} >&- 2>&-', program=("/bin/sh", "-c")) == (0, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [("due", 0), ("list plans/zzz.yaml", 3), ("list --plan zzz", 2), ("list --nope", 2), ("zzzz", 2)],
)
def test_a_closed_error_stream(run, arguments, expected):
    code, _, err = run(f'"{TDKT}" {arguments} 2>&-', program=("/bin/sh", "-c"))
    assert (code, err) == (expected, b"")


def test_ctrl_c_while_it_writes(start):
    process = start("list", "--format", "json")  # much more than a pipe holds, so it cannot have ended
    assert process.stdout.read(1) == b"["
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


@pytest.mark.parametrize("module", ["typer", "yaml", "pydantic"])
def test_ctrl_c_while_it_imports(run, tmp_path, module):
    (tmp_path / f"{module}.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n", encoding="utf-8")
    assert run("due", env={"PYTHONPATH": str(tmp_path)}) == (130, b"", b"")


def test_nothing_that_takes_long_is_loaded_before_ctrl_c_is_met():
    script = "import sys; sys.path.insert(0, sys.argv[1]); import tdkt_cli.__main__; print(*sys.modules)"
    command = [sys.executable, "-I", "-S", "-c", script, str(ROOT / "src")]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "tdkt_cli.__main__" in loaded
    assert {"typing", "pathlib", "functools", "re"} & set(loaded) == set()


@pytest.mark.parametrize("format_", ["plain", "table", "csv", "md", "jsonl"])
@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"LANG": "C"}, {"PYTHONIOENCODING": "latin-1"}],
)
def test_redirected_output_is_utf_8_wherever_it_runs(run, env, format_):
    code, out, err = run("due", "--today", "2023-02-01", "--format", format_, env=env)
    assert (code, err) == (0, b"")
    assert "Tổ chức tổng kết" in " ".join(out.decode("utf-8").split())
    assert b"\r" not in out


def test_errors_are_utf_8_too(run):
    code, _, err = run("zzzz", env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})
    assert (code, err.decode("utf-8")) == (2, "tdkt: không có lệnh “zzzz”; xem tdkt --help\n")


def test_as_a_module(run):
    arguments = ("due", "--today", "2023-02-01")
    assert run(*arguments, program=(sys.executable, "-m", "tdkt_cli")) == run(*arguments)


def test_the_version(run):
    code, out, err = run("--version")
    assert (code, out.splitlines()[0], err) == (0, f"tdkt {importlib.metadata.version('tdkt-cli')}".encode(), b"")


@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "Pacific/Pago_Pago"},
        {"LC_ALL": "C"},
        {"COLUMNS": "20"},
        {"PYTHONHASHSEED": "7"},
    ],
)
def test_nothing_around_it_changes_what_it_says(run, env):
    for arguments in (("due", "--today", "2023-02-01"), ("overdue", "--today", "2023-02-21", "--format", "json")):
        assert run(*arguments, env=env) == run(*arguments)


@pytest.mark.parametrize(
    ("arguments", "expected"), [(("due",), 0), (("zzzz",), 2), (("list", "plans/zzz.yaml"), 3), (("check", "plans"), 0)]
)
def test_exit_codes_reach_the_shell(run, arguments, expected):
    assert run(*arguments)[0] == expected


PHRASE = '{"phrase": "trước ngày 15/3/2023"}\n'.encode()


@pytest.fixture
def read_lines(run, tmp_path):
    """Read these bytes from the input: the exit code, the objects printed, what was complained of."""

    def whole(data, env=None):
        (tmp_path / "in").write_bytes(data)
        with (tmp_path / "in").open("rb") as stdin:
            code, out, err = run("read", "--jsonl", stdin=stdin, env=env)
        return code, [json.loads(line) for line in out.splitlines()], err.decode()

    return whole


@pytest.mark.parametrize(
    "env", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}]
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_lines_are_read_as_utf8_everywhere(mark, env, read_lines):
    code, (found,), err = read_lines(mark + PHRASE, env)
    assert (code, err, found["phrase"]) == (0, "", "trước ngày 15/3/2023")
    assert [reading["kind"] for reading in found["readings"]] == ["before"]


@pytest.mark.parametrize("env", [{}, {"PYTHONIOENCODING": "utf-8:strict"}])
def test_a_line_that_is_no_text_is_told_and_the_others_read(env, read_lines):
    code, found, err = read_lines(b"\xff\xfe\n" + PHRASE, env)
    assert (code, err.startswith("dòng 1: "), err.count("\n")) == (2, True, 1)
    assert [bool(one["readings"]) for one in found] == [False, True]


@pytest.mark.skipif(os.name != "posix", reason="there is no such thing here")
def test_an_input_that_is_closed(run):
    code, out, err = run("read", "--jsonl", preexec_fn=lambda: os.close(0))
    assert (out, b"Traceback" in err) == (b"", False)
    assert code in {0, 2}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", "-", "--stdin-filename", "plans/x.yaml"), "plans/x.yaml:1:1: TDKT001 không đọc được"),
        (("fmt", "-", "--stdin-filename", "plans/x.yaml"), "plans/x.yaml:1:1: TDKT001 không đọc được"),
        (("read", "--jsonl"), "tdkt: không đọc được đầu vào"),
    ],
)
def test_an_input_that_cannot_be_read_is_called_so(start, tmp_path, command, said):
    with (tmp_path / "x").open("w") as only_written:
        process = start(*command, stdin=only_written)
        out, err = process.communicate(timeout=60)
    assert said in (out + err).decode()
    assert process.returncode == 3
