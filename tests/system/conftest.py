"""Debian's Chromium, opened on pages that stand as files on the disk, with no network."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from tdkt_cli.core.agenda import items
from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.board import BoardSettings, board_html, board_part, named_parties

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        yield browser
        browser.close()


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
