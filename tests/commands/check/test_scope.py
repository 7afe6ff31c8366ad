"""tdkt check --changed-since: what a branch touched, and what it broke elsewhere; what was wrong before is not told."""

import shutil
import subprocess
from textwrap import dedent

import pytest

PLAN = """\
    tdkt: plan/1
    id: {id}
    document:
      number: 2/KH-UBND
      title: Kế hoạch
      issued: 2022-12-01
    period: 2023
    units: u
    tasks:
      - id: "1"
        title: Họp
        executor: {executor}
        timing: Trước 21/02/2023
        deadlines:
          - before: 2023-02-21
            same_as: {same}
"""
BASE = {
    "tdkt.toml": "",
    "plans/a.yaml": PLAN.format(id="a", executor="Các sở", same="").replace("            same_as: \n", ""),
    "plans/b.yaml": PLAN.format(id="b", executor="Các sở", same="a/1"),
    "plans/sai.yaml": PLAN.format(id="sai", executor="Sở Không Có", same="a/1"),  # wrong from the beginning
    "plans/units/u.yaml": "tdkt: units/1\nid: u\nname: Danh bạ\nbodies:\n  - id: so-y-te\n    name: Sở Y tế\ngroups:\n  - id: cac-so\n    name: Các sở\n    members:\n      - so-y-te\n",
}  # fmt: skip
OLD = "plans/sai.yaml:12:15 TDKT301"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Where the repository from which that of each test is copied is made by the first."""
    return tmp_path_factory.mktemp("template") / "kho"


@pytest.fixture
def kept(machine, tdkt, template):
    """A repository whose branch main has these files, with a branch checked out that has left it."""
    folder = template

    def git(*arguments):
        return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout

    def write(**files):
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                file.unlink()
            else:
                file.write_text(dedent(text), encoding="utf-8")

    def commit(**files):
        write(**files)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", "x")

    def check(*typed, revision="main", here="."):
        since = ("--changed-since", revision) if revision else ()
        return tdkt("check", *since, "--today", "2023-01-10", *typed, folder=folder / here)

    if not template.exists():
        template.mkdir()
        git("init", "--quiet", "--initial-branch", "main")
        commit(**BASE)
        git("checkout", "--quiet", "-b", "nhanh")
    folder = shutil.copytree(template, machine / "kho")
    check.folder, check.git, check.write, check.commit = folder, git, write, commit
    return check


def found(ended):
    return [line.split(": ")[0] + " " + line.split()[1] for line in ended.lines if ": TDKT" in line]


def changed(name, old, new):
    return {name: dedent(BASE[name]).replace(old, new)}


def test_without_a_change_nothing_is_told_though_something_is_wrong(kept):
    assert found(kept(revision="")) == [OLD]
    ended = kept()
    assert (ended.code, found(ended)) == (0, [])
    assert ended.lines[:2] == [
        "đã kiểm tra 4 tệp, không có lỗi",
        "0 tệp đã đổi so với main; ở các tệp khác chỉ nêu điều mới phát sinh",
    ]


@pytest.mark.parametrize("way", ["commit", "write"])
def test_what_is_wrong_in_a_changed_file_is_told_committed_or_not(kept, way):
    getattr(kept, way)(**changed("plans/b.yaml", "Các sở", "Các so"))
    ended = kept("--lang", "en")
    assert (ended.code, found(ended)) == (1, ["plans/b.yaml:12:15 TDKT301"])
    assert "1 file has changed since main; in the other files only new findings are reported" in ended.lines


def test_the_log_of_github_says_what_was_left_out(kept):
    assert kept("--format", "github").lines[-1].startswith("0 tệp đã đổi so với main; ")


def test_all_of_a_changed_file_is_told_also_what_was_wrong_before(kept):
    kept.commit(**changed("plans/sai.yaml", "title: Họp", "title: Họp mặt"))
    assert found(kept()) == [OLD]


def test_a_change_of_the_register_that_breaks_a_plan(kept):
    kept.commit(**changed("plans/units/u.yaml", "name: Các sở", "name: Các sở, ngành"))
    assert found(kept()) == ["plans/a.yaml:12:15 TDKT301", "plans/b.yaml:12:15 TDKT301"]


def test_a_date_changed_where_others_repeat_it(kept):
    kept.write(**changed("plans/a.yaml", "2023-02-21", "2023-02-24"))
    assert found(kept("--ignore", "TDKT6")) == ["plans/b.yaml:16:18 TDKT110", "plans/sai.yaml:16:18 TDKT110"]


def test_a_plan_that_went_and_one_with_an_id_that_there_is(kept):
    kept.commit(**{"plans/a.yaml": None})
    assert found(kept()) == ["plans/b.yaml:16:18 TDKT105", "plans/sai.yaml:16:18 TDKT105"]
    kept.git("reset", "--quiet", "--hard", "main")
    kept.write(**{"plans/2024/b.yaml": BASE["plans/b.yaml"]})  # not known to git; read before plans/b.yaml
    places = found(kept())
    assert len(places) == 1
    assert places[0].endswith(" TDKT109")


def test_a_renamed_plan_is_a_changed_one(kept):
    kept.git("mv", "plans/sai.yaml", "plans/moi.yaml")
    assert found(kept()) == ["plans/moi.yaml:2:5 TDKT106", "plans/moi.yaml:12:15 TDKT301"]


def test_what_the_other_branch_did_meanwhile_is_not_told(kept):
    kept.commit(**changed("plans/b.yaml", "title: Họp", "title: Họp mặt"))
    kept.git("checkout", "--quiet", "main")
    kept.commit(**changed("plans/a.yaml", "Các sở", "Các so"))
    kept.git("checkout", "--quiet", "nhanh")
    assert found(kept()) == []
    kept.git("checkout", "--quiet", "main")
    assert found(kept(revision="nhanh")) == ["plans/a.yaml:12:15 TDKT301"]


def test_lines_that_moved_elsewhere_in_the_file_change_nothing_of_the_rest(kept):
    text = dedent(BASE["plans/units/u.yaml"]).replace("bodies:", "# một\n# hai\nbodies:")
    kept.write(**{"plans/units/u.yaml": text})
    assert found(kept()) == []


def test_a_file_broken_before_is_not_told_and_one_broken_now_is(kept):
    kept.git("checkout", "--quiet", "main")
    kept.commit(**{"plans/hong.yaml": "tasks: [\n"})
    kept.git("checkout", "--quiet", "-b", "khac")
    assert found(kept()) == []
    kept.write(**{"plans/b.yaml": "tasks: [\n"})
    assert {line.split(":")[0] for line in found(kept())} == {"plans/b.yaml"}


def test_only_the_paths_asked_for_and_from_below(kept):
    kept.write(**changed("plans/b.yaml", "Các sở", "Các so"), **changed("plans/a.yaml", "Các sở", "Các so"))
    assert found(kept("plans/b.yaml")) == ["plans/b.yaml:12:15 TDKT301"]
    assert found(kept("b.yaml", here="plans")) == ["b.yaml:12:15 TDKT301"]


def test_a_folder_beside_the_plans(kept):
    kept.commit(**{"khac/c.yaml": dedent(BASE["plans/a.yaml"]).replace("id: a", "id: c").replace("units: u\n", "")})
    kept.git("checkout", "--quiet", "-b", "sau")
    assert found(kept("khac", revision="nhanh")) == []
    kept.write(**{"khac/c.yaml": (kept.folder / "khac/c.yaml").read_text("utf-8").replace("id: c", "id: d")})
    assert found(kept("khac", revision="nhanh")) == ["khac/c.yaml:2:5 TDKT106"]


def test_machines_and_severities_get_the_same(kept):
    kept.git("checkout", "--quiet", "main")
    kept.commit(**{"tdkt.toml": '[check]\nseverity = { TDKT301 = "info" }\n'})
    kept.git("checkout", "--quiet", "-b", "khac")
    kept.write(**changed("plans/b.yaml", "Các sở", "Các so"))
    (entry,) = kept("--format", "json").records
    assert (entry["file"], entry["rule"], entry["severity"]) == ("plans/b.yaml", "TDKT301", "info")


def test_only_what_is_told_is_mended(kept):
    wrong = BASE["plans/sai.yaml"].replace("Sở Không Có", "So Y te")
    kept.git("checkout", "--quiet", "main")
    kept.commit(**{"plans/sai.yaml": wrong})
    kept.git("checkout", "--quiet", "-b", "khac")
    kept.write(**changed("plans/b.yaml", "Các sở", "Cac so"))
    assert kept("--fix").code == 0
    assert (kept.folder / "plans/b.yaml").read_text("utf-8") == dedent(BASE["plans/b.yaml"])
    assert (kept.folder / "plans/sai.yaml").read_text("utf-8") == dedent(wrong)


def test_a_revision_that_there_is_not(kept):
    words = "name a branch, a tag or a commit, such as origin/main"
    for word in ("khong-co", "--all", "main..nhanh"):
        ended = kept("--lang", "en", revision=word)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err == f"tdkt: --changed-since: there is no revision “{word}”; {words}\n"


def test_a_clone_that_does_not_reach_back(kept, tmp_path, tdkt):
    kept.commit(**changed("plans/b.yaml", "title: Họp", "title: Họp mặt"))
    clone = tmp_path / "ban-sao"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{kept.folder}", clone], check=True)
    for word in ("origin/main", "main"):
        ended = tdkt("check", "--changed-since", word, "--lang", "en", folder=clone)
        assert ended.code == 2
        assert "fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 in GitLab CI" in ended.err
    subprocess.run(["git", "-C", clone, "fetch", "--quiet", "--depth", "1", "origin", "main:goc"], check=True)
    assert (
        "fetch-depth: 0" in tdkt("check", "--changed-since", "goc", folder=clone).err
    )  # there, but not where they parted
    subprocess.run(["git", "-C", clone, "fetch", "--quiet", "--unshallow"], check=True)
    assert tdkt("check", "--changed-since", "goc", folder=clone).code == 0


def test_histories_that_have_nothing_in_common(kept):
    kept.git("checkout", "--quiet", "--orphan", "rieng")
    kept.commit(**{"plans/sai.yaml": None})
    assert (kept().code, kept().err) == (2, "tdkt: main và HEAD không có commit chung nào\n")


@pytest.mark.parametrize("word", ["a b", "-x", "main..nhanh", "sai:plans"])
def test_in_such_a_clone_what_no_revision_is_called(kept, tmp_path, tdkt, word):
    clone = tmp_path / "ban-sao"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{kept.folder}", clone], check=True)
    ended = tdkt("check", f"--changed-since={word}", "--lang", "en", folder=clone)
    assert (ended.code, ended.err.split("; ")[0]) == (2, f"tdkt: --changed-since: there is no revision “{word}”")


def test_where_there_is_no_repository(tdkt, project, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ended = tdkt("check", "--changed-since", "main", "--lang", "en", folder=project())
    assert (ended.code, ended.err) == (2, "tdkt: --changed-since: there is no git repository here\n")


def test_where_there_is_no_git(kept, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "trống"))
    ended = kept("--lang", "en")
    words = "--changed-since needs git, which is missing or does not run; install git, and check that it is on PATH"
    assert (ended.code, ended.err) == (2, f"tdkt: {words}\n")


def test_where_git_refuses(kept):
    (kept.folder / ".git/HEAD").unlink()
    ended = kept("--lang", "en")
    words = f"--changed-since: git refuses {kept.folder}; see what it says there: git status"
    assert (ended.code, ended.err) == (2, f"tdkt: {words}\n")


@pytest.mark.parametrize("executor", ["Sở Q; Sở B; UBND", "Sở B; Sở Q", "Sở Q; Sở B"])
def test_of_several_at_one_place_the_new_one_is_told(kept, executor):
    register = dedent(BASE["plans/units/u.yaml"]).replace("bodies:\n", "bodies:\n  - id: so-b\n    name: Sở B\n")
    kept.git("checkout", "--quiet", "main")
    kept.commit(
        **{"plans/units/u.yaml": register}, **changed("plans/b.yaml", "executor: Các sở", f"executor: {executor}")
    )
    kept.git("checkout", "--quiet", "-b", "khac")
    assert found(kept()) == []
    kept.write(**{"plans/units/u.yaml": register.replace("name: Sở B", "name: Sở B mới")})
    ended = kept("--lang", "en", "--format", "concise")
    assert [line for line in ended.lines if "TDKT301" in line] == [line for line in ended.lines if "“Sở B”" in line]
    assert len(found(ended)) == 1


@pytest.fixture
def linked(kept):
    """The same with what the files of main are moved and linked to, committed there; and a branch that has left it."""

    def link(moves, links):
        kept.git("checkout", "--quiet", "main")
        for old, new in moves.items():
            (kept.folder / new).parent.mkdir(parents=True, exist_ok=True)
            (kept.folder / old).rename(kept.folder / new)
        for name, target in links.items():
            (kept.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (kept.folder / name).symlink_to(target)
        kept.commit()
        kept.git("checkout", "--quiet", "-b", "sau")
        assert found(kept()) == []
        return kept

    return link


def edit(kept, name, old, new):
    file = kept.folder / name
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("moves", "links", "typed", "file", "shown"),
    [
        ({"plans": "data"}, {"plans": "data"}, "", "data/b.yaml", "plans/b.yaml"),
        ({"plans": ".data/1"}, {".data/nay": "1", "plans": ".data/nay"}, "", ".data/1/b.yaml", "plans/b.yaml"),
        ({"plans/b.yaml": "chung/b.yaml"}, {"plans/b.yaml": "../chung/b.yaml"}, "", "chung/b.yaml", "plans/b.yaml"),
        ({"plans/b.yaml": "chung/b.txt"}, {"plans/b.yaml": "../chung/b.txt"}, "", "chung/b.txt", "plans/b.yaml"),
        ({}, {"lối": "."}, "lối/plans", "plans/b.yaml", "lối/plans/b.yaml"),
        ({}, {"plans/x.yml": "b.yaml"}, "plans/x.yml", "plans/b.yaml", "plans/x.yml"),
        ({}, {"lối": "plans"}, "lối/b.yaml", "plans/b.yaml", "lối/b.yaml"),
    ],
)
def test_what_is_wrong_in_a_file_to_which_a_link_leads_is_told(linked, moves, links, typed, file, shown):
    kept = linked(moves, links)
    arguments = [typed] if typed else []
    assert found(kept(*arguments)) == []
    edit(kept, file, "executor: Các sở", "executor: Các so")
    ended = kept(*arguments, "--ignore", "TDKT106,TDKT901")
    assert (ended.code, found(ended)) == (1, [f"{shown}:12:15 TDKT301"])
    kept.commit()
    assert found(kept(*arguments, "--ignore", "TDKT106,TDKT901")) == [f"{shown}:12:15 TDKT301"]


@pytest.mark.parametrize(
    ("moves", "links", "typed", "file"),
    [
        ({"plans": "data"}, {"plans": "data"}, [], "data/units/u.yaml"),
        ({"plans": "sâu/data"}, {"plans": "sâu/data"}, [], "sâu/data/units/u.yaml"),
        ({"plans/units": "lối/units"}, {"lối/plans": "../plans"}, ["lối/plans"], "lối/units/u.yaml"),
    ],
)
def test_what_a_register_behind_a_link_breaks_is_told(linked, moves, links, typed, file):
    kept = linked(moves, links)
    edit(kept, file, "name: Các sở", "name: Các sở, ngành")
    shown = typed[0] if typed else "plans"
    assert found(kept(*typed)) == [f"{shown}/a.yaml:12:15 TDKT301", f"{shown}/b.yaml:12:15 TDKT301"]


def test_a_plan_that_went_from_a_folder_behind_a_link(linked):
    kept = linked({"plans": "data"}, {"plans": "data"})
    (kept.folder / "data/a.yaml").unlink()
    assert found(kept()) == ["plans/b.yaml:16:18 TDKT105", "plans/sai.yaml:16:18 TDKT105"]


@pytest.mark.parametrize("way", ["folder", "file", "gone"])
def test_a_link_that_leads_elsewhere_now(linked, way):
    if way == "folder":
        kept = linked({"plans": "cũ"}, {"plans": "cũ"})
        subprocess.run(["cp", "-r", kept.folder / "cũ", kept.folder / "mới"], check=True)
        (kept.folder / "plans").unlink()
        (kept.folder / "plans").symlink_to("mới")
    else:
        kept = linked({"plans/a.yaml": "chung/a.yaml"}, {"plans/a.yaml": "../chung/a.yaml"})
        (kept.folder / "plans/a.yaml").unlink()
        if way == "file":
            (kept.folder / "plans/a.yaml").symlink_to("../chung/khác.yaml")
            text = (kept.folder / "chung/a.yaml").read_text("utf-8").replace("id: a", "id: khác")
            (kept.folder / "chung/khác.yaml").write_text(text, encoding="utf-8")
    told = found(kept("--ignore", "TDKT106"))
    assert OLD in told
    assert ("plans/b.yaml:16:18 TDKT105" in told) is (way != "folder")
    words = "tdkt.toml or a link has changed since main, so everything is reported"
    assert words in kept("--lang", "en").lines


def test_a_path_outside_the_repository(kept, tmp_path):
    (tmp_path / "ngoài").mkdir()
    outside = "../../ngoài"
    ended = kept("plans", outside, "--lang", "en")
    words = f"{outside} lies outside the git repository {kept.folder}; check it by itself, without --changed-since"
    assert (ended.code, ended.err) == (2, f"tdkt: --changed-since: {words}\n")
    assert kept(outside, "plans", "--lang", "en").err == ended.err


def test_a_file_outside_the_repository_to_which_a_link_leads_is_told(kept, tmp_path):
    (tmp_path / "tdkt.toml").write_text("")
    (kept.folder / "tdkt.toml").unlink()
    (kept.folder / "plans/sai.yaml").rename(tmp_path / "sai.yaml")
    (kept.folder / "plans/sai.yaml").symlink_to("../../../sai.yaml")
    kept.git("add", "--all")
    kept.git("commit", "--quiet", "--message", "x")
    assert found(kept("plans", revision="HEAD")) == [OLD]


@pytest.mark.parametrize("way", ["changed", "new", "gone", "link"])
def test_other_settings_tell_everything(kept, way):
    ignoring = '[check]\nignore = ["TDKT301"]\n'
    kept.git("checkout", "--quiet", "main")
    kept.commit(**{"tdkt.toml": None if way == "new" else ignoring})
    if way == "link":
        (kept.folder / "tdkt.toml").rename(kept.folder / "chung.toml")
        (kept.folder / "tdkt.toml").symlink_to("chung.toml")
        kept.commit()
    kept.git("checkout", "--quiet", "-b", "khac")
    assert kept().code == 0
    kept.write(**{"chung.toml" if way == "link" else "tdkt.toml": None if way == "gone" else "days = 3\n"})
    ended = kept("--lang", "en")
    assert (ended.code, found(ended)) == (1, [OLD])
    assert "tdkt.toml or a link has changed since main, so everything is reported" in ended.lines


def test_settings_that_were_only_written_anew_tell_nothing_more(kept):
    (kept.folder / "tdkt.toml").unlink()
    kept.write(**{"tdkt.toml": ""})
    assert found(kept()) == []
