"""What the tests of the commands share: tdkt run in-process in a clean environment, and a small project beside the bundled plans."""

import gc
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from tdkt_cli.__main__ import main

ROOT = Path(__file__).parents[2]
UNSET = (
    "TDKT_TODAY",
    "TDKT_LANG",
    "NO_COLOR",
    "FORCE_COLOR",
    "TTY_COMPATIBLE",
    "LANG",
    "LC_ALL",
    "TZ",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITLAB_CI",
)

# Three cells, then whom it binds and what is to be done, where references of other deadlines may stand too.
ROW = re.compile(r"(?:[A-Z]\w+ \S+|–) {2,}\S+(?: \S+)* {2,}(\S+/\S+) ")

PLAN_A = """\
    tdkt: plan/1
    id: a
    document:
      number: 1/KH-UBND
      title: Kế hoạch A
      issued: 2022-12-01
    period: 2023
    units: u
    sections:
      I: Phần thứ nhất
      I.1: Quý I
      II: Phần thứ hai
    tasks:
      - id: "1"
        section: I.1
        title: Ước mơ
        content: |-
          - Xét
          - Trình
        lead: UBND Thành phố
        executor: Ban Thi đua
        coordinator: Các sở
        timing: Họp trước 20/02/2023
        labels:
          - cờ
        deadlines:
          - id: hop
            before: 2023-02-20
            what: Họp Hội đồng
            text: trước ngày 20/02/2023
          - id: y-te
            by: 2023-02-01
            who: Sở Y tế
            what: Trình hồ sơ
            done: 2023-02-01
      - id: "2"
        section: I
        title: Ăn mừng
        advisor: Các sở
        deadlines:
          - day: 2023-03-05
      - id: "3"
        section: II
        title: Đại hội
        executor: Sở Tài chính
        deadlines:
          - waiting: Kế hoạch của Bộ
      - id: "4"
        section: II
        title: Dân vận
        executor: UBND Thành phố
        deadlines:
          - ongoing: true
      - id: "5"
        section: II
        title: Biên tập sách
        executor: UBND Thành phố
        deadlines:
          - within: 2023-02-01/2023-02-10
            done: 2023-02-12
"""
PLAN_B = """\
    tdkt: plan/1
    id: b
    document:
      number: 2/KH-UBND
      title: Kế hoạch B
      issued: 2022-12-01
    period: 2023-01/2023-03
    units: u
    tasks:
      - id: "1"
        title: Phát thanh
        executor: Ban Thi đua
        deadlines:
          - every: FREQ=MONTHLY;BYMONTHDAY=-1
      - id: "2"
        title: Hội thao
        executor: Sở Tài chính
        deadlines:
          - by: 2023-02-10
            cancelled: {date: 2023-02-05, document: 3/UBND, reason: thời tiết}
      - id: "3"
        title: Họp lại
        executor: Ban Thi đua
        deadlines:
          - before: 2023-02-20
            same_as: a/1#hop
"""
LONE_PLAN = """\
    tdkt: plan/1
    id: b
    document:
      number: 2/KH-UBND
      title: Kế hoạch B
      issued: 2022-12-01
    period: 2023
    tasks:
"""
REGISTER = """\
    tdkt: units/1
    id: u
    name: Danh bạ thử
    bodies:
      - id: ubnd
        name: UBND Thành phố
      - id: ban-td
        name: Ban Thi đua
        short: BTĐ
      - id: so-y-te
        name: Sở Y tế
        parent: ubnd
        aliases:
          - Ngành Y tế
        valid_from: 2008-08-01
        note: thử
      - id: so-tai-chinh
        name: Sở Tài chính
    groups:
      - id: cac-so
        name: Các sở
        members:
          - so-y-te
          - so-tai-chinh
      - id: cac-nganh
        name: Các ngành
"""


class Ended(NamedTuple):
    """How a run ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def refs(self):
        """The references in plain lines, one for each row."""
        return [row[1] for row in map(ROW.match, self.lines) if row]

    @property
    def records(self):
        return json.loads(self.out)


@pytest.fixture
def tdkt(monkeypatch, capsys):
    """Run tdkt with these arguments, in the repository unless another `folder` is named; `env` adds to a clean environment."""
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TDKT_CACHE", "")
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)

    def run(*arguments, folder=ROOT, **env):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["tdkt", *map(str, arguments)])
        with pytest.MonkeyPatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        return Ended(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def project(tmp_path):
    """Write a project into a folder of its own; its files by name, None to leave one of the usual ones out."""

    def write(**changed):
        usual = {"tdkt.toml": "", "plans/a.yaml": PLAN_A, "plans/b.yaml": PLAN_B, "plans/units/u.yaml": REGISTER}
        for name, text in (usual | changed).items():
            if text is not None:
                file = tmp_path / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(dedent(text), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def alone(project):
    """Write a project whose only plan has these tasks, and no register."""

    def write(tasks, file="plans/b.yaml", **more):
        nothing = {"plans/a.yaml": None, "plans/b.yaml": None, "plans/units/u.yaml": None}
        return project(**nothing | {file: LONE_PLAN + tasks} | more)

    return write


@pytest.fixture
def office(tdkt, project):
    """Run tdkt in the small project, in which two plans have items in every state on 22/02/2023."""
    folder = project()

    def run(*arguments, today="2023-02-22", **env):
        return tdkt(*arguments, "--today", today, folder=folder, **env)

    return run


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Let programs find tdkt, and git no settings but a repository's own; the folder for temporary files."""
    tools, temporary = tmp_path / "bin", tmp_path / "tmp"
    tools.mkdir()
    temporary.mkdir()
    (tools / "tdkt").write_text(f'#!/bin/sh\nexec "{sys.executable}" -u -m tdkt_cli "$@"\n')
    (tools / "tdkt").chmod(0o755)
    for name in [name for name in os.environ if name.startswith(("GIT_", "TDKT_"))]:
        monkeypatch.delenv(name)
    settings = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TDKT_CACHE": "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    } | {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return temporary


@pytest.fixture
def typed_into():
    """Run tdkt in a folder on a terminal, and type an answer whenever it asks; how it ended, and what stood on the screen."""

    def run(folder, *arguments, answers=(), **env):
        ours, theirs = pty.openpty()
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON"))}
        clean |= {"TDKT_CACHE": "", "TERM": "dumb", "PYTHONPATH": str(ROOT / "src")} | env
        program = [sys.executable, "-m", "tdkt_cli", *map(str, arguments)]
        with subprocess.Popen(program, cwd=folder, env=clean, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            screen, left = b"", list(answers)
            while chunk := _read(ours):
                screen += chunk
                if screen.endswith(b": ") and left:
                    os.write(ours, left.pop(0).encode() + b"\n")
                elif screen.endswith(b": "):
                    os.write(ours, b"\x04")  # nothing more to type
        os.close(ours)
        return Ended(process.returncode, screen.decode().replace("\r\n", "\n"), "")

    return run


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is left at the other end
        return b""
