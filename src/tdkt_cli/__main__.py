"""The entry point and error boundary: every expected error becomes a message and an exit code, not a traceback."""

import codecs
import errno
import gc
import io
import os
import sys

TYPE_CHECKING = False  # which type checkers know: what is loaded up here, Ctrl-C would meet unguarded
if TYPE_CHECKING:
    from typing import TextIO


def main() -> None:
    """Run tdkt with the arguments of the process and end it with the exit code."""
    # Our models use no plugins of pydantic's; to look for some, it would read the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(100_000, 20, 20)  # a short life makes little garbage: collecting it took a twentieth of the time
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: list[str]) -> int:
    """Run the command line and return the exit code. Imports are inside, since Ctrl-C can come at any moment."""
    try:
        _set_encodings()
        from tdkt_cli.app import run  # noqa: PLC0415

        code = run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the one boundary; what it does not know, it raises again
        if _reader_is_gone(error):
            _close_output()
            return 0
        return _report(error, arguments)
    return code


def _reader_is_gone(error: Exception) -> bool:
    """Whether the reader of a pipe, such as head, has closed it; Windows reports that as EINVAL."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL and not error.filename


def _set_encodings() -> None:
    """Write UTF-8 where the output is redirected; on a console, replace letters that its encoding lacks."""
    sys.stdout, sys.stderr = (stream or _null_stream() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            from functools import partial  # noqa: PLC0415 - see above

            codecs.register_error(f"tdkt-{stream.encoding}", partial(_spelled, stream.encoding))
            stream.reconfigure(errors=f"tdkt-{stream.encoding}")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _spelled(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """Return similar letters for those that an encoding lacks, else escapes; an error handler of codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from tdkt_cli.core.transliteration import spelled  # noqa: PLC0415 - for few consoles

    letters = error.object[error.start : error.end]
    return "".join(
        _escaped(letter) if (near := spelled(letter, encoding)) is None else near for letter in letters
    ), error.end


def _escaped(letter: str) -> str:
    return letter.encode("ascii", "backslashreplace").decode()


def _null_stream() -> "TextIO":
    """Return a stream that discards what is written, for a closed one; it stays open until the process ends."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - pathlib is not loaded yet


def _report(error: Exception, arguments: list[str]) -> int:
    from tdkt_cli.commands.shared.language import chosen_language  # noqa: PLC0415
    from tdkt_cli.commands.shared.usage import usage_message  # noqa: PLC0415
    from tdkt_cli.core.messages import msg, reason  # noqa: PLC0415
    from tdkt_cli.errors import FINDINGS, INTERRUPTED, OK, USAGE, UsageError  # noqa: PLC0415
    from tdkt_cli.render.language import language  # noqa: PLC0415

    try:
        speaker = chosen_language(arguments)
    except Exception:  # noqa: BLE001 - whatever is wrong with the settings, the first error is the one to tell
        speaker = language("vi")
    if isinstance(error, UsageError):
        message, code = error.message, error.code
    elif isinstance(error, OSError):
        why = reason(error)
        written = (
            msg("could not write {file}: {reason}", file=str(error.filename), reason=why) if error.filename else None
        )
        message, code = written or msg("could not write the output: {reason}", reason=why), FINDINGS
        _close_output()
    elif type(error).__name__ == "Abort":
        return INTERRUPTED
    elif type(error).__name__ in {"Exit", "NoArgsIsHelpError"}:
        sys.stderr.write(f"{error}\n" if type(error).__name__ == "NoArgsIsHelpError" else "")
        return USAGE if type(error).__name__ == "NoArgsIsHelpError" else OK
    elif hasattr(error, "format_message"):
        message, code = usage_message(error), USAGE
    else:
        raise error
    sys.stderr.write(f"tdkt: {speaker.say(message)}\n")
    return code


def _close_output() -> None:
    """Point the output at nothing, so that Python does not try again at exit to write it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
