"""Measures `tdkt diff` on 2,500 plans of which one changed, beside `git status` and the reading of one plan.

Whole commands run in turns, so that a busy machine slows all of them; the shortest of the turns counts.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_feeds import TDKT, in_turns, office, run

PLANS, TASKS = 2_500, 40


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = office(Path(name) / "office", PLANS, TASKS)
        os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for command in ("init -q", "add -A", "-c user.name=x -c user.email=x@example.vn commit -qm x"):
            subprocess.run(["git", *command.split()], cwd=folder, check=True)
        plan = folder / "plans" / f"ke-hoach-{PLANS // 2}.yaml"
        text = plan.read_text("utf-8")
        plan.write_text(re.sub(r"before: \S+", "before: 2023-12-31", text, count=1), "utf-8")
        python, named, status, single, diff = in_turns(
            lambda: run(folder, sys.executable, "-c", "pass"),
            lambda: run(folder, "git", "diff", "--name-only"),
            lambda: run(folder, "git", "status", "--short"),
            lambda: run(folder, TDKT, "list", str(plan)),
            lambda: run(folder, TDKT, "diff"),
        )
        print(f"python, nothing to do          {python}")
        print(f"git diff --name-only           {named}")
        print(f"git status                     {status}")
        print(f"tdkt list, the one plan        {single}")
        times = diff.seconds / (status.seconds + single.seconds)
        print(f"tdkt diff, one plan of {PLANS}   {diff}   {times:.2f} times git status and tdkt list")


if __name__ == "__main__":
    main()
