"""Lines are written where they belong, and nothing else changes."""

import tempfile
from contextlib import suppress
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tdkt_cli.core.findings import Lines
from tdkt_cli.files.edit.changes import ChangeError, changed, write_all
from tdkt_cli.files.edit.splices import Editor
from tdkt_cli.files.loader import load
from tdkt_cli.render.language import LANGUAGES, language

NEW = "»"  # begins a line that is to be written
HEAD = """\
# yaml-language-server: $schema=../schemas/plan.schema.json
tdkt: plan/1   # kế hoạch
id:    a
document: {title: "Kế hoạch",   draft: true}

period: 2023
tasks:
"""
BEFORE = ("before: 2023-02-21",)
AFTER = ("after:", "  event: nhận đủ hồ sơ", "  days: 10")
ROW = """\
  - id: "1"
    title: Họp
    timing: trước ngày 21/02/2023
    deadlines:
"""


def deadlines(text):
    return ROW + indent(dedent(text).strip("\n"), " " * 6) + "\n"


# What stands in a file once the deadlines without a date have their lines.
FILES = {
    "one": deadlines("""
        - text: trước ngày 21/02/2023
        »  before: 2023-02-21
        """),
    "comments": deadlines("""
        # trên
        - who: Sở Y tế   # bên
        »  before: 2023-02-21

          # trong
          text: trước ngày 21/02/2023  # hết
        # dưới
        """),
    "odd spaces and quotes": deadlines("""
        -   "text"  :   'trước ngày 21/02/2023'
        »    before: 2023-02-21
            what:  "Họp"
        """),
    "a dash alone": deadlines("""
        -
            # một
            text: trước ngày 21/02/2023
        »    before: 2023-02-21
            what: Họp
        """),
    "block": deadlines("""
        - text: |-
            Họp Hội đồng
            trước ngày 21/02/2023
        »  before: 2023-02-21
          what: Họp
        """),
    "folded, and blank lines": deadlines("""
        - text: >
            trước ngày

            21/02/2023
        »  before: 2023-02-21


          what: Họp
        """),
    "a block at the end": deadlines("""
        - text: |
            trước ngày 21/02/2023
        »  before: 2023-02-21
        """),
    "a block before less indented comments": deadlines("""
        - text: |
            trước ngày 21/02/2023
            # chữ
        »  before: 2023-02-21
        # một
          # hai
        - by: 2023-03-15
        """),
    "several lines in quotes": deadlines("""
        - text: "trước ngày
            21/02/2023"  # hết
        »  before: 2023-02-21
        """),
    "several plain lines": deadlines("""
        - text: trước ngày
              21/02/2023
        »  before: 2023-02-21
          what: Họp
        """),
    "a list first": deadlines("""
        - quota:
            - who: Sở Y tế
              what: tập thể
              max: 2  # hai
          text: trước ngày 21/02/2023
        »  before: 2023-02-21
        """),
    "braces first": deadlines("""
        - dossier: {items: [Tờ trình]}
          text: trước ngày 21/02/2023
        »  before: 2023-02-21
        """),
    "a list that is not indented": ROW
    + """\
    - who: Sở Y tế
»      before: 2023-02-21
    - who: Sở Nội vụ
»      before: 2023-02-21
""",
    "several": deadlines("""
        - who: Sở Y tế
        »  before: 2023-02-21
        - id: b
        »  before: 2023-02-21
          who: Sở Nội vụ
        - by: 2023-03-15
        - id: d
        »  before: 2023-02-21
        """),
}


@pytest.fixture
def written(tmp_path):
    """Write a file, and the lines into every deadline that has no date; the file, and what was made."""

    def run(data, lines=BEFORE, *, meanwhile=lambda _path: None):
        path = tmp_path / "a.yaml"
        path.write_bytes(data)
        loaded = load(path, "a.yaml")
        plan = loaded.model.build(loaded.source)
        asked = [Lines(one.path, lines) for _, one in plan.deadlines() if one.when.unread]
        taken = [one for one in asked if Editor(plan.source).takes_lines(one.path)]
        meanwhile(path)
        if taken:
            write_all([changed(path, plan.source, taken)])
        return path, taken, asked

    return run


@pytest.fixture
def refused(written, tmp_path):
    """Assert that nothing is written, for this reason."""

    def assert_refused(vietnamese, english, data, *lines, left=None, **more):
        with pytest.raises(ChangeError) as raised:
            written(data, *lines, **more)
        assert [language(code).say(raised.value.message) for code in LANGUAGES] == [vietnamese, english]
        found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert found == ({"a.yaml": data} if left is None else left)

    return assert_refused


def both(marked, newline="\n", mark=""):
    """The bytes of a file before and after the lines that begin with » are written."""
    lines = f"{HEAD}{marked}".splitlines()
    files = [line for line in lines if not line.lstrip().startswith(NEW)], [line.replace(NEW, "") for line in lines]
    return [(mark + "".join(f"{line}{newline}" for line in file)).encode() for file in files]


ONE, ONE_WRITTEN = both(FILES["one"])


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("marked", FILES.values(), ids=FILES)
def test_only_the_lines_are_written(marked, newline, mark, written):
    before, after = both(marked, newline, mark)
    path, made, fixes = written(before)
    assert path.read_bytes() == after
    assert made == fixes
    assert load(path, "a.yaml").findings == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", ["one", "a list first", "several plain lines", "a block at the end", "several"])
def test_a_file_without_a_last_line_end_gets_none(name, newline, written):
    before, after = (data.removesuffix(newline.encode()) for data in both(FILES[name], newline))
    path, _, _ = written(before)
    assert path.read_bytes() == after


