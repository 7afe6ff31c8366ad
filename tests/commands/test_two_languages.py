"""No screen is half translated: in a language in which every letter of every message is another one, nothing but data is left to read.

The catalogue is replaced by one that writes 𝖿𝗂𝗅𝖾 for “file”. What is then still written in ordinary letters was never a message: it
must be a word of the files, of what was typed, or a name that is the same in every language.
"""

import gettext
import os
import platform
import re
import shlex
import string
import sys
from pathlib import Path

import pytest
import typer

from tdkt_cli import app
from tdkt_cli.commands.shared import language as choice
from tdkt_cli.core.messages import msg
from tdkt_cli.render import language as language_module
from tdkt_cli.render.language import Language

OTHER = {ord(letter): 0x1D5A0 + place for place, letter in enumerate(string.ascii_uppercase)} | {
    ord(letter): 0x1D5BA + place for place, letter in enumerate(string.ascii_lowercase)
}
STRANGE = frozenset(map(chr, OTHER.values()))
WORD = re.compile(r"(?:[^\W\d_]\u0300?)+")
TAGS = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]*>", re.DOTALL)
CALENDAR = {
    "plans/calendars/vn.yaml": "tdkt: calendar/1\nid: vn\nname: Lịch\ndays:\n  - {date: 2023-02-03, off: true, decision: 1/QĐ}\n"
}
BAD = {
    "plans/c.yaml": "tdkt: plan/1\nid: d\ntitle: x\ndocument: 3\nperiod: 20\ntasks: []\n",
    "plans/d.yaml": "tdkt: plan/1\nid: d\n  x: [\n",
    "plans/e.yaml": "tdkt: zzz/1\nid: NO\n",
    "plans/f.yaml": "a: &x 1\nb: *x\na: 2\n<<: {}\n--- \n\t!!x\n",
    "plans/units/v.yaml": "tdkt: units/1\nid: v\nname: v\nbodies: [{id: a, name: b, parent: zzz}, 3]\n",
    "tdkt.toml": "days = 'x'\nlang = 3\ntimezone = 'x'\n[check]\nzzz = 1\n",
}
# What is typed, by the command: right and wrong, so that every command speaks, and refuses.
TYPED = """
--help / --version / zzz / lsit / --nope / due --lang fr
due / due --days 30 --format table / due --days x / due --today 31/2/2023 / due --today x / due --format xml / due --role chief
due --unit zzz / due --plan zzz / due --section zzz / due --state late / due --kind x / due --month 13 / due --quarter 5
due --from x / due --sort x / due --group-by x / due plans/none.yaml / due nowhere / due --days / due --nope / due --days 0
overdue / overdue --group-by unit / list / list --format table / list --group-by month / list --group-by state
list --group-by waiting / list --group-by section / list --group-by plan / list --unit "so y te"
show a/1 / show a/1#hop / show b/1 / show a/5 / show b/2 / show x y z / show a/zzz / show
missing / missing a/2 / missing a/1#hop / log a/1 / log zzz / units / units "so y te" / units "cac so" / units zzz
workdays 2023-01 / workdays 2023-02 / workdays 13
done a/1#hop --dry-run / done a/1#hop --on 2024-01-01 / done a/1#hop --on 18/2/2023 / done a/1 / done a/1#zzz / done / done a/1#y-te
undone a/1#y-te / undone a/1#hop / move a/1#hop 1/3/2023 / move a/1#hop xyz / move a/1#hop / move a/1#hop 2023-Q2 --as within --dry-run
unmove a/1#hop / received a/2 "so y te" / received a/2 zzz / received a/1#hop x / unreceived a/2 "so y te"
cancel a/1#hop --reason x / cancel b/2 / uncancel b/2 / uncancel a/1#hop / occurred a/1#hop 1/2/2023 / note a/1 x / note a/1 / undo
init / init nhà / init --ci x / init tdkt.toml / new / new "A B" / new c --title X --year 2027 / new c --title X --year 20
new c --title X --year 2027 --issued x / add / add zzz --title x / add a --title X --by x / add a --title X --every x
add a --title X --text "trước ngày 1/3/2023" / add a/1 --title X --ongoing / roll a / roll zzz / roll a --year x
check / check --notes / check --statistics / check --format concise / check --select TDKT999 / check --fail-on x / check --format x
check --output / check --changed-since zzz / check - / check --fix --diff / check --unsafe-fixes --diff
check --strict=1 / check plans/none.yaml / check --fix / fmt / fmt --check / fmt --diff / fmt none
diff / diff zzz / diff plans/a.yaml plans/b.yaml / diff plans/a.yaml plans/b.yaml --format md / diff plans none / diff --format x
read "trước ngày 15/3/2023" / read "hằng tháng" / read xyz / read / read "" / rule / rule X / rule TDKT20
export ics --output x.ics / export / export pdf / export ics --lead-days x / export ics --domain "a b" / export ics --url x
export ics --done x / export ics --output no/x.ics / export ics --previous none / export ics --previous http://127.0.0.1:1/
publish site / publish / publish tdkt.toml / publish site --role x / doctor / doctor --format x / schema / schema x / schema --write / completion x
"""
LINES = [line.strip() for line in TYPED.replace("\n", " / ").split(" / ") if line.strip()]
HELP = [f"{command} --help" for command in app.COMMANDS]
# Names that are the same in every language and stand in no file: of files, of what was found on the machine, of what systems know.
NAMES = """REF PLAN DIR DATE KIND SHELL MONTH NEW OLD HEAD SARIF JUnit
    yaml toml md yml ics json html README gitattributes githooks hooksPath core pre commit schemas schema units calendars site feeds
    tdkt cli git init pip python pipx bash zsh fish powershell github gitlab TDKT TODAY CACHE LANG NO COLOR LC ALL UTF PATH
    vi en KB x off working unshallow fetch message add all config m install later after moved last time per file ignores Asia Ho Chi Minh T post
    vscode settings rule pages severity icalendar pydantic python dateutil pyyaml rich segno typer typing extensions"""


