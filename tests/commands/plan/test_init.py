"""`tdkt init`: what it makes, what it leaves, and its hook in a real repository."""

import os
import subprocess

import pytest

MADE = [
    "tdkt.toml",
    "plans/units/don-vi.yaml",
    "plans/calendars/vn.yaml",
    "schemas/plan.schema.json",
    "schemas/units.schema.json",
    "schemas/calendar.schema.json",
    "schemas/config.schema.json",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/tasks.json",
    ".githooks/pre-commit",
    ".gitattributes",
    "README.md",
]
PLAN = """\
tdkt: plan/1
id: a
document:
  title: Kế hoạch A
  draft: true
period: 2023
tasks:
  - id: "1"
    title: Họp
    timing: trước ngày 20/02/2023
    deadlines:
      - before: 2023-02-20
"""
WRONG = PLAN.replace("before: 2023-02-20", "before: 2023-02-02")


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder):
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_an_empty_folder_becomes_an_office(tdkt, tmp_path):
    ended = tdkt("init", folder=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "".join(f"đã lập: {name}\n" for name in MADE) + (
        "\n"
        "Việc tiếp theo:\n"
        "  git init – để git giữ lại mọi thay đổi\n"
        "  git config core.hooksPath .githooks – kiểm tra trước mỗi commit; chạy một lần trên mỗi máy\n"
        "  tdkt init --ci github (hoặc gitlab) – kiểm tra và xuất bản mỗi khi push\n"
        "  ghi các đơn vị vào plans/units, với tên như trong kế hoạch\n"
        "  tdkt new ke-hoach-2026 – kế hoạch đầu tiên; rồi tdkt add ke-hoach-2026 cho từng nhiệm vụ\n"
        "  git add . && git commit – trước đó tdkt check cho biết mọi thứ đã ổn chưa\n"
    )
    assert files(tmp_path) == sorted(MADE)
    assert os.access(tmp_path / ".githooks" / "pre-commit", os.X_OK)
    checked = tdkt("check", "--strict", "--notes", folder=tmp_path)
    assert (checked.code, checked.out) == (0, "đã kiểm tra 2 tệp, không có lỗi\n")


def test_english(tdkt, tmp_path):
    ended = tdkt("init", "co-quan", "--ci", "gitlab", "--lang", "en", folder=tmp_path)
    assert ended.lines[:2] == ["made: tdkt.toml", "made: plans/units/don-vi.yaml"]
    assert ended.lines[-8:] == [
        "Next:",
        "  cd co-quan – go there",
        "  git init – so that git keeps what changes",
        "  git config core.hooksPath .githooks – tdkt check before each commit, once on each machine",
        "  in .gitlab-ci.yml: TDKT says where tdkt is installed from",
        "  write the units that plans name into plans/units",
        "  tdkt new ke-hoach-2026 – the first plan; then tdkt add ke-hoach-2026 for each task",
        "  git add . && git commit – tdkt check says beforehand whether all is well",
    ]
    assert (tmp_path / "co-quan" / ".gitlab-ci.yml").exists()
    assert (tmp_path / "co-quan" / ".gitlab" / "kiem-tra.yml").exists()


def test_what_is_to_be_changed_in_the_files_of_github_is_said(tdkt, tmp_path):
    ended = tdkt("init", "--ci", "github", "--lang", "en", folder=tmp_path)
    assert "  in .github/workflows/kiem-tra.yml: the last uses says where tdkt is taken from" in ended.lines


def test_a_second_time_nothing_changes(tdkt, tmp_path):
    tdkt("init", "--ci", "github", folder=tmp_path)
    before = contents(tmp_path)
    ended = tdkt("init", folder=tmp_path)
    assert ended.code == 0
    assert [line for line in ended.lines if line.startswith("đã ")] == [
        f"đã có: {name}"
        for name in [*MADE[:-2], ".github/workflows/lich.yml", ".github/workflows/kiem-tra.yml", *MADE[-2:]]
    ]
    assert contents(tmp_path) == before


def test_what_is_there_stays(tdkt, tmp_path):
    own = {
        "tdkt.toml": 'plans = "ke-hoach"\n',
        "ke-hoach/units/hanoi.yaml": "tdkt: units/1\nid: hanoi\nname: Hà Nội\n",
        "README.md": "# Của cơ quan\n",
        ".githooks/pre-commit": "#!/bin/sh\n",
    }
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".gitattributes").symlink_to("nowhere")
    ended = tdkt("init", folder=tmp_path)
    assert [line.removeprefix("đã có: ") for line in ended.lines if line.startswith("đã có")] == [
        "tdkt.toml",
        "ke-hoach/units/hanoi.yaml",
        ".githooks/pre-commit",
        ".gitattributes",
        "README.md",
    ]
    assert {name: (tmp_path / name).read_text("utf-8") for name in own} == own
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "plans").exists()
    calendar = (tmp_path / "ke-hoach" / "calendars" / "vn.yaml").read_text("utf-8")
    assert calendar.startswith("# yaml-language-server: $schema=../../schemas/calendar.schema.json\n")
    assert tdkt("check", folder=tmp_path).code == 0


def test_a_link_out_of_the_folder_is_not_followed(tdkt, tmp_path):
    office, other = tmp_path / "office", tmp_path / "other"
    office.mkdir()
    other.mkdir()
    (office / "plans").symlink_to(other)
    ended = tdkt("init", folder=office)
    assert (ended.code, ended.out) == (3, "đã lập: tdkt.toml\n")
    assert ended.err == "chưa ghi: plans/units/don-vi.yaml: trên đường dẫn có liên kết trỏ ra ngoài thư mục\n"
    assert files(other) == []


