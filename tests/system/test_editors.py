"""The schemas in an editor: the YAML language server of VS Code and Neovim, driven over its standard input and output as they do, and taplo.

Both come from npm, at fixed versions. The files are those of an office that `tdkt init` and `tdkt new` have made.
"""

import json
import re
import subprocess
import sys
from importlib import resources
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
EXAMPLES = Path(str(resources.files("tdkt_cli.rules") / "examples"))
BUNDLED = sorted((ROOT / "plans").rglob("*.yaml"))
SERVER, TAPLO = ("yaml-language-server", "1.25.0"), ("@taplo/cli", "0.7.0")
SETTINGS = {"yaml": {"schemaStore": {"enable": False}}}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}
MODELINE = "# yaml-language-server: $schema=../schemas/{}.schema.json\n"
HEAD = (
    MODELINE.format("plan")
    + """\
tdkt: plan/1
id: a
document:
  title: Kế hoạch
  draft: true
period: 2026
"""
)
TASK = (
    HEAD
    + """\
tasks:
  - id: "1"
    title: Họp
    deadlines:
"""
)
VIETNAMESE = re.compile("[à-ỹđ]", re.IGNORECASE)


class LanguageServer:
    """A server for the files of a folder. Each text is shown to it as a file that was just opened there."""

    def __init__(self, command, folder):
        self.folder, self.ids, self.diagnostics = folder, count(1), {}
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        here = {"uri": folder.as_uri(), "name": "kho"}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": here["uri"], "workspaceFolders": [here], "capabilities": CAPABILITIES},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def close(self):
        """End the server."""
        self.process.kill()
        self.process.communicate()

    def problems(self, name, text):
        """The lines that the server underlines, from 1, with what it says."""
        uri = self._open(name, text)
        while uri not in self.diagnostics:
            self._read()
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in self.diagnostics[uri]]

    def offers(self, name, text):
        """What the server offers at the mark ¦: the label, with the text that would be typed, and what it says of it."""
        answer = self._at("completion", name, text)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"]: (_typed(item), _words(item.get("documentation"))) for item in items}

    def hover(self, name, text):
        """What the server says of what stands at the mark ¦, without the link to the schema."""
        answer = self._at("hover", name, text)
        return re.sub(r"\n*Source: .*", "", _words(answer["contents"])) if answer else ""

    def _at(self, what, name, text):
        before, _, after = text.partition("¦")
        uri = self._open(name, before + after)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self._ask(f"textDocument/{what}", {"textDocument": {"uri": uri}, "position": place})

    def _open(self, name, text):
        path = self.folder / name
        uri = path.with_stem(f"{path.stem}-{next(self.ids)}").as_uri()  # the server keeps what it knows of a file
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method, params):
        number = next(self.ids)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method, params):
        self._send({"method": method, "params": params})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self):
        length = 0
        while header := self.process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:  # it asks; an editor answers
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self._send({"id": message["id"], "result": [SETTINGS.get(item["section"]) for item in asked]})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


def _typed(item):
    return item.get("textEdit", {}).get("newText") or item.get("insertText") or item["label"]


def _words(contents):
    return contents.get("value", "") if isinstance(contents, dict) else contents or ""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office as `tdkt init` and `tdkt new` make it."""
    folder = tmp_path_factory.mktemp("Văn phòng")
    for arguments in (["init"], ["new", "a-2026", "--title", "Kế hoạch công tác", "--year", "2026"]):
        subprocess.run([TDKT, *arguments], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def start(npm):
    """Start the language server in a folder."""
    running = []

    def run(folder):
        command = ["node", npm(*SERVER) / "bin" / "yaml-language-server", "--stdio"]
        running.append(LanguageServer(command, folder))
        return running[-1]

    yield run
    for server in running:
        server.close()


@pytest.fixture(scope="module")
def server(start, office):
    """The language server in the office."""
    return start(office)


def test_what_init_and_new_make_is_helped_at_once(server, office):
    files = sorted(office.glob("plans/**/*.yaml"))
    assert [file.name for file in files] == ["a-2026.yaml", "vn.yaml", "don-vi.yaml"]
    for file in files:
        name, text = file.relative_to(office).as_posix(), file.read_text("utf-8")
        assert server.problems(name, text) == []
        assert server.hover(name, text.replace("tdkt:", "td¦kt:", 1)).endswith("Loại và phiên bản của tệp.")
    text = files[0].read_text("utf-8").replace("  draft", "  ¦\n  draft")
    assert {"number", "issued", "signer"} <= server.offers("plans/a-2026.yaml", text).keys()


def test_nothing_is_underlined_in_the_bundled_files(start):
    server = start(ROOT)
    texts = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in BUNDLED}
    assert len(texts) == 8
    assert {text.partition("=")[0] for text in texts.values()} == {"# yaml-language-server: $schema"}
    assert [problem for name, text in texts.items() for problem in server.problems(name, text)] == []


def in_editor(text):
    """A text of the rules' examples as it would stand in plans/."""
    kind = next(kind for kind in ("units", "calendar", "plan") if f"{kind}/1" in text or kind == "plan")
    return MODELINE.format(kind) + text