# What machines read, and what is written into plan files, whose language is Vietnamese.
NOT_SPOKEN = ("--format md", "export ics", "roll a --dry-run")
MACHINE = (platform.platform(), sys.executable, sys.prefix, str(Path(app.__file__).parent), *os.environ.values())


MACHINE = (platform.platform(), sys.executable, sys.prefix, str(Path(app.__file__).parent), *os.environ.values())


def strange(text):
    """The text in other letters, its placeholders as they are."""
    parts = []
    for literal, name, spec, conversion in string.Formatter().parse(text):
        parts.append(literal.translate(OTHER).replace("{", "{{").replace("}", "}}"))
        if name is not None:
            parts.append("{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}")
    return "".join(parts)


class Strange(gettext.NullTranslations):
    """The catalogue of a language that nobody speaks."""

    def gettext(self, message):
        return strange(message)

    def ngettext(self, msgid1, msgid2, n):
        return strange(msgid1 if n == 1 else msgid2)


def words(text):
    """The words of a text, in small letters."""
    return {word.casefold() for word in WORD.findall(text)}


def names():
    """What is typed and never translated: commands, options, what they take."""
    group = typer.main.get_command(app.app)
    context = typer.Context(group, obj=Language("en", gettext.NullTranslations()))
    commands = [group, *(group.get_command(context, name) for name in app.COMMANDS)]
    params = [param for command in commands for param in command.params]
    typed = [" ".join([*param.opts, param.metavar or "", str(param.default)]) for param in params]
    examples = [line for name in app.COMMANDS for line, _ in app.definition(name).examples]
    return words(" ".join([NAMES, *app.COMMANDS, *typed, *examples]))


NEUTRAL = names()


def left(text, *known):
    """The words that are neither said in the strange language nor known to be data."""
    ordinary = {word for word in words(text) if not STRANGE & set(word)}
    return ordinary - NEUTRAL - words(" ".join(map(str, known)))


@pytest.fixture
def spoken(tdkt, monkeypatch):
    """Run tdkt in the strange language; how it ended, and what it left in ordinary letters that stands in none of the files."""
    nobody = Language("vi", Strange())
    for module in (choice, language_module):
        monkeypatch.setattr(module, "language", lambda _code: nobody)
    monkeypatch.setenv("TDKT_TODAY", "2023-02-22")

    def run(line, folder):
        files = [path for path in folder.rglob("*.*") if path.suffix in {".yaml", ".toml"}]
        data = [f"{path} {path.read_text('utf-8')}" for path in files]
        ended = tdkt(*shlex.split(line), folder=folder)
        return ended, left(ended.out + ended.err, line, folder, *data, *MACHINE)

    return run


def test_what_is_no_message_is_seen(monkeypatch, spoken, project):
    """The test of the test: a sentence that is printed as it stands in the code does not pass."""
    assert spoken("--help", project())[1] == set()
    monkeypatch.setattr(Language, "say", lambda _self, message: message.text)
    assert {"usage", "another", "act"} <= spoken("--help", project())[1]
    assert left("Không có việc nào", "việc") == {"không", "có", "nào"}
    assert left(str(Language("vi", Strange()).catalogue.gettext(msg("no {x}").text)).format(x="leak")) == {"leak"}


def test_every_command_is_typed():
    assert {line.split()[0] for line in LINES} >= set(app.COMMANDS) - {"completion"}


@pytest.mark.parametrize("line", [*LINES, *HELP])
def test_nothing_but_data_is_in_ordinary_letters(spoken, project, line):
    ended, rest = spoken(line, project(**CALENDAR))
    assert rest == set()
    assert ended.code in {0, 1, 2, 3}


@pytest.mark.parametrize("line", ["check", "due", "doctor", "fmt", "diff plans none", "publish site"])
@pytest.mark.parametrize("name", BAD)
def test_of_files_that_are_wrong_too(spoken, project, line, name):
    ended, rest = spoken(line, project(**{name: BAD[name]}))
    assert rest == set()
    assert ended.out + ended.err
