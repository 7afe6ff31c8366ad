"""A Sphinx extension that generates the reference pages from the program: commands, rules, configuration, files, records.

It writes `commands/`, `rules/` and `reference/` beside the pages that people wrote (git ignores them), and puts the list of these pages where
the index has `<!-- reference -->`. The texts come from the program's help, the rules and the JSON Schemas, in Vietnamese and in English:
through the message catalogue, or `tools/english.py` where the schema itself is in Vietnamese.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import Any

import typer
from sphinx.application import Sphinx

from english import ENGLISH
from tdkt_cli.app import COMMANDS, GROUPS, Commands, app, run
from tdkt_cli.render.language import LANGUAGES, Language, language
from tdkt_cli.schema.jsonschema import PRINTED, SCHEMAS, schema

MARK = "<!-- reference -->"
_SIGNS = re.compile(r"([\\|*_\[\]<>])")
_FAMILIES = {
    "0": ("Tệp và định dạng", "Files and their format"),
    "1": ("Cấu trúc kế hoạch", "The structure of a plan"),
    "2": ("Ngày", "Dates"),
    "3": ("Đơn vị và danh bạ", "Parties and registers"),
    "4": ("Nguồn", "Sources"),
    "5": ("Tiến độ", "Progress"),
    "6": ("Lời văn của văn bản", "The words of the document"),
    "9": ("Lời bỏ qua", "Suppressions"),
}
_TYPES = {
    "string": ("chữ", "text"),
    "integer": ("số", "integer"),
    "boolean": ("`true`, `false`", "`true`, `false`"),
    "null": ("null", "null"),
    None: ("giá trị bất kỳ", "any value"),
}
_SEVERITIES = {"error": "lỗi", "warning": "cảnh báo", "info": "lưu ý"}
_PAGES = {  # by schema: the page of the guide that explains it, and its titles
    "config": ("format", "Cấu hình: tdkt.toml", "Configuration: tdkt.toml"),
    "plan": ("format", "Tệp kế hoạch: mọi khóa", "Plan files: every key"),
    "units": ("format", "Danh bạ đơn vị: mọi khóa", "Registers of units: every key"),
    "calendar": ("format", "Lịch nghỉ, làm bù: mọi khóa", "Calendars: every key"),
    "record": ("record", "Bản ghi JSON của một thời hạn", "The JSON record of a deadline"),
    "difference": ("diff", "JSON của tdkt diff", "The JSON of tdkt diff"),
    "step": ("diff", "JSON của tdkt log", "The JSON of tdkt log"),
}


class Page:
    """A page in one language, built line by line."""

    def __init__(self, speaker: Language) -> None:
        """Start an empty page."""
        self.speaker, self.lines = speaker, list[str]()
        self.tail = "" if speaker.code == "vi" else f".{speaker.code}"

    def both(self, vi: str, en: str) -> str:
        """Return the words in the language of the page."""
        return vi if self.speaker.code == "vi" else en

    def add(self, *lines: str) -> None:
        """Add a paragraph, or a table line by line."""
        self.lines += [*lines, ""]

    def table(self, head: list[str], rows: list[list[str]]) -> None:
        """Add a table; the cells are Markdown."""
        lines = [head, ["---"] * len(head), *rows]
        self.add(*(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in line)} |" for line in lines))

    def code(self, text: str) -> None:
        """Add a block of code."""
        self.add("```", *text.splitlines(), "```")


Named = tuple[str, Callable[[Page], None]]  # the name of a page, and the function that writes it


def plain(text: str) -> str:
    """Return text as Markdown in which only backquotes, around code, have a meaning."""
    parts = text.split("`")
    return "`".join(
        part.replace("|", "\\|") if index % 2 else _SIGNS.sub(r"\\\1", part) for index, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Return text as code in a cell of a table."""
    return "`" + text.replace("|", "\\|") + "`"