@pytest.mark.parametrize("file", sorted((EXAMPLES / "good").glob("*.yaml")), ids=lambda file: file.stem)
def test_nothing_is_underlined_in_a_good_example(file, server):
    assert server.problems("plans/x.yaml", in_editor(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("rule", ["008", "009", "010", "011", "012", "013", "015", "016", "017"])
def test_what_is_underlined_is_what_check_finds(rule, server):
    file = EXAMPLES / "bad" / f"TDKT{rule}.yaml"
    found = subprocess.run([TDKT, "check", "--format", "json", file], cwd=ROOT, check=False, capture_output=True)
    lines = {finding["line"] for finding in json.loads(found.stdout) if finding["rule"] == f"TDKT{rule}"}
    underlined = server.problems("plans/x.yaml", in_editor(file.read_text("utf-8")))
    assert {line - 1 for line, _ in underlined} == lines  # the modeline is one more


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("by: 15/03/2026", "Viết ngày, hoặc ngày và giờ: 2023-02-20, 2023-02-20T17:00."),
        ("day: 2026-3-15", "Ngày viết năm-tháng-ngày: 2023-02-20."),
        ("before: cuối tháng", "Viết ngày, tháng hoặc năm: 2023-02-20, 2023-10, 2023."),
        ("within: quý I", "Viết một khoảng: 2023-06, 2023-Q2, 2023-H1, 2023, 2023-02-01/2023-10-31."),
        ("every: hằng tháng", "Viết RRULE: FREQ=MONTHLY;BYMONTHDAY=25."),
        ("waiting: 2026", "Ở đây là chữ; trông như số, ngày hay yes/no thì đặt trong ngoặc kép."),
    ],
)
def test_a_wrong_value_is_answered_with_what_to_write(line, said, server):
    text = f"{TASK}      - {line}\n"
    assert server.problems("plans/x.yaml", text) == [(text.count("\n"), said)]


TOP = {"tdkt", "id", "document", "period", "units", "sections", "tasks"}
DOCUMENT = {"number", "issuer", "place", "issued", "signer", "note", "review"}
OF_TASK = {
    *("section", "content", "timing", "lead", "executor", "coordinator", "advisor"),
    *("labels", "note", "review", "former_ids", "publish"),
}
KINDS = {"before", "by", "day", "within", "every", "after", "ongoing", "waiting"}
OF_PROGRESS = {"done", "moved", "cancelled", "received", "note"}
OF_DEADLINE = KINDS | OF_PROGRESS | {
    *("id", "approximate", "bound", "on_task", "who", "what", "text", "correction", "same_as"),
    *("quota", "dossier", "publish", "review", "occurrences"),
}  # fmt: skip
WHERE = {
    "an empty file": (MODELINE.format("plan") + "¦", TOP | {"kế hoạch"}),
    "the end of the file": (f"{TASK}      - by: 2026-03-15\n¦", {"units", "sections"}),
    "the document": (HEAD.replace("  draft: true", "  draft: true\n  ¦"), DOCUMENT),
    "a task": (TASK.replace("    title: Họp", "    title: Họp\n    ¦"), OF_TASK),
    "a new task": (f"{TASK}      - by: 2026-03-15\n  - ¦", OF_TASK | {"id", "title", "deadlines", "nhiệm vụ"}),
    "a deadline": (f"{TASK}      - by: 2026-03-15\n        ¦", OF_DEADLINE - {"by"}),
    "a new deadline": (f"{TASK}      - ¦", OF_DEADLINE),
    "an event": (
        f"{TASK}      - after:\n          event: a\n          ¦",
        {"days", "unit", "occurred", "tính từ sự kiện"},
    ),
    "a move": (
        f"{TASK}      - by: 2026-03-15\n        moved:\n          - ¦",
        {"before", "by", "day", "within", "date", "document", "reason"},
    ),
    "an occurrence": (
        f"{TASK}      - every: FREQ=DAILY\n        occurrences:\n          2026-01-01:\n            ¦",
        OF_PROGRESS,
    ),
}


