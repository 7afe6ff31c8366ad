"""The board page: every deadline in one HTML file that needs no network and no server.

Its script works out states and groups for the day on which it is read; nothing in the file depends on the day on which it was made.
Its data are the plans with their tasks, and these with their items. The part of each plan is made by itself, so that a changed plan
changes one part. A list of two texts says the same in the languages of `LANGUAGES`. Every text from a file is made visible here; the
script puts it on the page as text only, and the policy in the head lets no other script or style run.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_cli.core.agenda import Item, Office, carried_from, delivered, deliveries
from tdkt_cli.core.messages import Message
from tdkt_cli.core.plan import Task
from tdkt_cli.core.query import ROLE_CHOICES, names_in_role
from tdkt_cli.core.record import stored_record
from tdkt_cli.core.text import visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import LANGUAGES, language
from tdkt_cli.render.pages.board_words import BOARD, NO_SCRIPT, words_in
from tdkt_cli.render.pages.page import json_in_html, page
from tdkt_cli.render.words import carried_words

_STYLES = ("base.css", "board.css")
_SCRIPTS = (
    "fold.js",
    "board_state.js",
    "board_filter.js",
    "board_dom.js",
    "board_list.js",
    "board_detail.js",
    "board_timeline.js",
    "board_unit.js",
    "board.js",
)
_TASK = ("id", "section", "title", "content", "timing", "lead", "executor", "coordinator", "advisor", "labels")
# What a record has and the page keeps elsewhere, does not show, or does not publish.
_NOT_OF_ITEM = {
    *_TASK, "plan", "document", "sections", "task", "deadline", "occurrence", "who", "bound_ids", "first_kind", "first_end", "time",
    "approximate", "on_task", "event", "missing", "file", "line",
}  # fmt: skip

Json = Mapping[str, object]
Say = Callable[[Message], list[str]]  # in every language


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """The name of a board, its language, the zone of its days, and the address of the calendars, None where there are none."""

    name: str
    lang: str
    zone: str
    feeds: str | None = None


def board_html(parts: Iterable[str], named: Collection[str], office: Office, settings: BoardSettings) -> str:
    """Return the page, made of the parts of its plans and of the parties that they name; the same input gives the same text."""
    first = language(settings.lang)
    name, board = visible(settings.name), first.say(BOARD)
    head = {
        "name": settings.name,
        "lang": settings.lang,
        "zone": settings.zone,
        "feeds": settings.feeds,
        "soon": office.soon,
        "units": _units(named, office),
    }
    data = json_in_html(_visible(head) | {"words": {code: words_in(language(code)) for code in LANGUAGES}})
    return page(
        "board.html",
        styles=_STYLES,
        scripts=_SCRIPTS,
        texts={
            "lang": settings.lang,
            "title": f"{name} – {board}",
            "name": name,
            "board": board,
            "noscript": first.say(NO_SCRIPT),
        },
        markup={"data": f'{data[:-1]},"plans":[{",".join(parts)}]}}'},
    )


def board_part(items: Sequence[Item], office: Office) -> str:
    """Return the items of one plan as their part of the page's data, JSON."""
    languages = [language(code) for code in LANGUAGES]

    def say(message: Message) -> list[str]:
        return [each.say(message) for each in languages]

    plan = items[0].plan
    tasks: dict[object, tuple[Task, list[Json]]] = {}
    for item in items:
        tasks.setdefault((item.task.id, item.task.path), (item.task, []))[1].append(_row(item, office, say))
    part = {
        "id": plan.id,
        "number": plan.document.number,
        "title": plan.document.title,
        "start": plan.period.start.isoformat(),
        "end": plan.period.end.isoformat(),
        "sections": dict(plan.sections),
        "tasks": [{key: getattr(task, key) for key in _TASK} | {"items": rows} for task, rows in tasks.values()],
    }
    return json_in_html(_visible(part))


def named_parties(items: Iterable[Item], office: Office) -> set[str]:
    """Return the parties that items name in any role, as register/id."""
    return {name for item in items for names in _units_of(item, office).values() for name in names}


def _row(item: Item, office: Office, say: Say) -> Json:
    """Return the record of an item less what stands elsewhere or says nothing new, and its words in every language."""
    row = {key: value for key, value in stored_record(item, office).items() if key not in _NOT_OF_ITEM}
    if row["text"] == item.task.timing:
        del row["text"]
    if row["last_working_day"] == row["last_day"]:
        del row["last_working_day"]
    moved = item.progress.moved
    counted = carried_from(item.when, office)
    return row | {
        "when": say(when_words(item.when)),
        "first": say(when_words(item.deadline.when)) if moved else None,
        "moves": [say(when_words(move.when)) for move in moved],
        "carried": say(carried_words(counted, office)) if counted else None,
        "what": item.deadline.what,
        "repeats": item.original is not None,
        "settable": _settable(item),
        "bodies": _bodies(item, office),
        "delivered": {
            f"{item.plan.units}/{id_}": f"{done.date}" for id_, done in delivered(item, office, date.max).items()
        },
        "units": _units_of(item, office),
    }


def _settable(item: Item) -> str | None:
    """Return the day from which everything that an item waits for is done or cancelled, so that its date can be recorded."""
    days = []
    for awaited in item.awaited:
        ended = [end.date for end in (awaited.done, awaited.progress.cancelled) if end]
        if not ended:
            return None
        days.append(min(ended))
    return max(days).isoformat() if days else None


def _bodies(item: Item, office: Office) -> list[tuple[str, str | None]]:
    """Return the bodies that a deadline binds, each with the day of its delivery, once any has delivered."""
    days = sorted({done.date for done in item.progress.received.values()})
    if not days:
        return []
    _, missing = deliveries(item, office, date.min)
    delivered: dict[str, str | None] = dict.fromkeys(missing)
    for day in days:
        _, still = deliveries(item, office, day)
        delivered |= {name: day.isoformat() for name in missing if name not in still}
        missing = still
    return list(delivered.items())


def _units(named: Collection[str], office: Office) -> list[Json]:
    """Return the bodies and groups by which items can be chosen: those named, and all that belong to one of them."""
    units: list[Json] = []
    for register in office.registers.values():
        for party in register.parties:
            above = (f"{register.id}/{id_}" for id_ in sorted(register.with_groups([party.id])))
            within = [name for name in above if name in named]
            if within:
                units.append({"id": f"{register.id}/{party.id}", "names": party.names, "within": within})
    return units


def _units_of(item: Item, office: Office) -> dict[str, list[str]]:
    """Return the parties that an item names as register/id, by role."""
    register = office.register(item.plan)
    if register is None:
        return {}
    units: dict[str, list[str]] = {}
    for role in ROLE_CHOICES:
        parties = (register.resolve(name, item.plan.names_as_of) for name in names_in_role(item, role))
        names = list(dict.fromkeys(f"{register.id}/{party.id}" for party in parties if party))
        if names:
            units[role] = names
    return units


def _visible(values: Json) -> dict[str, object]:
    """Return the values with every text in them made visible; empty ones are left out, but a zero says something."""
    kept = {key: value for key, value in values.items() if value or type(value) is int}
    return {visible(str(key)): _visibly(value) for key, value in kept.items()}


def _visibly(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return _visible(value)
    if isinstance(value, list | tuple):
        return [_visibly(inner) for inner in value]
    return value
