"""Messages that are worded where they are shown, not where they arise.

A `Message` is its English text, which is also its key in the catalogues, and the values that fill its `{braces}`. The
core makes messages; `render.language` says them in the reader's language. Values keep their types until then: a date is
printed as that language prints dates, a nested message is translated too.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be translated, with its values; `plural` is used unless `args["n"]` is 1."""

    text: str
    args: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        """The untranslated text, for a traceback; what people read goes through a catalogue."""
        text = self.text if self.plural is None or self.args.get("n") == 1 else self.plural
        return text.format_map(self.args)


def msg(text: str, /, **args: object) -> Message:
    """Return a message with its values. The text is collected into the catalogues from the call, so it must be a literal."""
    return Message(text, args)


def msgs(text: str, plural: str, /, n: int, **args: object) -> Message:
    """Return a message that counts: `text` for one, `plural` for any other number `n`."""
    return Message(text, {"n": n, **args}, plural)


class MessageError(Exception):
    """An error that people read; `message` says what is wrong."""

    def __init__(self, message: Message) -> None:
        """Keep the message, to be worded where it is shown."""
        super().__init__(str(message))
        self.message = message


_REASONS = {
    errno.EACCES: msg("no permission"),
    errno.EPERM: msg("no permission"),
    errno.EROFS: msg("it is read-only"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EDQUOT: msg("the disk is full"),
    errno.EFBIG: msg("there is no room for a file of this size"),
    errno.EIO: msg("the disk reports an error"),
    errno.ENOENT: msg("it does not exist"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOTDIR: msg("a folder in its path is a file"),
    errno.EEXIST: msg("there is something of that name already"),
    errno.ENAMETOOLONG: msg("its name is too long"),
    errno.ELOOP: msg("its links lead in a circle"),
    errno.EMFILE: msg("too many files are open"),
    errno.ENFILE: msg("too many files are open"),
    errno.EBUSY: msg("another program uses it"),
    errno.ETIMEDOUT: msg("no answer came in time"),
    errno.ECONNREFUSED: msg("nobody answers at that address"),
    errno.ECONNRESET: msg("the connection was lost"),
    errno.ENETUNREACH: msg("that network cannot be reached"),
    errno.EHOSTUNREACH: msg("that network cannot be reached"),
}


def reason(error: OSError) -> Message:
    """Return why a system call failed; a reason that the table lacks is quoted from the system."""
    if isinstance(error, TimeoutError):
        return _REASONS[errno.ETIMEDOUT]
    words = error.strerror or str(error) or type(error).__name__
    return _REASONS.get(error.errno or 0) or msg("the system says: {words}", words=words)
