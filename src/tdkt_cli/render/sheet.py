"""A task on a sheet: everything that its file says, and what follows from it."""

from collections.abc import Iterator, Sequence
from datetime import date

from tdkt_cli.core.agenda import Item, Office, carried_from, deliveries
from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.plan import ROLES, section_path
from tdkt_cli.core.text import visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import Field, field_lines, wrapped
from tdkt_cli.render.words import ROLES as ROLE_WORDS
from tdkt_cli.render.words import STATES, carried_words, distance, quota_words


def sheet_lines(items: Sequence[Item], language: Language, office: Office, today: date) -> Iterator[str]:
    """Yield the lines of a task's sheet; `items` are the deadlines of the task to show."""
    task, plan = items[0].task, items[0].plan
    yield from wrapped(visible(task.title))
    yield ""
    headings = [plan.sections.get(section, section) for section in section_path(task.section)]
    fields: list[Field] = [
        (msg("reference"), plan.ref(task)),
        (msg("plan"), " · ".join(filter(None, (plan.document.number, plan.document.title)))),
        (msg("section"), " / ".join(headings)),
        *((ROLE_WORDS[role], "; ".join(getattr(task, role))) for role in ROLES),
        (msg("content"), task.content or ""),
        (msg("timing as issued"), task.timing or ""),
        (msg("labels"), ", ".join(task.labels)),
        (msg("notes"), task.note or ""),
        (msg("file"), f"{plan.source.file}:{plan.source.marks.key(task.path).line}"),
    ]
    yield from field_lines(fields, language)
    for item in items:
        yield ""
        yield language.say(msg("Deadline {ref}", ref=item.ref))
        yield from field_lines(_deadline(item, language, office, today), language)


def _deadline(item: Item, language: Language, office: Office, today: date) -> Iterator[Field]:
    say, deadline, progress = language.say, item.deadline, item.progress
    yield msg("what"), deadline.what or ""
    yield msg("binds"), "; ".join(item.bound)
    yield msg("when"), say(when_words(item.when))
    if progress.moved:
        yield msg("first date"), say(when_words(deadline.when))
    counted = carried_from(item.when, office)
    if counted:
        yield msg("moved to a working day"), say(carried_words(counted, office))
    yield msg("text as issued"), item.task.text(deadline) or ""
    yield msg("correction"), deadline.correction or ""
    if item.last_day:
        yield msg("last day"), language.day(item.last_day)
        working = office.calendar.last_working_day(item.last_day)
        yield msg("last working day"), language.day(working) if working != item.last_day else ""
        yield msg("overdue from"), language.day(item.overdue_from) if item.overdue_from else ""
    state = STATES[item.state(today, office.soon)]
    yield msg("state"), ", ".join(dict.fromkeys((say(state), say(distance(item, today, office.soon)))))
    if item.done:
        yield msg("done on"), language.joined(item.done.date, item.done.document, item.done.note)
    for move in progress.moved:
        yield msg("moved"), language.joined(say(when_words(move.when)), move.document, move.date, move.reason)
    if progress.cancelled:
        end = progress.cancelled
        yield msg("cancelled on"), language.joined(end.date, end.document, end.reason)
    received = (f"{name} ({language.date(delivery.date)})" for name, delivery in progress.received.items())
    yield msg("received from"), "; ".join(received)
    expected, missing = deliveries(item, office, today)
    if expected is not None:
        yield msg("bodies bound"), say(msgs("{n} body", "{n} bodies", n=expected))
        yield msg("still missing"), "; ".join(missing) if progress.received else ""
    yield msg("same as"), item.original.ref if item.original else deadline.same_as or ""
    for quota in deadline.quota:
        yield msg("quota"), say(quota_words(quota))
    if deadline.dossier:
        dossier = deadline.dossier
        yield msg("dossier to"), dossier.to or ""
        yield msg("copies"), str(dossier.copies) if dossier.copies else ""
        yield msg("dossier"), "\n".join(f"- {paper.removeprefix('- ')}" for paper in dossier.items)
    yield msg("notes"), "\n".join(filter(None, (deadline.note, progress.note)))
