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


def test_files_that_are_known_are_not_read(repo, plan_text):
    folder = repo({"plans/a.yaml": plan_text("a"), "plans/b.yaml": plan_text("b")}).resolve()
    read = module.read_workspace(load_config(folder), (), folder, {folder / "plans/a.yaml"})
    assert [plan.id for plan in read.plans] == ["b"]


def test_without_tdkt_toml_the_folder_plans_is_read(reads):
    assert reads(["plans/a.yaml", "b.yaml", "plans/units/r.yaml"], config=None) == ["plans/a.yaml", "+r"]


@pytest.mark.parametrize(
    ("git", "registers"),
    [(".git/HEAD", ["+r"]), ("plans/.git", ["+r"]), ("plans/2023/.git/HEAD", []), (None, [])],
)
def test_without_tdkt_toml_registers_are_looked_for_up_to_the_git_repository(git, registers, reads):
    names = ["plans/2023/a.yaml", "plans/units/r.yaml", *filter(None, [git])]
    assert reads(names, "plans/2023/a.yaml", config=None) == ["plans/2023/a.yaml", *registers]


def test_registers_and_calendars_are_looked_for_each_on_its_own(workspace, plan_text):
    files = {"tdkt.toml": "", "plans/2023/a.yaml": plan_text("a"), "plans/2023/calendars/.hidden.yaml": ""}
    near, far = {"plans/2023/units/r.yaml": REGISTER.format("r")}, {"calendars/vn.yaml": CALENDAR}
    office = workspace(files | near | far, "plans/2023/a.yaml").office
    assert (list(office.registers), list(office.calendar.overrides)) == (["r"], [date(2023, 2, 2)])


def test_two_calendars_that_disagree(workspace, plan_text, lines_of):
    other = CALENDAR.replace("off", "working").replace(
        "days:", "days:\n  - {date: 2023-02-04, working: true, decision: a}"
    )
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/calendars/a.yaml": CALENDAR}
    read = workspace(files | {"plans/calendars/b.yaml": other})
    place = "plans/calendars/b.yaml:6:12"
    assert lines_of(read.findings, "vi") == [f"{place}: TDKT018 lịch khác ghi ngày 02/02/2023 khác đi; chỉ giữ một"]
    assert lines_of(read.findings, "en") == [
        f"{place}: TDKT018 another calendar says otherwise about 2023-02-02; keep one"
    ]
    assert read.office.calendar.overrides == {date(2023, 2, 2): False, date(2023, 2, 4): True}


def test_two_calendars_that_agree(workspace, plan_text):
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/calendars/a.yaml": CALENDAR}
    assert workspace(files | {"plans/calendars/b.yaml": CALENDAR}).findings == ()


def test_two_registers_of_one_id(workspace, plan_text, lines_of):
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/units/r.yaml": REGISTER.format("r")}
    found = workspace(files | {"plans/units/x/r.yaml": REGISTER.format("r")}).findings
    place = "plans/units/x/r.yaml:2:5: TDKT018"
    assert lines_of(found, "vi") == [f"{place} danh bạ r cũng có ở plans/units/r.yaml; chỉ tệp đó được dùng"]
    assert lines_of(found, "en") == [f"{place} the register r is also in plans/units/r.yaml; only that one is used"]


def test_endings_in_capitals_count(reads):
    names = ["plans/a.YAML", "plans/b.Yml", "plans/units/r.YAML"]
    assert reads(names) == ["plans/a.YAML", "plans/b.Yml", "+r"]


@pytest.mark.parametrize(
    "ending",
    [
        "yaml.txt",
        "yml.txt",
        "YAML.txt",
        "yaml.TXT",
    ],
)
def test_yaml_under_the_name_of_a_text_file_is_a_finding(ending, workspace, plan_text, lines_of):
    read = workspace({"tdkt.toml": "", "plans/a.yaml": plan_text("a"), f"plans/b.{ending}": plan_text("b")})
    assert [plan.id for plan in read.plans] == ["a"]
    place = f"plans/b.{ending}:1:1: TDKT002"
    assert lines_of(read.findings, "vi") == [f"{place} đổi tên tệp này: tên đang kết thúc bằng .txt, không phải .yaml"]
    assert lines_of(read.findings, "en") == [f"{place} rename this file: its name ends in .txt, not in .yaml"]


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


