"""The documentation as a site: built as `make docs` builds it, every page in both languages, no link that leads nowhere."""

import re
import runpy
import shutil
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from tdkt_cli.app import COMMANDS
from tdkt_cli.rules import RULES
from tdkt_cli.schema.jsonschema import PRINTED, SCHEMAS, schema

ROOT = Path(__file__).parents[1]
ENGLISH_ONLY = {"clients", "development"}
MADE = ("commands", "reference", "rules")


def built(source, target, *more):
    """The exit code of Sphinx and its warnings. One process, since the other cores run other tests meanwhile."""
    program = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", *more]
    ended = subprocess.run(
        [*program, "-d", f"{target}-trees", source, target], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stderr


class Page(HTMLParser):
    """What a page of the site says of itself and where it leads."""

    def __init__(self, path):
        super().__init__()
        self.lang, self.ids, self.links, self.loaded = "", set(), [], []
        self.folder, self.text = path.parent, path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        have = dict(attrs)
        self.ids |= {have["id"]} if "id" in have else set()
        if tag == "html":
            self.lang = have["lang"]
        if tag == "a" and "href" in have:
            self.links.append(have["href"])
        if tag in {"link", "script", "img", "source", "iframe"}:
            self.loaded.append(have.get("href") or have.get("src") or "")


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The pages of the site by name. The first of several workers builds it; the others wait."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "site"
    html, ended = folder / "html", folder / "ended"
    try:
        folder.mkdir()
    except FileExistsError:
        while not ended.exists():
            time.sleep(0.1)
    else:
        try:
            shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns(*MADE))
            for name in ("tools", "src", "plans", "schemas"):
                (folder / name).symlink_to(ROOT / name)
            result = built(folder / "docs", html)
        finally:
            ended.touch()
        assert result == (0, "")
    return {path.relative_to(html).with_suffix("").as_posix(): Page(path) for path in html.rglob("*.html")}


def in_english(name):
    return name.endswith(".en") or name in ENGLISH_ONLY or name.startswith("decisions/")


def test_each_page_stands_in_both_languages_and_leads_to_the_other(site):
    for name, page in site.items():
        assert page.lang == ("en" if in_english(name) else "vi"), name
        if name in ENGLISH_ONLY or name.startswith(("decisions/", "search")):
            continue
        other = name.removesuffix(".en") if in_english(name) else f"{name}.en"
        assert f"{other.rpartition('/')[2]}.html" in page.links, name


def test_there_is_a_page_for_each_command_rule_and_schema(site):
    made = {f"commands/{name}" for name in (*COMMANDS, "index")} | {f"rules/{name}" for name in (*RULES, "index")}
    made |= {f"reference/{name}" for name in SCHEMAS}
    assert {name for name in site if name.startswith(("commands/", "rules/", "reference/"))} == made | {
        f"{name}.en" for name in made
    }

    assert {f"{name}.html" for name in RULES} <= set(site["rules/index"].links)
    assert {f"{name}.en.html" for name in COMMANDS} <= set(site["commands/index.en"].links)


def test_the_page_of_a_command_shows_its_examples_and_how_it_ends(site):
    for page, purpose, ending in (
        ("commands/check", "một tệp; có cảnh báo cũng tính là không đạt", "không đạt"),
        ("commands/check.en", "one file; warnings fail the check too", "the check fails"),
    ):
        text = " ".join(site[page].text.split())
        assert purpose in text
        assert f"<p>{ending}</p>" in text


def said(node):
    """The descriptions in a JSON Schema."""
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    own = {node["description"]} if isinstance(node, dict) and isinstance(node.get("description"), str) else set()
    return own.union(*map(said, inner))


def test_the_schemas_of_files_are_known_in_english():
    spoken = set().union(*(said(schema(name)) for name in SCHEMAS if name not in PRINTED))
    assert set(runpy.run_path(ROOT / "tools" / "english.py")["ENGLISH"]) == spoken


def test_every_link_inside_the_site_leads_somewhere(site):
    lost = []
    for name, page in site.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or "_downloads" in parts.path:
                continue
            path = normpath(join(dirname(name), unquote(parts.path))) if parts.path else f"{name}.html"
            target = site.get(path.removesuffix(".html"))
            anchor = unquote(parts.fragment)
            if target is None or (anchor and anchor not in target.ids):
                lost.append((name, link))
    assert lost == []


def test_a_page_loads_nothing_from_elsewhere(site):
    assert {link for page in site.values() for link in page.loaded if urlsplit(link).netloc} == set()


