"""What tests of every layer share: git in folders of their own, whatever the machine's settings."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# Few examples while one waits, many where all is tested: `make test-all` sets the variable.
THOROUGH = os.environ.get("TDKT_TEST_EXAMPLES") == "thorough"
settings.register_profile("tdkt", derandomize=True, database=None, deadline=None, max_examples=600 if THOROUGH else 80)
settings.load_profile("tdkt")

START, DAY = 1_675_209_600, 86_400  # 2023-02-01, UTC


class Git:
    """A git repository of a test; each commit is made a day after the one before."""

    def __init__(self, folder):
        self.folder, self.now = folder, START - DAY
        folder.mkdir(exist_ok=True)
        self("init", "--quiet", "--initial-branch=main")

    def __call__(self, *arguments):
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        names = {"GIT_AUTHOR_NAME": "Nguyễn Văn A", "GIT_COMMITTER_NAME": "B"}
        mails = {f"GIT_{who}_EMAIL": "x@example.vn" for who in ("AUTHOR", "COMMITTER")}
        days = {f"GIT_{who}_DATE": f"{self.now} +0700" for who in ("AUTHOR", "COMMITTER")}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", *map(str, arguments)]
        environment = clean | own | names | mails | days
        return subprocess.run(
            command, cwd=self.folder, env=environment, check=True, capture_output=True
        ).stdout.decode()

    def write(self, files):
        """Write files by their names; None takes one away."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files=None, message="Sửa kế hoạch"):
        """Write files and commit everything."""
        self.write(files or {})
        self.now += DAY
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", f"--message={message}")


@pytest.fixture(scope="session")
def thorough():
    """Whether to look at much more than a change can break at once."""
    return THOROUGH


@pytest.fixture
def repository(tmp_path):
    """An empty git repository."""
    return Git(tmp_path / "kho")


@pytest.fixture
def replaced():
    """Put the contents of one folder into the place of another's plans."""

    def run(source, target):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, copy_function=shutil.copyfile)  # as new, for git looks at the times
        return Path(target)

    return run
