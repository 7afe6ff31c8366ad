"""How a command ends: exit codes, and the one kind of error that a person caused by what was typed or asked for."""

from tdkt_cli.core.messages import Message

OK = 0
FINDINGS = 1  # findings that make the check fail; or the output could not be written
USAGE = 2  # something typed that does not exist or does not fit
UNREADABLE = 3  # something could not be read; the rest has been shown
INTERRUPTED = 130


class UsageError(Exception):
    """Something typed that does not exist or does not fit; `message` says what to type instead, `code` is how the command ends."""

    def __init__(self, message: Message, code: int = USAGE) -> None:
        """Refuse with this message."""
        super().__init__(str(message))
        self.message, self.code = message, code


class UnknownNameError(UsageError):
    """A name that nothing which was read bears; what bears it may stand in a file that was left out."""
