"""Where tdkt.toml names the folder of the pages about the rules, a finding leads to its rule's page; else nothing invents an address."""

import json
import sys

import pytest

from tdkt_cli.commands.check import output
from tdkt_cli.commands.shared import session

PAGES = "https://ban-td.example.vn/tdkt/rules/"
PAGE = f"{PAGES}TDKT604.html"
LINK = f"\x1b]8;;{PAGE}\x1b\\TDKT604\x1b]8;;\x1b\\"
TOML = f'[check]\nrule_pages = "{PAGES}"\n'
TASK = """\
      - id: "1"
        title: Nộp báo cáo
        executor: Các sở
        timing: Trước ngày 21/02/2023
        deadlines:
          - by: 2023-02-21
            text: trước ngày 21/02/2023
"""


@pytest.fixture
def folder(alone):
    """A folder whose only task is this, with these settings."""
    return lambda toml: alone(TASK, **{"tdkt.toml": toml})


@pytest.fixture
def check(tdkt, folder):
    """Check that folder, and print in this format."""

    def run(toml, kind, **env):
        return tdkt(
            "check", "--select", "TDKT604", "--format", kind, "--today", "2023-01-10", folder=folder(toml), **env
        )

    return run


@pytest.mark.parametrize("address", [PAGES, PAGES.rstrip("/")])
def test_machines_get_the_address(check, address):
    (found,) = check(f'[check]\nrule_pages = "{address}"\n', "json").records
    assert found["url"] == PAGE
    assert [json.loads(line)["url"] for line in check(TOML, "jsonl").lines] == [PAGE]


def test_sarif_has_the_address_of_each_rule_and_of_them_all(check):
    driver = check(TOML, "sarif").records["runs"][0]["tool"]["driver"]
    assert ([rule["helpUri"] for rule in driver["rules"]], driver["informationUri"]) == ([PAGE], PAGES)


def test_an_annotation_ends_with_the_address_on_a_line_of_its_own(check):
    line = check(TOML, "github").lines[0]
    assert line.startswith("::error file=plans/b.yaml,")
    assert line.endswith(f"%0A{PAGE}")


def test_in_the_summary_of_a_run_the_rule_is_a_link(check, tmp_path):
    page = tmp_path / "page.md"
    check(TOML, "github", GITHUB_STEP_SUMMARY=str(page))
    assert f"| [TDKT604](<{PAGE}>) " in page.read_text("utf-8")


def test_on_a_terminal_the_rule_is_a_link(typed_into, folder):
    typed = ("check", "--select", "TDKT604", "--today", "2023-01-10")
    screen = typed_into(folder(TOML), *typed, TERM="xterm", NO_COLOR="1").out
    assert f": {LINK} " in screen


@pytest.mark.parametrize("kind", ["text", "concise"])
def test_a_link_needs_a_setting_and_a_terminal_that_knows_links(check, kind, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert f": {LINK} " in check(TOML, kind, TERM="xterm", NO_COLOR="1").out
    assert "\x1b" not in check(TOML, kind, TERM="dumb").out
    assert "\x1b]" not in check("", kind, TERM="xterm").out


@pytest.mark.parametrize("reads", [True, False])
def test_on_a_console_that_reads_no_escapes_there_is_no_link(check, monkeypatch, reads):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    for module in (session, output):
        monkeypatch.setattr(module, "reads_escapes", lambda _stream: reads, raising=False)
    assert ("\x1b" in check(TOML, "concise").out) is reads


@pytest.mark.parametrize("kind", ["text", "concise"])
def test_in_a_file_there_is_neither_link_nor_colour(tdkt, folder, kind, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    place = folder(TOML)
    typed = ("--select", "TDKT604", "--format", kind, "--output", "found.txt")
    assert LINK in tdkt("check", *typed, "--today", "2023-01-10", folder=place, TERM="xterm", NO_COLOR="1").out
    assert "TDKT604" in (place / "found.txt").read_text("utf-8")
    assert "\x1b" not in (place / "found.txt").read_text("utf-8")


@pytest.mark.parametrize("kind", ["text", "concise", "gitlab", "junit"])
def test_elsewhere_there_is_no_address(check, kind):
    assert "ban-td.example.vn" not in check(TOML, kind).out


@pytest.mark.parametrize("kind", ["text", "concise", "json", "jsonl", "github", "gitlab", "junit"])
def test_without_the_setting_there_is_no_address(check, kind, tmp_path):
    page = tmp_path / "page.md"
    assert "://" not in check("", kind, GITHUB_STEP_SUMMARY=str(page)).out
    assert not page.exists() or "://" not in page.read_text("utf-8")


def test_without_the_setting_sarif_carries_the_explanation_itself(check):
    driver = check("", "sarif").records["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    (rule,) = driver["rules"]
    assert "helpUri" not in rule
    assert rule["help"]["text"].startswith("Đúng ngày nhưng sai khóa.\n\n“Trước 20/02” hết hạn")
    assert rule["help"]["text"].endswith("# tdkt: ignore[TDKT604] lý do")


@pytest.mark.parametrize(
    "address", ["ban-td.example.vn/rules/", "https://x y/", "javascript:alert(1)", "https://a/?q="]
)
def test_an_address_that_is_none(check, address):
    found = check(f'[check]\nrule_pages = "{address}"\n', "json").records
    assert [(entry["rule"], entry["file"], entry["line"]) for entry in found if "TDKT0" in entry["rule"]] == [
        ("TDKT016", "tdkt.toml", 2)
    ]
