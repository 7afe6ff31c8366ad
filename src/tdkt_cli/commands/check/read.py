"""`tdkt read`: the meaning of deadline words, in words and as YAML to paste."""

import json
from typing import Annotated

import typer

from tdkt_cli.commands.shared.options import TextOrJson
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.session import input_lines, print_error, print_json, print_lines
from tdkt_cli.commands.shared.values import read_year
from tdkt_cli.core.messages import msg
from tdkt_cli.core.phrases import read
from tdkt_cli.core.text import json_text
from tdkt_cli.errors import OK, USAGE, UsageError
from tdkt_cli.render.language import Language
from tdkt_cli.render.phrase import phrase_lines, phrase_record

_ANY_YEAR = 2000  # a leap year, so that every date of a year is in it

Phrase = Annotated[str, argument("PHRASE", 'Deadline words, in quotes: "trước ngày 15/3/2023".')]
Year = Annotated[str, option("--year", "YEAR", "The year of the plan, for dates without one.")]
JsonLines = Annotated[
    bool, flag("--jsonl", "Read JSON lines with phrase and year from standard input, and write one line for each.")
]

EXAMPLES = (
    ('tdkt read "trước ngày 20/02/2023"', msg("the date to act on, and the lines for the plan")),
    ('tdkt read "trong quý II" --year 2026', msg("words without a year, in a plan of 2026")),
)


def run(
    context: typer.Context,
    phrase: Phrase = "",
    year: Year = "",
    format_: TextOrJson = "text",
    jsonl: JsonLines = False,
) -> int:
    """Explain deadline words: the date to act on, whom it binds, and the lines for the plan file."""
    language: Language = context.obj
    default = read_year(year)
    if jsonl:
        if phrase:
            raise UsageError(msg("with --jsonl the phrases come from the input"))
        return _read_lines(default, language)
    if not phrase.strip():
        raise UsageError(msg("something is missing: {what}", what="PHRASE"))
    result = read(phrase, default)
    if format_ == "json":
        print_json(phrase_record(result))
    else:
        print_lines(phrase_lines(result, language))
        if default is None and not result.readings and read(phrase, _ANY_YEAR).readings:
            print_lines([language.say(msg("A date here has no year: add the plan's with --year YYYY."))])
    return OK


def _read_lines(year: int | None, language: Language) -> int:
    """Print a record for each line of the input; report a line without a phrase on the error stream, by its number."""
    code = OK
    for number, line in enumerate(input_lines(), start=1):
        if not line.strip():
            continue
        try:
            phrase, own = _parsed(line)
            print_lines([json_text(phrase_record(read(phrase, read_year(own) or year)))])
        except UsageError as error:
            code = USAGE
            print_error(language.say(msg("line {line}: {problem}", line=str(number), problem=error.message)))
            unread = line.decode("utf-8", "replace").strip()
            print_lines([json_text({"phrase": None, "readings": [], "unread": unread})])
    return code


def _parsed(line: bytes) -> tuple[str, object]:
    """Return the phrase and year in a line. Raises UsageError."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("phrase"), str):
        raise UsageError(msg("this is not a JSON object with a phrase and, optionally, a year"))
    return data["phrase"], data.get("year")
