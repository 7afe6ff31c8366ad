"""The plans of two versions: what is read, what is not, what cannot be, and that git runs nothing of the repository's."""

import os
from pathlib import Path

import pytest

from tdkt_cli.files.config import load_config
from tdkt_cli.files.git import command as git_module
from tdkt_cli.files.git import revisions
from tdkt_cli.files.git.revisions import git_versions, path_versions, repository_of
from tdkt_cli.files.reader import MAX_BYTES

PLAN = "tdkt: plan/1\nid: {id}\ndocument:\n  title: Kế hoạch\nperiod: 2023\nunits: u\ntasks:\n  - id: a\n    title: {title}\n    deadlines:\n      - by: 2023-03-15\n"
REGISTER = "tdkt: units/1\nid: {id}\nname: Danh bạ\nbodies:\n  - id: x\n    name: {name}\n"


def plan(id="p", title="Việc"):
    return PLAN.format(id=id, title=title)


def register(id="u", name="Sở"):
    return REGISTER.format(id=id, name=name)


@pytest.fixture
def kept(repository):
    repository.commit(
        {"tdkt.toml": "", "plans/p.yaml": plan(), "plans/q.yaml": plan("q"), "plans/units/u.yaml": register()}
    )
    return repository


@pytest.fixture
def versions():
    """The two versions of a repository's plans; the working tree is None."""

    def run(repository, old="HEAD", new=None, *asked):
        here = repository.folder.resolve()
        found = repository_of(here)
        commits = found.commit(old), found.commit(new) if new else None
        return git_versions(load_config(here), here, found, commits, [Path(path) for path in asked])

    return run