def test_the_other_values_stay(written):
    for marked in FILES.values():
        before, _ = both(marked)
        old, new = load_both(written, before)
        assert [(one.text, one.who, one.what, one.quota, one.dossier) for one in new] == [
            (one.text, one.who, one.what, one.quota, one.dossier) for one in old
        ]


def load_both(written, before):
    """The deadlines of a file before and after."""
    found = []

    def look(path):
        loaded = load(path, "a.yaml")
        found.append([one for _, one in loaded.model.build(loaded.source).deadlines()])

    path, _, _ = written(before, meanwhile=look)
    look(path)
    return found


def test_blank_lines_that_are_part_of_a_text_stay_part_of_it(written):
    before, _ = both(deadlines("- text: |+\n    trước ngày 21/02/2023\n\n\n  what: Họp"))
    (old,), (new,) = load_both(written, before)
    assert (new.text, new.when.kind) == (old.text, "before")


def test_several_lines_keep_their_indentation(written):
    _, after = both(deadlines("- id: x\n»  after:\n»    event: nhận đủ hồ sơ\n»    days: 10\n  note: 'a'"))
    path, _, _ = written(both(deadlines("- id: x\n  note: 'a'"))[0], AFTER)
    assert path.read_bytes() == after


@pytest.mark.parametrize("lines", [BEFORE, AFTER])
def test_a_comment_comes_with_its_line(lines, written):
    path, _, _ = written(ONE, (f"{lines[0]}  # chưa chắc", *lines[1:]))
    new = [line.strip() for line in path.read_text("utf-8").splitlines() if line not in ONE.decode().splitlines()]
    assert new == [f"{lines[0]}  # chưa chắc", *(line.strip() for line in lines[1:])]
    assert load(path, "a.yaml").findings == ()


@pytest.mark.parametrize(
    "marked",
    [
        deadlines("- {text: trước ngày 21/02/2023}"),
        deadlines("- {who: Sở Y tế,\n   text: trước ngày 21/02/2023}"),
        ROW.rstrip() + " [{text: trước ngày 21/02/2023}]\n",
    ],
)
def test_a_deadline_in_braces_is_left(marked, written):
    data, _ = both(marked)
    before = []
    path, made, _ = written(data, meanwhile=lambda path: before.append(path.stat()))
    assert made == []
    assert path.read_bytes() == data
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before[0].st_ino, before[0].st_mtime_ns)


def test_the_others_are_written(written):
    before, after = both(
        deadlines("- {id: a, who: Sở Y tế}\n- id: b\n»  before: 2023-02-21\n- {id: c, who: Sở Nội vụ}")
    )
    path, made, fixes = written(before)
    assert made == [fixes[1]]
    assert path.read_bytes() == after


# Lines of brackets that are closed further down.
OPEN = [
    "- quota: [{who: Sở Y tế, what: tập thể, max: 2}\n    ]\n  text: trước ngày 21/02/2023",
    "- received: {Sở Y tế: 2023-01-10,\n    }\n  text: trước ngày 21/02/2023",
    "- dossier: {items: [Tờ trình,\n    ]}\n  text: trước ngày 21/02/2023",
]


@pytest.mark.parametrize("text", OPEN)
def test_nothing_is_written_between_brackets(text, written, tmp_path):
    before, _ = both(deadlines(text))
    with suppress(ChangeError):
        written(before)
    loaded = load(tmp_path / "a.yaml", "a.yaml")
    ((_, deadline),) = loaded.model.build(loaded.source).deadlines()
    assert "before" not in deadline.progress.received
    assert deadline.when.unread == ((tmp_path / "a.yaml").read_bytes() == before)


CHANGED = ("tệp đã bị sửa trong lúc này; hãy chạy lại lệnh", "the file has changed meanwhile; run the command again")


@pytest.mark.parametrize("other", [ONE.replace("Họp".encode(), "Xét".encode()), ONE + b"# a\n", b"", b"\xff"])
def test_a_file_that_has_changed_meanwhile_is_left(other, refused):
    refused(*CHANGED, ONE, meanwhile=lambda path: path.write_bytes(other), left={"a.yaml": other})


def test_a_file_that_has_gone_is_not_made_again(refused):
    refused(
        "không đọc được: không có ở đó",
        "cannot be read: it does not exist",
        ONE,
        meanwhile=Path.unlink,
        left={},
    )


def test_what_would_not_be_readable_is_not_written(refused):
    vietnamese = "tệp sẽ không chỉ nói điều đó, nên được để nguyên"
    english = "the file would not mean exactly that, so it was left as it is"
    for lines in ["before: [", "befor: 2023-02-21", "before: 2023-02-31", "text: lần hai", "\x1b: x"]:
        refused(vietnamese, english, ONE, (lines,))


def test_where_the_folder_takes_no_files_nothing_changes(refused, monkeypatch):
    def fail(**_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", fail)
    refused("không ghi được: không được phép", "cannot be written: no permission", ONE)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "luu").mkdir()
    (tmp_path / "luu" / "b.yaml").write_bytes(ONE)
    link = tmp_path / "a.yaml"
    link.symlink_to("luu/b.yaml")
    loaded = load(link, "a.yaml")
    write_all([changed(link, loaded.source, [Lines(("tasks", 0, "deadlines", 0), BEFORE)])])
    assert link.is_symlink()
    assert (tmp_path / "luu" / "b.yaml").read_bytes() == ONE_WRITTEN


def test_the_mode_of_the_file_stays(written):
    path, _, _ = written(ONE, meanwhile=lambda path: path.chmod(0o640))
    assert path.stat().st_mode & 0o777 == 0o640


def test_nothing_to_write(written, tmp_path):
    data = ONE.replace(b"text:", b"day: 2023-02-21\n        text:")
    assert written(data) == (tmp_path / "a.yaml", [], [])
    assert (tmp_path / "a.yaml").read_bytes() == data