def test_a_file_where_a_folder_should_be(tdkt, tmp_path):
    (tmp_path / "schemas").write_text("")
    ended = tdkt("init", folder=tmp_path)
    assert ended.code == 3
    assert ended.err.startswith("chưa ghi: schemas/plan.schema.json: ")


def test_settings_that_are_wrong_are_said_first(tdkt, tmp_path):
    (tmp_path / "tdkt.toml").write_text("plans = 3\n")
    ended = tdkt("init", folder=tmp_path)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("tdkt.toml:1:")
    assert files(tmp_path) == ["tdkt.toml"]


def test_below_an_office_there_is_no_second_one(tdkt, tmp_path):
    tdkt("init", folder=tmp_path)
    ended = tdkt("init", folder=tmp_path / "plans")
    assert (ended.code, ended.out) == (2, "")
    assert str(tmp_path / "tdkt.toml") in ended.err


@pytest.mark.parametrize("typed", ["githup", "x"])
def test_a_service_that_is_not_known(typed, tdkt, tmp_path):
    ended = tdkt("init", "--ci", typed, folder=tmp_path)
    assert ended.code == 2
    assert "--ci" in ended.err
    assert files(tmp_path) == []


@pytest.fixture
def git(machine, tmp_path):
    """Run git in a new repository whose hooks find tdkt; the exit code and what it said."""
    own = tmp_path / "repo"
    own.mkdir()

    def run(*arguments, folder=own):
        ended = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    run.folder, run.temporary = own, machine
    assert run("init", "--quiet", "--initial-branch=main")[0] == 0
    return run


@pytest.mark.parametrize("part", ["", "phong ban"])
def test_the_hook_checks_what_is_staged(part, git, tdkt):
    folder = git.folder / part
    folder.mkdir(exist_ok=True)
    ended = tdkt("init", folder=folder)
    hooks = f"{part}/.githooks" if part else ".githooks"
    assert "git init" not in ended.out
    assert f"git config core.hooksPath {hooks!r}".replace("'.githooks'", ".githooks") in ended.out
    git("config", "core.hooksPath", hooks)
    plan = folder / "plans" / "a.yaml"
    git("add", ".")
    assert git("commit", "--quiet", "--message", "khung")[0] == 0

    plan.write_text(WRONG, "utf-8")
    git("add", ".")
    plan.write_text(PLAN, "utf-8")  # mended, but not staged
    code, said = git("commit", "--message", "sai")
    assert code == 1
    assert "plans/a.yaml:12:17: TDKT601" in said
    assert "pre-commit: chưa commit." in said

    git("add", ".")
    plan.write_text(WRONG, "utf-8")  # wrong, but not staged
    assert git("commit", "--quiet", "--message", "đúng")[0] == 0
    assert git("commit", "--all", "--message", "sai")[0] == 1
    assert git("commit", "--message", "sai", "--", plan)[0] == 1
    (git.folder / "khac.txt").write_text("")
    git("add", "khac.txt")
    git("restore", plan)
    assert git("commit", "--quiet", "--message", "tệp khác")[0] == 0
    assert git("status", "--porcelain")[1] == ""
    assert len(git("log", "--oneline")[1].splitlines()) == 3
    assert list(git.temporary.iterdir()) == []


def test_what_is_done_is_no_longer_advised(git, tdkt):
    tdkt("init", folder=git.folder)
    git("config", "core.hooksPath", ".githooks")
    on = tdkt("init", folder=git.folder).out
    (git.folder / "plans" / "a.yaml").write_text(PLAN, "utf-8")
    both = tdkt("init", folder=git.folder).out
    assert ["core.hooksPath" in on, "tdkt new" in on, "core.hooksPath" in both, "tdkt new" in both] == [
        False,
        True,
        False,
        False,
    ]
    assert "git add . && git commit" in both


def test_the_hook_names_what_git_does_not_have(git, tdkt):
    tdkt("init", folder=git.folder)
    git("config", "core.hooksPath", ".githooks")
    (git.folder / "plans" / "a.yaml").write_text(PLAN.replace("period: 2023", "period: 2023\nunits: don-vi"), "utf-8")
    git("add", "plans/a.yaml")
    code, said = git("commit", "--message", "kế hoạch", "--", "plans/a.yaml")
    assert code == 1
    assert "có trên máy nhưng không có trong commit" in said
    assert "plans/units/don-vi.yaml" in said
    git("add", ".")
    assert git("commit", "--message", "tất cả")[0] == 0


def test_the_hook_without_tdkt_says_so(git, tdkt, monkeypatch):
    tdkt("init", folder=git.folder)
    git("config", "core.hooksPath", ".githooks")
    git("add", ".")
    monkeypatch.setenv("PATH", os.defpath)
    code, said = git("commit", "--message", "khung")
    assert code == 1
    assert "pre-commit: không thấy lệnh tdkt." in said


@pytest.mark.parametrize(
    ("address", "file"),
    [("git@github.com:co-quan/x.git", ".github/workflows/lich.yml"), ("https://gitlab.vn/x", ".gitlab-ci.yml")],
)
def test_the_ci_file_is_that_of_the_service_used(address, file, git, tdkt):
    git("remote", "add", "origin", address)
    ended = tdkt("init", folder=git.folder)
    assert f"đã lập: {file}" in ended.lines
    assert f"  sửa trong {file}: " in ended.out
    git("add", ".")
    assert file in git("ls-files")[1].splitlines()


def test_a_ci_file_stands_at_the_top(git, tdkt):
    (git.folder / "phong").mkdir()
    ended = tdkt("init", "--ci", "github", folder=git.folder / "phong")
    assert (ended.code, ended.err) == (2, f"tdkt: tệp CI nằm ở thư mục gốc của kho: {git.folder}\n")
    assert ".github" not in tdkt("init", folder=git.folder / "phong").out
