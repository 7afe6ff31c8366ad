"""Every rule has an example that it passes and one that breaks this rule and no other."""

import os
import shutil
from importlib import resources
from pathlib import Path

import pytest

from tdkt_cli.core.findings import Severity
from tdkt_cli.files import reader
from tdkt_cli.rules import RULES

EXAMPLES = Path(str(resources.files("tdkt_cli.rules") / "examples"))
WITHOUT_EXAMPLE = {"TDKT001", "TDKT002"}
WITH_EXAMPLE = sorted(set(RULES) - WITHOUT_EXAMPLE)


def example(kind, rule):
    return EXAMPLES / kind / f"{rule}.yaml"


def place(kind, rule, plans):
    """Put an example where its id says, and beside it what it needs."""
    if rule != "TDKT018":
        shutil.copytree(EXAMPLES / "units", plans / "units")
    if RULES[rule].of == "register":
        shutil.copy(example(kind, rule), plans / "units/vi-du.yaml")
    elif rule in {"TDKT018", "TDKT109"}:  # of two files
        for folder, file in ("2023", example("bad", rule)), ("2024", example(kind, rule)):
            stem = file.read_text("utf-8").splitlines()[1].removeprefix("id: ")
            (plans / folder).mkdir(parents=True)
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


@pytest.mark.parametrize("links", [{"vi-du": "vi-du"}, {"vi-du": "b", "b": "vi-du"}])
def test_tdkt001_links_that_lead_in_a_circle(links, tmp_path, everything_found):
    place("good", "TDKT101", tmp_path / "plans")
    (tmp_path / "plans/vi-du.yaml").unlink()
    for name, target in links.items():
        (tmp_path / f"plans/{name}.yaml").symlink_to(f"{target}.yaml")
    assert [(one.file, one.rule) for one in everything_found()] == [
        (f"plans/{name}.yaml", "TDKT001") for name in sorted(links)
    ]


def test_tdkt001_a_circle_is_said_to_be_one(tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/vi-du.yaml").symlink_to("vi-du.yaml")
    (found,) = everything_found()
    words = "this link leads back to itself"
    assert str(found.message) in {words, "cannot be read: Too many levels of symbolic links"}  # from Python 3.13 on


def test_tdkt001_a_folder_linked_into_itself_is_read_once(tmp_path, everything_found):
    place("bad", "TDKT106", tmp_path / "plans")
    (tmp_path / "plans/vong").symlink_to("..", target_is_directory=True)
    linked, found = everything_found()  # the link is not followed, but said
    assert (linked.file, linked.rule, found.rule) == ("plans/vong", "TDKT001", "TDKT106")


def unreadable(monkeypatch, folder, error):
    """Let the system refuse to list one folder, whoever runs the tests."""
    scandir, open_ = os.scandir, os.open

    def refusing(real):
        def call(path=".", *args, **kwargs):
            if Path(path) == folder:
                raise type(error)(error.errno, error.strerror, str(path))
            return real(path, *args, **kwargs)

        return call

    monkeypatch.setattr(os, "scandir", refusing(scandir))
    monkeypatch.setattr(os, "open", refusing(open_))


@pytest.mark.parametrize("folder", ["plans/2024", "plans/units", "plans"])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "no permission to read this file"),
        (OSError(5, "Input/output error"), "cannot be read: the disk reports an error"),
    ],
)
def test_tdkt001_a_folder_that_cannot_be_read(folder, error, words, tmp_path, everything_found, monkeypatch):
    place("good", "TDKT101", tmp_path / "plans")
    (tmp_path / "plans/2024").mkdir()
    shutil.copy(example("bad", "TDKT101"), tmp_path / "plans/2024/vi-du-2.yaml")
    unreadable(monkeypatch, tmp_path / folder, error)
    found = shown(everything_found())
    assert f"{folder}:1:1 TDKT001 {words}" in found
    assert [one for one in found if one.startswith(f"{folder}/")] == []


def test_tdkt001_the_other_folders_are_read(tmp_path, everything_found, monkeypatch):
    place("bad", "TDKT106", tmp_path / "plans")
    (tmp_path / "plans/2024").mkdir()
    unreadable(monkeypatch, tmp_path / "plans/2024", PermissionError(13, "Permission denied"))
    assert [one.rule for one in everything_found()] == ["TDKT001", "TDKT106"]


@pytest.mark.parametrize("name", ["plans/kin", "plans/kin/con", "plans/kin/vi-du.yaml"])
def test_tdkt001_a_folder_that_may_not_be_entered(name, tmp_path, everything_found, monkeypatch):
    (tmp_path / "plans/kin/con").mkdir(parents=True)
    stat = Path.stat

    def refusing(path, **kwargs):
        if tmp_path / "plans/kin" in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **kwargs)

    unreadable(monkeypatch, tmp_path / "plans/kin", PermissionError(13, "Permission denied"))
    monkeypatch.setattr(Path, "stat", refusing)
    assert [one.rule for one in everything_found(Path(name))] == ["TDKT001"]


@pytest.mark.parametrize(
    "names",
    [
        ("plans/vi-du.yaml", "plans/vi-du.yaml"),
        ("plans/vi-du.yaml", "plans/../plans/./vi-du.yaml"),
        ("plans", "plans/vi-du.yaml"),
        ("plans/vi-du.yaml", "plans"),
        ("plans", "plans/units"),
    ],
)
def test_a_file_named_twice_is_read_once(names, tmp_path, everything_found):
    place("bad", "TDKT106", tmp_path / "plans")
    assert [one.rule for one in everything_found(*map(Path, names))] == ["TDKT106"]


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
        (OSError(5, "Input/output error"), "cannot be read: the disk reports an error"),
    ],
)
def test_tdkt001_a_file_that_the_system_does_not_give(error, words, tmp_path, everything_found, monkeypatch):
    place("good", "TDKT307", tmp_path / "plans")

    def refuse(*_args):
        raise error

    monkeypatch.setattr(reader.os, "open", refuse)
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