@pytest.mark.parametrize("where", WHERE)
def test_the_keys_are_offered_with_what_they_mean(where, server):
    text, keys = WHERE[where]
    offered = server.offers("plans/x.yaml", text)
    assert offered.keys() == keys
    assert [key for key, (_, words) in offered.items() if not VIETNAMESE.search(words)] == []


def test_a_key_brings_what_is_to_be_filled_in(server):
    task = server.offers("plans/x.yaml", WHERE["a task"][0])
    assert {key: task[key][0] for key in ("lead", "labels", "publish", "review", "timing")} == {
        "lead": "lead: ",
        "labels": "labels:\n  - ${1}",
        "publish": "publish: false",
        "review": "review: ",
        "timing": "timing: ",
    }
    deadline = server.offers("plans/x.yaml", WHERE["a deadline"][0])
    assert {key: deadline[key][0] for key in ("before", "day", "approximate", "within", "after", "quota", "done")} == {
        "before": "before: ${1:năm-tháng-ngày}",
        "day": "day: ${1:năm-tháng-ngày}",
        "approximate": "approximate: true",
        "within": "within: ",
        "after": "after:\n  event: $1\n  days: $2",
        "quota": "quota:\n  - who: $1\n    what: $2",
        "done": "done: ${1:năm-tháng-ngày}",
    }


def test_a_task_or_a_plan_is_typed_whole(server):
    assert server.offers("plans/x.yaml", WHERE["a new task"][0])["nhiệm vụ"][0] == (
        "id: $1\n  title: $2\n  deadlines:\n    - $3"
    )
    assert server.offers("plans/x.yaml", WHERE["an empty file"][0])["kế hoạch"][0] == (
        "tdkt: plan/1\nid: $1\ndocument:\n  title: $2\nperiod: ${3:năm}\n"
        "tasks:\n  - id: $4\n    title: $5\n    deadlines:\n      - $6"
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (MODELINE.format("plan") + "tdkt: ¦", {"plan/1"}),
        (MODELINE.format("units") + "tdkt: ¦", {"units/1"}),
        (HEAD.replace("true", "¦"), {"true", "false"}),
        (f"{TASK}      - every: FREQ=DAILY\n        bound: ¦", {"before", "by", "day"}),
        (f"{TASK}      - after:\n          event: a\n          days: 5\n          unit: ¦", {"working", "calendar"}),
        (f"{TASK}      - by: ¦", {"năm-tháng-ngày"}),
        (f"{TASK}      - within: ¦", {"tháng", "quý", "nửa năm", "cả năm", "từ ngày đến ngày"}),
        (
            f"{TASK}      - every: ¦",
            {
                *("ngày 25 hằng tháng", "ngày cuối hằng tháng", "ngày 20 tháng cuối quý"),
                *("ngày 15/6 hằng năm", "thứ Sáu hằng tuần"),
            },
        ),
    ],
)
def test_the_values_are_offered(text, values, server):
    assert server.offers("plans/x.yaml", text).keys() == values


