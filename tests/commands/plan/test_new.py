"""`tdkt new`: the file it makes, what it asks for, what it refuses."""

import subprocess
import unicodedata

import pytest

from tdkt_cli.files.loader import load

MODELINE = "# yaml-language-server: $schema=../schemas/plan.schema.json\n"
REST = """\

# Các mục của văn bản, theo thứ tự: mã và tên. PL1.Q1 nằm trong PL1.
sections: {}

tasks: []
"""
REGISTER = "tdkt: units/1\nid: {id}\nname: Danh bạ\n"
ALL = ("--title", "Kế hoạch công tác năm 2026", "--year", "2026")


@pytest.fixture
def empty(tmp_path):
    """A folder with settings and nothing else."""
    (tmp_path / "tdkt.toml").write_text("")
    return tmp_path


def plan(folder, name="plans/ke-hoach-2026.yaml"):
    return (folder / name).read_text("utf-8")


def register(folder, *ids):
    (folder / "plans" / "units").mkdir(parents=True)
    for id_ in ids:
        (folder / "plans" / "units" / f"{id_}.yaml").write_text(REGISTER.format(id=id_), "utf-8")


def test_the_least_that_a_plan_needs(tdkt, empty):
    ended = tdkt("new", "ke-hoach-2026", *ALL, folder=empty)
    assert (ended.code, ended.out) == (0, "đã lập: plans/ke-hoach-2026.yaml\n")
    assert ended.err == (
        "đã ghi là dự thảo (draft: true) vì thiếu số hoặc ngày ban hành; có đủ thì ghi vào rồi xóa dòng đó\n"
        "tdkt schema --write ghi lược đồ để trình soạn thảo nhắc khi gõ\n"
        "nhiệm vụ đầu tiên: tdkt add ke-hoach-2026\n"
    )
    assert plan(empty) == (
        f"{MODELINE}tdkt: plan/1\nid: ke-hoach-2026\ndocument:\n  title: Kế hoạch công tác năm 2026\n  draft: true\nperiod: 2026\n{REST}"
    )
    assert tdkt("check", "--strict", "--notes", folder=empty).code == 0


def test_everything(tdkt, empty):
    register(empty, "hanoi")
    tdkt("schema", "--write", folder=empty)
    ended = tdkt(
        *(
            "new",
            "ke-hoach-2026",
            *ALL,
            "--number",
            "322/KH-UBND",
            "--issuer",
            "UBND thành phố Hà Nội",
            "--place",
            "Hà Nội",
        ),
        *("--issued", "9/12/2025", "--signer", "Trần Sỹ Thanh", "--lang", "en"),
        folder=empty,
    )
    assert ended == (0, "made: plans/ke-hoach-2026.yaml\n", "its first task: tdkt add ke-hoach-2026\n")
    assert plan(empty) == (
        f"{MODELINE}tdkt: plan/1\nid: ke-hoach-2026\ndocument:\n  number: 322/KH-UBND\n  title: Kế hoạch công tác năm 2026\n"
        "  issuer: UBND thành phố Hà Nội\n  place: Hà Nội\n  issued: 2025-12-09\n  signer: Trần Sỹ Thanh\n"
        f"period: 2026\nunits: hanoi\n{REST}"
    )
    assert tdkt("check", "--strict", folder=empty).code == 0


@pytest.mark.parametrize(
    ("output", "file", "schemas"),
    [
        ("plans/2026/ke-hoach-2026.yaml", "plans/2026/ke-hoach-2026.yaml", "../../schemas"),
        ("plans/so", "plans/so/ke-hoach-2026.yaml", "../../schemas"),
        ("ke-hoach-2026.yml", "ke-hoach-2026.yml", "schemas"),
    ],
)
def test_another_place(output, file, schemas, tdkt, empty):
    (empty / "plans" / "so").mkdir(parents=True)
    ended = tdkt("new", "ke-hoach-2026", *ALL, "--output", output, folder=empty)
    assert ended.code == 0
    assert plan(empty, file).startswith(f"# yaml-language-server: $schema={schemas}/plan.schema.json\n")
    assert ("tệp nằm ngoài plans: " in ended.err) is not file.startswith("plans/")


