"""Every rule has an example that it passes and one that breaks this rule and no other."""

import os
import shutil
from importlib import resources
from pathlib import Path

import pytest

from tdkt_cli.core.findings import Severity
from tdkt_cli.files import reading
from tdkt_cli.rules import RULES

EXAMPLES = Path(str(resources.files("tdkt_cli.rules") / "examples"))
WITHOUT_EXAMPLE = {"TDKT001", "TDKT002"}
WITH_EXAMPLE = sorted(set(RULES) - WITHOUT_EXAMPLE)


def example(kind, rule):
    return EXAMPLES / kind / f"{rule}.yaml"


def place(kind, rule, plans):
    """Put an example where its id says, and beside it what it needs."""
    shutil.copytree(EXAMPLES / "units", plans / "units")
    if RULES[rule].of == "register":
        shutil.copy(example(kind, rule), plans / "units/vi-du.yaml")
    elif rule == "TDKT109":
        for folder, file in ("2023", example("bad", rule)), ("2024", example(kind, rule)):
            stem = file.read_text("utf-8").splitlines()[1].removeprefix("id: ")
            (plans / folder).mkdir()
            shutil.copy(file, plans / folder / f"{stem}.yaml")
    else:
        shutil.copy(example(kind, rule), plans / "vi-du.yaml")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_a_title(rule):
    title = RULES[rule].title
    assert title.endswith(".")
    assert len(title) < 80
    assert not title.startswith(" ")


@pytest.mark.parametrize("rule", WITH_EXAMPLE)
def test_every_rule_has_a_good_and_a_bad_example(rule):
    good, bad = example("good", rule).read_bytes(), example("bad", rule).read_bytes()
    assert good != bad
    assert max(good.count(b"\n"), bad.count(b"\n")) <= 20


def test_every_example_is_of_a_rule():
    for kind in "good", "bad":
        assert sorted(file.name for file in (EXAMPLES / kind).iterdir()) == [f"{rule}.yaml" for rule in WITH_EXAMPLE]


@pytest.mark.parametrize("rule", WITH_EXAMPLE)
def test_bad_example_breaks_its_rule_alone(rule, tmp_path, everything_found):
    place("bad", rule, tmp_path / "plans")
    found = everything_found()
    own = [one for one in found if one.rule == rule]
    assert own
    assert {one.severity for one in own} == {RULES[rule].severity}
    assert [one for one in found if one.rule != rule and one.severity > Severity.INFO] == []


@pytest.mark.parametrize("rule", WITH_EXAMPLE)
def test_good_example_passes(rule, tmp_path, everything_found):
    place("good", rule, tmp_path / "plans")
    assert [one for one in everything_found() if one.rule == rule or one.severity > Severity.INFO] == []


def shown(found):
    return [f"{one.file}:{one.span.line}:{one.span.column} {one.rule} {one.message}" for one in found]


def test_tdkt001_a_file_that_is_not_there(everything_found):
    assert shown(everything_found(Path("hanoi-2023.yaml"))) == ["hanoi-2023.yaml:1:1 TDKT001 there is no such file"]


def test_tdkt001_a_link_to_nothing(tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/vi-du.yaml").symlink_to("khong-co.yaml")
    assert shown(everything_found()) == ["plans/vi-du.yaml:1:1 TDKT001 there is no such file"]


def test_tdkt001_a_link_out_of_the_folder(tmp_path, tmp_path_factory, everything_found):
    outside = tmp_path_factory.mktemp("outside") / "vi-du.yaml"
    shutil.copy(example("good", "TDKT101"), outside)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/vi-du.yaml").symlink_to(outside)
    assert shown(everything_found()) == [
        "plans/vi-du.yaml:1:1 TDKT001 this link leads out of the folder of the plans; put the file itself here"
    ]


def test_tdkt001_a_link_within_the_folder_is_followed(tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    (tmp_path / "luu").mkdir()
    shutil.copy(example("good", "TDKT101"), tmp_path / "luu/vi-du.yaml")
    (tmp_path / "plans/vi-du.yaml").symlink_to("../luu/vi-du.yaml")
    assert everything_found() == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "no permission to read this file"),
        (IsADirectoryError(21, "Is a directory"), "this is a folder, not a file"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
def test_tdkt001_a_file_that_the_system_does_not_give(error, words, tmp_path, everything_found, monkeypatch):
    place("good", "TDKT307", tmp_path / "plans")

    def refuse(*_args):
        raise error

    monkeypatch.setattr(reading.os, "open", refuse)
    assert shown(everything_found()) == [f"plans/units/vi-du.yaml:1:1 TDKT001 {words}"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_tdkt002_a_pipe(tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    os.mkfifo(tmp_path / "plans/vi-du.yaml")
    assert shown(everything_found()) == ["plans/vi-du.yaml:1:1 TDKT002 this is not a regular file"]


@pytest.mark.parametrize(("size", "words"), [(4 * 2**20 + 1, "4.0"), (10 * 2**20, "10.0"), (2**40, "1048576.0")])
def test_tdkt002_a_file_that_is_too_large(size, words, tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    with (tmp_path / "plans/vi-du.yaml").open("wb") as file:
        file.truncate(size)
    assert shown(everything_found()) == [
        f"plans/vi-du.yaml:1:1 TDKT002 the file has {words} MB, at most 4 MB are read; split the plan"
    ]


def test_tdkt002_the_other_files_are_read(tmp_path, everything_found):
    place("bad", "TDKT106", tmp_path / "plans")
    with (tmp_path / "plans/a.yaml").open("wb") as file:
        file.truncate(2**30)
    assert [one.rule for one in everything_found()] == ["TDKT002", "TDKT106"]
