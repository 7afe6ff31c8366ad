"""Changes of plans in words, one line or several for each, with a sign: + for added, - for removed, ~ for edited.

Values stand as they do in the plans; of long texts only the part that differs is shown, with a few words around it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import eq
from typing import Literal, TypeVar, cast

from tdkt_cli.core.diff.difference import Change, Shift
from tdkt_cli.core.diff.matching import same_text, without
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Cancelled, Deadline, Done, Dossier, Move, Names, Plan, Quota, When
from tdkt_cli.core.text import one_line
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.words import ROLES, quota_words

T = TypeVar("T")
Sign = Literal["+", "-", "~"]
SIGNS: Mapping[str, Sign] = {"added": "+", "removed": "-", "edited": "~"}
_AROUND, _LONGEST = 4, 240  # words around what differs; characters of an excerpt
_NAMES: Mapping[str, Message] = {
    **ROLES,
    "id": msg("id"),
    "title": msg("title"),
    "content": msg("content"),
    "section": msg("section"),
    "timing": msg("timing as issued"),
    "labels": msg("labels"),
    "note": msg("notes"),
    "review": msg("to decide"),
    "former_ids": msg("former ids"),
    "what": msg("what"),
    "who": msg("binds"),
    "text": msg("text as issued"),
    "correction": msg("correction"),
    "same_as": msg("same as"),
    "on_task": msg("task waited for"),
    "number": msg("document number"),
    "issuer": msg("issuer"),
    "place": msg("place of issue"),
    "issued": msg("day of issue"),
    "signer": msg("signer"),
    "period": msg("period"),
    "units": msg("register"),
}
_FLAGS: Mapping[tuple[str, object], Message] = {
    ("publish", True): msg("is published again"),
    ("publish", False): msg("is no longer published"),
    ("draft", True): msg("is a draft"),
    ("draft", False): msg("is no longer a draft"),
}


@dataclass(frozen=True, slots=True)
class ChangeWriter:
    """Writes the changes from one version of a plan to another: of the plan, a task, or the deadline `of` it, which binds `bound`."""

    language: Language
    old: Plan
    new: Plan
    of: Deadline | None = None
    bound: Names = ()

    def lines(self, change: Change) -> Iterator[tuple[Sign, str]]:
        """Yield the lines of a change, each with its sign."""
        for sign, message in self._messages(change):
            words = message
            if change.occurrence:
                words = msg("occurrence {day}: {words}", day=change.occurrence, words=words)
            if change.also:
                words = msg("{words}; likewise {refs}", words=words, refs=", ".join(change.also))
            yield sign, self.language.say(words)

    def _messages(self, change: Change) -> Iterator[tuple[Sign, Message]]:
        sign = SIGNS[change.kind]
        if change.field in {"when", "moved", "occurred"}:
            yield sign if change.kind == "removed" else "~", self._date(change)
        elif change.field in {"done", "cancelled"}:
            yield sign, self._ended(change)
        elif change.field == "received":
            yield from self._received(change)
        elif change.field == "quota":
            yield from _quotas(change)
        elif change.field == "dossier":
            yield from _dossier(change)
        elif (change.field, change.new) in _FLAGS:
            yield sign, _FLAGS[change.field, change.new]
        else:
            yield sign, self._plain(change)

    def _date(self, change: Change) -> Message:
        if change.shift is None:
            if change.superseded:
                return self._earlier_move(change)
            old, new = (self._cited(move) if isinstance(move, Move) else "" for move in (change.old, change.new))
            return msg("document of the move: {old} -> {new}", old=old or "–", new=new or "–")
        dates = self._shifted(change.shift)
        if change.field == "occurred":
            return self._occurred(change, change.shift, dates)
        if change.field == "when" and change.superseded:
            if self.of and self.of.progress.moved:
                return msg("first date as issued: {dates}; the move stays", dates=dates)
            return msg("first date as issued: {dates}", dates=dates)
        named = self._named(dates)
        if change.field == "when":
            return msg("{date}; edited where it was issued", date=named) if self.old.id == self.new.id else named
        if not isinstance(change.new, Move):
            return msg("{date}; a move taken back", date=named)
        cited = self._cited(change.new)
        if change.old is not None:
            edited = msg("{date}; the last move edited", date=named)
            return msg("{date}; the last move edited: {cited}", date=named, cited=cited) if cited else edited
        moved = msg("{date}; moved, no document given", date=named)
        return msg("{date}; moved by {cited}", date=named, cited=cited) if cited else moved

    def _named(self, dates: Message) -> Message:
        """Return the dates after the name of the act and before the parties that it binds."""
        what = one_line(self.of.what or "") if self.of else ""
        if what[1:2].islower():  # plans begin an act with a capital
            what = what[:1].lower() + what[1:]
        named = msg("date of {what}: {dates}", what=what, dates=dates) if what else msg("date: {dates}", dates=dates)
        return msg("{date}, binds: {names}", date=named, names="; ".join(self.bound)) if self.bound else named

    def _shifted(self, shift: Shift) -> Message:
        old, new, days = shift.old, shift.new, shift.days
        words = msg("{old} -> {new}", old=when_words(old), new=when_words(new))
        plain = all(when.end and not when.time and not when.approximate for when in (old, new))
        if plain and old.kind == new.kind and old.kind in {"before", "by", "day"}:  # the dates alone show the change
            words = msg("{old} -> {new}", old=old.end, new=new.end)
        if not days:
            return words
        later = msgs("{dates} ({n} day later)", "{dates} ({n} days later)", n=days, dates=words)
        earlier = msgs("{dates} ({n} day earlier)", "{dates} ({n} days earlier)", n=-days, dates=words)
        return later if days > 0 else earlier

    def _earlier_move(self, change: Change) -> Message:
        """Return the change of a move that a later one follows, so that the date stays as it was."""
        old, new = (
            _joined(", ", self.language.say(when_words(move.when)), self._cited(move)) if isinstance(move, Move) else ""
            for move in (change.old, change.new)
        )
        return _by_kind(
            change,
            msg("an earlier move added: {move}", move=new),
            msg("an earlier move removed: {move}", move=old),
            msg("an earlier move edited: {old} -> {new}", old=old, new=new),
        )

    def _occurred(self, change: Change, shift: Shift, dates: Message) -> Message:
        when = self.of.when if self.of else shift.new
        event = one_line(when.event.event) if when.event else ""
        old, new = change.old, change.new
        return _by_kind(
            change,
            msg("“{event}” occurred on {day}, so its date is {end}", event=event, day=new, end=shift.new.end),
            msg("“{event}” no longer occurred on {day}", event=event, day=old),
            msg("“{event}” occurred on {new}, not on {old}: {date}", event=event, new=new, old=old, date=dates),
        )

    def _ended(self, change: Change) -> Message:
        old, new = (self._end(value) for value in (change.old, change.new))
        if change.field == "done":
            words = msg("done: {new}", new=new), msg("no longer done: {old}", old=old)
            return _by_kind(change, *words, msg("done: {old} -> {new}", old=old, new=new))
        words = msg("cancelled: {new}", new=new), msg("no longer cancelled: {old}", old=old)
        return _by_kind(change, *words, msg("cancelled: {old} -> {new}", old=old, new=new))

    def _end(self, value: object) -> str:
        if not isinstance(value, Done | Cancelled):
            return ""
        words = value.note if isinstance(value, Done) else value.reason
        return _joined(", ", self.language.date(value.date), value.document, words)

    def _cited(self, move: Move) -> str:
        day = self.language.say(msg("of {day}", day=move.date)) if move.date else None
        return _joined(": ", _joined(" ", move.document, day), move.reason)

    def _received(self, change: Change) -> Iterator[tuple[Sign, Message]]:
        old = cast("Mapping[str, Done]", change.old or {})
        new = cast("Mapping[str, Done]", change.new or {})
        came = [f"{name} ({self._end(new[name])})" for name in new if name not in old]
        went = [f"{name} ({self._end(old[name])})" for name in old if name not in new]
        both = [f"{name} ({self._end(old[name])} -> {self._end(new[name])})" for name in new if name in old]
        if came:
            yield "+", msg("received from: {names}", names="; ".join(came))
        if went:
            yield "-", msg("no longer received from: {names}", names="; ".join(went))
        if both:
            yield "~", msg("received from: {names}", names="; ".join(both))

    def _plain(self, change: Change) -> Message:
        field, _, section = change.field.partition(".")
        name = msg("section {id}", id=section) if section else _NAMES[field]
        old, new = (_text(value) for value in (change.old, change.new))
        if change.kind == "edited":
            if field == "section":
                old, new = (plan.sections.get(str(id_), id_) for plan, id_ in ((self.old, old), (self.new, new)))
            elif isinstance(change.old, str):
                old, new = excerpts(str(old), str(new))
            return msg("{name}: {old} -> {new}", name=name, old=old, new=new)
        return msg("{name}: {value}", name=name, value=cut(old if change.kind == "removed" else new))


def deadline_words(deadline: Deadline, bound: Names, language: Language) -> str:
    """Return a deadline in one line: the act, its date after all moves, the parties that it binds."""
    moved = deadline.progress.moved
    words = when_words(moved[-1].when if moved else deadline.when)
    named = msg("{what}: {when}", what=one_line(deadline.what), when=words) if deadline.what else words
    return language.say(msg("{date}, binds: {names}", date=named, names="; ".join(bound)) if bound else named)


def _text(value: object) -> object:
    """Return a value in the form in which it is put into a message."""
    if isinstance(value, Period):
        return when_words(When(kind="within", start=value.start, end=value.end))
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return one_line(value) if isinstance(value, str) else value


def _joined(separator: str, *parts: str | None) -> str:
    return separator.join(one_line(part) for part in parts if part)


def _by_kind(change: Change, added: Message, removed: Message, edited: Message) -> Message:
    return {"added": added, "removed": removed, "edited": edited}[change.kind]


def _listed(old: Sequence[T], new: Sequence[T], words: Callable[[T], Message]) -> Iterator[tuple[Sign, Message]]:
    """Yield the members of a list that were removed, then those that were added."""
    yield from (("-", words(each)) for each in without(old, new))
    yield from (("+", words(each)) for each in without(new, old))


def _quotas(change: Change) -> Iterator[tuple[Sign, Message]]:
    old, new = (cast("tuple[Quota, ...]", quotas or ()) for quotas in (change.old, change.new))
    yield from _listed(old, new, lambda quota: msg("quota: {quota}", quota=quota_words(quota)))


def _dossier(change: Change) -> Iterator[tuple[Sign, Message]]:
    old, new = (cast("Dossier", dossier or Dossier(())) for dossier in (change.old, change.new))
    for name, one, other in ((msg("dossier to"), old.to, new.to), (msg("copies"), old.copies, new.copies)):
        if one is None or other is None:
            if one != other:
                yield (
                    "+" if one is None else "-",
                    msg("{name}: {value}", name=name, value=_text(other if one is None else one)),
                )
        elif not same_text(str(one), str(other)):
            yield "~", msg("{name}: {old} -> {new}", name=name, old=_text(one), new=_text(other))
    yield from _listed(old.items, new.items, lambda paper: msg("dossier: {paper}", paper=cut(one_line(paper))))


def cut(value: object) -> object:
    """Return a text cut to the length of an excerpt, any other value as it is."""
    return f"{value[: _LONGEST - 1].rstrip()}…" if isinstance(value, str) and len(value) > _LONGEST else value


def excerpts(old: str, new: str) -> tuple[object, object]:
    """Return the parts in which two texts of one line differ, with a few words around them; short texts whole."""
    if max(len(old), len(new)) <= _LONGEST // 2:
        return f"“{old}”", f"“{new}”"
    words, others = old.split(), new.split()
    first = _common(words, others)
    last = _common(words[first:][::-1], others[first:][::-1])
    one, other = (cut(_around(each, first, len(each) - last)) for each in (words, others))
    return f"“{one}”", f"“{other}”"


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    return sum(takewhile(bool, map(eq, words, others)))


def _around(words: Sequence[str], first: int, end: int) -> str:
    start, stop = max(0, first - _AROUND), min(len(words), end + _AROUND)
    before, after = "… " if start else "", " …" if stop < len(words) else ""
    return f"{before}{' '.join(words[start:stop])}{after}"
