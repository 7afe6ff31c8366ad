"""The templates: what they hold is what the documentation and the defaults say."""

import re
import tomllib
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tdkt_cli.files.config import DEFAULTS
from tdkt_cli.files.scaffold import CI_FILES, modeline, starting_files, template, used_ci
from tdkt_cli.schema.config import ConfigModel

ROOT = Path(__file__).parents[2]


def test_the_settings_are_commented_with_their_defaults():
    text = template("tdkt.toml")
    assert tomllib.loads(text) == {}
    commented = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    given = tomllib.loads(commented)
    assert {"plans", "timezone", "lang", "days", "soon", "before", "check", "publish"} <= set(given)
    assert ConfigModel.model_validate(given) == DEFAULTS


@pytest.mark.parametrize("name", [name for files in CI_FILES.values() for name in files.values()])
def test_the_ci_files_are_those_of_the_documentation(name):
    assert template(name) == (ROOT / "docs" / "examples" / name).read_text("utf-8")


def test_the_wheel_holds_the_templates():
    packed = {Path(file.path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert set((ROOT / "src" / "tdkt_cli" / "templates").iterdir()) <= packed


def test_the_calendar_is_the_bundled_one():
    bundled = ROOT / "plans" / "calendars" / "vn.yaml"
    assert modeline("calendar", bundled, ROOT) + template("vn.yaml") == bundled.read_text("utf-8")


@pytest.mark.parametrize("plans", ["plans", "ke-hoach/2026", "."])
def test_the_folder_of_the_plans_stands_where_the_settings_say(plans):
    files = {file.name: file.text for file in starting_files(plans, None)}
    where = "" if plans == "." else f"{plans}/"
    up = "../" * len(Path(f"{where}units").parts)
    assert files[f"{where}units/don-vi.yaml"].startswith(f"# yaml-language-server: $schema={up}schemas/units.")
    assert files[f"{where}calendars/vn.yaml"].startswith(f"# yaml-language-server: $schema={up}schemas/calendar.")
    assert f"| `{where}units/` |" in files["README.md"]


@pytest.mark.parametrize(
    ("files", "config", "expected"),
    [
        ([], "", None),
        ([".github/dependabot.yml"], "", "github"),
        ([".gitlab-ci.yml"], "", "gitlab"),
        ([], '[remote "origin"]\n\turl = git@github.com:co-quan/ke-hoach.git\n', "github"),
        ([], '[remote "origin"]\n\turl = https://gitlab.example.vn/co-quan/ke-hoach.git\n', "gitlab"),
        ([".gitlab-ci.yml"], '[remote "origin"]\n\turl = git@github.com:co-quan/ke-hoach.git\n', "gitlab"),
        ([], '[remote "origin"]\n\turl = https://git.example.vn/ke-hoach.git\n', None),
    ],
)
def test_the_service_that_a_repository_uses(files, config, expected, tmp_path):
    for name in [*files, ".git/HEAD", ".git/config", ".git/refs/x", ".git/objects/x"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git" / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n{config}")
    assert used_ci(tmp_path) == expected
