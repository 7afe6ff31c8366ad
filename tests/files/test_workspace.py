"""Which files are read, which are passed over, and what of tdkt.toml holds for them."""

import os
from datetime import date

import pytest

from tdkt_cli.core.agenda import items
from tdkt_cli.files import workspace as module
from tdkt_cli.files.config import DEFAULTS, load_config
from tdkt_cli.files.workspace import nothing_found

REGISTER = "tdkt: units/1\nid: {}\nname: Danh bạ\n"
CALENDAR = "tdkt: calendar/1\nid: vn\nname: Lịch\ndays:\n  - {date: 2023-02-02, off: true, decision: a}\n"
BROKEN = "tdkt: plan/2\n"


@pytest.fixture
def reads(workspace, plan_text):
    """The names of the plans and registers that are read among files, each given by name only, and what was found."""

    def run(names, *paths, here=".", links=None, config=""):
        files = {"tdkt.toml": config} if config is not None else {}
        for name in names:
            stem = name.rpartition("/")[2].strip(".").partition(".")[0]
            text = REGISTER.format(stem) if "units/" in name else CALENDAR if "calendars/" in name else plan_text(stem)
            files[name] = BROKEN if stem.startswith("broken") else text
        read = workspace(files, *paths, here=here, links=links)
        shown = [f"{one.file}:{one.span.line}:{one.span.column} {one.rule}" for one in read.findings]
        return [plan.source.file for plan in read.plans] + [f"+{id_}" for id_ in read.office.registers] + shown

    return run


@pytest.mark.parametrize(
    ("names", "paths", "here", "expected"),
    [
        (["plans/a.yaml", "b.yaml"], [], ".", ["plans/a.yaml"]),
        (["plans/b.yaml", "plans/a.yml", "plans/x/a.yaml"], [], ".", ["plans/a.yml", "plans/b.yaml", "plans/x/a.yaml"]),
        (["plans/a.yaml", "plans/b.yaml"], ["plans/b.yaml"], ".", ["plans/b.yaml"]),
        (["plans/a.yaml", "plans/b.yaml"], ["plans/b.yaml", "plans/a.yaml"], ".", ["plans/b.yaml", "plans/a.yaml"]),
        (["plans/a.yaml", "x/b.yaml"], ["x", "plans"], ".", ["x/b.yaml", "plans/a.yaml"]),
        (["plans/a.yaml"], ["plans", "plans/a.yaml", "plans/../plans/a.yaml"], ".", ["plans/a.yaml"]),
        (["plans/a.yaml", "x/y/z.txt"], [], "x/y", ["{repo}/plans/a.yaml"]),
        (["plans/x/a.yaml", "plans/b.yaml"], ["."], "plans/x", ["a.yaml"]),
        (["plans/x/a.yaml", "plans/b.yaml"], ["../b.yaml"], "plans/x", ["{repo}/plans/b.yaml"]),
        (["plans/.a.yaml", "plans/.x/a.yaml", "plans/b.yaml"], [], ".", ["plans/b.yaml"]),
        (["plans/.a.yaml"], ["plans/.a.yaml"], ".", ["plans/.a.yaml"]),
        (["plans/a.txt", "plans/a.yaml.bak", "plans/yaml", "plans/a.YAML.orig", "plans/b.yaml"], [], ".", ["plans/b.yaml"]),
        (["plans/a.txt"], ["plans/a.txt"], ".", ["plans/a.txt:1:1 TDKT002"]),
        (["plans/a.yaml/b.yaml"], [], ".", ["plans/a.yaml/b.yaml"]),
        (["plans/broken.yaml", "plans/a.yaml"], [], ".", ["plans/a.yaml", "plans/broken.yaml:1:7 TDKT009"]),
    ],
)  # fmt: skip
def test_plans(names, paths, here, expected, reads, tmp_path):
    assert reads(names, *paths, here=here) == [name.format(repo=tmp_path / "repo") for name in expected]


