"""`examples/co-quan`, used as an office would: copied, committed through its hook, changed in a merge request, published; and that it is what
`tdkt init` makes.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "co-quan"
PLAN = "plans/thi-dua-2026.yaml"
OWN = {"plans/units/don-vi.yaml", "plans/thi-dua-2026.yaml", "plans/chuyen-doi-so-2026.yaml", "tdkt.toml"}


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Desk:
    """A person at a machine with git and tdkt."""

    def __init__(self, folder, env):
        self.folder = folder
        self.env = env | {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def __call__(self, command):
        """Type a line; the exit code, and what was said."""
        ended = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout

    def edit(self, old, new):
        path = self.folder / PLAN
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def desk(office):
    """Where the example was copied to and committed, as its README says."""
    commands = re.search(
        r"^```sh\n(.*?)^```$", (EXAMPLE.parent / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    own = Desk(office.folder, office.env)
    shutil.copytree(EXAMPLE.parent, office.folder / "examples")
    code, said = own(commands[1].replace("git init", "git init --quiet --initial-branch=main"))
    assert code == 0, said
    assert "đã kiểm tra 4 tệp, không có lỗi" in said
    own.folder = office.folder / "ke-hoach"
    return own


def test_it_is_right_and_in_form(desk):
    assert desk("tdkt check --strict --notes") == (0, "đã kiểm tra 4 tệp, không có lỗi\n")
    assert desk("tdkt fmt --check") == (0, "4 tệp đã ở dạng chuẩn\n")
    assert desk("git status --porcelain") == (0, "")


def test_its_hook_refuses_a_plan_that_is_wrong(desk):
    desk.edit("before: 2026-03-06", "before: 2026-03-16")
    code, said = desk("git commit --all --message sai")
    assert code == 1
    assert "TDKT601 ở đây ghi trước 16/03/2026, nhưng lời văn nói: trước 06/03/2026" in said
    assert desk("git rev-list --count HEAD") == (0, "1\n")


def test_a_merge_request_says_what_moves(desk):
    move = "tdkt move thi-dua-2026/I.2#hop 20/3/2026 --on 2/3/2026 --document 31/UBND --reason 'hồ sơ chậm' --commit"
    code, said = desk(f"git switch --quiet -c sua && {move}")
    assert code == 0, said
    code, said = desk("tdkt diff main...HEAD --format md")
    assert code == 0
    assert said.startswith("### `thi-dua-2026` 15/KH-UBND · Kế hoạch công tác thi đua, khen thưởng năm 2026\n")
    assert "06/03/2026" in said
    assert "20/03/2026" in said
    assert "31/UBND" in said


def test_it_is_published(desk):
    code, said = desk("tdkt publish site")
    assert code == 0, said
    site = contents(desk.folder / "site")
    assert {
        "index.html",
        "tat-ca.ics",
        "bang-theo-doi.html",
        "ke-hoach/thi-dua-2026.ics",
        "don-vi/don-vi/so-y-te.ics",
    } <= set(site)
    assert b"webcal://lich.example.vn/tdkt/tat-ca.ics" in site["index.html"]


def test_it_is_what_tdkt_init_makes(desk, tmp_path):
    desk.folder = tmp_path / "new"
    desk.folder.mkdir()
    assert desk("tdkt init --ci github && tdkt init --ci gitlab")[0] == 0
    made, example = contents(desk.folder), contents(EXAMPLE)
    assert set(example) - set(made) == OWN - set(made)
    assert set(made) <= set(example)
    assert {name for name in made if made[name] != example[name]} <= OWN
    assert (EXAMPLE / ".githooks" / "pre-commit").stat().st_mode & 0o111


def test_its_settings_are_those_of_tdkt_init_with_the_address_of_the_site(desk, tmp_path):
    desk.folder = tmp_path / "new"
    desk.folder.mkdir()
    desk("tdkt init")

    def keys(text):
        return re.findall(r"^(?:# )?(\[?\w+\]?)(?: =|  )", text, re.MULTILINE)

    made, example = ((folder / "tdkt.toml").read_text("utf-8") for folder in (desk.folder, EXAMPLE))
    assert keys(made) == keys(example)
    different = [line for line in example.splitlines() if line not in made.splitlines()]
    assert [line.split()[0] for line in different] == ["[publish]", "url", "domain"]
