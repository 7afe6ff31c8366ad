"""The shape of the code: who may import whom, how long a module may be, who may ask the clock, what is loaded when."""

import ast
import graphlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tdkt_cli.app import COMMANDS, GROUPS, module_of

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "tdkt_cli"
# Each layer and what it may import of the others; errors is the one kind of error and the exit codes.
LAYERS = {
    "core": set(),
    "schema": {"core"},
    "files": {"schema", "core"},
    "rules": {"schema", "core"},
    "render": {"schema", "core"},
    "errors": {"core"},
    "api": {"errors", "files", "core"},
    "commands": {"api", "errors", "files", "rules", "render", "schema", "core"},
    "app": {"commands", "errors", "files", "core"},
    "__main__": {"app", "commands", "errors", "render", "core"},
    # for type checkers: the names are loaded when they are asked for
    "__init__": {"api", "errors", "files", "render", "core"},
}
LONGEST = 400
DATA = {"core/holidays_vn.py"}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime", "time_ns"}


def name_of(path):
    parts = path.relative_to(SOURCES.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCES.rglob("*.py"))}
MODULES = {name_of(path): path for path in TREES}
IDS = [str(path.relative_to(SOURCES)) for path in TREES]
each_module = pytest.mark.parametrize("path", TREES, ids=IDS)


def layer(module):
    return [*module.split("."), "__init__"][1]


def imports(tree):
    """Every import of a module, in functions too: the node and the module's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node, full if full in MODULES else str(node.module)


def ours(path):
    return {name for _, name in imports(TREES[path]) if name in MODULES}


@each_module
def test_imports_go_one_way(path):
    own = layer(name_of(path))
    assert {layer(name) for name in ours(path)} - {own} <= LAYERS[own]


def test_the_rules_above_are_about_layers_that_exist():
    assert set(LAYERS) == {layer(name) for name in MODULES}
    assert {layer(name) for path in TREES for name in ours(path)} == set(LAYERS) - {"__main__", "__init__"}


COMMAND_FILES = [path for path in TREES if path.is_relative_to(SOURCES / "commands") and path.name != "__init__.py"]


def group(module):
    """The group of commands that a module stands in, None outside of `commands`."""
    parts = module.split(".")
    return parts[2] if parts[1] == "commands" and len(parts) > 3 else None


@pytest.mark.parametrize("path", COMMAND_FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_group_of_commands_imports_no_other(path):
    groups = {group(name) for name in ours(path)} - {None}
    own = group(name_of(path))
    assert groups <= ({own, "shared"} if own != "shared" else {"shared"})


def test_the_folders_of_commands_are_the_groups_of_the_help():
    folders = {path.parent.relative_to(SOURCES / "commands").as_posix() for path in COMMAND_FILES}
    assert folders == {folder for _, folder, _ in GROUPS} | {"shared"}
    files = {path.relative_to(SOURCES / "commands").with_suffix("").as_posix() for path in COMMAND_FILES}
    assert files >= {module_of(name).removeprefix("tdkt_cli.commands.").replace(".", "/") for name in COMMANDS}


@pytest.mark.parametrize("path", COMMAND_FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_file_beside_the_commands_is_named_by_a_noun(path):
    assert path.stem in {*COMMANDS, "listing"} or not path.stem.endswith("ing")


def test_no_cycles():
    graph = {name: ours(path) - {name} for name, path in MODULES.items()}
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(MODULES)


@pytest.mark.parametrize("path", [path for path in TREES if layer(name_of(path)) == "core"], ids=lambda path: path.name)
def test_the_core_needs_nothing_but_python(path):
    at_top = set(ast.iter_child_nodes(TREES[path]))
    allowed = sys.stdlib_module_names | {"tdkt_cli", "typing_extensions"}
    for node, name in imports(TREES[path]):
        top = name.partition(".")[0]
        assert top in allowed or (top == "dateutil" and node not in at_top), name
    forbidden = {"os", "io", "pathlib", "subprocess", "sys", "socket", "tempfile", "shutil", "time"}
    assert forbidden.isdisjoint(name.partition(".")[0] for _, name in imports(TREES[path]))


@each_module
def test_no_module_is_too_long(path):
    if str(path.relative_to(SOURCES)) not in DATA:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def public(tree):
    """The module's public functions and classes, and the public methods of those."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@each_module
def test_everything_public_says_what_it_is(path):
    assert ast.get_docstring(TREES[path])
    assert [node.name for node in public(TREES[path]) if not ast.get_docstring(node)] == []


@each_module
def test_only_the_session_asks_the_clock(path):
    asked = {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.attr in CLOCKS or (node.func.value.id, node.func.attr) == ("time", "time"))
    }
    assert asked == ({"datetime.now"} if name_of(path) == "tdkt_cli.commands.shared.session" else set())


LOADED = """
import json, sys
from tdkt_cli.__main__ import main
try:
    main()
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""
HEAVY = {"babel", "dateutil", "docx", "hatchling", "holidays", "hypothesis", "icalendar", "jinja2", "openpyxl", "pydantic", "pytest", "rich", "typer", "yaml"}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (("--version",), {"typer", "pydantic"}),
        (("rule", "TDKT203"), {"typer", "pydantic", "yaml"}),
        (("schema",), {"typer", "pydantic", "yaml"}),
        (("due", "--today", "2023-02-01"), {"typer", "pydantic", "yaml", "dateutil"}),
        (("list", "--format", "json"), {"typer", "pydantic", "yaml", "dateutil"}),
        (("check",), {"typer", "pydantic", "yaml", "dateutil"}),
        (("due", "--today", "2023-02-01", "--format", "table"), {"typer", "pydantic", "yaml", "dateutil", "rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_loaded(arguments, needed):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON", "COV_"))}
    program = [sys.executable, "-c", LOADED, *arguments]
    ended = subprocess.run(program, cwd=ROOT, env=clean, capture_output=True, check=False)
    assert ended.returncode == 0
    loaded = set(json.loads(ended.stderr.splitlines()[-1]))
    assert loaded & HEAVY <= needed
