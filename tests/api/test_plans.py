"""load_plans: what is read from where, and what becomes of files that cannot be used."""

from pathlib import Path

import pytest

from tdkt_cli import language, load_plans

BROKEN = "tdkt: plan/2\n"


def plans(read):
    return [plan.id for plan in read.plans]


@pytest.mark.parametrize("paths", [(), ("plans",), (Path("plans/a.yaml"),), ("plans/a.yaml", Path("plans"))])
def test_from_the_working_directory(office, monkeypatch, paths):
    monkeypatch.chdir(office())
    read = load_plans(*paths)
    assert (plans(read), list(read.office.registers), read.office.soon) == (["a"], ["u"], 6)
    assert (read.findings, read.left_out, read.files) == ((), (), ("plans/a.yaml", "plans/units/u.yaml"))


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize(("below", "paths"), [("", ()), ("plans", ()), ("plans", ("a.yaml",)), ("", ("plans",))])
def test_from_another_folder(office, monkeypatch, below, paths, kind):
    folder = office()
    monkeypatch.chdir("/")
    read = load_plans(*map(kind, paths), folder=kind(folder / below))
    assert (plans(read), list(read.office.registers), read.office.soon) == (["a"], ["u"], 6)


def test_by_absolute_paths_alone_the_settings_are_those_of_the_working_directory(office, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("x")
    (elsewhere / "tdkt.toml").write_text("soon = 3\n")
    monkeypatch.chdir(elsewhere)
    read = load_plans(office() / "plans")
    assert (plans(read), list(read.office.registers), read.office.soon) == (["a"], ["u"], 3)


def test_a_file_that_cannot_be_used_is_left_out_and_says_why(office):
    read = load_plans(folder=office(**{"plans/b.yaml": BROKEN, "tdkt.toml": "soon = -1\n"}))
    assert (plans(read), read.left_out) == (["a"], ("plans/b.yaml",))
    said = [(each.file, each.span.line, each.rule, str(each.message)) for each in read.findings]
    assert said == [
        ("tdkt.toml", 1, "TDKT016", "this number is out of bounds: 0 is the limit"),
        ("plans/b.yaml", 1, "TDKT009", "“plan/2” is not a kind of file; did you mean plan/1?"),
    ]  # fmt: skip
    assert language("vi").say(read.findings[1].message) == "không có loại tệp “plan/2”; có phải plan/1?"


def test_a_folder_that_is_named_from_beside_it(office, monkeypatch):
    folder = office()
    beside = folder.parent / "beside"
    beside.mkdir()
    (beside / "tdkt.toml").write_text("soon = 3\n")
    monkeypatch.chdir(beside)
    read = load_plans(folder=f"../{folder.name}")
    assert (plans(read), read.office.soon) == (["a"], 6)


def test_what_is_not_there_is_found_wrong_but_not_raised(office):
    read = load_plans("zzz.yaml", folder=office())
    assert (plans(read), read.left_out, [each.rule for each in read.findings]) == ([], ("zzz.yaml",), ["TDKT001"])


def test_no_plan_at_all(tmp_path):
    read = load_plans(folder=tmp_path)
    assert (read.plans, read.items, read.findings) == ((), (), ())
