"""tdkt: a deadline tracker over plain-text plan files.

For scripts: `load_plans`, `agenda` and `diff`, with what they take and return; docs/python.md shows them at work. The command line uses
the same functions. They are loaded when they are first asked for, since every start of the program passes through here.
"""

TYPE_CHECKING = False  # which type checkers know; typing would take longer to load than a person needs for Ctrl-C

if TYPE_CHECKING:
    from tdkt_cli.api.comparison import Comparison, diff
    from tdkt_cli.api.plans import load_plans
    from tdkt_cli.api.selection import AgendaFilters, Entry, agenda
    from tdkt_cli.core.periods import Period
    from tdkt_cli.errors import UnknownNameError, UsageError
    from tdkt_cli.files.workspace import Workspace
    from tdkt_cli.render.language import Language, language

__all__ = [
    "AgendaFilters",
    "Comparison",
    "Entry",
    "Language",
    "Period",
    "UnknownNameError",
    "UsageError",
    "Workspace",
    "agenda",
    "diff",
    "language",
    "load_plans",
]

if not TYPE_CHECKING:  # else a type checker would believe in every name
    _MODULES = {
        "AgendaFilters": "api.selection",
        "Comparison": "api.comparison",
        "Entry": "api.selection",
        "Language": "render.language",
        "Period": "core.periods",
        "UnknownNameError": "errors",
        "UsageError": "errors",
        "Workspace": "files.workspace",
        "agenda": "api.selection",
        "diff": "api.comparison",
        "language": "render.language",
        "load_plans": "api.plans",
    }

    def __getattr__(name: str) -> object:
        """The public thing of this name. Raises AttributeError."""
        if name not in _MODULES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from importlib import import_module  # noqa: PLC0415 - as everything here

        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

    def __dir__() -> list[str]:
        """What the module offers."""
        return [*globals(), *__all__]
