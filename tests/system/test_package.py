"""The wheel and the source distribution: what is in them, and that tdkt installed from them runs where nothing of its tree is.

What is built and installed once serves every test here, in whichever worker of the test run; packages come from PyPI.
"""

import email.parser
import email.policy
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION, LOWEST = PROJECT["version"], PROJECT["requires-python"].removeprefix(">=")
NAME = f"tdkt_cli-{VERSION}"
LEFT_OUT = ("TDKT_", "PYTHON", "GIT_", "VIRTUAL_ENV", "PIPX_", "UV_TOOL", "COV_", "LC_")
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="bin/")


def run(*command, folder, **env):
    """What a command prints, in an environment that says nothing of this tree; it has to end well."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT) and name != "LANG"}
    clean |= {"TDKT_CACHE": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | {
        name: str(value) for name, value in env.items()
    }
    ended = subprocess.run(
        list(map(str, command)), cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Fill a folder that all workers of a test run share, by the first that needs it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "package"
    shared.mkdir(exist_ok=True)

    def made(name, make):
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="module")
def tree(once):
    """The files of the tree as someone has them who unpacked them: nothing built, no git."""

    def copy(folder):
        names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=ROOT).split("\0")[:-1]
        for name in names:
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
        # What lies about in a tree that was worked in.
        (folder / "src/tdkt_cli/__pycache__").mkdir()
        for name in ("src/tdkt_cli/__pycache__/app.cpython-311.pyc", "secret.txt", "src/secret.mo"):
            (folder / name).write_bytes(b"x")

    return once("tree", copy)


@pytest.fixture(scope="module")
def sdist(once, tree):
    """The source distribution of the tree."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d"]
    (found,) = once("sdist", lambda folder: run(*build, folder, folder=tree)).iterdir()
    return found


@pytest.fixture(scope="module")
def wheels(once, tree, sdist):
    """The wheel of the tree and that of the source distribution, the latter with all that it needs, built by pip away from this environment."""

    def built(name, *what):
        wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", "."]
        (found,) = once(name, lambda folder: run(*wheel, *what, folder=folder)).glob("tdkt_cli-*.whl")
        return found

    return SimpleNamespace(of_tree=built("wheel", "--no-deps", tree), of_sdist=built("wheels", sdist))


@pytest.fixture(scope="module")
def installed(once, wheels):
    """Install tdkt into a new environment; its folder of programs.

    The wheel of the tree with the lowest Python that is admitted, if it is here; that of the source distribution without a network.
    """

    def from_tree(folder):
        run(shutil.which(f"python{LOWEST}") or sys.executable, "-m", "venv", folder, folder=folder)
        run(folder / "bin/python", "-m", "pip", "install", "--quiet", wheels.of_tree, folder=folder)

    def from_sdist(folder):
        run(sys.executable, "-m", "venv", folder, folder=folder)
        local = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": wheels.of_sdist.parent}
        run(folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-index", "tdkt-cli", folder=folder, **local)

    return lambda kind: once(f"in-{kind}", {"tree": from_tree, "sdist": from_sdist}[kind]) / "bin"


@pytest.fixture(params=["tree", "sdist"])
def programs(request, installed):
    """The programs of an environment in which tdkt is installed."""
    return installed(request.param)


def files(folder, *names):
    """The files that lie in these folders of the tree, and these files themselves."""
    found = (path for name in names for path in [folder / name, *(folder / name).rglob("*")] if path.is_file())
    kept = (path for path in found if "__pycache__" not in path.parts and path.suffix != ".mo")
    return {path.relative_to(folder).as_posix() for path in kept}


def test_what_is_in_the_source_distribution(tree, sdist):
    assert sdist.name == f"{NAME}.tar.gz"
    with tarfile.open(sdist) as archive:
        names = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}
    folders = ("src", "schemas", "docs", "tools/build_catalogues.py")
    texts = ("README.md", "README.en.md", "CHANGELOG.md", "LICENSE", "pyproject.toml")
    assert names == files(tree, *folders, *texts) | {"PKG-INFO", ".gitignore"}


