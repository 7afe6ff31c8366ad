"""TDKT001 to TDKT018: the file and its format, enforced while reading (`files`, `schema`)."""

from tdkt_cli.core.findings import Severity
from tdkt_cli.rules.rule import declare

declare(
    {
        "TDKT001": """
            A file that cannot be read.

            It does not exist, permission is missing, or a link leads out of the folder of the plans.
            """,
        "TDKT002": """
            Not a YAML file, or too large.

            Devices and pipes are not read, nor files of more than 4 MB: no plan has so many. A plan saved as “.yaml.txt” must be
            renamed first.
            """,
        "TDKT003": """
            Not UTF-8.

            Save the file as UTF-8 in the editor; with or without a byte order mark, with LF or CRLF.
            """,
        "TDKT004": """
            An invisible character.

            Control characters, zero-width characters, marks that change the direction of writing, and line separators that an
            editor does not show can hide a key or make a date look like another one. Delete them.
            """,
        "TDKT005": """
            Not YAML (or, in tdkt.toml, not TOML).

            Usually there is a tab in the indentation, a “: ” inside an unquoted value, or an indentation that does not fit.
            """,
        "TDKT006": """
            A YAML feature that plan files do not use.

            Tags, anchors, aliases, merge keys and several documents make a file harder to review than necessary.
            """,
        "TDKT007": """
            Nested too deep.

            No plan needs so many levels; an indentation must have slipped.
            """,
        "TDKT008": """
            A key that appears twice.

            Other programs silently keep the last one, and a date is lost.
            """,
        "TDKT009": """
            A file that does not say what it is.

            It begins with tdkt: plan/1, units/1 or calendar/1.
            """,
        "TDKT010": """
            A key that does not exist.

            A mistyped key would be ignored silently; the message names the nearest one.
            """,
        "TDKT011": """
            A key that is missing.
            """,
        "TDKT012": """
            A value of the wrong kind.

            It is text instead of a list, nothing instead of a value, or words instead of a number.
            """,
        "TDKT013": """
            Text that must be quoted.

            Unquoted, some programs read no, 01, 1:30 or 2023-02-20 as yes/no, a number or a date. In quotes it is text.
            """,
        "TDKT014": """
            Parties in brackets.

            In [Các quận, huyện, thị xã] every comma begins a new body; the name is one. Write it as printed.
            """,
        "TDKT015": """
            Not a date or period.

            Dates are written 2023-02-20, periods 2023-06, 2023-Q2, 2023-H1, 2023 or two of them with a slash between. A date
            that does not exist, such as 2023-02-31, is not moved to another day.
            """,
        "TDKT016": """
            A value that does not fit.

            An id with letters that are not allowed, a word that is not one of the choices, a rule that RFC 5545 does not know.
            """,
        "TDKT017": """
            Keys that exclude or need each other.

            A deadline has exactly one of before, by, day, within, every, after, ongoing, waiting.
            """,
        "TDKT018": """
            Two registers with one id, or two calendars that disagree.

            The first one counts; the other would be edited in vain.
            """,
    },
    Severity.ERROR,
    "file",
)