WHOLE = """\
sections:
  PL1: Phụ lục 1
tasks:
  - id: "1"
    section: PL1
    title: Họp
    lead: UBND Thành phố
    executor:
      - Sở Y tế
    deadlines:
      - id: hop
        by: 2026-03-15
        approximate: true
        who: Sở Y tế
        quota:
          - who: Các sở
            what: tập thể
            max: 2
        dossier:
          copies: 1
          items:
            - Tờ trình
        moved:
          - by: 2026-04-01
            document: 3/UBND
        received:
          Sở Y tế: 2026-03-01
        review: Hỏi lại
        done: 2026-03-01
      - id: hang-thang
        every: FREQ=MONTHLY;BYMONTHDAY=25
        bound: by
        occurrences:
          2026-01-25:
            cancelled:
              date: 2026-01-20
      - id: tham-dinh
        after:
          event: nhận đủ hồ sơ
          days: 10
          unit: working
      - id: thuong-xuyen
        ongoing: true
      - id: cho
        waiting: Kế hoạch của Thành phố
        on_task: "1"
      - id: quy
        within: 2026-Q2
      - id: nam
        before: 2026
"""


def test_every_key_is_explained_in_vietnamese_under_the_name_of_its_part(server):
    lines = (HEAD + WHOLE).splitlines()
    heads = {}
    for number, line in enumerate(lines[1:], 1):
        key = re.match(r"[ -]*(?=[^ -][^:]*:)", line)
        if key:
            marked = [*lines[:number], f"{line[: key.end() + 1]}¦{line[key.end() + 1 :]}", *lines[number + 1 :]]
            said = server.hover("plans/x.yaml", "\n".join(marked))
            head, _, words = said.partition("\n")
            assert VIETNAMESE.search(words), line
            heads.setdefault(head, []).append(line)
    assert heads.keys() == {
        f"#### {name}"
        for name in (
            *("kế hoạch", "văn bản", "nhiệm vụ", "thời hạn", "chỉ tiêu", "hồ sơ", "lần chuyển hạn", "tiến độ"),
            *("việc hủy", "tính từ sự kiện"),
        )
    }
    assert server.problems("plans/x.yaml", "\n".join(lines)) == []


def test_what_is_said_of_a_key(server):
    text = f"{TASK}      - bef¦ore: 2026-03-15\n"
    assert server.hover("plans/x.yaml", text) == (
        "#### thời hạn\n\nTrước ngày này (ngày cuối còn kịp là ngày liền trước). Tháng hoặc năm là ngày đầu của nó."
    )


def test_a_register_and_a_calendar_are_helped_too(server):
    register = (
        MODELINE.format("units") + "tdkt: units/1\nid: a\nname: A\nbodies:\n  - id: so-y-te\n    name: Sở Y tế\n    ¦"
    )
    assert {"short", "aliases", "parent", "successors"} <= server.offers("plans/u.yaml", register).keys()
    calendar = MODELINE.format("calendar") + "tdkt: calendar/1\nid: vn\nname: A\ndays:\n  - date: 2026-01-02\n    ¦"
    offered = server.offers("plans/c.yaml", calendar)
    assert {key: typed for key, (typed, _) in offered.items()} == {
        "off": '"off": true',  # some readers of YAML take off for false
        "working": "working: true",
        "decision": "decision: ",
        "note": "note: ",
        "ngày": "decision: ",
    }


def lint(npm, folder):
    """What taplo, which helps with TOML in VS Code, says of tdkt.toml."""
    command = ["node", npm(*TAPLO) / "dist" / "cli.js", "lint", "tdkt.toml"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)


def test_the_settings_of_init_are_right_as_they_are_and_with_every_key_written(npm, office, tmp_path):
    text = (office / "tdkt.toml").read_text("utf-8")
    (tmp_path / "schemas").symlink_to(office / "schemas")
    written = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    assert written.count("\n[") == 2
    for settings in (text, written):
        (tmp_path / "tdkt.toml").write_text(settings, "utf-8")
        linted = lint(npm, tmp_path)
        assert linted.returncode == 0, linted.stderr
        assert "schema" not in linted.stderr


def test_wrong_settings_are_told(npm, office, tmp_path):
    text = (office / "tdkt.toml").read_text("utf-8").replace('# lang = "vi"', 'lang = "fr"')
    (tmp_path / "schemas").symlink_to(office / "schemas")
    (tmp_path / "tdkt.toml").write_text(text, "utf-8")
    linted = lint(npm, tmp_path)
    assert linted.returncode == 1
    assert '"fr" is not one of ["vi","en"]' in linted.stderr