def test_from_a_folder_below_the_settings(tdkt, empty):
    (empty / "khac").mkdir()
    ended = tdkt("new", "ke-hoach-2026", *ALL, folder=empty / "khac")
    assert ended.code == 0
    assert plan(empty).startswith(MODELINE)


def test_a_dry_run_shows_the_file_and_writes_nothing(tdkt, empty):
    shown = tdkt("new", "ke-hoach-2026", *ALL, "--dry-run", folder=empty)
    assert (shown.code, shown.err) == (0, "")
    assert not (empty / "plans").exists()
    tdkt("new", "ke-hoach-2026", *ALL, folder=empty)
    assert plan(empty) == shown.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "còn thiếu: ID"),
        (["a-2026", "--year", "2026"], "còn thiếu: --title"),
        (["a-2026", "--title", " ", "--year", "2026"], "còn thiếu: --title"),
        (["a-2026", "--title", "A"], "còn thiếu: --year"),
        (["a-2026", "--title", "A", "--year", "26"], "“26” không phải là năm: ghi chẳng hạn 2023"),
        (["a-2026", *ALL, "--issued", "31/2/2026"], "--issued: "),
        (
            ["Kế hoạch 2024"],
            "“Kế hoạch 2024” không dùng làm mã được: mã có chữ thường không dấu, số và “-”, ví dụ ke-hoach-2024",
        ),
        (["../a", *ALL], "“../a” không dùng làm mã được: mã có chữ thường không dấu, số và “-”, ví dụ a"),
        (["a\x1b[31m", *ALL], "có ký tự không hiện ra, U+001B, trong “a^[[31m”; hãy bỏ nó"),
        (["b", *ALL, "--output", "plans/c.yaml"], "tệp của kế hoạch b phải có tên b.yaml"),
        (["b", *ALL, "--output", "plans/b.txt"], "tệp của kế hoạch b phải có tên b.yaml"),
        (["b", *ALL, "--units", "x"], "không có danh bạ x; tạo tệp units/x.yaml cạnh kế hoạch"),
        (["a", *ALL], "đã có kế hoạch a: plans/a.yaml; tệp đó được giữ nguyên"),
    ],
)
def test_what_is_refused(typed, said, tdkt, empty):
    (empty / "plans").mkdir()
    (empty / "plans" / "a.yaml").write_text("# của người khác\n", "utf-8")
    ended = tdkt("new", *typed, folder=empty)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.splitlines()[-1].startswith(f"tdkt: {said}")
    assert [path.name for path in (empty / "plans").iterdir()] == ["a.yaml"]
    assert plan(empty, "plans/a.yaml") == "# của người khác\n"


def test_a_plan_of_that_id_elsewhere_is_not_made_twice(tdkt, empty):
    tdkt("new", "a", *ALL, "--output", "plans/2026/a.yaml", folder=empty)
    ended = tdkt("new", "a", *ALL, folder=empty)
    assert (ended.code, ended.err) == (2, "tdkt: đã có kế hoạch a: plans/2026/a.yaml; tệp đó được giữ nguyên\n")


def test_of_several_registers_one_is_named(tdkt, empty):
    register(empty, "hanoi", "can-tho")
    ended = tdkt("new", "a", *ALL, folder=empty)
    assert (ended.code, ended.err) == (2, "tdkt: còn thiếu: --units\n")
    assert (
        tdkt("new", "a", *ALL, "--units", "hanoii", folder=empty).err
        == "tdkt: không có danh bạ hanoii; có phải hanoi?\n"
    )
    assert tdkt("new", "a", *ALL, "--units", "can-tho", folder=empty).code == 0
    assert "\nunits: can-tho\n" in plan(empty, "plans/a.yaml")


