"""tdkt: a deadline tracker over plain-text plan files.

Scripts use `load_plans`, `agenda` and `diff` with their parameter and return types, as docs/python.md shows; the command line uses the
same functions. They are imported on first access, because every start of the program imports this module.
"""

TYPE_CHECKING = False  # type checkers know this name; importing typing would slow down every start

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

if not TYPE_CHECKING:  # a module with __getattr__ has every name for a type checker
    _NAMES = {
        "api.comparison": ("Comparison", "diff"),
        "api.plans": ("load_plans",),
        "api.selection": ("AgendaFilters", "Entry", "agenda"),
        "core.periods": ("Period",),
        "errors": ("UnknownNameError", "UsageError"),
        "files.workspace": ("Workspace",),
        "render.language": ("Language", "language"),
    }

    def __getattr__(name: str) -> object:
        """Return the public object of this name. Raises AttributeError."""
        for module, names in _NAMES.items():
            if name in names:
                from importlib import import_module  # noqa: PLC0415 - on first access too

                return getattr(import_module(f"{__name__}.{module}"), name)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)

    def __dir__() -> list[str]:
        """Return the names of the module, public ones included."""
        return [*globals(), *__all__]
