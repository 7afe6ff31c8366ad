"""The formats of `tdkt check --format`.

To add one, write a function that turns a `Report` into lines, in a module of its own, and name it in `FORMATS`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tdkt_cli.render.findings.github import github
from tdkt_cli.render.findings.gitlab import gitlab
from tdkt_cli.render.findings.json_report import json_lines, json_list
from tdkt_cli.render.findings.junit import junit
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.findings.sarif import sarif
from tdkt_cli.render.findings.text import concise, text


class Format(NamedTuple):
    """A format: its writer, whether people read it, and whether it names files from the top of the repository as CI services do."""

    write: Callable[[Report], Iterable[str]]
    for_people: bool = False
    from_top: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format(text, for_people=True),
    "concise": Format(concise, for_people=True),
    "json": Format(json_list),
    "jsonl": Format(json_lines),
    "github": Format(github, for_people=True, from_top=True),
    "gitlab": Format(gitlab, from_top=True),
    "sarif": Format(sarif, from_top=True),
    "junit": Format(junit),
}
