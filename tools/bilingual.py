"""A Sphinx extension for a site in two languages, with navigation made from the index and links from names of rules and commands.

Page `x` is in Vietnamese, `x.en` beside it in English; pages that match `english_only` have no Vietnamese version. The interface, the
navigation and the search of a page are in its language. The navigation lists the pages to which `index` (or `index.en`) links, under its
headings; a page that is missing there is an error, unless other pages list it (`listed`). `TDKT203` links to the page of that rule,
`tdkt due` to that of the command.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.util import logging

_ENGLISH = ".en"
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#:]+)\.md\)")
_RULE = re.compile(r"\bTDKT\d{3}\b")
_COMMAND = re.compile(r"tdkt ([a-z]+)\b(?!\.)")
_NO_LINKS = (nodes.reference, nodes.title, nodes.FixedTextElement)
_WORDS = {
    "Search": "Tìm",
    "On this page": "Trên trang này",
    "Back to top": "Về đầu trang",
    "Skip to content": "Tới nội dung",
    "Made with ": "Lập bằng ",
    "Please activate JavaScript to enable the search functionality.": "Trình duyệt phải cho chạy JavaScript thì mới tìm được.",
}
_FIXED = {  # texts of the theme that do not pass through gettext
    "Toggle Light / Dark / Auto color theme": "Đổi nền sáng, nền tối",
    "Toggle site navigation sidebar": "Mở danh sách trang",
    "Toggle table of contents sidebar": "Mở mục lục của trang",
    "<title>Contents</title>": "<title>Mục lục</title>",
    "<title>Menu</title>": "<title>Danh sách trang</title>",
    "<title>Expand</title>": "<title>Mở ra</title>",
    "<title>Light mode</title>": "<title>Nền sáng</title>",
    "<title>Dark mode</title>": "<title>Nền tối</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Theo máy, đang là nền sáng</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Theo máy, đang là nền tối</title>",
    'title="Link to this heading"': 'title="Liên kết tới mục này"',
}


def unaccented(word: str) -> str:
    """Return a word in lower case without tone marks and other accents, as people type it in a search."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter)
    )
    return plain.replace("đ", "d")


class Vietnamese(SearchLanguage):
    """A search that finds words typed with or without accents."""

    lang = "vi"
    language_name = "Vietnamese"
    js_stemmer_rawcode = ""
    js_stemmer_code = """
class Stemmer {
  stemWord(word) {
    return word.toLowerCase().normalize("NFD").replace(/\\p{M}/gu, "").replaceAll("đ", "d");
  }
}
"""

    def stem(self, word: str) -> str:
        """Return the word as the search index has it."""
        return unaccented(word)


def is_english(app: Sphinx, name: str) -> bool:
    """Return whether a page is in English."""
    return name.endswith(_ENGLISH) or bool(re.match(app.config.english_only, name))


