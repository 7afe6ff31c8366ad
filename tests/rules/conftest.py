"""What the tests of the rules share: a plan (or register) written inline, checked as `tdkt check` does.

Where a finding is expected, “»” stands in the text just before the place that it points to. “timing: …” is a time cell that
says of a task what its deadlines say, where they have no words of their own. The register of the examples,
units/vi-du.yaml, lies beside every plan.
"""

from datetime import date
from functools import partial
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tdkt_cli import rules
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.wording import when_words
from tdkt_cli.files.config import DEFAULTS, Config
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.language import language
from tdkt_cli.rules import Context, check

TODAY = date(2023, 7, 3)
MARK = "»"
REGISTER = Path(rules.__file__).parent / "examples" / "units" / "vi-du.yaml"
HEAD = """\
tdkt: plan/1
id: vi-du
document:
  number: 322/KH-UBND
  title: Kế hoạch thi đua, khen thưởng
  issued: {issued}
period: {period}
units: vi-du
"""
TASK = """\
  - id: "1"
    title: Báo cáo kết quả
    timing: …
    executor: Sở Y tế
    deadlines:
"""
VIETNAMESE = language("vi")


@pytest.fixture
def everything_found(tmp_path):
    """Every finding in the folder plans/ of tmp_path on a day."""

    def run(*paths: Path, today: date = TODAY, **settings: object) -> list[Finding]:
        config = Config(DEFAULTS.model_copy(update=settings), tmp_path)
        workspace = read_workspace(config, paths, tmp_path)
        return [*workspace.findings, *check(Context(workspace.plans, workspace.office, today))]

    return run


@pytest.fixture
def write(tmp_path):
    """Write the files of a text, given as for `finds`; the places of its marks."""

    def run(*, newline="\n", timing="…", **text):
        places = []
        for name, marked in sorted(_files(**text).items()):
            lines = _worded(marked, timing).splitlines()
            for number, line in enumerate(lines, 1):
                parts = line.split(MARK)[:-1]
                places += [f"plans/{name}:{number}:{len(''.join(parts[: at + 1])) + 1}" for at in range(len(parts))]
            file = tmp_path / "plans" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes("".join(line.replace(MARK, "") + newline for line in lines).encode())
        return places

    return run


@pytest.fixture
def finds(write, everything_found):
    """Assert that a text gives exactly these findings, each “TDKTnnn message”, at its marks, in the order of the files.

    Give one of: `deadlines` of one task, `tasks`, a whole `plan`, a whole `register`; and by name what lies `beside` it.
    For deadlines and tasks, `sections`, the day of issue and the period can be set, for deadlines also their `timing`. `before`
    is the setting of that name.
    """

    def assert_finds(*expected, today=TODAY, before="grace", **text):
        places = write(**text)
        found = everything_found(today=today, before=before)
        shown = [f"{one.file}:{one.span.line}:{one.span.column} {one.rule} {one.message}" for one in found]
        assert shown == [f"{place} {words}" for place, words in zip(places, expected, strict=True)]

    return assert_finds


@pytest.fixture
def no_finding(finds):
    """Assert that a text, given as for `finds`, gives no finding at all."""
    return partial(finds)


def _files(
    *, deadlines="", tasks="", plan="", register="", sections="", beside=None, issued="2022-12-09", period="2023"
):
    """The text of every file by its name."""
    if deadlines:
        tasks = TASK + _block(deadlines, 6)
    if tasks:
        listed = f"sections:\n{_block(sections, 2)}" if sections else ""
        plan = HEAD.format(issued=issued, period=period) + listed + "tasks:\n" + _block(tasks, 2)
    files = {"units/vi-du.yaml": register or REGISTER.read_text("utf-8"), "vi-du.yaml": plan} | (beside or {})
    return {name: dedent(text).lstrip("\n") for name, text in files.items() if text}


def _worded(text, timing):
    """The text with this time cell, else with those that its deadlines ask for."""
    text = text.replace("timing: …", f"timing: {timing}")
    loaded = load_text(text.replace(MARK, ""), Path("vi-du.yaml"), "vi-du.yaml") if "timing: …" in text else None
    for task in loaded.model.build(loaded.source).tasks if loaded and loaded.model else ():
        if task.timing == "…":
            said = [VIETNAMESE.say(when_words(one.when)) for one in task.deadlines if not one.text]
            text = text.replace("timing: …", f"timing: '{'; '.join(dict.fromkeys(said))}'", 1)
    return text


def _block(text, depth):
    return indent(dedent(text).strip("\n"), " " * depth) + "\n"