def test_what_is_in_the_wheel(tree, wheels):
    with zipfile.ZipFile(wheels.of_tree) as archive:
        names = set(archive.namelist())
        catalogue = archive.read("tdkt_cli/locale/vi/LC_MESSAGES/tdkt.mo")
    package = {name.removeprefix("src/") for name in files(tree, "src")}
    catalogues = {name for name in package if name.endswith(".po")}
    about = {
        f"{NAME}.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    assert names == package - catalogues | {name.replace(".po", ".mo") for name in catalogues} | about
    assert {"tdkt_cli/py.typed", "tdkt_cli/templates/tdkt.toml", "tdkt_cli/render/pages/assets/board.js"} < names
    assert "kế hoạch".encode() in catalogue


def test_the_wheel_of_the_source_distribution_is_the_wheel_of_the_tree(wheels):
    assert wheels.of_sdist.name == wheels.of_tree.name == f"{NAME}-py3-none-any.whl"
    assert wheels.of_sdist.read_bytes() == wheels.of_tree.read_bytes()


def test_what_the_wheel_says_of_itself(wheels):
    with zipfile.ZipFile(wheels.of_tree) as archive:
        text = archive.read(f"{NAME}.dist-info/METADATA").decode()
        points = archive.read(f"{NAME}.dist-info/entry_points.txt").decode()
    said = email.parser.Parser(policy=email.policy.compat32).parsestr(text)
    assert (said["Name"], said["Version"], said["Requires-Python"]) == ("tdkt-cli", VERSION, f">={LOWEST}")
    assert (said["License-Expression"], said["License-File"]) == ("MIT", "LICENSE")
    assert said["Description-Content-Type"] == "text/markdown"
    needed = [each for each in said.get_all("Requires-Dist") if "extra ==" not in each]
    assert len(needed) == len(PROJECT["dependencies"])
    assert "Typing :: Typed" in said.get_all("Classifier")
    assert said.get_payload().strip() == (ROOT / "README.md").read_text("utf-8").strip()
    assert points.split() == ["[console_scripts]", "tdkt", "=", "tdkt_cli.__main__:main"]


@pytest.fixture(scope="module")
def tools(once):
    """pipx, uv and twine."""

    def install(folder):
        run(sys.executable, "-m", "venv", folder, folder=folder)
        run(folder / "bin/python", "-m", "pip", "install", "--quiet", "uv", folder=folder)
        run(folder / "bin/uv", "pip", "install", "--python", folder / "bin/python", "pipx", "twine", folder=folder)

    return once("tools", install) / "bin"


def test_an_index_would_take_it(tools, wheels, sdist, tmp_path):
    said = run(tools / "twine", "check", "--strict", wheels.of_tree, sdist, folder=tmp_path, NO_COLOR="1")
    assert said.count("PASSED") == 2


REGISTER = """\
    tdkt: units/1
    id: don-vi
    name: Danh bạ
    bodies:
      - id: so-y-te
        name: Sở Y tế
"""


def test_it_runs_where_nothing_of_its_tree_is(programs, tmp_path):
    def tdkt(*arguments, **env):
        return run(programs / "tdkt", *arguments, folder=tmp_path, **env)

    where = run(programs / "python", "-P", "-c", "import tdkt_cli; print(tdkt_cli.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)
    assert tdkt("--version").splitlines()[0] == f"tdkt {VERSION}"
    assert "đã lập: tdkt.toml" in tdkt("init")
    (tmp_path / "plans/units/don-vi.yaml").write_text(dedent(REGISTER), "utf-8")
    tdkt("new", "k-2026", "--title", "Kế hoạch", "--year", "2026", "--number", "15/KH-UBND", "--issued", "20/12/2025")
    task = ("--section", "I", "--heading", "Phần một", "--title", "Họp", "--executor", "Sở Y tế")
    assert "trước 20/01/2026" in tdkt("add", "k-2026", *task, "--text", "trước ngày 20/01/2026")
    assert "không có lỗi" in tdkt("check")
    tdkt("fmt")
    assert "k-2026/I.1" in tdkt("due", "--today", "2026-01-10", "--unit", "so y te")
    assert "1 deadline\n" in tdkt("due", "--today", "2026-01-10", TDKT_LANG="en")
    assert "Họp" in tdkt("list", "--format", "table")
    assert tdkt("export", "ics").count("BEGIN:VEVENT") == 1
    tdkt("publish", "site")
    assert {"index.html", "bang-theo-doi.html", "tat-ca.ics"} <= {path.name for path in (tmp_path / "site").iterdir()}
    assert "TDKT203" in tdkt("rule", "TDKT203")
    for kind in ("plan", "record"):
        assert tdkt("schema", kind) == (ROOT / "schemas" / f"{kind}.schema.json").read_text("utf-8")
    assert "_TDKT_COMPLETE" in tdkt("completion", "bash")


@pytest.mark.skipif(not shutil.which(f"python{LOWEST}"), reason=f"Python {LOWEST}")
def test_it_runs_with_the_lowest_python(installed, tmp_path):
    programs = installed("tree")
    said = run(programs / "python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])", folder=tmp_path)
    assert said.strip() == LOWEST


@pytest.fixture
def sources(tree, tmp_path):
    """The tree in a folder of its own, for its version to advance."""
    return shutil.copytree(tree, tmp_path / "tdkt")


def advance(sources):
    """Give the sources a later version; what it is."""
    path = sources / "pyproject.toml"
    text = path.read_text("utf-8")
    assert text.count(f'\nversion = "{VERSION}"\n') == 1
    path.write_text(text.replace(f'\nversion = "{VERSION}"\n', '\nversion = "99.1.0"\n'), "utf-8")
    return "99.1.0"


@pytest.mark.parametrize(("tool", "again"), [("pipx", "--force"), ("uv", "--reinstall")])
def test_a_tool_installs_upgrades_and_uninstalls_it(tools, sources, tmp_path, tool, again):
    programs = tmp_path / "programs"
    command = [tools / "pipx"] if tool == "pipx" else [tools / "uv", "tool"]
    env = {
        "PIPX_HOME": tmp_path / "home", "PIPX_BIN_DIR": programs, "PIPX_MAN_DIR": tmp_path / "man",
        "UV_TOOL_DIR": tmp_path / "home", "UV_TOOL_BIN_DIR": programs, "UV_PYTHON_DOWNLOADS": "never",
    }  # fmt: skip

    def version():
        assert [path.name for path in programs.iterdir()] == ["tdkt"]
        return run(programs / "tdkt", "--version", folder=tmp_path).splitlines()[0]

    run(*command, "install", "--python", sys.executable, ".", folder=sources, **env)
    assert version() == f"tdkt {VERSION}"
    later = advance(sources)
    run(*command, "install", "--python", sys.executable, again, ".", folder=sources, **env)
    assert version() == f"tdkt {later}"
    run(*command, "uninstall", "tdkt-cli", folder=tmp_path, **env)
    assert list(programs.iterdir()) == []


def mypy(programs, folder, code):
    """The errors that mypy finds in a script of a user of the installed tdkt, and the types it reveals, each with its line."""
    (folder / "script.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-color-output"]
    ended = subprocess.run(
        [*command, "--python-executable", programs / "python", "--cache-dir", folder / "cache", "script.py"],
        cwd=folder, env={"PATH": os.environ["PATH"]}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (ended.returncode in {0, 1}, ended.stderr) == (True, "")
    return re.findall(r"^script\.py:(\d+): (?:error: |note: (?=Revealed))(.*)$", ended.stdout, re.MULTILINE)


@pytest.mark.parametrize("page", ["python.md", "python.en.md"])
def test_the_scripts_of_the_page_are_typed(installed, tmp_path, page):
    code = "\n".join(CODE.findall((ROOT / "docs" / page).read_text("utf-8")))
    assert "load_plans" in code
    assert mypy(installed("tree"), tmp_path, code) == []


WRONG = """\
from tdkt_cli import agenda, diff, load_plans
from tdkt_cli import load_plan
plans = load_plans()
reveal_type(plans.plans)
reveal_type(agenda(plans, today=plans.plans[0].period.start)[0].last_day)
reveal_type(next(iter(diff("main"))).tasks)
agenda(plans)
agenda(plans, today=plans.plans[0].period.start, state="late")
agenda(plans, today=plans.plans[0].period.start, units="Sở Y tế")
"""


def test_a_type_checker_sees_what_is_given_and_what_is_wrong(installed, tmp_path):
    said = mypy(installed("tree"), tmp_path, WRONG)
    assert [line for line, _ in said] == ["2", "4", "5", "6", "7", "8", "9"]
    words = [words for _, words in said]
    assert 'has no attribute "load_plan"' in words[0]
    assert words[1:4] == [
        'Revealed type is "tuple[tdkt_cli.core.plan.Plan, ...]"',
        'Revealed type is "datetime.date | None"',
        'Revealed type is "tuple[tdkt_cli.core.diff.difference.TaskChange, ...]"',
    ]
    assert 'Missing named argument "today"' in words[4]
    assert 'Argument "state"' in words[5]
    assert 'Unexpected keyword argument "units"' in words[6]
