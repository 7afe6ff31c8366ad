"""`tdkt schema`: the JSON Schemas of the files, printed or written."""

from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.shared.parameters import argument, flag
from tdkt_cli.commands.shared.session import print_lines
from tdkt_cli.commands.shared.values import choice
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import OK
from tdkt_cli.files.config import find_root
from tdkt_cli.files.writer import write_whole
from tdkt_cli.schema.jsonschema import SCHEMAS, schema_text

Kind = Annotated[
    str,
    argument("[plan|units|calendar|config|record|difference|step]", "Which schema to print; without it, their names."),
]
Write = Annotated[bool, flag("--write", "Write all schemas into the folder schemas beside tdkt.toml (or here).")]

EXAMPLES = (
    ("tdkt schema plan", msg("the schema of plan files")),
    ("tdkt schema --write", msg("all schemas, for editors")),
)


def run(context: typer.Context, kind: Kind = "", write: Write = False) -> int:
    """Print the JSON Schemas of the files, or write them into schemas/."""
    if write:
        folder = (find_root(Path.cwd()) or Path.cwd()) / "schemas"
        folder.mkdir(exist_ok=True)
        for name in SCHEMAS:
            write_whole(folder / f"{name}.schema.json", schema_text(name))
        print_lines([context.obj.say(msg("written: {folder}", folder=str(folder)))])
    elif kind:
        print_lines([schema_text(choice(kind, tuple(SCHEMAS), "KIND")).rstrip("\n")])
    else:
        print_lines(SCHEMAS)
    return OK
