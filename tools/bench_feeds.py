"""Measures feeds as whole commands: 2,000 and 100,000 events, and a publication after one change compared with one from scratch.

The commands run in turns, so that a busy machine slows all of them; the shortest of the turns counts. Nothing is cached between the
commands except what tdkt itself keeps, in a folder of this run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

TDKT = str(Path(sys.executable).with_name("tdkt"))
UNITS = 30
TURNS = 3
_PLAN = """\
tdkt: plan/1
id: ke-hoach-{number}
document:
  number: {number}/KH-UBND
  title: Kế hoạch công tác thi đua, khen thưởng số {number}
  issuer: UBND
  issued: 2022-12-09
period: 2023
units: mau
tasks:
"""
_TASK = """\
  - id: "{number}"
    title: Xét, đề nghị khen thưởng đợt {number}/2023; tổng kết năm 2022 các Cụm, Khối thi đua
    lead: Sở số 1
    executor: {unit}
    coordinator: Các ngành, đơn vị liên quan
    deadlines:
      - before: {day}
        what: Trình hồ sơ đề nghị khen thưởng
        text: trước ngày {day:%d/%m/%Y}
"""


class Run(NamedTuple):
    """The time and the peak memory of a command."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        """Return the figures as a cell of the table."""
        return f"{self.seconds:6.2f} s {self.megabytes:5.0f} MB"


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many, yearly = (
            office(folder / f"office-{plans}", plans, tasks) for plans, tasks in ((50, 40), (500, 200), (250, 67))
        )
        python, feed = in_turns(
            lambda: run(folder, sys.executable, "-c", "pass"), lambda: run(few, TDKT, "export", "ics")
        )
        print(f"python, nothing to do          {python}")
        print(f"export ics, 2,000 events       {feed}")
        print(f"export ics, 100,000 events     {run(many, TDKT, 'export', 'ics')}")
        whole, one, none = in_turns(*publications(yearly, folder / "cache"))
        print(f"publish 250 plans from nothing {whole}")
        print(f"publish after one change       {one}   {whole.seconds / one.seconds:.1f} times as fast")
        print(f"publish after no change        {none}   {whole.seconds / none.seconds:.1f} times as fast")


def in_turns(*commands: Callable[[], Run]) -> list[Run]:
    """Return the shortest run of each command."""
    turns = [[command() for command in commands] for _ in range(TURNS)]
    return [min(runs) for runs in zip(*turns, strict=True)]


def publications(folder: Path, cache: Path) -> list[Callable[[], Run]]:
    """Return three commands: publish from scratch, after one deadline was moved, and after no change."""
    plan, site = folder / "plans" / "ke-hoach-7.yaml", folder / "site"
    days = (date(2023, 3, day) for day in range(1, 32))

    def publish() -> Run:
        return run(folder, TDKT, "publish", str(site), TDKT_CACHE=str(cache))

    def from_nothing() -> Run:
        shutil.rmtree(site, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        return publish()

    def after_one_change() -> Run:
        text = plan.read_text(encoding="utf-8")
        plan.write_text(re.sub(r"before: \S+", f"before: {next(days)}", text, count=1), encoding="utf-8")
        return publish()

    return [from_nothing, after_one_change, publish]


def office(folder: Path, plans: int, tasks: int) -> Path:
    """Write the plans of an office with 30 units, with one deadline a task, and return their folder."""
    (folder / "plans" / "units").mkdir(parents=True)
    (folder / "tdkt.toml").write_text('plans = "plans"\n', encoding="utf-8")
    bodies = "".join(f"  - id: so-{number}\n    name: Sở số {number}\n" for number in range(1, UNITS + 1))
    register = f"tdkt: units/1\nid: mau\nname: Danh bạ mẫu\nbodies:\n{bodies}"
    (folder / "plans" / "units" / "mau.yaml").write_text(register, encoding="utf-8")
    for plan in range(1, plans + 1):
        rows = (
            _TASK.format(
                number=task,
                unit=f"Sở số {(plan + task) % UNITS + 1}",
                day=date(2023, 1, 3) + timedelta(days=(plan + task * 7) % 360),
            )
            for task in range(1, tasks + 1)
        )
        path = folder / "plans" / f"ke-hoach-{plan}.yaml"
        path.write_text(_PLAN.format(number=plan) + "".join(rows), encoding="utf-8")
    return folder


def run(folder: Path, *command: str, **environment: str) -> Run:
    """Run a command in a folder, without its output, and return the figures."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - start, used.ru_maxrss / 1000)


if __name__ == "__main__":
    main()
