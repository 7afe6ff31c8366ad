"""`tdkt doctor`: the installation, the plans and the machine examined, with advice where something is wrong."""

import sys
from contextlib import suppress
from pathlib import Path

import typer

from tdkt_cli.commands.setup.diagnosis import Case, sections
from tdkt_cli.commands.shared.options import TextOrJson
from tdkt_cli.commands.shared.parameters import Lang
from tdkt_cli.commands.shared.session import colour, print_json, print_lines
from tdkt_cli.core.health import counts
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import FINDINGS, OK
from tdkt_cli.files.config import load_config
from tdkt_cli.files.dependencies import own_version
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.health import health_lines, health_record

EXAMPLES = (
    ("tdkt doctor", msg("what tdkt found, and how to fix problems")),
    ("tdkt doctor --format json > tdkt.json", msg("to attach to a bug report")),
)
EXIT_CODES = (
    (0, msg("nothing is wrong")),
    (1, msg("something is wrong")),
)


def run(context: typer.Context, format_: TextOrJson = "text", lang: Lang = "") -> int:
    """Show what tdkt found (settings, plans, holidays, screen, git, cache, versions) and how to fix problems."""
    above = context.parent.params if context.parent else {}
    here = Path.cwd()
    config = load_config(here)
    typed_language = lang or str(above.get("_lang") or "")
    case = Case(here, config, read_workspace(config, (), here), context.obj, typed_language)
    found = list(sections(case))
    home = ""
    with suppress(RuntimeError):  # there is no home folder
        home = str(Path.home())
    if format_ == "json":
        print_json({"tdkt": own_version(), **health_record(found, case.language, home)})
    else:
        print_lines(health_lines(found, case.language, home, colour=colour(sys.stdout)))
    return FINDINGS if counts(found)["wrong"] else OK