@pytest.mark.parametrize(
    ("names", "paths", "expected"),
    [
        (["plans/a.yaml", "plans/units/r.yaml"], [], ["plans/a.yaml", "+r"]),
        (["plans/a.yaml", "plans/b.yaml", "plans/units/r.yaml"], ["plans/a.yaml"], ["plans/a.yaml", "+r"]),
        (["plans/2023/a.yaml", "plans/units/r.yaml"], ["plans/2023/a.yaml"], ["plans/2023/a.yaml", "+r"]),
        (["plans/2023/a.yaml", "plans/units/r.yaml"], ["plans/2023"], ["plans/2023/a.yaml", "+r"]),
        (["plans/2023/q1/a.yaml", "units/r.yaml"], ["plans/2023/q1"], ["plans/2023/q1/a.yaml", "+r"]),
        (["plans/2023/a.yaml", "plans/2023/units/r.yaml", "plans/units/s.yaml"], ["plans/2023"], ["plans/2023/a.yaml", "+r"]),
        (["plans/a.yaml", "plans/2023/units/r.yaml"], ["plans/a.yaml"], ["plans/a.yaml"]),
        (["plans/a.yaml", "plans/units/.r.yaml", "plans/units/s.txt"], ["plans/a.yaml"], ["plans/a.yaml"]),
        (["plans/a.yaml", "plans/units/x/r.yaml"], ["plans/a.yaml"], ["plans/a.yaml", "+r"]),
        (["a/p.yaml", "a/units/r.yaml", "b/q.yaml", "b/units/s.yaml"], ["a", "b"], ["a/p.yaml", "b/q.yaml", "+r", "+s"]),
        (["a/p.yaml", "a/units/r.yaml", "b/q.yaml", "b/units/r.yaml"], ["a", "b"], ["a/p.yaml", "b/q.yaml", "+r", "b/units/r.yaml:2:5 TDKT018"]),
        (["plans/a.yaml", "plans/units/broken.yaml"], ["plans/a.yaml"], ["plans/a.yaml", "plans/units/broken.yaml:1:7 TDKT009"]),
        (["plans/units/r.yaml"], ["plans/units/r.yaml"], ["+r"]),
    ],
)  # fmt: skip
def test_registers_beside(names, paths, expected, reads):
    assert reads(names, *paths) == expected


def test_calendar_beside_a_single_plan(workspace, plan_text):
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/calendars/vn.yaml": CALENDAR}
    assert not workspace(files, "plans/a.yaml").office.calendar.is_working(date(2023, 2, 2))
    assert workspace({"x/a.yaml": plan_text("a")}, "x/a.yaml").office.calendar.is_working(date(2023, 2, 2))


def test_no_register_is_looked_for_above_the_folder_of_tdkt_toml(workspace, plan_text):
    files = {"plans/tdkt.toml": "", "plans/a.yaml": plan_text("a"), "units/r.yaml": REGISTER.format("r")}
    assert workspace(files, "a.yaml", here="plans").office.registers == {}


def test_without_tdkt_toml_the_folder_plans_is_read(reads):
    assert reads(["plans/a.yaml", "b.yaml", "plans/units/r.yaml"], config=None) == ["plans/a.yaml", "+r"]


def test_without_tdkt_toml_registers_in_a_folder_above_are_read(reads):
    names = ["plans/2023/a.yaml", "plans/units/r.yaml"]
    assert reads(names, "plans/2023/a.yaml", config=None) == ["plans/2023/a.yaml", "+r"]


def test_the_nearest_tdkt_toml_upward_holds(workspace, plan_text):
    files = {
        "tdkt.toml": "soon = 1\n",
        "x/tdkt.toml": "soon = 2\nplans = 'p'\n",
        "x/p/a.yaml": plan_text("a"),
        "x/y/z": "",
    }
    for here, soon, plans in (".", 1, []), ("x", 2, ["a"]), ("x/y", 2, ["a"]):
        read = workspace(files, here=here)
        assert (read.office.soon, [plan.id for plan in read.plans]) == (soon, plans)