HOSTILE = [
    'hai\ndòng: x\n- "ba"',
    "tasks: [{",
    "# ghi chú",
    "- gạch",
    "a # b: c",
    '"ngoặc',
    "'đơn'",
    "{a: b}",
    "*sao &neo !tag %x @y `z",
    "yes",
    "~",
    "null",
    "2026",
    "12:30",
    "2026-01-02",
    "<<: x",
    "kết thúc:",
    "\\u202e \\n",
    "<<<<<<< HEAD",
    "Ho\u0323\u0302i đo\u0302\u0300ng",
    "[/] [bold]x[/bold] :smile:",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_ends_as_data(text, tdkt, empty):
    options = [word for name in ("title", "number", "issuer", "place", "signer") for word in (f"--{name}", text)]
    ended = tdkt("new", "a", *options, "--year", "2026", "--issued", "2025-12-01", folder=empty)
    assert ended.code == 0
    document = load(empty / "plans" / "a.yaml", "a.yaml").model.document
    expected = " ".join(unicodedata.normalize("NFC", text).split())
    assert {document.title, document.number, document.issuer, document.place, document.signer} == {expected}
    assert tdkt("check", folder=empty).code == 0


@pytest.mark.parametrize(
    "text", ["a\x1b]0;x\x07", "a\u202eb", "a\x00b", "a\x85b", "a\u2028b", "a\rb", "a\ud800b", "a\u200bb"]
)
def test_what_does_not_show_is_refused(text, tdkt, empty):
    ended = tdkt("new", "a", "--title", text, "--year", "2026", folder=empty)
    assert ended.code == 2
    assert f"U+{ord(text[1]):04X}" in ended.err
    assert text not in ended.err
    assert not (empty / "plans").exists()


def test_a_folder_that_cannot_be_made(tdkt, empty):
    ended = tdkt("new", "a", *ALL, "--output", "tdkt.toml/a.yaml", folder=empty)
    assert ended.code == 3
    assert ended.err.startswith("chưa ghi: tdkt.toml/a.yaml: ")


def test_a_link_out_of_the_office_is_not_followed(tdkt, empty, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (empty / "plans").symlink_to(other)
    ended = tdkt("new", "a", *ALL, folder=empty)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "tdkt: plans/a.yaml: trên đường dẫn có liên kết trỏ ra ngoài thư mục\n"
    assert list(other.iterdir()) == []


def test_in_a_repository_the_command_that_keeps_it_is_said(tdkt, empty):
    subprocess.run(["git", "init", "--quiet", empty], check=True)
    ended = tdkt("new", "ke-hoach-2026", *ALL, folder=empty)
    assert "lưu vào git: git add -- plans/ke-hoach-2026.yaml\n" in ended.err


def test_on_a_terminal_it_asks_for_what_is_missing(typed_into, tdkt, empty):
    register(empty, "hanoi", "cantho")
    answers = [
        "Kế hoạch 2026",
        "ke-hoach-2026",
        "",
        "Kế hoạch: một",
        "",
        "1/KH",
        "",
        "",
        "31/2/2025",
        "20/12/2025",
        "",
        "cantho",
    ]
    ended = typed_into(empty, "new", answers=answers)
    assert ended.code == 0
    asked = [line.rpartition(": ")[0] for line in ended.lines if ": " in line]
    assert "Mã kế hoạch, ví dụ hanoi-2023" in asked
    assert any(line.startswith("Năm [2026]: ") for line in ended.lines)
    assert "“Kế hoạch 2026” không dùng làm mã được" in ended.out
    assert "còn thiếu: --title" in ended.out
    assert "Danh bạ để tra tên: hanoi, cantho" in ended.out.replace("cantho, hanoi", "hanoi, cantho")
    assert plan(empty).startswith(
        f'{MODELINE}tdkt: plan/1\nid: ke-hoach-2026\ndocument:\n  number: 1/KH\n  title: "Kế hoạch: một"\n'
        "  issued: 2025-12-20\nperiod: 2026\nunits: cantho\n"
    )
    assert tdkt("check", "--strict", folder=empty).code == 0


def test_who_has_typed_all_is_asked_nothing(typed_into, empty):
    ended = typed_into(empty, "new", "ke-hoach-2026", *ALL)
    assert ended.code == 0
    assert ended.lines[0] == "đã lập: plans/ke-hoach-2026.yaml"


def test_who_types_no_further_has_made_nothing(typed_into, empty):
    assert typed_into(empty, "new", "ke-hoach-2026", answers=["Kế hoạch"]).code == 130
    assert not (empty / "plans").exists()
