"""`docs/start.md`, run as it stands: each command says what stands below it."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MARK = "@@@"


def steps(text):
    """What a reader does, as lines for a shell, and what the page says that is seen: a register is written, commands are typed."""
    for kind, body in BLOCK.findall(text):
        if kind == "yaml":
            yield f"printf %s {shlex.quote(body)} > plans/units/don-vi.yaml", ""
            continue
        for typed in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, seen = typed.partition("\n")
            yield command, seen


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("page", ["start.md", "start.en.md"])
def test_the_page_says_what_is_seen(page, tdkt, tmp_path):
    expected = list(steps((DOCS / page).read_text("utf-8")))
    script = "set -e\n" + "\n".join(f"echo '{MARK}'\n{command}" for command, _ in expected)
    ended = subprocess.run(
        ["sh"], input=script, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    seen = ended.stdout.split(f"{MARK}\n")[1:]
    assert list(zip([command for command, _ in expected], seen, strict=False)) == expected
    assert ended.returncode == 0
    assert tdkt("fmt", "--check", folder=tmp_path / "ke-hoach").code == 0
