"""The pages about Python: their scripts, run one after another in a repository, print what stands below each."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / name for name in ("python.md", "python.en.md")]
STEP = re.compile(r"^<!-- run: tdkt (.*?) -->$|^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MARK = "@@@"


def script(page):
    """The page as one script, and what each part of it is to print."""
    lines, expected = ["import sys", "from pathlib import Path"], []
    for typed, code, printed in STEP.findall(page.read_text("utf-8")):
        if typed:
            lines.append(
                f"__import__('subprocess').run([sys.executable, '-m', 'tdkt_cli', *{typed.split()}], check=True, stdout=-3, stderr=-3)"
            )
        else:
            lines += [code, f"print('{MARK}')"]
            expected.append(printed)
    return "\n".join(lines), expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_script_prints_what_stands_below_it(page, repository):
    for name in ("plans", "tdkt.toml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, repository.folder / name)
    repository.commit()
    code, expected = script(page)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "GIT_"))}
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=repository.folder, env=clean, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert ended.stderr == ""
    assert ended.stdout.split(f"{MARK}\n") == [*expected, ""]
    assert len(expected) == len(CODE.findall(page.read_text("utf-8"))) == 3
