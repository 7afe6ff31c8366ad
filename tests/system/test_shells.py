"""The tab key in real shells: what bash, zsh and fish offer once they have read the lines of `tdkt completion`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
BASH = """
source <(tdkt completion bash)
complete -p tdkt >/dev/null || exit 1
COMP_WORDS=(tdkt {words}) COMP_CWORD={last}
_tdkt_completion tdkt
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# zsh completes only for a person at a terminal, so one is made for it.
ZSH = r"""
zmodload zsh/zpty
zpty -b shell 'zsh -f -i'
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source <(tdkt completion zsh); print -r -- rea""dy'
zpty -r -m shell line '*ready*'
zpty -w -n shell $'tdkt {typed}\t\t'
for _ in {{1..40}}; do
  zpty -r -t shell line && print -rn -- "$line"
  sleep 0.1
done
"""


def offered(shell, script, tmp_path):
    env = {
        "HOME": str(tmp_path),
        "PATH": f"{TDKT.parent}:{os.environ['PATH']}",
        "TDKT_CACHE": "",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "COLUMNS": "200",
    }
    run = subprocess.run(
        [shutil.which(shell), *(["--norc"] if shell == "bash" else []), "-c", script],
        cwd=ROOT, env=env, capture_output=True, timeout=60, check=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    return run.stdout


CASES = [
    (["mo"], {"move"}),
    (["done", "hanoi-2023/PL1.3#"], {"hanoi-2023/PL1.3#hop", "hanoi-2023/PL1.3#so-y-te"}),
    (["list", "--plan", "hanoi-20"], {"hanoi-2023", "hanoi-2024"}),
    (["received", "hanoi-2023/PL1.3#don-vi", "so-y"], {"so-y-te"}),
]


@pytest.mark.parametrize(("words", "wanted"), CASES)
def test_bash(words, wanted, tmp_path):
    script = BASH.format(words=" ".join(f"'{word}'" for word in words), last=len(words))
    assert wanted <= set(offered("bash", script, tmp_path).split())


@pytest.mark.parametrize(("words", "wanted"), CASES)
def test_fish(words, wanted, tmp_path):
    script = f"tdkt completion fish | source; complete --do-complete 'tdkt {' '.join(words)}'"
    assert wanted <= {line.partition("\t")[0] for line in offered("fish", script, tmp_path).splitlines()}


@pytest.mark.parametrize(("words", "wanted"), CASES)
def test_zsh(words, wanted, tmp_path):
    shown = offered("zsh", ZSH.format(typed=" ".join(words).replace("#", "\\\\#")), tmp_path)
    assert [ref for ref in wanted if ref not in shown.replace("\\", "")] == []