@pytest.mark.parametrize("plans", [".", "kh", "kh/../kh", "./kh/"])
def test_the_folder_of_plans_can_be_set(plans, workspace, plan_text):
    read = workspace({"tdkt.toml": f'plans = "{plans}"\n', "kh/a.yaml": plan_text("a"), "kh/x/y": ""}, here="kh/x")
    assert [plan.id for plan in read.plans] == ["a"]


def test_plans_referred_to_are_looked_up_and_not_listed(workspace, plan_text):
    more = "        same_as: b/1\n      - waiting: a\n        id: m\n        on_task: c/1\n"
    names = {f"plans/{name}.yaml": plan_text(name) for name in "bcd"}
    read = workspace({"tdkt.toml": "", "plans/a.yaml": plan_text("a", more), **names}, "plans/a.yaml")
    assert ([plan.id for plan in read.plans], read.files) == (["a"], 1)
    assert [plan for plan in "abcd" if read.office.index.find(f"{plan}/1")] == ["a", "b", "c"]
    assert [item.original.ref if item.original else None for item in items(read.plans, read.office)] == ["b/1", None]


@pytest.mark.parametrize("ref", ["../b/1", "/1", "./1", "b/../../1", f"{'b' * 300}/1", "\\x/1"])
def test_odd_references_are_only_not_found(ref, workspace, plan_text):
    read = workspace({"tdkt.toml": "", "plans/a.yaml": plan_text("a", f"        same_as: '{ref}'\n")}, "plans/a.yaml")
    assert [plan.id for plan in read.plans] == ["a"]
    assert read.office.index.refs() == ["a/1"]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"plans/l.yaml": "../x/a.yaml"}, ["plans/l.yaml"]),
        ({"plans": "x"}, ["plans/a.yaml"]),
        ({"plans/folder": "../x"}, []),
        ({"plans/folder": "."}, []),
        ({"plans/l.yaml": "../../outside.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/l.yaml": "/etc/hostname"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans": ".."}, ["plans/repo/x/a.yaml", "plans/outside.yaml:1:1 TDKT001"]),
        ({"plans/l.yaml": "l.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/l.yaml": "none.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/units": "../../beside"}, ["plans/units/r.yaml:1:1 TDKT001"]),
    ],
)
def test_links(links, expected, reads, tmp_path):
    (tmp_path / "outside.yaml").write_text("secret", "utf-8")
    if "plans/units" in links:
        (tmp_path / "beside").mkdir()
        (tmp_path / "beside/r.yaml").write_text(REGISTER.format("r"), "utf-8")
    assert reads(["x/a.yaml"], links=links) == expected


def test_a_link_out_of_the_folder_shows_nothing_of_its_target(workspace, tmp_path):
    (tmp_path / "outside").write_text("secret", "utf-8")
    read = workspace({"tdkt.toml": ""}, links={"plans/l.yaml": "../../outside"})
    assert "secret" not in str(read.findings)


@pytest.mark.xfail(strict=True, reason="files.config follows a link out of the folder and shows a line of its target")
def test_a_tdkt_toml_that_is_a_link_out_shows_nothing_of_its_target(workspace, tmp_path):
    (tmp_path / "outside").write_text("secret", "utf-8")
    read = workspace({"plans/a.txt": ""}, links={"tdkt.toml": "../outside"})
    assert "secret" not in str(read.findings)


