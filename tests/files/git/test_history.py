"""What git knows of a file: each content that reached the branch, and when."""

import os
import subprocess
from datetime import UTC, datetime

import pytest

from tdkt_cli.files.git.history import history
from tdkt_cli.files.reader import MAX_BYTES

DAY = 86400
START = 1_675_209_600  # 2023-02-01


class Repository:
    """A git repository of a test; each commit is made a day after the one before, by the committer's clock."""

    def __init__(self, folder):
        self.folder, self.now = folder, START - DAY
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments):
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
        names = {f"GIT_{who}_{what}": "x@example.vn" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= own | names | {"GIT_COMMITTER_DATE": f"{self.now} +0700"}
        subprocess.run(["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True)

    def commit(self, **contents):
        """Commit files with these contents."""
        for name, content in contents.items():
            self.path(name).write_bytes(content.encode())
        self.now += DAY
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def merge(self, branch):
        self.now += DAY
        self.git("merge", "--quiet", "--no-ff", "--message=x", branch)

    def path(self, name="a"):
        return self.folder / f"{name}.yaml"


@pytest.fixture
def repository(tmp_path):
    """An empty repository."""
    return Repository(tmp_path / "repository")


def contents(path):
    return [commit.data.decode() for commit in history(path)]


def days(path):
    """The days after the first commit on which its contents were committed."""
    return [(commit.moment - datetime.fromtimestamp(START, UTC)).days for commit in history(path)]


def test_each_content_with_its_moment_from_the_first_on(repository):
    for content in ("một", "hai\n\x01:100644\n", "ba"):
        repository.commit(a=content)
    assert contents(repository.path()) == ["một", "hai\n\x01:100644\n", "ba"]
    assert [commit.moment for commit in history(repository.path())] == [
        datetime(2023, 2, day, tzinfo=UTC) for day in (1, 2, 3)
    ]


def test_commits_that_leave_the_file_as_it_is_do_not_count(repository):
    repository.commit(a="một")
    repository.commit(b="khác")
    repository.commit()
    repository.commit(a="hai", b="nữa")
    assert (contents(repository.path()), days(repository.path())) == (["một", "hai"], [0, 3])


def test_what_is_not_committed_is_not_known(repository):
    repository.commit(a="một")
    repository.path().write_text("hai")
    repository.path("b").write_text("mới")
    assert contents(repository.path()) == ["một"]
    assert contents(repository.path("b")) == []


def test_bytes_come_as_they_are(repository):
    data = b"\xef\xbb\xbf\xff\x00\r\n\n"
    repository.path().write_bytes(data)
    repository.commit()
    repository.commit(a="")
    assert [commit.data for commit in history(repository.path())] == [data, b""]


def test_a_merge_counts_once(repository):
    repository.commit(a="một\n\n\n\nhai")
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit(a="một\n\n\n\nHAI")
    repository.commit(a="một\n\n\n\nHAI!")
    repository.git("switch", "--quiet", "main")
    repository.commit(a="MỘT\n\n\n\nhai")
    repository.merge("side")
    repository.commit(a="hết")
    assert contents(repository.path()) == ["một\n\n\n\nhai", "MỘT\n\n\n\nhai", "MỘT\n\n\n\nHAI!", "hết"]
    assert days(repository.path()) == [0, 3, 4, 5]


@pytest.mark.parametrize("format_", ["off", "combined", "dense-combined", "remerge", "separate"])
def test_how_git_is_set_to_show_merges_does_not_matter(repository, format_):
    repository.commit(a="một", b="khác")
    repository.git("config", "log.diffMerges", format_)
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit(a="hai")
    repository.git("switch", "--quiet", "main")
    repository.commit(b="nữa")
    repository.merge("side")
    assert contents(repository.path()) == ["một", "hai"]


def test_a_file_that_came_with_a_merge(repository):
    repository.commit(b="khác")
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit(a="nháp")
    repository.commit(a="xong")
    repository.git("switch", "--quiet", "main")
    repository.merge("side")
    assert (contents(repository.path()), days(repository.path())) == (["xong"], [3])


def test_what_is_too_large_is_not_read(repository):
    for content in ("một", "#" * (MAX_BYTES + 1), "#" * MAX_BYTES, "hai"):
        repository.commit(a=content)
    sizes = [commit.data and len(commit.data) for commit in history(repository.path())]
    assert sizes == [len("một".encode()), None, MAX_BYTES, 3]


def test_a_renamed_file_keeps_its_history(repository):
    text = "dòng\n" * 20
    repository.commit(a=text)
    repository.commit(a=text + "hai\n")
    repository.git("mv", "a.yaml", "b.yaml")
    repository.commit(b=text + "ba\n")
    assert contents(repository.path("b")) == [text, text + "hai\n", text + "ba\n"]


def test_a_file_that_was_gone_for_a_time(repository):
    repository.commit(a="một")
    repository.path().unlink()
    repository.commit()
    repository.commit(a="hai")
    assert (contents(repository.path())[-1], days(repository.path())[-1]) == ("hai", 2)


@pytest.mark.parametrize("name", ["kế hoạch", "*", "a[b]", ":(top)a", "-p", "--help"])
def test_any_name_of_a_file(repository, name):
    repository.commit(**{name: "một", "b": "khác"})
    repository.commit(b="nữa")
    assert contents(repository.path(name)) == ["một"]


def test_a_file_in_a_folder_of_the_repository(repository):
    (repository.folder / "plans").mkdir()
    repository.commit(**{"plans/a": "một", "a": "khác"})
    repository.commit(**{"plans/a": "hai"})
    assert contents(repository.path("plans/a")) == ["một", "hai"]


def test_of_a_shallow_clone_nothing_can_be_told(repository, tmp_path):
    repository.commit(a="một")
    repository.commit(a="hai")
    repository.git("clone", "--quiet", "--depth=1", repository.folder.as_uri(), str(tmp_path / "shallow"))
    repository.git("clone", "--quiet", repository.folder.as_uri(), str(tmp_path / "whole"))
    assert history(tmp_path / "shallow" / "a.yaml") is None
    assert contents(tmp_path / "whole" / "a.yaml") == ["một", "hai"]


def test_a_clone_without_old_contents_says_nothing_and_fetches_nothing(repository, tmp_path):
    repository.commit(a="một")
    repository.commit(a="hai")
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "--quiet", "--filter=blob:none", repository.folder.as_uri(), str(tmp_path / "partial"))
    assert contents(tmp_path / "partial" / "a.yaml") == []


def test_no_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.yaml").write_text("một")
    assert history(tmp_path / "a.yaml") == ()
    assert history(tmp_path / "gone" / "a.yaml") == ()


def test_a_repository_without_a_commit(repository):
    repository.path().write_text("một")
    assert history(repository.path()) == ()


def test_no_git_on_this_machine(repository, monkeypatch):
    repository.commit(a="một")
    monkeypatch.setenv("PATH", "")
    assert history(repository.path()) == ()


def test_the_repository_of_a_hook_is_not_taken_for_that_of_the_file(repository, tmp_path, monkeypatch):
    other = Repository(tmp_path / "other")
    other.commit(a="khác")
    repository.commit(a="một")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    assert contents(repository.path()) == ["một"]


def test_nothing_of_the_repository_is_run(repository, tmp_path):
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\ncat\n")
    trap.chmod(0o755)
    (repository.folder / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    repository.commit(a="một")
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.trap.textconv", "diff.trap.command",
                 "filter.trap.smudge", "filter.trap.clean", "gpg.program", "core.sshCommand"):  # fmt: skip
        repository.git("config", name, str(trap))
    repository.git("config", "log.showSignature", "true")
    assert contents(repository.path()) == ["một"]
    assert not (tmp_path / "sprung").exists()


def test_no_signature_is_checked(repository, tmp_path):
    trap = tmp_path / "gpg"
    signature = "-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n"
    trap.write_text(
        f"#!/bin/sh\ncat > /dev/null  # or git meets a closed pipe\ntouch '{tmp_path}/sprung'\n"
        f"echo '[GNUPG:] SIG_CREATED ' >&2\nprintf -- '{signature}'\n"
    )
    trap.chmod(0o755)
    for name, value in {"gpg.program": str(trap), "commit.gpgSign": "true", "log.showSignature": "true"}.items():
        repository.git("config", name, value)
    repository.commit(a="một")
    (tmp_path / "sprung").unlink()  # it has signed
    assert contents(repository.path()) == ["một"]
    assert not (tmp_path / "sprung").exists()


def test_settings_of_log_do_not_matter(repository):
    repository.commit(a="một")
    repository.commit(a="hai")
    for name, value in {"log.follow": "false", "diff.renames": "false", "log.date": "relative", "log.decorate": "full",
                        "format.pretty": "fuller", "color.ui": "always", "core.abbrev": "4", "log.diffMerges": "off", "log.showRoot": "false",
                        "diff.noprefix": "true", "diff.relative": "true"}.items():  # fmt: skip
        repository.git("config", name, value)
    assert contents(repository.path()) == ["một", "hai"]
