"""Consoles: those of Windows read escape sequences only once they are asked to."""

import sys
from typing import TextIO

_READS_ESCAPES = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def reads_escapes(stream: TextIO) -> bool:
    """Whether a console reads escape sequences, asking it to where it must be asked."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415 - only there
    import msvcrt  # noqa: PLC0415

    console, mode = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno())), ctypes.c_uint32()
    kernel = ctypes.windll.kernel32
    known = kernel.GetConsoleMode(console, ctypes.byref(mode))
    return bool(known and kernel.SetConsoleMode(console, mode.value | _READS_ESCAPES))
