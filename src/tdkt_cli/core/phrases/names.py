"""Terms that only look like times: documents with their numbers and dates, school years, anniversaries, ratios, addresses.

    document    = "số" n ... | n "/" [y "/"] LETTERS { "-" LETTERS } ; then ["ngày" date]
    years       = ("năm học" | "nhiệm kỳ" | "kỷ niệm" | "giai đoạn" ...) words up to the years in it
    numbered    = ("Điều" | "khoản" | "đợt" | "lần thứ" ...) n [ "/" y ]
    place       = ("đường" | "phường" | "bệnh viện" ...) n [ sign n ]
    amount      = n ("%" | word) | chains that are no date

Each is passed over whole, so that no date is found within it.
"""

from datetime import date

from tdkt_cli.core.periods import FIRST_YEAR, LAST_YEAR
from tdkt_cli.core.phrases.chains import chain
from tdkt_cli.core.phrases.dates import points
from tdkt_cli.core.phrases.draft import Draft
from tdkt_cli.core.phrases.lexicon import NUMBER, WORD, symbols
from tdkt_cli.core.phrases.limits import span
from tdkt_cli.core.phrases.tokens import YEAR_WIDTH, Line
from tdkt_cli.core.plan import When

_CODE = 12  # lexemes
_LONGEST_NAME = 24
_BEFORE_YEARS = symbols("( ; end , before until within latest from :") | {NUMBER, "\n"}
_BEHIND_YEARS = symbols("year day named-day document place of and event") | {WORD}


def numbered(line: Line, at: int) -> list[Draft]:
    """Read what has a number: số 10/KH-UBND ngày 05/01/2023, Điều 15, đợt 1/2023."""
    here = line.skip(at + 1, (":", "nth", "numbered"), 2)
    if line.symbol(here) != NUMBER or line.symbol(here + 1) in ("month", "week", "workday"):
        return []
    after = _code(line, here)
    return [_name(at, _date_of_document(line, after) if after > here else after)]


def _code(line: Line, at: int) -> int:
    """The place after a document's number: 322/KH-UBND, 98/2023/NĐ-CP, 10, 10a."""
    links = chain(line, at)
    here = links.after if links else at
    if line.symbol(here) in ("/", "-") and _is_code_word(line, here + 1):
        end = here + _CODE
        here += 2
        while here < end and line.symbol(here) in ("-", "/", "&", ".") and line.touches(here + 1):
            if line.symbol(here + 1) != NUMBER and not _is_code_word(line, here + 1):
                break
            here += 2
            here += line.symbol(here) == NUMBER and line.touches(here)
        here += line.symbol(here) == NUMBER and line.touches(here)  # 42/2017/QH14
    return here


def _is_code_word(line: Line, at: int) -> bool:
    word = line.word(at)
    return line.symbol(at) not in (NUMBER, "end") and (word.isupper() or sum(map(str.isupper, word)) >= 2)


def _date_of_document(line: Line, at: int) -> int:
    """The place after the date of a document."""
    here = line.skip(at, (",", "("))
    found = points(line, here, led=True) if line.symbol(here) == "day" else None
    return found[1] + (line.symbol(at) == "(" and line.symbol(found[1]) == ")") if found and len(found[0]) == 1 else at


def coded(line: Line, at: int) -> list[Draft]:
    """Read a document's number and date without "số": 98/2023/NĐ-CP ngày 31/12/2023."""
    links = chain(line, at)
    if links is None or line.symbol(links.after) not in ("/", "-"):
        return []
    after = _code(line, at)
    return [_name(at, _date_of_document(line, after))] if after > links.after else []


def document(line: Line, at: int) -> list[Draft]:
    """Read a document with the date that belongs to it: Kế hoạch ngày 05/01/2023 của UBND."""
    dated = line.symbol(at + 1) == "day" and line.symbol(at + 2) == NUMBER
    found = points(line, at + 1, led=True) if dated else None
    return [_name(at, found[1])] if found and line.symbol(found[1]) == "of" else []


def of_years(line: Line, at: int) -> list[Draft]:
    """Read a name with years: năm học 2022-2023, kỷ niệm 75 năm Ngày ... (11/6/1948 - 11/6/2023)."""
    here, end = at + 1, at + _LONGEST_NAME
    while here < end and line.symbol(here) not in _BEFORE_YEARS:
        here += 1
    if line.symbol(here) == NUMBER:
        links = chain(line, here)
        here = links.after if links else here
        here = line.skip(here, _BEHIND_YEARS, max(end - here, 0))
    if line.symbol(here) == "(":
        links = chain(line, line.skip(here + 1, ("day",)))
        if links and line.symbol(links.after) == ")":
            here = links.after + 1
    return [_name(at, max(here, at + 1))]


def period_of_years(line: Line, at: int) -> list[Draft]:
    """Read "Giai đoạn 2021-2025": a period where it stands alone, else part of a name."""
    links = chain(line, at + 1)
    if line.key(at) == "giai" and at == 0 and links and line.symbol(links.after) == "end":
        years = [number for group in links.groups for number, width in group if width == YEAR_WIDTH]
        if len(years) == 2 and FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
            when = When(kind="within", start=date(years[0], 1, 1), end=date(years[1], 12, 31))
            return [Draft(when, at, links.after, marked=False)]
    return of_years(line, at)


def place(line: Line, at: int) -> list[Draft]:
    """Read a place with its number: đường 30/4, bệnh viện 19-8, phường 2."""
    links = chain(line, at + 1)
    return [_name(at, links.after)] if links else []


def as_of(line: Line, at: int) -> list[Draft]:
    """Read "tính đến ngày 15/3/2023": the day of figures, no deadline."""
    here = line.skip(at + 1, ("until", "on", "word", "document"), 3)
    if line.symbol(here) == "from":
        ranged = span(line, here)
        return [_name(at, ranged[-1].after)] if ranged else []
    found = points(line, here, led=True)
    return [_name(at, found[1] if found else at + 1)]


def amount(line: Line, at: int) -> list[Draft]:
    """Read numbers that are no date: 30%, 15/20 đơn vị, 1.500.000 đồng."""
    links = chain(line, at)
    return [Draft(None, at, links.after, marked=False)] if links else []


def _name(first: int, after: int) -> Draft:
    return Draft(None, first, after)
