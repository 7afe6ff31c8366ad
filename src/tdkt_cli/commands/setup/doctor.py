"""`tdkt doctor`: what tdkt found around it, and what is not well."""

import json
import sys
from pathlib import Path

import typer

from tdkt_cli.commands.setup.diagnosis import case_of, sections
from tdkt_cli.commands.shared.options import Lang, TextOrJson, choice
from tdkt_cli.commands.shared.session import colour, print_lines
from tdkt_cli.core.health import counts
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import FINDINGS, OK
from tdkt_cli.files.dependencies import own_version
from tdkt_cli.render.health import health_lines, health_records

EXAMPLES = (
    ("tdkt doctor", msg("what was found, and what to do where something is not well")),
    ("tdkt doctor --format json > tdkt.json", msg("to attach to a report of a mistake")),
)
EXIT_CODES = (
    (0, msg("nothing is wrong")),
    (1, msg("something is wrong")),
)


def run(context: typer.Context, format_: TextOrJson = "text", lang: Lang = "") -> int:
    """Say what tdkt found: settings, plans, holidays, screen, git, cache, versions; and what to do where something is not well."""
    kind = choice(format_, ("text", "json"), "--format")
    above = context.parent.params if context.parent else {}
    case = case_of(context.obj, lang or str(above.get("_lang") or ""), Path.cwd())
    found = list(sections(case))
    home = _home()
    if kind == "json":
        records = health_records(found, case.language, home)
        print_lines([json.dumps({"tdkt": own_version(), **records}, ensure_ascii=False, indent=2)])
    else:
        print_lines(health_lines(found, case.language, home, colour=colour(sys.stdout)))
    return FINDINGS if counts(found)["wrong"] else OK


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""
