"""The reader's language: by `--lang`, else TDKT_LANG, else the nearest tdkt.toml, else Vietnamese."""

import os
from pathlib import Path

from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.render.language import LANGUAGES, Language, language


def chosen_language(arguments: list[str]) -> Language:
    """Return the language to speak. Raises UsageError for one that tdkt does not speak.

    It is needed before the command line is parsed, since help and errors are in it.
    """
    code = _typed_language(arguments) or os.environ.get("TDKT_LANG", "") or _configured_language()
    if code not in LANGUAGES:
        raise UsageError(
            msg("tdkt does not speak “{code}”; it speaks {languages}", code=code, languages=", ".join(LANGUAGES))
        )
    return language(code)


def _typed_language(arguments: list[str]) -> str:
    """Return the last value of `--lang` before a `--`, empty where there is none."""
    typed = ""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            typed = arguments[index + 1]
        elif argument.startswith("--lang="):
            typed = argument.removeprefix("--lang=")
        elif argument == "--":
            break
    return typed


def _configured_language() -> str:
    from tdkt_cli.files.config import find_root  # noqa: PLC0415

    root = find_root(Path.cwd())
    if root is None:
        return LANGUAGES[0]
    from tdkt_cli.files.config import load_config  # noqa: PLC0415 - pydantic

    return load_config(root).settings.lang
