"""What the tests with other programs share: Debian's Chromium, opened on pages that stand as files on the disk, with no network; an
office's repository on a server; and programs from npm, at fixed versions.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from tdkt_cli.core.agenda import items
from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.pages.board import BoardSettings, board_html, board_part, named_parties

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
FILES = {
    "tdkt.toml": '[publish]\nurl = "https://lich.example.vn/tdkt/"\n',
    "plans/a.yaml": """\
        tdkt: plan/1
        id: a
        document: {number: 1/KH-UBND, title: Kế hoạch A, issued: 2022-12-01}
        period: 2023
        units: u
        tasks:
          - id: A1
            title: Xét khen thưởng
            executor: Sở Y tế
            deadlines:
              - before: 2023-02-20
          - id: A2
            title: Sơ kết
            executor: Sở Tài chính
            deadlines:
              - within: 2023-06
        """,
    "plans/b.yaml": """\
        tdkt: plan/1
        id: b
        document: {number: 2/KH-UBND, title: Kế hoạch B, issued: 2022-12-05}
        period: 2023
        units: u
        tasks:
          - id: B1
            title: Báo cáo
            executor: Sở Tài chính
            deadlines:
              - by: 2023-03-15
        """,
    "plans/units/u.yaml": """\
        tdkt: units/1
        id: u
        name: Danh bạ thử
        bodies:
          - {id: so-y-te, name: Sở Y tế}
          - {id: so-tai-chinh, name: Sở Tài chính}
        """,
}
# What a job calls python: packages are only noted, everything else is run.
PYTHON = """\
#!/bin/sh
case "$*" in
  "-m pip "*) echo "$*" >>{log} ;;
  *) exec {python} "$@" ;;
esac
"""


@pytest.fixture(scope="session")
def block():
    """The one block of code of a page of the documentation in this language that has these words."""

    def read(page, language, having):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
        (one,) = [dedent(each) for each in found if having in each]
        return one

    return read


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def npm(request):
    """Install a package of npm at a version, once for all runs; the folder that it stands in."""
    cache = request.config.cache.mkdir("npm")

    def install(package, version):
        folder = cache / f"{package.replace('/', '-')}-{version}"
        if not folder.exists():
            half = Path(tempfile.mkdtemp(dir=cache))
            command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
            command += ["--prefix", half, f"{package}@{version}"]
            subprocess.run(command, check=True, timeout=300, capture_output=True)
            try:
                half.rename(folder)
            except OSError:  # another process was faster
                shutil.rmtree(half)
        return folder / "node_modules" / package

    return install


def read(folder):
    """The office and the items of the plans in a folder."""
    workspace = read_workspace(load_config(folder), [], folder)
    assert workspace.findings == ()
    return SimpleNamespace(office=workspace.office, items=list(items(workspace.plans, workspace.office)))


@pytest.fixture(scope="session")
def bundled():
    """The bundled plans."""
    return read(ROOT)


@pytest.fixture
def kinds():
    """Plans with every kind of deadline and of progress; a test may change what was read."""
    return read(Path(__file__).parent / "kinds")


class Board:
    """A board in a tab; whatever goes wrong in it, or leaves the machine, fails the test."""

    def __init__(self, page, address):
        self.page, self.address, self.wrong = page, address, []
        page.set_default_timeout(5000)
        page.on(
            "console", lambda message: self.wrong.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append("dialog"), dialog.dismiss()))
        page.on(
            "request", lambda request: self.wrong.append(request.url) if request.url.split("#")[0] != address else None
        )

    def open(self, hash_="today=2023-02-01"):
        """Open the page anew with this address."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{hash_}")
        return self

    def go(self, hash_):
        """Change the address of the open page, as a reader does by hand."""
        self.page.evaluate("hash => { location.hash = hash }", hash_)
        self.page.wait_for_function("hash => location.hash.slice(1) !== '' || hash === ''", arg=hash_)
        self.page.evaluate("() => new Promise(done => setTimeout(done, 30))")

    def hash(self):
        """What stands in the address."""
        return self.page.evaluate("decodeURIComponent(location.hash.slice(1))")

    def rows(self):
        """The rows shown, in order: reference, state, how far."""
        return self.page.evaluate(
            "[...document.querySelectorAll('#list .row:not([hidden])')].map(row =>"
            " [row.dataset.ref, row.dataset.state, row.querySelector('.row-distance').textContent])"
        )

    def refs(self):
        """The references of the rows shown."""
        return [ref for ref, *_ in self.rows()]

    def groups(self):
        """The headings of the groups shown, each with its rows."""
        return self.page.evaluate(
            "[...document.querySelectorAll('#list .group:not([hidden])')].map(group => [group.querySelector('.group-words').textContent,"
            " [...group.querySelectorAll('.row:not([hidden])')].map(row => row.dataset.ref)])"
        )

    def row(self, ref):
        """The row of a reference."""
        return self.page.locator(f'#list .row[data-ref="{ref}"]')

    def timeline_row(self, task):
        """The row of a task in the timeline."""
        return self.page.locator(f'.tl-row[data-task="{task}"]')

    def background(self):
        """The colour of the page."""
        return self.page.evaluate("getComputedStyle(document.body).backgroundColor")

    def text(self, selector):
        """The text shown by the first element of a kind."""
        return self.page.locator(selector).first.inner_text()

    def type(self, text):
        """Type into the search box and let the page follow."""
        self.page.fill("#q", text)
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