def commands(page: Page) -> Iterator[Named]:
    """Yield the pages of the commands."""
    group = typer.main.get_command(app)
    assert isinstance(group, Commands)  # noqa: S101 - a tool, not the program
    context = typer.Context(group, info_name="tdkt", obj=page.speaker)
    found = {name: group.get_command(context, name) for name in COMMANDS}

    def index(page: Page) -> None:
        page.add(f"# {page.both('Lệnh', 'Commands')}")
        for heading, _, names in GROUPS:
            page.add(f"## {page.speaker.say(heading).removesuffix(':')}")
            rows = [[f"[{name}]({name}{page.tail}.md)", plain(found[name].get_short_help_str())] for name in names]
            page.table([page.both("Lệnh", "Command"), page.both("Để", "To")], rows)

    yield "index", index
    for name, command in found.items():
        yield name, partial(_command, name=name, command=command, context=context)


def _command(page: Page, name: str, command: Any, context: Any) -> None:  # noqa: ANN401 - typer's own
    own = command.make_context(name, [], parent=context, resilient_parsing=True)
    page.add(f"# tdkt {name}")
    for paragraph in (command.help or "").replace("\b\n", "").split("\n\n"):
        if paragraph.startswith(" "):
            page.code(paragraph)
        else:
            page.add(plain(paragraph))
    pieces = " ".join(["tdkt", name, *command.collect_usage_pieces(own)])
    page.code(pieces.replace("[OPTIONS]", page.both("[TÙY CHỌN]", "[OPTIONS]")))
    for kind, heading in (("argument", ("Tham số", "Arguments")), ("option", ("Tùy chọn", "Options"))):
        rows = [_parameter(page, each) for each in command.params if each.param_type_name == kind and not each.hidden]
        if rows:
            page.add(f"## {page.both(*heading)}")
            values = [page.both("Giá trị", "Value")] if kind == "option" else []
            page.table([page.both("Viết", "Write"), *values, page.both("Nghĩa", "Meaning")], rows)
    page.add(f"## {page.both('Ví dụ', 'Examples')}")
    rows = [[code(line), plain(page.speaker.say(purpose))] for line, purpose in command.examples]
    page.table([page.both("Gõ", "Type"), page.both("Để", "To")], rows)
    page.add(f"## {page.both('Mã thoát', 'Exit codes')}")
    if command.exit_codes:
        rows = [[code(str(number)), plain(page.speaker.say(words))] for number, words in command.exit_codes]
        page.table([page.both("Mã", "Code"), page.both("Khi", "When")], rows)
    page.add(page.both("[Mã thoát của mọi lệnh](../exit-codes.md).", "[Those of all commands](../exit-codes.en.md)."))


def _parameter(page: Page, each: Any) -> list[str]:  # noqa: ANN401 - typer's own
    if each.param_type_name == "argument":
        return [code(each.metavar or each.name.upper()), plain(each.help or "")]
    names = ", ".join(map(code, (*each.opts, *each.secondary_opts)))
    values = ", ".join(map(code, (each.metavar or "").split("|"))) if each.metavar else ""
    set_ = each.default not in (None, "", False, ())
    default = page.both(" Mặc định: {}.", " Default: {}.").format(code(str(each.default))) if set_ else ""
    return [names, values, plain(each.help or "") + default]


def rules(page: Page) -> Iterator[Named]:
    """Yield the pages of the rules, from the output of `tdkt rule`."""
    with redirect_stdout(io.StringIO()) as printed:
        run(["rule", "--format", "json", "--lang", page.speaker.code])
    found = json.loads(printed.getvalue())

    def index(page: Page) -> None:
        page.add(f"# {page.both('Quy tắc của tdkt check', 'The rules of tdkt check')}")
        page.add(
            page.both(
                "Ở dòng lệnh: `tdkt rule TDKT203` giải thích một quy tắc, `tdkt rule` liệt kê tất cả. Bỏ qua một quy tắc, chọn quy tắc: [kiểm tra kế hoạch](../check.md).",
                "On the command line `tdkt rule TDKT203` explains a rule and `tdkt rule` lists them. How to suppress and choose rules: [checking](../check.en.md).",
            )
        )
        for digit, words in _FAMILIES.items():
            page.add(f"## {page.both(*words)}")
            rows = [
                [f"[{rule['id']}]({rule['id']}{page.tail}.md)", _severity(page, rule), plain(rule["title"])]
                for rule in found
                if rule["id"][4] == digit
            ]
            page.table([page.both("Mã", "Id"), page.both("Mức", "Severity"), page.both("Nói về", "About")], rows)

    yield "index", index
    for rule in found:
        yield rule["id"], partial(_rule, rule=rule)


