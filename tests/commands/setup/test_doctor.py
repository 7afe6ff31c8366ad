"""What `tdkt doctor` says, how it ends, and that nothing around it makes it fall."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata

import pytest

from tdkt_cli.commands.setup import diagnosis, machine
from tdkt_cli.files import dependencies

CALENDAR = """\
    tdkt: calendar/1
    id: vn
    name: Lịch
    days:
      - date: 2023-05-02
        off: true
        decision: 1/QĐ
"""
BROKEN = {"plans/a.yaml": "tdkt: plan/1\nid: a\ntitle: Bí mật\n"}


@pytest.fixture
def doctor(tdkt, project, monkeypatch, tmp_path, repository):
    """Run tdkt doctor in the small project, kept in git, at a home and in an environment of its own."""
    home = tmp_path / "nhà"
    home.mkdir()
    shutil.move(repository.folder / ".git", tmp_path / ".git")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in [name for name in os.environ if name.startswith("TDKT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    for what in ("NAME", "EMAIL"):
        monkeypatch.setenv(f"GIT_AUTHOR_{what}", "x")

    def run(*arguments, files=None, **env):
        folder = project(**{"plans/calendars/vn.yaml": CALENDAR} | (files or {}))
        return tdkt("doctor", *arguments, folder=folder, **({"TDKT_TODAY": "2023-02-22", "TDKT_LANG": "en"} | env))

    return run


def found(ended):
    """The lines by what they are about: how it is, what was found, what to do."""
    lines = {}
    for state, name, value, advice in re.findall(
        r"^  [✓!✗] (ok|attention|wrong) +(\S+(?: \S+)*)  +(.*)(?:\n +→ (.*))?", ended.out, re.MULTILINE
    ):
        lines.setdefault(name, (state, value, advice))
    return lines


def test_what_is_well(doctor):
    ended = doctor()
    lines = found(ended)
    assert (ended.code, ended.err) == (0, "")
    assert lines["plans"] == ("ok", "2 plans in plans", "")
    assert lines["registers"] == ("ok", "1 register in plans/units", "")
    assert lines["calendars"] == ("ok", "1 file in plans/calendars", "")
    assert lines["holidays"] == ("ok", "known from 2000 to 2099", "")
    assert lines["days swapped"] == ("ok", "1 day by decision, the last 2023-05-02", "")
    assert lines["language"] == ("ok", "en, as TDKT_LANG says", "")
    assert lines["output"] == ("ok", "a file or a pipe", "")
    assert lines["Python"] == ("ok", f"{sys.version.split()[0]} in {sys.executable}", "")
    assert lines["repository"][0] == "ok"
    assert lines["cache"] == ("ok", "~/cache/tdkt, 0 files, 0 KB", "")
    assert f"pydantic {metadata.version('pydantic')}, " in lines["libraries"][1]
    assert ended.lines[-1] == "1 thing needs attention"
    assert lines["today"] == (
        "attention",
        "Wednesday 2023-02-22 in Asia/Ho_Chi_Minh",
        "TDKT_TODAY says which day it is; unset it to have the real one",
    )


def test_all_is_well_without_a_day_of_ones_own(doctor):
    decided = CALENDAR.replace("2023-05-02", "2099-12-31")
    ended = doctor(files={"plans/calendars/vn.yaml": decided}, TDKT_TODAY="")
    assert (ended.code, ended.lines[-1]) == (0, "All is well")


@pytest.mark.parametrize(
    ("files", "name", "state", "value", "advice"),
    [
        ({"tdkt.toml": "days = 'x'"}, "setting", "wrong", "tdkt.toml:1:1 TDKT012", "this must be a whole number"),
        ({"tdkt.toml": "days ="}, "setting", "wrong", "tdkt.toml:1:7 TDKT005", "this is not TOML"),
        ({"tdkt.toml": "plans = 'khác'"}, "plans", "attention", "none in ", "tdkt new makes one"),
        (BROKEN, "left out", "wrong", "1 file cannot be used: plans/a.yaml", "tdkt check says"),
        (
            {"plans/units/u.yaml": ""},
            "registers",
            "wrong",
            "a plan names a register that does not exist: u",
            "tdkt check says",
        ),
        ({"plans/a.yaml": None, "plans/b.yaml": None}, "plans", "attention", "none in ", "tdkt new makes one"),
        (
            {"plans/calendars/vn.yaml": None},
            "days swapped",
            "attention",
            "no calendar file has any",
            "when the decision",
        ),
    ],
    ids=["a wrong setting", "no TOML", "no folder", "a broken plan", "an empty register", "no plans", "no calendar"],
)
def test_what_is_not_well_in_the_folder(doctor, files, name, state, value, advice):
    ended = doctor(files=files)
    line = found(ended)[name]
    assert line[0] == state
    assert line[1].startswith(value)
    assert line[2].startswith(advice)
    assert ended.code == any(state == "wrong" for state, *_ in found(ended).values())


def test_a_year_without_holidays_is_wrong(doctor):
    late = doctor(TDKT_TODAY="2100-03-01")
    assert found(late)["holidays"] == (
        "wrong",
        "known from 2000 to 2099",
        "working days of 2100 are counted without them: add them to a calendar file",
    )
    assert late.code == 1


def test_a_year_whose_decisions_are_not_there_yet(doctor):
    state, value, advice = found(doctor(TDKT_TODAY="2024-01-05"))["days swapped"]
    assert (state, value) == ("attention", "1 day by decision, the last 2023-05-02")
    assert advice.startswith("when the decision on days off of 2024 is out")


def test_a_plan_of_next_year_asks_for_its_decisions(doctor):
    plan = "tdkt: plan/1\nid: c\ndocument: {title: C, draft: true}\nperiod: 2024\ntasks: []\n"
    state, _, advice = found(doctor(files={"plans/c.yaml": plan}))["days swapped"]
    assert state == "attention"
    assert advice.startswith("when the decision on days off of 2024 is out")


@pytest.mark.parametrize(
    ("env", "name", "line"),
    [
        (
            {"TDKT_TODAY": "mai"},
            "today",
            (
                "wrong",
                "TDKT_TODAY: “mai” is not a date; type 20/02/2023 or 2023-02-20",
                "write it as 2023-02-20, or unset it",
            ),
        ),
        ({"PATH": "/nonexistent"}, "git", ("attention", "is not there, or does not run", "tdkt diff, tdkt log and --commit need it: install git, and check that it is on PATH")),
        ({"TDKT_CACHE": ""}, "cache", ("ok", "off; tdkt undo remembers nothing", "")),
        ({"NO_COLOR": "1"}, "colours", ("ok", "none: NO_COLOR is set", "")),
        ({"LC_ALL": "vi_VN.UTF-8"}, "locale", ("ok", "LC_ALL=vi_VN.UTF-8", "")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)  # fmt: skip
def test_what_the_environment_says(doctor, env, name, line):
    assert found(doctor(**env))[name] == line


def test_variables_that_nobody_asks_for(doctor):
    out = " ".join(doctor(TDKT_LNAG="en", TDKT_XYZ="1").out.split())
    assert "! attention variable TDKT_LNAG → tdkt knows no such variable; did you mean TDKT_LANG?" in out
    assert "TDKT_XYZ → tdkt knows no such variable; it knows TDKT_CACHE, TDKT_LANG, TDKT_TODAY" in out
    assert "✓ ok variable TDKT_LANG=en" in out


def test_a_cache_that_cannot_be(doctor, tmp_path):
    (tmp_path / "file").touch()
    ended = doctor(TDKT_CACHE=str(tmp_path / "file" / "x"))
    assert found(ended)["cache"][0] == "attention"
    assert "cannot be" in found(ended)["cache"][1]
    assert ended.code == 0


def test_a_home_that_may_not_be_written(doctor, monkeypatch):
    monkeypatch.setattr(machine.os, "access", lambda *_: False)
    state, value, advice = found(doctor())["cache"]
    assert (state, value) == ("attention", "~/cache/tdkt cannot be written")
    assert advice == "tdkt undo remembers nothing; set TDKT_CACHE to a folder that you can write to"


def test_a_folder_that_may_not_be_read(doctor, monkeypatch):
    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine, "kept_bytes", refuse)
    assert found(doctor())["cache"][:2] == ("attention", "~/cache/tdkt cannot be read: no permission")


def test_without_git(doctor, tmp_path):
    shutil.rmtree(tmp_path / ".git")
    assert found(doctor())["repository"] == (
        "attention",
        f"{tmp_path} is not in a git repository",
        "git keeps who changed what, and when: git init",
    )


def test_a_shallow_clone(doctor, tmp_path, repository):
    repository.folder = tmp_path
    repository.commit({"x": "1"})
    repository.commit({"x": "2"})
    head = repository("rev-parse", "HEAD").strip()
    (tmp_path / ".git" / "shallow").write_text(f"{head}\n", encoding="ascii")
    state, value, advice = found(doctor())["repository"]
    assert (state, advice) == ("attention", "for all of it: git fetch --unshallow")
    assert value.endswith(", the end of its history alone")


def test_git_that_knows_nobody(doctor, monkeypatch, tmp_path):
    (tmp_path / ".git" / "config").write_text("[user]\n\temail = x@example.vn\n", encoding="utf-8")
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    assert found(doctor(GIT_AUTHOR_EMAIL=""))["your name in git"] == (
        "attention",
        "no user.name",
        "git does not commit before you set it: git config --global user.name 'Nguyễn Văn A'",
    )
    assert "your name in git" not in found(doctor(GIT_AUTHOR_NAME="A"))


def test_a_hook_that_is_not_on(doctor, tmp_path):
    hook = {".githooks/pre-commit": "#!/bin/sh\n"}
    state, _, advice = found(doctor(files=hook))["hook"]
    assert (state, advice) == ("attention", "to run tdkt check before each commit: git config core.hooksPath .githooks")
    subprocess.run(advice.partition(": ")[2].split(), cwd=tmp_path, check=True)
    assert "hook" not in found(doctor(files=hook))


def test_a_repository_that_git_refuses(doctor, monkeypatch):
    def refuse(_folder):
        raise subprocess.CalledProcessError(128, "git", stderr=b"fatal: ... git config --global --add safe.directory x")

    monkeypatch.setattr(machine, "is_shallow", refuse)
    ended = doctor()
    assert found(ended)["repository"][0] == "wrong"
    assert "git config --global --add safe.directory" in found(ended)["repository"][2]
    assert ended.code == 1


@pytest.mark.parametrize(
    ("versions", "line"),
    [
        ({"rich": "12.6.0"}, ("wrong", "rich 12.6.0", "tdkt needs rich >=13.8: python -m pip install 'rich>=13.8'")),
        ({"segno": None}, ("wrong", "segno is missing", "tdkt needs segno >=1.6: python -m pip install 'segno>=1.6'")),
    ],
)
def test_a_library_that_does_not_fit(doctor, monkeypatch, versions, line):
    real = dependencies.version_of
    monkeypatch.setattr(dependencies, "version_of", lambda name: versions[name] if name in versions else real(name))
    ended = doctor()
    assert (found(ended)["library"], ended.code) == (line, 1)


def test_tdkt_that_was_never_installed(doctor, monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    for name in ("version", "requires", "distribution"):
        monkeypatch.setattr(dependencies, name, missing)
    ended = doctor()
    assert found(ended)["tdkt"][::2] == ("wrong", "reinstall tdkt, for example: pipx reinstall tdkt-cli")
    assert ended.code == 1


def test_what_fails_while_it_looks_is_a_line(doctor, monkeypatch):
    def fall(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(diagnosis, "_holidays", fall)
    ended = doctor()
    assert found(ended)["the rest"] == (
        "wrong",
        "ZeroDivisionError during this check",
        "this is a bug in tdkt; report it with the output of this command",
    )
    assert found(ended)["language"][0] == "ok"
    assert ended.code == 1


@pytest.mark.parametrize(
    ("arguments", "settings", "env", "said"),
    [
        (("--lang", "en"), "", {"TDKT_LANG": "vi"}, "en, as --lang says"),
        ((), "lang = 'en'", {"TDKT_LANG": ""}, "en, as tdkt.toml says"),
        ((), "", {"TDKT_LANG": ""}, "vi, vì không nơi nào đặt khác"),
    ],
)
def test_where_the_language_comes_from(doctor, arguments, settings, env, said):
    assert f" {said}\n" in doctor(*arguments, files={"tdkt.toml": settings}, **env).out


def test_the_option_before_the_command_counts_too(tdkt):
    assert " en, as --lang says\n" in tdkt("--lang", "en", "doctor").out


def test_for_machines(doctor):
    ended = doctor("--format", "json", files=BROKEN)
    told = json.loads(ended.out)
    assert (told["tdkt"], told["state"]) == (metadata.version("tdkt-cli"), "wrong")
    assert {"section", "check", "state", "value", "advice"} == {key for check in told["checks"] for key in check}
    states = {check["check"]: check["state"] for check in told["checks"]}
    assert (states["left_out"], states["git"], states["today"]) == ("wrong", "ok", "attention")
    assert json.loads(doctor("--format", "json").out)["state"] == "attention"


@pytest.mark.parametrize("format_", ["text", "json"])
def test_nothing_private_is_told(doctor, tmp_path, format_):
    home = tmp_path / "nhà"
    (home / ".bashrc").write_text("source <(tdkt completion bash)\nexport PASSWORD=x\n")
    secrets = {"TDKT_TOKEN": "Bí mật 1", "TDKT_PASS": "Bí mật 2"}
    ended = doctor("--format", format_, files=BROKEN, TDKT_CACHE=str(home / "kho"), **secrets)
    assert str(home) not in ended.out
    assert "~/.bashrc" in ended.out
    assert "TDKT_CACHE=~/kho" in ended.out
    assert [word for word in ("PASSWORD", "TDKT_TOKEN", "Bí mật", "Kế hoạch A", "Ước mơ") if word in ended.out] == []


def test_it_is_said_in_vietnamese_too(doctor):
    ended = doctor(files=BROKEN, TDKT_LANG="vi")
    assert "  ✗ sai    bỏ ra ngoài      1 tệp không dùng được: plans/a.yaml\n" in ended.out
    assert ended.lines[-1] == "1 chỗ sai; 1 chỗ cần lưu ý"


def test_what_is_wrong_with_a_file_that_is_used(doctor):
    other = CALENDAR.replace("id: vn", "id: khac").replace("off: true", "working: true")
    ended = doctor(files={"plans/calendars/khac.yaml": other})
    state, place, advice = found(ended)["file"]
    assert (ended.code, state) == (1, "wrong")
    assert place.startswith("plans/calendars/")
    assert place.endswith("TDKT018")
    assert advice == "tdkt check says where, what is wrong, and what to write instead"


@pytest.mark.parametrize(
    "setting", ["select = ['XX']", "ignore = ['XX']", "severity = {XX = 'info'}", "per_file_ignores = {'a' = ['XX']}"]
)
def test_a_rule_that_the_settings_name_and_there_is_not(doctor, setting):
    ended = doctor(files={"tdkt.toml": f"[check]\n{setting}\n"})
    assert found(ended)["setting"][:2] == ("wrong", "there is no rule XX")
    assert ended.code == 1


@pytest.mark.skipif(os.name != "posix", reason="there is no such thing here")
def test_a_folder_that_is_gone(tmp_path):
    (tmp_path / "x").mkdir()
    script = f'cd "{tmp_path}/x" && rmdir "{tmp_path}/x" && exec "{sys.executable}" -m tdkt_cli --lang en doctor <&-'
    ended = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.endswith(
        "the folder you are in no longer exists; change to another one, or run cd to go back into it\n"
    )
