"""Documents that show commands: each block is run from an empty folder and has to print what stands there; commands in a line of text
have to exist, with their options.
"""

import importlib.util
import os
import re
import shlex
from pathlib import Path

import pytest
import typer

from tdkt_cli.app import COMMANDS, app
from tdkt_cli.errors import UsageError
from tdkt_cli.render.language import language

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("tools_consoles", ROOT / "tools" / "consoles.py")
consoles = importlib.util.module_from_spec(spec)
spec.loader.exec_module(consoles)

WRITTEN = [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")]
DOCUMENTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(WRITTEN)}
NOT_RUN = {
    "README": ["installs tdkt, and runs these very tests", "installs tdkt for the one who types it"],
    "docs/install": ["needs Windows", "needs Windows", "needs a network"],
    "docs/publish": ["writes to /opt", "needs root, and the address of an office's repository", "needs a network"],
}
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
OTHERS = {"--depth", "--cov"}  # options of git and the like


@pytest.mark.parametrize("name", [name for name, text in DOCUMENTS.items() if consoles.shows_commands(text)])
def test_a_document_shows_what_its_commands_print(name):
    assert consoles.same(consoles.rerun(DOCUMENTS[name]), DOCUMENTS[name]), f"python tools/consoles.py {name}"


def test_what_is_not_run_is_known_and_says_why():
    found = {name: reasons for name, text in DOCUMENTS.items() if (reasons := consoles.skipped(text))}
    assert found == {f"{name}{tail}.md": reasons for name, reasons in NOT_RUN.items() for tail in ("", ".en")}


def inline(text):
    """What stands as code in the lines of a document, its blocks left out."""
    return [" ".join(code.split()).replace("\\|", "|") for _, code in INLINE.findall(FENCED.sub("", text))]


def typed(code):
    """The words of a command of tdkt as a person would type them: `[--on DATE]` and `REF...` show what may be there."""
    code = re.split(r" [|>;] | && ", code)[0].replace("...", "").replace("…", "")
    return shlex.split(re.sub(r"\[([^\]]*)\]", r"\1", code))[1:]


def parse(words):
    """Read a command line without running it. Raises UsageError, or an error of the library."""
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="tdkt", obj=language("en"))
    name, *rest = words
    try:
        group.get_command(context, name).make_context(name, rest, parent=context)
    except Exception as error:
        short = type(error).__name__ in {"MissingParameter", "Exit"} or "requires an argument" in str(error)
        if not short:  # text names a command, and an option, without all that they need
            raise


COMMANDS_IN_TEXT = sorted({code for text in DOCUMENTS.values() for code in inline(text) if code.startswith("tdkt ")})


@pytest.mark.parametrize("code", COMMANDS_IN_TEXT)
def test_a_command_in_the_text_exists_with_its_options(code):
    words = typed(code)
    if words and words[0] not in {"--version", "--help"} and not words[0].startswith("<"):
        parse(words)


def test_the_documents_name_every_command():
    named = {typed(code)[0] for code in COMMANDS_IN_TEXT if typed(code)}
    blocks = "".join(block for text in DOCUMENTS.values() for block in FENCED.findall(text))
    assert {name for name in COMMANDS if name not in named and f"tdkt {name}" not in blocks} == set()


def options():
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="tdkt", obj=language("en"))
    params = [param for name in COMMANDS for param in group.get_command(context, name).params] + group.params
    return {option for param in params for option in (*param.opts, *param.secondary_opts)} | {"--help"}


def test_an_option_in_the_text_exists():
    known = options() | OTHERS
    named = {
        (name, word)
        for name, text in DOCUMENTS.items()
        for code in inline(text)
        if code.startswith("--")
        for word in re.findall(r"--[a-z][a-z-]*", code)
    }
    assert {(name, word) for name, word in named if word not in known} == set()
    assert len(named) > 50


@pytest.mark.parametrize("wrong", ["tdkt du", "tdkt due --dayz 3", "tdkt check --fix=yes", "tdkt rule TDKT203 TDKT204"])
def test_a_command_that_does_not_exist_is_noticed(wrong):
    with pytest.raises(Exception, match=r".") as noticed:
        parse(typed(wrong))
    assert isinstance(noticed.value, UsageError) or type(noticed.value).__name__ in {
        "NoSuchOption",
        "BadOptionUsage",
        "UsageError",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("```console\n$ echo mot\nhai\n```\n", False),
        ("```console\n$ echo mot\nmot\n```\n", True),
        ("```console\n$ echo mot >&2; echo hai\nmot\nhai\n```\n", True),
        ("<!-- file: a/b.txt -->\n\n```yaml\nx: 1\n```\n\n```console\n$ cat a/b.txt\nx: 1\n```\n", True),
        ("<!-- run: export X=1\ncd / -->\n\n```console\n$ echo $X$PWD\n1/\n```\n", True),
        ("<!-- not run: why -->\n\n```sh\nfalse\n```\n", True),
        ("```console\n$ git log\ncommit 0123abc\n```\n```console\n$ echo 1234567\n7654321\n```\n", False),
    ],
)
def test_blocks_are_run_and_compared(text, problem):
    assert consoles.same(consoles.rerun(text), text) is problem


@pytest.mark.parametrize(
    "command", ["tdkt --version", "tdkt list --plan zzz", 'tdkt rule "TDKT203"', "tdkt due --lang en"]
)
def test_tdkt_prints_in_this_process_what_it_prints_in_its_own(command, tmp_path):
    before = dict(os.environ), Path.cwd()
    shell = consoles.Shell(tmp_path)
    printed = shell.run(command)
    assert printed == shell.run(f"{command};")
    assert printed
    assert (dict(os.environ), Path.cwd()) == before


@pytest.mark.parametrize(
    "text",
    [
        "```sh\ntrue\nfalse\n```\n",
        "```bash\n# why\nexit 3\n```\n",
        "<!-- run: false -->\n",
        "```powershell\ndir\n```\n",
    ],
)
def test_a_command_without_output_has_to_succeed(text):
    with pytest.raises(consoles.FailedError):
        consoles.rerun(text)