@pytest.fixture
def open_board(chromium, tmp_path):
    """Open a board of some items: `open_board(found, hash, viewport=..., lang=..., zone=..., timezone_id=...)`."""
    contexts, boards = [], []

    def opened(
        found,
        hash_="today=2023-02-01",
        *,
        lang="vi",
        name="Bảng thử",
        zone="Asia/Ho_Chi_Minh",
        feeds=None,
        now=None,
        **context,
    ):
        settings = BoardSettings(name=name, lang=lang, zone=zone, feeds=feeds)
        path = tmp_path / f"board-{len(boards)}.html"
        plans = dict.fromkeys(item.plan.id for item in found.items)
        parts = [board_part([item for item in found.items if item.plan.id == plan], found.office) for plan in plans]
        html = board_html(parts, named_parties(found.items, found.office), found.office, settings)
        path.write_text(html, encoding="utf-8", newline="")
        contexts.append(chromium.new_context(offline=True, **context))
        page = contexts[-1].new_page()
        if now:
            page.clock.install(time=now)
        boards.append(Board(page, path.as_uri()))
        return boards[-1].open(hash_)

    yield opened
    wrong = [problem for board in boards for problem in board.wrong]
    for context in contexts:
        context.close()
    assert wrong == []


class Office:
    """A repository of plans on a server, a colleague who edits it, and a clean environment."""

    def __init__(self, folder):
        self.folder, self.server, self.desk = folder, folder / "server.git", folder / "desk"
        self.minute = 0
        (folder / "home").mkdir()
        stubs = folder / "stubs"
        stubs.mkdir()
        (stubs / "python").write_text(PYTHON.format(log=folder / "python.log", python=sys.executable), encoding="utf-8")
        (stubs / "python").chmod(0o755)
        self.env = {
            "HOME": str(folder / "home"),
            "PATH": f"{stubs}:{TDKT.parent}:/usr/bin:/bin",
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            "TDKT_CACHE": "",
        }
        self.run("git", "init", "--quiet", "--bare", "--initial-branch=main", self.server, folder=folder)
        self.run("git", "clone", "--quiet", self.server, self.desk, folder=folder)
        for name, text in FILES.items():
            (self.desk / name).parent.mkdir(parents=True, exist_ok=True)
            (self.desk / name).write_text(dedent(text), encoding="utf-8")
        self.push()

    def run(self, *command, folder=None, **env):
        """Run a command, which must succeed; what it printed."""
        ended = subprocess.run(
            command, cwd=folder or self.desk, env=self.env | env, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, (command, ended.stdout, ended.stderr)
        return ended.stdout

    def push(self):
        """Commit everything, each time an hour later, and push it."""
        self.minute += 60
        moment = f"{1_700_000_000 + self.minute * 60} +0700"
        author = ("-c", "user.name=A", "-c", "user.email=a@example.vn")
        self.run("git", "checkout", "--quiet", "-B", "main")
        self.run("git", "add", "--all")
        self.run(
            "git", *author, "commit", "--quiet", "--message", "x", GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment
        )
        self.run("git", "push", "--quiet", "origin", "main")

    def edit(self, name, old, new):
        path = self.desk / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.push()

    def move(self):
        """Move the deadline of Sở Y tế by two days."""
        self.edit("plans/a.yaml", "before: 2023-02-20", "before: 2023-02-22")

    def clone(self, name):
        """The repository with its whole history in a new folder, as a service checks it out."""
        copy = self.folder / name
        shutil.rmtree(copy, ignore_errors=True)
        self.run("git", "clone", "--quiet", self.server, copy, folder=self.folder)
        return copy

    @property
    def installed(self):
        log = self.folder / "python.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)