def _rule(page: Page, rule: dict[str, Any]) -> None:
    page.add(f"# {rule['id']}: {plain(rule['title'])}")
    page.add(f"{page.both('Mức', 'Severity')}: {_severity(page, rule)}.")
    for paragraph in rule["explanation"].split("\n\n")[1:]:
        page.add(plain(paragraph))
    for key, words in (("bad", "Found by this rule:"), ("good", "Right:")):
        if rule[key]:
            page.add(f"## {page.speaker.catalogue.gettext(words).removesuffix(':')}")
            page.code(rule[key])
    if rule["of"] in {"plan", "register"}:
        page.add(f"## {page.both('Bỏ qua', 'Suppress')}")
        page.add(page.both("Ở cuối đúng dòng được báo, kèm lý do:", "At the end of the very line, with a reason:"))
        page.code(f"# tdkt: ignore[{rule['id']}] {page.both('vì sao ở đây là đúng', 'why it is right here')}")
        page.add(
            page.both(
                "Cho cả thư mục, hay cho cả kho: [tdkt.toml](../reference/config.md).",
                "For a folder, or for the whole repository: [tdkt.toml](../reference/config.en.md).",
            )
        )


def _severity(page: Page, rule: dict[str, Any]) -> str:
    return page.both(_SEVERITIES[rule["severity"]], rule["severity"])


def schemas(_page: Page) -> Iterator[Named]:
    """Yield the pages of the schemas."""
    for name in SCHEMAS:
        yield name, partial(_schema, name=name)


def _schema(page: Page, name: str) -> None:
    _Schema(page, name).write()


