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
COMMAND_FILES = [path for path in TREES if path.is_relative_to(SOURCES / "commands") and path.name != "__init__.py"]


def layer(module):
    return [*module.split("."), "__init__"][1]


def group(module):
    """The group of commands that a module stands in, None outside of `commands`."""
    parts = module.split(".")
    return parts[2] if parts[1:2] == ["commands"] and len(parts) > 3 else None


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


OURS = {name: {target for _, target in imports(TREES[path]) if target in MODULES} for name, path in MODULES.items()}


def arrows(key, allowed):
    """The imports from one place into another that are not allowed; `key` names the place of a module."""
    return [
        f"{name} -> {target}"
        for name, targets in OURS.items()
        for target in targets
        if key(name) and key(target) and key(target) != key(name) and key(target) not in allowed(key(name))
    ]


def test_imports_go_one_way():
    assert arrows(layer, LAYERS.__getitem__) == []


def test_no_group_of_commands_imports_another():
    assert arrows(group, lambda own: {"shared"} - {own}) == []


def test_the_rules_above_are_about_layers_that_exist():
    assert set(LAYERS) == {layer(name) for name in MODULES}
    assert {layer(target) for targets in OURS.values() for target in targets} == set(LAYERS) - {"__main__", "__init__"}


def test_no_cycles():
    graph = {name: targets - {name} for name, targets in OURS.items()}
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(MODULES)


def test_the_folders_of_commands_are_the_groups_of_the_help():
    assert {group(name_of(path)) for path in COMMAND_FILES} == {folder for _, folder, _ in GROUPS} | {"shared"}
    assert {module_of(command) for command in COMMANDS} <= {name_of(path) for path in COMMAND_FILES}


def test_a_file_beside_the_commands_is_named_by_a_noun():
    named = {module_of(command).rpartition(".")[2] for command in COMMANDS} | {"listing"}
    assert [path.name for path in COMMAND_FILES if path.stem.endswith("ing") and path.stem not in named] == []


def test_the_core_needs_nothing_but_python():
    forbidden = {"os", "io", "pathlib", "subprocess", "sys", "socket", "tempfile", "shutil", "time"}
    allowed = sys.stdlib_module_names - forbidden | {"tdkt_cli", "typing_extensions"}
    for name, path in MODULES.items():
        if layer(name) == "core":
            at_top = set(ast.iter_child_nodes(TREES[path]))
            tops = {(node, target.partition(".")[0]) for node, target in imports(TREES[path])}
            inside = {"dateutil"}  # loaded where something recurs
            assert {
                top for node, top in tops if top not in allowed | (inside if node not in at_top else set())
            } == set(), name


def test_no_module_is_too_long():
    lengths = {str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8").count("\n") for path in TREES}
    assert {name: length for name, length in lengths.items() if length > LONGEST and name not in DATA} == {}


def public(tree):
    """The module's public functions and classes, and the public methods of those."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_everything_public_says_what_it_is():
    assert [name for name, path in MODULES.items() if not ast.get_docstring(TREES[path])] == []
    nodes = {f"{name}.{node.name}": node for name, path in MODULES.items() for node in public(TREES[path])}
    assert [name for name, node in nodes.items() if not ast.get_docstring(node)] == []


def test_only_the_session_asks_the_clock():
    asked = {
        (name, f"{node.func.value.id}.{node.func.attr}")
        for name, path in MODULES.items()
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.attr in CLOCKS or (node.func.value.id, node.func.attr) == ("time", "time"))
    }
    assert asked == {("tdkt_cli.commands.shared.session", "datetime.now")}


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
