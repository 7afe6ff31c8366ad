"""`tdkt completion`: the lines by which a shell completes commands, options, references, plans and units."""

from typing import Annotated

from typer.completion import completion_init, get_completion_script  # type: ignore[attr-defined]

from tdkt_cli.commands.shared.completions import COMPLETE, PROGRAM
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.session import print_lines
from tdkt_cli.commands.shared.values import choice
from tdkt_cli.core.messages import msg

SHELLS = ("bash", "zsh", "fish", "powershell")

Shell = Annotated[str, argument("|".join(SHELLS), "The shell.")]

EXAMPLES = (
    ("tdkt completion bash >> ~/.bashrc", msg("for every shell that is opened from now on")),
    ("tdkt completion powershell", msg("what to add for PowerShell")),
)


def run(shell: Shell) -> int:
    """Print what makes the tab key complete tdkt in a shell: source <(tdkt completion bash)."""
    completion_init()
    script = get_completion_script(prog_name=PROGRAM, complete_var=COMPLETE, shell=choice(shell, SHELLS, "SHELL"))
    print_lines([script])
    return 0