def test_the_interface_is_in_the_language_of_the_page(site):
    vietnamese, english = site["format"].text, site["format.en"].text
    for words in ("Search", "On this page", "Back to top", "Skip to content", "Toggle", "Link to this heading"):
        assert words not in vietnamese
        assert words in english
    assert "Trên trang này" in vietnamese
    words = {
        name: {Path(each).name.partition("?")[0] for each in site[name].loaded} for name in ("search", "search.en")
    }
    assert words["search"] - words["search.en"] == {"translations.js", "site.js"}
    for name, page in site.items():
        navigation = page.text[page.text.index('class="sidebar-tree"') : page.text.index("</aside>")]
        assert ("Getting started" in navigation, "Bắt đầu" in navigation) == (in_english(name), not in_english(name))
        assert ("Development" in navigation, "Phát triển tdkt" in navigation) == (
            in_english(name),
            not in_english(name),
        )


def test_words_are_found_without_their_accents(site):
    index = site["index"].folder / "searchindex.js"
    assert re.search(r'[{,]"?chuyen"?:\[', index.read_text("utf-8"))
    assert "stemWord" in (index.parent / "_static" / "language_data.js").read_text("utf-8")


def test_rules_and_commands_lead_to_their_pages(site):
    assert "rules/TDKT605.html" in site["format"].links
    assert "rules/TDKT605.en.html" in site["reading.en"].links
    assert "commands/done.html" in site["start"].links
    assert "../commands/diff.en.html" in site["decisions/0019-which-task-is-which"].links


SMALL = {
    "index.md": "# Mục lục\n\n## Trang\n\n[A](a.md)\n",
    "index.en.md": "# Contents\n\n## Pages\n\n[A](a.en.md)\n",
    "a.md": "# A\n\n## Phần một\n\n[trang B](index.md), [phần](#phần-một), [tệp](../plans/p.yaml)\n",
    "a.en.md": "# A\n\n[Tiếng Việt](a.md#phần-một)\n",
}


BROKEN = {  # what is added to a page, and what Sphinx says of it
    "a.md": {
        "[x](khong-co.md)": "khong-co.md",
        "[x](#phan-hai)": "phan-hai",
        "[x](../plans/khong-co.yaml)": "khong-co.yaml",
        "TDKT999": "rules/TDKT999",
    },
    "a.en.md": {"[x](a.md#dau)": "dau"},
    "b.md": {"# B": "b.md: WARNING: document isn't included in any toctree"},
}


@pytest.fixture
def docs(tmp_path):
    """A small site without a broken link."""
    folder = tmp_path / "docs"
    shutil.copytree(ROOT / "docs" / "_static", folder / "_static")
    shutil.copy(ROOT / "docs" / "conf.py", folder)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "p.yaml").touch()
    (tmp_path / "tools").symlink_to(ROOT / "tools")
    for each, text in SMALL.items():
        (folder / each).write_text(text, encoding="utf-8")
    return folder


def test_every_broken_link_fails_the_build(docs):
    small = (docs, docs.parent / "html", "-D", "extensions=myst_parser,bilingual")
    assert built(*small) == (0, "")
    for name, links in BROKEN.items():
        with (docs / name).open("a", encoding="utf-8") as file:
            file.write("\n" + "\n\n".join(links) + "\n")
    code, warnings = built(*small)
    assert code
    lines = [line for line in warnings.splitlines() if "WARNING" in line]
    expected = [(name, said) for name, links in BROKEN.items() for said in links.values()]
    assert len(lines) == len(expected), warnings
    for name, said in expected:
        assert [line for line in lines if f"/{name}:" in line and said in line], said


# On a git host, where only what is kept in git can be reached: the same slugs as there.
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def slugs(text):
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    words = [re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-") for heading in headings]
    return set(words)


def test_every_link_works_on_a_git_host():
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    kept = set(subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines())
    lost, seen = [], 0
    for name in sorted(each for each in kept if each.endswith(".md") and not each.startswith("src/")):
        page = ROOT / name
        for link in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
            target, _, anchor = link.partition("#")
            if urlsplit(link).scheme:
                continue
            seen += 1
            path = (page.parent / target).resolve() if target else page
            inside = path.is_relative_to(ROOT) and path.relative_to(ROOT).as_posix()
            there = inside in kept or (path.is_dir() and any(each.startswith(f"{inside}/") for each in kept))
            if not there or (anchor and anchor not in slugs(path.read_text("utf-8"))):
                lost.append((name, link))
    assert lost == []
    assert seen > 100
