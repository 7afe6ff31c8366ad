"""Every text of the board page, by the key under which its script asks for it.

The script fills the `{braces}` in a text; of a text that counts, the page gets both forms. The states, roles and groups of `words`
have the keys `state.`, `role.` and `near.` with their own.
"""

from collections.abc import Mapping

from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.wording import WEEKDAYS
from tdkt_cli.render.language import Language
from tdkt_cli.render.words import NEAR, ROLES, STATES

# The page shows these before its script runs, or without it.
BOARD = msg("Deadline board")
NO_SCRIPT = msg("This page needs JavaScript to show the deadlines. It loads nothing from the network.")

WORDS: Mapping[str, Message] = {
    # the header
    "board": BOARD,
    "skip": msg("Skip to the deadlines"),
    "today_is": msg("Today is {day}"),
    "as_of": msg("Taken as today: {day}"),
    "real_today": msg("reset to the real date"),
    "feeds": msg("Subscribe to calendars"),
    "language": msg("Language"),
    "dark": msg("Dark colours"),
    "print": msg("Print"),
    # filters and views
    "filters": msg("Filters"),
    "search": msg("Search"),
    "search_hint": msg("Accents may be left out"),
    "search_unit": msg("Whom it binds"),
    "unit": msg("Unit"),
    "unit_hint": msg("Type part of a name"),
    "no_unit": msg("No unit fits"),
    "clear_unit": msg("Show all units again"),
    "role": msg("Role"),
    "plan": msg("Plan"),
    "all_plans": msg("All plans"),
    "states": msg("States"),
    "reset": msg("Reset the filters"),
    "view": msg("View"),
    "list": msg("List"),
    "timeline": msg("Timeline"),
    "group": msg("Group by"),
    "near": msg("Nearness"),
    "month": msg("Month"),
    # totals
    "nothing": msg("No deadline fits"),
    "total": msgs("{n} deadline", "{n} deadlines", n=1),
    "total_rows": msgs(
        "{n} deadline in {rows} rows: what repeats another is counted once",
        "{n} deadlines in {rows} rows: what repeats another is counted once",
        n=1,
    ),
    "count": msgs("{n} item", "{n} items", n=1),
    "count_rows": msgs("{n} item in {rows} rows", "{n} items in {rows} rows", n=1),
    "chosen": msg("Chosen: {what}"),
    "everything": msg("everything"),
    "printed": msg("Printed on {day}"),
    # distances
    "days_overdue": msgs("{n} day overdue", "{n} days overdue", n=1),
    "days_left": msgs("{n} day left", "{n} days left", n=1),
    "today": msg("today"),
    "grace": msg("grace day"),
    "settable": msg("date can be set"),
    "in_month": msg("month {month}"),
    # marks in a row
    "last_working": msg("last working day: {day}"),
    "received_of": msg("received: {n} of {all}"),
    "repeats": msg("the same as {ref}, counted once"),
    "corrected": msg("date corrected"),
    "moved_from": msg("moved, first date: {when}"),
    # the fields of an opened row
    "content": msg("content"),
    "text": msg("text as issued"),
    "timing": msg("timing as issued"),
    "when": msg("when"),
    "first": msg("first date"),
    "moved": msg("moved"),
    "carried": msg("moved to a working day"),
    "last_day": msg("last day"),
    "last_working_day": msg("last working day"),
    "overdue_from": msg("overdue from"),
    "state": msg("state"),
    "done": msg("done on"),
    "cancelled": msg("cancelled on"),
    "correction": msg("correction"),
    "received": msg("received from"),
    "expected": msg("bodies bound"),
    "missing": msg("still missing"),
    "quota": msg("quota"),
    "quota_max": msg("{who}: at most {number} {what}"),
    "quota_min": msg("{who}: at least {number} {what}"),
    "quota_exactly": msg("{who}: {number} {what}"),
    "dossier": msg("dossier"),
    "dossier_to": msg("dossier to"),
    "copies": msg("copies"),
    "same_as": msg("same as"),
    "section": msg("section"),
    "of_plan": msg("plan"),
    "labels": msg("labels"),
    "notes": msg("notes"),
    "link": msg("Link to this deadline"),
    # the timeline
    "year": msg("Year {year}"),
    "year_before": msg("Previous year"),
    "year_after": msg("Next year"),
    "quarter": msg("Quarter {quarter}"),
    "now": msg("Today"),
    "legend": msg("Legend"),
    "a_day": msg("a day: the sign of its state"),
    "a_period": msg("a period: a bar that ends in it"),
    "open_end": msg("ongoing: a dashed bar"),
    "not_in_year": msgs("{n} item has no day in {year}", "{n} items have no day in {year}", n=1),
    "as_list": msg("Show as a list"),
    **{f"state.{key}": message for key, message in STATES.items()},
    **{f"role.{key}": message for key, message in ROLES.items()},
    **{f"near.{key}": message for key, message in NEAR.items()},
    "near.ended": msg("Overdue in plans that have ended"),
}


def words_in(language: Language) -> dict[str, str | list[str]]:
    """Return the texts of the page in a language: a text that counts as its two forms, the days of the week as lists."""
    texts: dict[str, str | list[str]] = {}
    for key, message in WORDS.items():
        if message.plural is None:
            texts[key] = language.catalogue.gettext(message.text)
        else:
            texts[key] = [language.catalogue.ngettext(message.text, message.plural, count) for count in (1, 2)]
    return texts | {"weekdays": [*map(language.say, WEEKDAYS.values())], "weekdays_short": language.weekdays()}