@pytest.mark.xfail(
    strict=True, reason="files.workspace takes an absolute plans setting for a folder that somebody named"
)
def test_the_setting_plans_does_not_lead_out(workspace, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.yaml").write_text("secret", "utf-8")
    read = workspace({"tdkt.toml": f"plans = '{tmp_path}/outside'\n"})
    assert "secret" not in str(read.findings)


def test_the_setting_plans_does_not_lead_out_upward(workspace, tmp_path, plan_text):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.yaml").write_text(plan_text("a"), "utf-8")
    assert workspace({"tdkt.toml": "plans = '../outside'\n"}).plans == ()


def test_a_file_outside_can_be_named(workspace, tmp_path, plan_text):
    (tmp_path / "b.yaml").write_text(plan_text("b"), "utf-8")
    assert [plan.id for plan in workspace({"tdkt.toml": ""}, tmp_path / "b.yaml").plans] == ["b"]


@pytest.mark.xfail(
    strict=True, reason="files.workspace compares with the root before it has taken the .. out of a path"
)
def test_a_file_outside_can_be_named_from_here(workspace, tmp_path, plan_text):
    (tmp_path / "b.yaml").write_text(plan_text("b"), "utf-8")
    assert [plan.id for plan in workspace({"tdkt.toml": ""}, "../b.yaml").plans] == ["b"]


def test_a_name_that_is_too_long_is_a_finding(reads):
    assert reads(["plans/a.yaml"], "a" * 300, "plans") == ["plans/a.yaml", f"{'a' * 300}:1:1 TDKT001"]


def test_a_file_in_a_locked_folder_is_a_finding(reads, monkeypatch):
    system = os.stat

    def locked(path, *arguments, **more):
        if "locked/" in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return system(path, *arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", locked)
        assert reads(["plans/a.yaml"], "plans/a.yaml", "locked/b.yaml") == ["plans/a.yaml", "locked/b.yaml:1:1 TDKT001"]


def test_a_folder_that_cannot_be_read_is_a_finding(workspace, plan_text, monkeypatch):
    system = os.scandir

    def locked(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return system(path)

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "scandir", locked)
        read = workspace({"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/locked/b.yaml": plan_text("b")})
    assert [plan.id for plan in read.plans] == ["a"]
    assert read.left_out == ("plans/locked",)


@pytest.mark.parametrize(
    ("paths", "where"),
    [([], "plans"), (["x"], "x"), (["x", "y"], "x, y")],
)
def test_nothing_to_read(paths, where, workspace, lines_of):
    read = workspace({"x/a.txt": "", "y/b": "", "plans/c": ""}, *paths)
    found = [nothing_found(read, paths)]
    assert lines_of(found, "vi") == [
        f"{where}:1:1: lỗi TDKT001 ở đây không có kế hoạch nào; ghi tên tệp hoặc thư mục, hoặc chuyển đến thư mục có tdkt.toml"
    ]
    assert lines_of(found, "en") == [
        f"{where}:1:1: error TDKT001 there is no plan here; name a file or folder, or go to the folder of tdkt.toml"
    ]


def test_something_to_read(workspace):
    assert nothing_found(workspace({"plans/a.yaml": BROKEN}), []) is None


def test_settings_reach_the_office(workspace, plan_text):
    files = {"plans/a.yaml": plan_text("a").replace("by:", "before:")}
    for config, soon, overdue in ("", 7, "2023-02-04"), ("soon = 30\nbefore = 'strict'\n", 30, "2023-02-03"):
        read = workspace(files | {"tdkt.toml": config})
        (item,) = items(read.plans, read.office)
        assert (read.office.soon, item.overdue_from.isoformat()) == (soon, overdue)


def test_settings_with_a_problem_are_the_defaults(workspace, plan_text):
    read = workspace({"tdkt.toml": "soon = 3\ndayz = 1\n", "plans/a.yaml": plan_text("a")})
    assert read.config.settings == DEFAULTS
    assert [(one.file, one.rule) for one in read.findings] == [("tdkt.toml", "TDKT010")]
    assert [plan.id for plan in read.plans] == ["a"]


def test_the_setting_days_reaches_due(tdkt, plan_text):
    files = {"plans/a.yaml": plan_text("a")}
    for config, shown in ("days = 1\n", False), ("days = 2\n", True), ("", True):
        assert ("Việc của a" in tdkt(files | {"tdkt.toml": config}, "due")[1]) is shown


def test_the_setting_timezone_says_which_day_it_is(repo):
    root = repo({"tdkt.toml": 'timezone = "Pacific/Kiritimati"\n'})
    assert load_config(root).settings.timezone == "Pacific/Kiritimati"
