"""Collects every message of the code and updates the .po files: `python tools/messages.py`.

Messages are the literals in calls of `msg` and `msgs`, the docstrings of rules, the help texts of commands and options, and the
descriptions in the JSON Schemas of records, which the reference pages of the documentation show.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tdkt_cli.app import COMMANDS, Commands, app
from tdkt_cli.render.language import language
from tdkt_cli.rules import RULES
from tdkt_cli.schema.jsonschema import PRINTED, schema

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "tdkt_cli"
LOCALES = ("vi",)
HEADER = "# Thông điệp của tdkt. Khóa là câu tiếng Anh trong mã; cập nhật bằng: make messages"
FIRST = datetime(2026, 11, 21, tzinfo=UTC)  # a header that changes at every run would be noise in every diff

MessageId = str | tuple[str, str]


def in_code() -> Iterator[MessageId]:
    """Yield the messages in calls of `msg` and `msgs`, in the order of the files."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"msg", "msgs"}:
                texts = [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
                yield texts[0] if node.func.id == "msg" else (texts[0], texts[1])


def in_help() -> Iterator[str]:
    """Yield the help texts of the program, its commands and their options."""
    group = typer.main.get_command(app)
    assert isinstance(group, Commands)  # noqa: S101 - a tool, not the program
    context = typer.Context(group, obj=language("en"))
    commands: list[Any] = [group, *(group.get_command(context, name) for name in COMMANDS)]
    for command in commands:
        yield from filter(None, (command.help, *(getattr(param, "help", None) for param in command.params)))


def in_schemas(node: Any) -> Iterator[str]:  # noqa: ANN401 - JSON of any shape
    """Yield the descriptions in a JSON Schema."""
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "description" and isinstance(value, str) else in_schemas(value)


def collected() -> list[MessageId]:
    """Return every message once."""
    explanations = [rule.explanation for rule in RULES.values()]
    return list(dict.fromkeys([*in_code(), *in_help(), *explanations, *in_schemas([schema(name) for name in PRINTED])]))


def catalogue_path(code: str) -> Path:
    """Return the path of the .po file of a language."""
    return SOURCES / "locale" / code / "LC_MESSAGES" / "tdkt.po"


def updated(code: str, messages: list[MessageId]) -> Catalog:
    """Return the catalogue of a language with exactly these messages; a new one has no translation yet."""
    path = catalogue_path(code)
    old = Catalog(locale=code)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=code)
    new = Catalog(code, project="tdkt", header_comment=HEADER, creation_date=FIRST, revision_date=FIRST, fuzzy=False)
    new.version, new.msgid_bugs_address, new.last_translator, new.language_team = "0", "", "", code
    for message in messages:
        known = old.get(message[0] if isinstance(message, tuple) else message)
        new.add(message, known.string if known else ("", "") if isinstance(message, tuple) else "")
    return new


def main() -> int:
    """Update every catalogue. Return 1 where translations are missing."""
    missing = 0
    for code in LOCALES:
        catalogue = updated(code, collected())
        catalogue_path(code).parent.mkdir(parents=True, exist_ok=True)
        with catalogue_path(code).open("wb") as file:
            write_po(file, catalogue, width=0, omit_header=False, sort_output=False)
        forms = [(message.string,) if isinstance(message.string, str) else message.string for message in catalogue]
        untranslated = sum(not strings or not all(strings) for strings in forms)
        missing += untranslated
        print(f"{code}: {len(catalogue)} messages, {untranslated} untranslated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