def titles(found):
    """The titles of the tasks in both versions, by plan."""
    return [{each.id: each.tasks[0].title for each in side.plans} for side in (found.old, found.new)]


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read as YAML."""
    names = []
    for function in ("load", "load_bytes"):
        original = getattr(revisions, function)

        def noted(*arguments, original=original, at=0 if function == "load" else 1):
            names.append(arguments[at].name)
            return original(*arguments)

        monkeypatch.setattr(revisions, function, noted)
    return names


def test_only_what_changed_is_read_and_what_it_needs_once(kept, versions, read):
    kept.commit({"plans/units/khac.yaml": register("khac")})
    kept.write({"plans/p.yaml": plan(title="Mới")})
    assert titles(versions(kept)) == [{"p": "Việc"}, {"p": "Mới"}]
    assert sorted(read) == ["p.yaml", "p.yaml", "u.yaml"]


def test_registers_of_both_versions(kept, versions):
    kept.commit({"plans/units/u.yaml": register(name="Ban"), "plans/p.yaml": plan(title="Mới")})
    for found in (versions(kept, "HEAD~1", "HEAD"), versions(kept, "HEAD~1")):
        names = [side.office.registers["u"].bodies[0].name for side in (found.old, found.new)]
        assert (names, found.others) == (["Sở", "Ban"], ("u",))


def test_a_register_above_the_plans_folder(repository, versions):
    repository.commit({"tdkt.toml": 'plans = "a/plans"\n', "a/plans/p.yaml": plan(), "units/u.yaml": register()})
    repository.commit({"a/plans/p.yaml": plan(title="Mới")})
    for found in (versions(repository, "HEAD~1", "HEAD"), versions(repository, "HEAD~1")):
        assert all("u" in side.office.registers for side in (found.old, found.new))


def test_files_that_only_look_changed_are_not(kept, versions, read):
    os.utime(kept.folder / "plans" / "p.yaml", (1, 1))
    assert (titles(versions(kept)), read) == ([{}, {}], [])


def test_a_register_that_only_looks_changed_is_read_all_the_same(kept, versions):
    os.utime(kept.folder / "plans" / "units" / "u.yaml", (1, 1))
    kept.write({"plans/p.yaml": plan(title="Mới")})
    found = versions(kept)
    assert [list(side.office.registers) for side in (found.old, found.new)] == [["u"], ["u"]]


def test_what_is_in_the_index_and_what_is_not(kept, versions):
    kept.write({"plans/r.yaml": plan("r"), "plans/s.yaml": plan("s"), "plans/t.txt": "x", "khac/u.yaml": plan("u")})
    kept("add", "plans/r.yaml")
    kept("rm", "--quiet", "--cached", "plans/q.yaml")
    kept.write({".gitignore": "s.yaml\n"})
    assert titles(versions(kept)) == [{}, {"r": "Việc"}]


def test_a_file_that_does_not_load_on_one_side(kept, versions):
    kept.write({"plans/p.yaml": plan().replace("title: Việc", "title: [1"), "plans/q.yaml": plan("q", "Mới")})
    found = versions(kept)
    assert titles(found) == [{"q": "Việc"}, {"q": "Mới"}]
    assert [(each.old, each.finding.file) for each in found.unread] == [(False, "plans/p.yaml")]
    kept.commit()
    kept.write({"plans/p.yaml": plan(title="Mới")})
    assert [(each.old, each.finding.file) for each in versions(kept).unread] == [(True, "plans/p.yaml")]


def test_a_merge_conflict_is_reported(kept, versions):
    kept("switch", "--quiet", "--create", "nhanh")
    kept.commit({"plans/p.yaml": plan(title="Một")})
    kept("switch", "--quiet", "main")
    kept.commit({"plans/p.yaml": plan(title="Hai")})
    with pytest.raises(Exception, match="merge"):
        kept("merge", "nhanh")
    found = versions(kept)
    assert (titles(found), [each.finding.rule for each in found.unread]) == ([{}, {}], ["TDKT005"])


def test_links_and_large_files_in_a_revision(kept, versions):
    kept.commit({"plans/lon.yaml": b"#" * (MAX_BYTES + 1)})
    (kept.folder / "plans" / "lien-ket.yaml").symlink_to("/etc/passwd")
    kept.commit()
    unread = {each.finding.file: str(each.finding.message) for each in versions(kept, "HEAD~2", "HEAD").unread}
    assert unread == {
        "plans/lon.yaml": "the file has more than 4 MB; split the plan",
        "plans/lien-ket.yaml": "this is a link; in a git revision links are not followed",
    }


def test_a_register_that_is_a_link_is_said(kept, versions):
    (kept.folder / "plans" / "units" / "v.yaml").symlink_to("u.yaml")
    kept.commit()
    kept.commit({"plans/p.yaml": plan(title="Mới").replace("units: u", "units: v")})
    (only,) = versions(kept, "HEAD~1", "HEAD").unread
    assert (only.finding.file, only.finding.rule) == ("plans/units/v.yaml", "TDKT002")


def test_a_plan_referred_to_is_that_of_the_same_version(kept, versions):
    repeated = plan().replace("- by: 2023-03-15", "- by: 2023-03-15\n        same_as: q/a")
    kept.commit({"plans/p.yaml": repeated})
    kept.commit({"plans/p.yaml": repeated.replace("Việc", "Mới"), "plans/q.yaml": plan("q", "Khác")})
    found = versions(kept, "HEAD~1", "HEAD", "plans/p.yaml")
    originals = [side.office.index.find("q/a")[0].task.title for side in (found.old, found.new)]
    assert (titles(found), originals) == ([{"p": "Việc"}, {"p": "Mới"}], ["Việc", "Khác"])


def test_names_that_git_would_quote(kept, versions):
    kept.write({"plans/kế hoạch\t“q”.yaml": plan("x")})
    kept.write({"plans/*.yaml": plan("sao")})
    assert set(titles(versions(kept))[1]) == {"x", "sao"}
    assert set(titles(versions(kept, "HEAD", None, "plans/*.yaml"))[1]) == {"sao"}


def test_git_runs_nothing_of_the_repository(kept, versions, tmp_path):
    trap = tmp_path / "trap"
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "filter.x.clean",
        "filter.x.smudge",
        "diff.x.textconv",
        "core.pager",
    ):
        kept("config", key, script)
    kept.write({".gitattributes": "*.yaml filter=x diff=x\n", "plans/p.yaml": plan(title="Mới, dài hơn")})
    assert titles(versions(kept))[1] == {"p": "Mới, dài hơn"}
    assert not trap.exists()


@pytest.mark.parametrize("word", ["--output=x", "-h", "nope", "HEAD\n", "", "HEAD:plans/p.yaml"])
def test_words_that_are_no_revision(kept, word):
    assert repository_of(kept.folder.resolve()).commit(word) is None


def test_no_repository(tmp_path, monkeypatch):
    assert repository_of(tmp_path / "plans") is None
    monkeypatch.setattr(git_module, "_GIT", ("khong-co-git",))
    assert repository_of(tmp_path) is None


def test_two_folders_read_only_what_differs(repo):
    folder = repo(
        {
            "a/p.yaml": plan(),
            "b/p.yaml": plan(),
            "a/q.yaml": plan("q"),
            "b/q.yaml": plan("q", "Mới"),
            "a/units/u.yaml": register(),
            "b/units/u.yaml": register(name="Ban"),
        }
    )
    found = path_versions(load_config(folder), folder, Path("a"), Path("b"))
    assert (titles(found), found.others) == ([{"q": "Việc"}, {"q": "Mới"}], ("u",))


def test_two_files(repo):
    folder = repo({"a.yaml": plan("a"), "b.yaml": plan("b", "Mới")})
    assert titles(path_versions(load_config(folder), folder, Path("a.yaml"), Path("b.yaml"))) == [
        {"a": "Việc"},
        {"b": "Mới"},
    ]


def test_links_and_what_is_no_file_are_not_compared_by_content(repo):
    folder = repo({"a/p.yaml": plan(), "b/p.yaml": plan(), "khac.yaml": plan("q")})
    for side in ("a", "b"):
        os.mkfifo(folder / side / "ong.yaml")
        (folder / side / "khong.yaml").symlink_to("/dev/null")
        (folder / side / "q.yaml").symlink_to("../khac.yaml")
    found = path_versions(load_config(folder), folder, Path("a"), Path("b"))
    unread = {each.finding.file: str(each.finding.message) for each in found.unread}
    out = "this link leads out of the folder of the plans; put the file itself here"
    assert titles(found) == [{}, {}]
    assert unread == {
        f"{side}/{name}.yaml": said
        for side in ("a", "b")
        for name, said in {"ong": "this is not a regular file", "khong": out, "q": out}.items()
    }


def test_a_link_put_in_the_place_of_a_file_is_not_compared_by_content(kept, versions, tmp_path):
    path, outside = kept.folder / "plans" / "p.yaml", tmp_path / "ngoai.yaml"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)
    (only,) = versions(kept).unread
    assert (only.old, only.finding.file, only.finding.rule) == (False, "plans/p.yaml", "TDKT001")