class _Schema:
    """A schema as a page, with a section for each object in it, under the first key that leads to it."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.root = schema(name)
        self.sections: dict[str, str] = {}

    def write(self) -> None:
        page, (guide, *title) = self.page, _PAGES[self.name]
        guide += f"{page.tail}.md"
        page.add(f"# {page.both(*title)}")
        page.add(self.said(self.root["description"]))
        page.add(
            page.both(
                f"Cách dùng, kèm ví dụ: [hướng dẫn](../{guide}). Lược đồ JSON Schema: `tdkt schema {self.name}`.",
                f"How it is used, with examples: [the guide](../{guide}). The JSON Schema: `tdkt schema {self.name}`.",
            )
        )
        self.find(self.root)
        self.keys(self.root)
        for defined, key in self.sections.items():
            node = self.root["$defs"][defined]
            page.add(f"({self.anchor(defined)})=", f"## {key}", "", self.said(node.get("description", "")))
            self.keys(node)

    def find(self, node: dict[str, Any]) -> None:
        """Name the section of each object by the key that leads to it."""
        for key, value in node.get("properties", {}).items():
            for defined in re.findall(r"#/\$defs/(\w+)", json.dumps(value)):
                if defined not in self.sections:
                    self.sections[defined] = f"[{key}]" if self.name == "config" else key
                    self.find(self.root["$defs"][defined])

    def keys(self, node: dict[str, Any]) -> None:
        """Add a table of the keys of an object."""
        page = self.page
        required = set() if self.name in PRINTED else set(node.get("required", ()))
        rows = [
            [
                code(key) + (f" ({page.both('bắt buộc', 'required')})" if key in required else ""),
                self.kind(value),
                *([self.default(value)] if self.name == "config" else []),
                self.said(self.described(value)),
            ]
            for key, value in node.get("properties", {}).items()
        ]
        default = [page.both("Mặc định", "Default")] if self.name == "config" else []
        page.table([page.both("Khóa", "Key"), page.both("Kiểu", "Type"), *default, page.both("Nghĩa", "Meaning")], rows)

    def described(self, value: dict[str, Any]) -> str:
        """Return the description of a key, or else of the object that it leads to."""
        defined = value.get("$ref", "").rpartition("/")[2]
        return str(value.get("description") or self.root["$defs"][defined]["description"])

    def said(self, words: str) -> str:
        """Return a description in the language of the page. Raises KeyError where `tools/english.py` lacks it."""
        if self.name in PRINTED:
            words = self.page.speaker.catalogue.gettext(words)
        elif self.page.speaker.code == "en":
            words = ENGLISH[words]
        return plain(" ".join(words.split()))

    def kind(self, value: dict[str, Any]) -> str:
        """Return the type of a value in words."""
        both = self.page.both
        if "$ref" in value:
            defined = value["$ref"].rpartition("/")[2]
            return f"[{both('các khóa', 'keys')}](#{self.anchor(defined)})"
        if "const" in value:
            return code(json.dumps(value["const"]).strip(chr(34)))
        if "enum" in value:
            return ", ".join(map(code, value["enum"]))
        choices = value.get("anyOf") or value.get("oneOf")
        if choices is None and isinstance(value.get("type"), list):
            choices = [{"type": kind} for kind in value["type"]]
        if choices:
            return both(" hoặc ", " or ").join(dict.fromkeys(map(self.kind, choices)))
        if value.get("type") == "array":
            return both("danh sách: ", "list: ") + self.kind(value["items"])
        if value.get("type") == "object":
            inner = next(iter(value.get("patternProperties", {}).values()), value.get("additionalProperties"))
            return both("tên: giá trị", "name: value") + (f", {self.kind(inner)}" if isinstance(inner, dict) else "")
        span = f" {value['minimum']}–{value['maximum']}" if {"minimum", "maximum"} <= value.keys() else ""
        return both(*_TYPES[value.get("type")]) + span

    def default(self, value: dict[str, Any]) -> str:
        """Return the default of a key as TOML has it; a table of keys has none of its own."""
        has_default = "default" in value and "$ref" not in value
        return code(json.dumps(value["default"], ensure_ascii=False)) if has_default else ""

    def anchor(self, defined: str) -> str:
        kind = re.sub("(Model|Record|Config)$", "", defined).lower()
        return f"{self.name}-{kind}{self.page.tail.replace('.', '-')}"


KINDS: dict[str, Callable[[Page], Iterator[Named]]] = {
    "commands": commands,
    "rules": rules,
    "reference": schemas,
}


def generate(folder: Path) -> None:
    """Write all pages below a folder, and delete generated pages that no longer exist."""
    written = set()
    for code_ in LANGUAGES:
        for kind, pages in KINDS.items():
            for name, write in pages(Page(language(code_))):
                page = Page(language(code_))
                other = f"{name}{'.en' if code_ == 'vi' else ''}.md"
                write(page)
                page.lines[1:1] = ["", f"*[{page.both('English', 'Tiếng Việt')}]({other})*{_back(page, kind, name)}"]
                path = folder / kind / f"{name}{page.tail}.md"
                written.add(path)
                _put(path, "\n".join(page.lines).rstrip("\n") + "\n")
    for kind in KINDS:
        for path in set((folder / kind).iterdir()) - written:
            path.unlink()


def _back(page: Page, kind: str, name: str) -> str:
    """Return a link to the list of all such pages, since the navigation has only that list."""
    words = {"commands": ("Mọi lệnh", "All commands"), "rules": ("Mọi quy tắc", "All rules")}.get(kind)
    return f" · [{page.both(*words)}](index{page.tail}.md)" if words and name != "index" else ""


def _put(path: Path, text: str) -> None:
    """Write a page if it changed, so that Sphinx reads only changed pages again."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _list(_app: Sphinx, name: str, source: list[str]) -> None:
    """Put the list of the reference pages into the index."""
    if MARK not in source[0] or name not in {"index", "index.en"}:
        return
    page = Page(language("vi" if name == "index" else "en"))
    page.add(
        f"- [{page.both('Các lệnh', 'Commands')}](commands/index{page.tail}.md)",
        f"- [{page.both('Các quy tắc kiểm tra', 'The rules of checking')}](rules/index{page.tail}.md)",
        *(f"- [{page.both(*title)}](reference/{each}{page.tail}.md)" for each, (_, *title) in _PAGES.items()),
    )
    source[0] = source[0].replace(MARK, "\n".join(page.lines))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("builder-inited", lambda app: generate(Path(app.srcdir)))
    app.connect("source-read", _list, priority=400)  # before the navigation is made of the links
    return {"parallel_read_safe": True, "parallel_write_safe": True}