@pytest.mark.parametrize("plans", [".", "kh", "./kh/", "kh/.", ""])
def test_the_folder_of_plans_can_be_set(plans, workspace, plan_text):
    read = workspace({"tdkt.toml": f'plans = "{plans}"\n', "kh/a.yaml": plan_text("a"), "kh/x/y": ""}, here="kh/x")
    assert [plan.id for plan in read.plans] == ["a"]


def test_plans_referred_to_are_looked_up_and_not_listed(workspace, plan_text):
    more = "        same_as: b/1\n      - waiting: a\n        id: m\n        on_task: c/1\n"
    names = {f"plans/{name}.yaml": plan_text(name) for name in "bcd"}
    read = workspace({"tdkt.toml": "", "plans/a.yaml": plan_text("a", more), **names}, "plans/a.yaml")
    assert ([plan.id for plan in read.plans], len(read.files)) == (["a"], 1)
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
        ({"plans/folder": "../x"}, ["plans/folder:1:1 TDKT001"]),
        ({"plans/folder": "."}, ["plans/folder:1:1 TDKT001"]),
        ({"plans/l.yaml": "../../outside.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/l.yaml": "/etc/hostname"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans": ".."}, ["plans/repo/x/a.yaml", "plans/outside.yaml:1:1 TDKT001", "plans/repo/plans:1:1 TDKT001"]),
        ({"plans/l.yaml": "l.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/l.yaml": "none.yaml"}, ["plans/l.yaml:1:1 TDKT001"]),
        ({"plans/units": "../../beside"}, ["plans/units:1:1 TDKT001"]),
        ({"plans/folder": "../../nothing"}, []),
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


def test_a_link_to_a_folder_is_named_as_one_and_not_followed(workspace, plan_text, lines_of):
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "x/b.yaml": plan_text("b")}
    read = workspace(files, links={"plans/folder": "../x"})
    assert ([plan.id for plan in read.plans], read.left_out) == (["a"], ("plans/folder",))
    assert lines_of(read.findings, "vi") == ["plans/folder:1:1: TDKT001 đây là thư mục, không phải tệp"]
    assert lines_of(read.findings, "en") == ["plans/folder:1:1: TDKT001 this is a folder, not a file"]


def test_registers_behind_a_link_are_read_or_refused_but_not_both(workspace, plan_text):
    files = {"tdkt.toml": "", "plans/a.yaml": plan_text("a"), "shared/r.yaml": REGISTER.format("r")}
    read = workspace(files, links={"plans/units": "../shared"})
    assert bool(read.office.registers) != bool(read.findings)


@pytest.mark.parametrize(("target", "content"), [("../outside", "secret = 1\n"), ("../outside", "soon = 3\n")])
def test_a_tdkt_toml_that_is_a_link_out_is_refused(target, content, workspace, tmp_path, plan_text, lines_of):
    (tmp_path / "outside").write_text(content, "utf-8")
    read = workspace({"plans/a.yaml": plan_text("a")}, links={"tdkt.toml": target})
    assert lines_of(read.findings, "vi") == [
        "tdkt.toml:1:1: TDKT001 liên kết này dẫn ra ngoài thư mục kế hoạch; đặt chính tệp vào đây"
    ]
    assert lines_of(read.findings, "en") == [
        "tdkt.toml:1:1: TDKT001 this link leads out of the folder of the plans; put the file itself here"
    ]
    assert "secret" not in str(read.findings)
    assert (read.config.settings, [plan.id for plan in read.plans]) == (DEFAULTS, ["a"])


def test_a_tdkt_toml_that_is_a_link_within_is_read(workspace):
    assert workspace({"settings/s": "soon = 3\n"}, links={"tdkt.toml": "settings/s"}).office.soon == 3


@pytest.mark.parametrize("plans", ["{}/outside", "../outside", "kh/../kh", "kh/../../outside"])
def test_the_setting_plans_does_not_lead_out(plans, workspace, tmp_path, plan_text, lines_of):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.yaml").write_text("secret", "utf-8")
    files = {"tdkt.toml": f"soon = 3\nplans = '{plans.format(tmp_path)}'\n", "plans/b.yaml": plan_text("b")}
    read = workspace(files | {"kh/c.yaml": plan_text("c")})
    assert lines_of(read.findings, "vi") == [
        "tdkt.toml:2:1: TDKT016 thư mục kế hoạch nằm dưới tdkt.toml: viết chẳng hạn plans"
    ]
    assert lines_of(read.findings, "en") == [
        "tdkt.toml:2:1: TDKT016 the plans folder must be inside the folder of tdkt.toml: write, for example, plans"
    ]
    assert ([plan.id for plan in read.plans], read.office.soon) == (["b"], 3)


def test_a_file_outside_can_be_named(workspace, tmp_path, plan_text):
    (tmp_path / "b.yaml").write_text(plan_text("b"), "utf-8")
    assert [plan.id for plan in workspace({"tdkt.toml": ""}, tmp_path / "b.yaml").plans] == ["b"]


def test_a_file_outside_can_be_named_from_here(workspace, tmp_path, plan_text):
    (tmp_path / "b.yaml").write_text(plan_text("b"), "utf-8")
    assert [plan.id for plan in workspace({"tdkt.toml": ""}, "../b.yaml").plans] == ["b"]


@pytest.mark.parametrize("config", ["", None])
def test_a_name_that_is_too_long_is_a_finding(config, reads):
    assert reads(["plans/a.yaml"], "a" * 300, "plans", config=config) == ["plans/a.yaml", f"{'a' * 300}:1:1 TDKT001"]


@pytest.mark.parametrize("config", ["", None])
def test_a_name_in_a_folder_that_is_too_long_is_a_finding(config, reads):
    long = f"{'a' * 300}/b.yaml"
    assert reads(["plans/a.yaml"], long, "plans", config=config) == ["plans/a.yaml", f"{long}:1:1 TDKT001"]


@pytest.mark.parametrize("config", ["", None])
def test_a_file_in_a_locked_folder_is_a_finding(config, reads, monkeypatch):
    system = os.stat

    def locked(path, *arguments, **more):
        if "locked/" in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return system(path, *arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", locked)
        found = reads(["plans/a.yaml"], "plans/a.yaml", "locked/b.yaml", config=config)
    assert found == ["plans/a.yaml", "locked/b.yaml:1:1 TDKT001"]


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
        f"{where}:1:1: TDKT001 ở đây không có kế hoạch nào; ghi tên tệp hoặc thư mục, hoặc chuyển đến thư mục có tdkt.toml"
    ]
    assert lines_of(found, "en") == [
        f"{where}:1:1: TDKT001 there is no plan here; name a file or folder, or go to the folder of tdkt.toml"
    ]


def test_something_to_read(workspace):
    assert nothing_found(workspace({"plans/a.yaml": BROKEN}), []) is None


def test_settings_reach_the_office(workspace, plan_text):
    files = {"plans/a.yaml": plan_text("a").replace("by:", "before:")}
    for config, soon, overdue in ("", 7, "2023-02-04"), ("soon = 30\nbefore = 'strict'\n", 30, "2023-02-03"):
        read = workspace(files | {"tdkt.toml": config})
        (item,) = items(read.plans, read.office)
        assert (read.office.soon, item.overdue_from.isoformat()) == (soon, overdue)


def test_a_problem_in_one_key_leaves_the_other_settings_in_force(workspace, plan_text):
    read = workspace({"tdkt.toml": "soon = 3\ndayz = 1\n", "plans/a.yaml": plan_text("a")})
    assert read.config.settings == DEFAULTS.model_copy(update={"soon": 3})
    assert read.office.soon == 3
    assert [(one.file, one.rule) for one in read.findings] == [("tdkt.toml", "TDKT010")]
    assert [plan.id for plan in read.plans] == ["a"]


def test_the_setting_days_reaches_due(tdkt, plan_text):
    files = {"plans/a.yaml": plan_text("a")}
    for config, shown in ("days = 1\n", False), ("days = 2\n", True), ("", True):
        assert ("Việc của a" in tdkt(files | {"tdkt.toml": config}, "due")[1]) is shown


def test_the_setting_timezone_says_which_day_it_is(repo):
    root = repo({"tdkt.toml": 'timezone = "Pacific/Kiritimati"\n'})
    assert load_config(root).settings.timezone == "Pacific/Kiritimati"
