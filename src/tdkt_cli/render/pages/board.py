"""The board page: every deadline in one HTML file that needs no network and no server.

Its script works out states and groups for the day on which it is read; nothing in the file depends on the day on which it was
made. Its data are the plans, in each its tasks, in each its items; each plan's part is made by itself, so that a change in one plan makes one
part anew. Lists of two texts are the same words in the languages of `LANGUAGES`. Every text from a file is made visible here; the
script puts it on the page as text only, and the policy in the head lets no other script or style run.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_cli.core.agenda import Item, Office, carried_from, delivered, deliveries
from tdkt_cli.core.messages import Message
from tdkt_cli.core.plan import Plan, Task
from tdkt_cli.core.query import ROLE_CHOICES, names_in_role
from tdkt_cli.core.record import record
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
# Of a record, what stands in the tables, depends on the day, or tells where the plan's file lies.
_OF_PLAN = frozenset({"plan", "document", "sections", "section"})
_OF_TASK = frozenset({"task", "title", "content", "lead", "executor", "coordinator", "advisor", "labels"})
_ELSEWHERE = _OF_PLAN | _OF_TASK | {"deadline", "occurrence", "who", "bound_ids", "missing"}
_NEVER_STORED = frozenset({"state", "days_left", "file", "line"})

Json = Mapping[str, object]
Say = Callable[[Message], list[str]]  # in every language


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """What a board is called and how it begins: its language, the zone that knows today, and where calendars are offered."""

    name: str
    lang: str
    zone: str
    feeds: str | None = None


def board_html(parts: Iterable[str], named: Collection[str], office: Office, settings: BoardSettings) -> str:
    """The page, whole, of the parts of its plans and of the parties that they name; the same input gives the same text."""
    first = language(settings.lang)
    name, board = visible(settings.name), first.say(BOARD)
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
        markup={"data": f'{json_in_html(_head(named, office, settings))[:-1]},"plans":[{",".join(parts)}]}}'},
    )


def _head(named: Collection[str], office: Office, settings: BoardSettings) -> Json:
    data = {
        "name": settings.name,
        "lang": settings.lang,
        "zone": settings.zone,
        "feeds": settings.feeds,
        "soon": office.soon,
        "units": _units(named, office),
    }
    return _visible(data) | {"words": {code: words_in(language(code)) for code in LANGUAGES}}


def board_part(items: Sequence[Item], office: Office) -> str:
    """The items of one plan as their part of the page's data, JSON."""
    languages = [language(code) for code in LANGUAGES]

    def say(message: Message) -> list[str]:
        return [each.say(message) for each in languages]

    tasks: dict[object, tuple[Task, list[Json]]] = {}
    for item in items:
        row = _filled(_row(item, office, say) | {"units": _units_of(item, office)})
        tasks.setdefault((item.task.id, item.task.path), (item.task, []))[1].append(row)
    filled = [_filled(_task(task)) | {"items": rows} for task, rows in tasks.values()]
    return json_in_html(_visible(_plan(items[0].plan) | {"tasks": filled}))


def named_parties(items: Iterable[Item], office: Office) -> set[str]:
    """The parties that items name in any role, as register/id."""
    return {name for item in items for role in ROLE_CHOICES for name in _named(item, role, office)}


def _plan(plan: Plan) -> dict[str, object]:
    return _filled(
        {
            "id": plan.id,
            "number": plan.document.number,
            "title": plan.document.title,
            "start": plan.period.start.isoformat(),
            "end": plan.period.end.isoformat(),
            "sections": dict(plan.sections),
        }
    )


def _task(task: Task) -> Json:
    return {
        "id": task.id,
        "section": task.section,
        "title": task.title,
        "content": task.content,
        "timing": task.timing,
        "lead": task.lead,
        "executor": task.executor,
        "coordinator": task.coordinator,
        "advisor": task.advisor,
        "labels": task.labels,
    }


def _row(item: Item, office: Office, say: Say) -> dict[str, object]:
    """The record of an item less what stands elsewhere or says nothing new, and its words in every language."""
    known = {
        key: value for key, value in record(item, office, date.min).items() if key not in _ELSEWHERE | _NEVER_STORED
    }
    if known["text"] == item.task.timing:
        del known["text"]
    if known["last_working_day"] == known["last_day"]:
        del known["last_working_day"]
    if not item.progress.moved:
        del known["first_kind"], known["first_end"]
    counted = carried_from(item.when, office)
    return known | {
        "when": say(when_words(item.when)),
        "first": say(when_words(item.deadline.when)) if item.progress.moved else None,
        "moves": [say(when_words(move.when)) for move in item.progress.moved],
        "carried": say(carried_words(counted, office)) if counted else None,
        "what": item.deadline.what,
        "repeats": item.original is not None,
        "settable": _settable(item),
        "bodies": _bodies(item, office),
        "delivered": _delivered(item, office),
    }


def _settable(item: Item) -> str | None:
    """The day from which everything that an item waits for is done or cancelled, so that its date can be recorded."""
    days = []
    for awaited in item.awaited:
        ended = [end.date for end in (awaited.done, awaited.progress.cancelled) if end]
        if not ended:
            return None
        days.append(min(ended))
    return max(days).isoformat() if days else None


def _bodies(item: Item, office: Office) -> list[tuple[str, str | None]]:
    """The bodies that a deadline binds, each with the day of its delivery, once any has delivered."""
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


def _delivered(item: Item, office: Office) -> dict[str, str]:
    """The days on which units delivered, by register/id."""
    register = item.plan.units
    return {f"{register}/{id_}": f"{done.date}" for id_, done in delivered(item, office, date.max).items()}


def _units(named: Collection[str], office: Office) -> list[Json]:
    """The bodies and groups by which items can be chosen: those named, and all that belong to one of them."""
    found: list[Json] = []
    for register in office.registers.values():
        for party in register.parties:
            above = [f"{register.id}/{id_}" for id_ in sorted(register.with_groups([party.id]))]
            within = [name for name in above if name in named]
            if within:
                found.append({"id": f"{register.id}/{party.id}", "names": party.names, "within": within})
    return found


def _units_of(item: Item, office: Office) -> dict[str, list[str]]:
    """By role, the parties that an item names."""
    return {role: names for role in ROLE_CHOICES if (names := _named(item, role, office))}


def _named(item: Item, role: str, office: Office) -> list[str]:
    register = office.register(item.plan)
    if register is None:
        return []
    parties = (register.resolve(name, item.plan.names_as_of) for name in names_in_role(item, role))
    return list(dict.fromkeys(f"{register.id}/{party.id}" for party in parties if party))


def _filled(values: Json) -> dict[str, object]:
    """The values less those that say nothing; a zero says something."""
    return {key: value for key, value in values.items() if value or type(value) is int}


def _visible(value: Json) -> dict[str, object]:
    """The values, every text in them made visible, nothing empty in them."""
    return {visible(str(key)): _visibly(inner) for key, inner in _filled(value).items()}


def _visibly(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return _visible(value)
    if isinstance(value, list | tuple):
        return [_visibly(inner) for inner in value]
    return value
