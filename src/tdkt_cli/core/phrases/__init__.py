"""Reading Vietnamese deadline words: "trước ngày 15/3/2023", "chậm nhất ngày 20 tháng cuối quý", "theo Kế hoạch của Thành phố".

    phrase    = { clause break }
    clause    = { words | milestone | name }
    milestone = limit | range | rhythm | offset | ongoing | waiting
    name      = a document's number and date, a school year, an amount ...: looks like a time and is none

The text becomes lexemes (`tokens`, by the phrases of `lexicon`), from which small parsers read: points in time (`points`), what
has a date (`limits`), what recurs (`rhythms`), what hangs on something else (`events`), what is none of it (`names`). `clauses` puts
them together and finds the party and act of each (`parties`). Each lexeme is looked at a bounded number of times.

Nothing is guessed: what is not understood is left over in `unread`, and a reading that the words allow only among others is not
`sure`. There is no clock in here: a date without a year belongs to the year that the caller names.
"""

import unicodedata

from tdkt_cli.core.phrases.clauses import readings
from tdkt_cli.core.phrases.doubts import with_exceptions
from tdkt_cli.core.phrases.draft import Reading, Result
from tdkt_cli.core.phrases.tokens import lex

__all__ = ["Reading", "Result", "read"]


def read(phrase: str, year: int | None) -> Result:
    """Return the milestones that a phrase names, in its order; `year` is the plan's, for dates without one. Never raises."""
    line = lex(phrase, year)
    found, unread, impossible = readings(line)
    if not found:
        unread = [" ".join(unicodedata.normalize("NFC", phrase).split())]
    return Result(phrase, tuple(with_exceptions(found)), "; ".join(unread), tuple(impossible))