def navigate(app: Sphinx, name: str, source: list[str]) -> None:
    """Add to the index a list of pages for each heading, from the links below it, and to the decisions a list of all of them."""
    if name == "decisions/README":
        source[0] += "".join(
            f"- [](/{page}.md)\n" for page in sorted(app.env.found_docs) if re.match(r"decisions/\d", page)
        )
    if name in {"index", f"index{_ENGLISH}"}:
        _, *parts = _HEADING.split(source[0])
        for heading, below in zip(parts[::2], parts[1::2], strict=True):
            pages = dict.fromkeys(f"{words} <{page}>" for words, page in _LINK.findall(below))
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n" + "\n".join(pages) + "\n```\n"
    if name == f"index{_ENGLISH}" or re.match(app.config.listed, name):
        source[0] = f"---\norphan: true\n---\n{source[0]}"


def link(app: Sphinx, tree: nodes.document, here: str) -> None:
    """Turn the names of rules and commands into links to their pages."""
    tail = _ENGLISH if is_english(app, here) else ""
    for node in list(tree.findall(nodes.Text)):
        if _is_inside(node, _NO_LINKS):
            continue
        literal = node.parent if isinstance(node.parent, nodes.literal) else None
        command = _COMMAND.match(node)
        if literal and command and f"commands/{command[1]}" in app.env.found_docs:
            literal.parent.replace(literal, _link(app, f"commands/{command[1]}{tail}", here, literal.deepcopy()))
        elif literal and _RULE.fullmatch(node):
            literal.parent.replace(literal, _link(app, f"rules/{node}{tail}", here, literal.deepcopy()))
        elif not literal and _RULE.search(node):
            parts = [nodes.Text(part) for part in re.split(f"({_RULE.pattern})", node) if part]
            linked = [
                _link(app, f"rules/{each}{tail}", here, each) if _RULE.fullmatch(each) else each for each in parts
            ]
            node.parent.replace(node, linked)


def _is_inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False


def _link(app: Sphinx, page: str, here: str, shown: nodes.Node) -> nodes.Node:
    if page == here:
        return shown
    if page not in app.env.found_docs:
        logging.getLogger(__name__).warning("%s is named, and there is no such page", page, location=here)
    return nodes.reference("", "", shown, internal=True, refuri=app.builder.get_relative_uri(here, page))


def localize(app: Sphinx, name: str, _template: str, context: dict[str, Any], _tree: nodes.document | None) -> None:
    """Set interface, navigation and search of a page to its language."""
    context["prev"] = context["next"] = None
    context["toctree"] = partial(_navigation, app, name, context["pathto"])
    if is_english(app, name):
        context["language"] = "en"
        context["gettext"], context["master_doc"] = str, f"index{_ENGLISH}"
        context["pathto"] = partial(_english_path, context["pathto"])
        context["script_files"] = [each for each in context["script_files"] if not _is_vietnamese(each.filename)]
    else:
        context["gettext"] = lambda text: _WORDS.get(text, text)


def _is_vietnamese(script: Path | str | None) -> bool:
    """Return whether a script holds Vietnamese words: the few of Sphinx itself, or ours."""
    return Path(script or "").name in {"translations.js", "site.js"}


def _english_path(path: Callable[..., str], name: str, *rest: Any) -> str:  # noqa: ANN401 - as Sphinx calls it
    return path(f"search{_ENGLISH}" if name == "search" else name, *rest)


def _navigation(app: Sphinx, name: str, path: Callable[[str], str], **_how: object) -> str:
    """Return the navigation of a page as HTML, from the lists of its index. Sphinx's own is far slower, and has one index only."""
    lines = []
    for caption, entries in _page_lists(app, "index" + (_ENGLISH if is_english(app, name) else "")):
        lines.append(f'<p class="caption" role="heading"><span class="caption-text">{escape(caption)}</span></p><ul>')
        for words, page in entries:
            link = f'<a class="reference internal" href="{path(page)}">{escape(words)}</a>'
            lines.append(f'<li class="toctree-l1{" current current-page" if page == name else ""}">{link}</li>')
        lines.append("</ul>")
    return "".join(lines)


@cache
def _page_lists(app: Sphinx, index: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the lists of pages of an index: their headings, with the title and name of each page."""
    return [(tree["caption"], tree["entries"]) for tree in app.env.get_doctree(index).findall(addnodes.toctree)]


def finish(app: Sphinx, error: Exception | None) -> None:
    """Replace the texts that the theme has in English only. Raises ValueError where one of them occurs nowhere."""
    if error:
        return
    left = set(_FIXED)
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if '<html class="no-js" lang="vi"' in text:
            left -= {english for english, vietnamese in _FIXED.items() if english in text or vietnamese in text}
            for english, vietnamese in _FIXED.items():
                text = text.replace(english, vietnamese)
            page.write_text(text, encoding="utf-8")
    if left:
        raise ValueError(f"the theme no longer says: {sorted(left)}")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.add_config_value("english_only", "$^", "env")
    app.add_config_value("listed", "$^", "env")
    app.add_search_language(Vietnamese)
    app.connect("source-read", navigate)
    app.connect("doctree-resolved", link)
    app.connect("html-page-context", localize, priority=400)  # before the theme's own
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
