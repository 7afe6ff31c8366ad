"""Matching of the tasks of two plans: by id, by former ids, and in a renumbered plan by the likeness of texts.

How alike two texts are is the share of words and pairs of words that they have in common, rare ones counting more (weighted Dice).
Years count from the year of the plan, so that this year's and last year's plan have words in common; other numbers stay, since the
first and the second round of a thing are two things. Everything is in proportion to the number of tasks: a text is held against the
few that share its rarest words.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from tdkt_cli.core.plan import ROLES, Deadline, Plan, Task
from tdkt_cli.core.text import one_line

LIKE = 0.5  # from here on two texts say the same thing; measured on the plans of one office for two years
_SAME_ID = 0.1  # what bearing the same id in the same plan adds
_TIE = 0.02  # what it adds in another plan
_TEXT, _PARTIES, _SECTION = 0.75, 0.15, 0.1  # what text, parties and section are worth
_MOST_CANDIDATES = 24
_COMMON = 64  # a word in so many tasks leads to none
_MOST_PAIRS = 4096
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")

T = TypeVar("T")
Named = Plan | Task | Deadline
Words = Counter[str]
Pairs = list[tuple[int, int]]
Matched = tuple[Pairs, list[int], list[int]]
Groups = list[tuple[tuple[int, ...], tuple[int, ...]]]


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts are equal apart from white space and Unicode form."""
    return one == other or normal(one) == normal(other)


def normal(text: str | None) -> str:
    """Return the text in NFC, with single spaces."""
    return one_line(unicodedata.normalize("NFC", text or ""))


def without(items: Iterable[T], others: Iterable[object]) -> list[T]:
    """Return the items that the others lack, counting equal ones; white space and Unicode form do not count."""
    known = Counter(normal(str(each)) for each in others)
    left = []
    for each in items:
        key = normal(str(each))
        if known[key]:
            known[key] -= 1
        else:
            left.append(each)
    return left


def matched_tasks(old: Plan, new: Plan) -> Matched:
    """Return the pairs of tasks that match, by index; then the indexes in `old` and in `new` without a match."""
    one_plan = old.id == new.id
    match = _Match(len(old.tasks), len(new.tasks))
    texts = [[_identity(plan, task) for task in plan.tasks] for plan in (old, new)]
    same_ids = _same_ids(old.tasks, new.tasks) if one_plan else []
    match.take((i, j) for i, j in same_ids if texts[0][i] == texts[1][j])
    if one_plan:
        places = _first_places(old.tasks)
        former = [(id_, j) for j, task in enumerate(new.tasks) for id_ in task.former_ids]
        match.take((places[id_], j) for id_, j in former if id_ in places)
    match.take(_identical(texts[0], texts[1], match))
    match.take(_alike(old, new, match, _SAME_ID if one_plan else _TIE))
    match.take(same_ids)
    return match.result()


def matched_deadlines(old: Task, new: Task) -> Groups:
    """Return the pairs of deadlines of two versions of a task that match, by index.

    A group has one place on each side, several on one side where a deadline was split or several were made one, and none on one side
    where a deadline came or went.
    """
    match = _Match(len(old.deadlines), len(new.deadlines))
    match.take(_same_ids(old.deadlines, new.deadlines))
    olds, news = match.open()
    rest: Groups = [(tuple(olds), tuple(news))]
    if not _parted(old, new, olds, news):
        if len(old.deadlines) == len(new.deadlines) == 1:
            match.take([(0, 0)])
        match.take(_alike_deadlines(old, new, olds, news))
        gone, come = match.open()
        rest = [*(((i,), ()) for i in gone), *(((), (j,)) for j in come)]
    return [*(((i,), (j,)) for i, j in match.result()[0]), *rest]


def _parted(old: Task, new: Task, olds: list[int], news: list[int]) -> bool:
    """Whether the one of these deadlines became the several: the only one of its task, or like each of them."""
    if min(len(olds), len(news)) != 1 or len(olds) == len(news):
        return False
    return min(len(old.deadlines), len(new.deadlines)) == 1 or all(
        deadline_likeness(old.deadlines[i], new.deadlines[j]) >= LIKE / 2 for i in olds for j in news
    )


def deadline_likeness(old: Deadline, new: Deadline) -> float:
    """Return the likeness of two deadlines, from 0 to 1."""
    same_day = old.when == new.when
    same_party = old.who == new.who
    return 0.6 * _dice(_deadline_words(old), _deadline_words(new), {}) + 0.25 * same_day + 0.15 * same_party


def matched_plans(old: Sequence[Plan], new: Sequence[Plan]) -> Matched:
    """Return the pairs of plans with one id, or that share at least half of their tasks' texts, by index; then those without a match."""
    match = _Match(len(old), len(new))
    match.take(_same_ids(old, new))
    olds, news = (
        {place: {_identity(plans[place], task) for task in plans[place].tasks} for place in places}
        for plans, places in zip((old, new), match.open(), strict=True)
    )
    where: dict[str, list[int]] = defaultdict(list)
    for j, texts in news.items():
        for text in texts:
            where[text].append(j)
    for i, texts in olds.items():
        shared = Counter(j for text in texts for j in where.get(text, ())[:_COMMON])
        match.take((i, j) for j, count in shared.most_common() if 2 * count >= max(len(texts), len(news[j])))
    return match.result()


class _Match:
    """Pairs of indexes, and the indexes on both sides that are in none, in order."""

    def __init__(self, old: int, new: int) -> None:
        self.pairs: Pairs = []
        self._old, self._new = dict.fromkeys(range(old)), dict.fromkeys(range(new))

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add those pairs of which neither index is taken."""
        for i, j in pairs:
            if i in self._old and j in self._new:
                del self._old[i], self._new[j]
                self.pairs.append((i, j))

    def open(self) -> tuple[list[int], list[int]]:
        return [*self._old], [*self._new]

    def result(self) -> Matched:
        return sorted(self.pairs, key=lambda pair: pair[1]), *self.open()


def _identical(old: list[str], new: list[str], match: _Match) -> Iterator[tuple[int, int]]:
    """Places of the same text, first to first."""
    olds, news = match.open()
    where: dict[str, list[int]] = defaultdict(list)
    for j in reversed(news):
        where[new[j]].append(j)
    return ((i, where[old[i]].pop()) for i in olds if where[old[i]])


@dataclass(frozen=True, slots=True)
class _Portrait:
    """The words that identify a task, weighted."""

    title: Words
    text: Words
    parties: Words
    section: str


def _alike(old: Plan, new: Plan, match: _Match, same_id: float) -> Pairs:
    """Return the pairs of unmatched tasks that are alike, the most alike first."""
    olds, news = match.open()
    mine = {i: _portrait(old, old.tasks[i]) for i in olds}
    theirs = {j: _portrait(new, new.tasks[j]) for j in news}
    count = Counter(
        word for portrait in (*mine.values(), *theirs.values()) for word in {*portrait.title, *portrait.text}
    )
    weights = {word: math.log(1 + (len(mine) + len(theirs)) / found) for word, found in count.items()}
    where: dict[str, list[int]] = defaultdict(list)
    for j, portrait in theirs.items():
        for word in {*portrait.title, *portrait.text}:
            where[word].append(j)
    namesake = {new.tasks[j].id: j for j in reversed(news)}
    likenesses = []
    for i in olds:
        same = namesake.get(old.tasks[i].id)
        for j in {*_candidates(mine[i], where, weights), *(() if same is None else (same,))}:
            likeness = _likeness(mine[i], theirs[j], weights) + (same_id if j == same else 0)
            likenesses.append((likeness, i, j))
    return _best_first(likenesses)


def _best_first(likenesses: Iterable[tuple[float, int, int]]) -> Pairs:
    """The pairs that are alike, the most alike first; of equals those that keep the order."""
    scored = ((-round(likeness, 2), abs(i - j), i, j) for likeness, i, j in likenesses if likeness >= LIKE)
    return [(i, j) for *_, i, j in sorted(scored)]


def _candidates(portrait: _Portrait, where: Mapping[str, Sequence[int]], weights: Mapping[str, float]) -> Iterable[int]:
    """The few places that share the rarest words of a portrait."""
    chosen: dict[int, None] = {}
    for word in sorted({*portrait.title, *portrait.text}, key=lambda word: (-weights[word], word)):
        places = where.get(word, ())
        chosen |= dict.fromkeys(places if len(places) <= _COMMON else ())
        if len(chosen) >= _MOST_CANDIDATES:
            break
    return chosen


def _alike_deadlines(old: Task, new: Task, olds: list[int], news: list[int]) -> Pairs:
    if len(olds) * len(news) > _MOST_PAIRS:
        return []
    return _best_first((deadline_likeness(old.deadlines[i], new.deadlines[j]), i, j) for i in olds for j in news)


def _likeness(one: _Portrait, other: _Portrait, weights: Mapping[str, float]) -> float:
    text = max(_dice(one.title, other.title, weights), _dice(one.text, other.text, weights))
    parties = _dice(one.parties, other.parties, {})
    return _TEXT * text + _PARTIES * parties + _SECTION * (one.section == other.section)


def _dice(one: Words, other: Words, weights: Mapping[str, float]) -> float:
    """Twice the weight of what two bags of words have in common, to the weight of both; two empty ones are the same."""
    if not one and not other:
        return 1.0
    common = sum(weights.get(word, 1.0) * min(count, other[word]) for word, count in one.items() if word in other)
    whole = sum(weights.get(word, 1.0) * count for bag in (one, other) for word, count in bag.items())
    return 2 * common / whole


def _portrait(plan: Plan, task: Task) -> _Portrait:
    year = plan.period.start.year
    title = _words(task.title, year)
    parties = Counter(f"{role} {name.casefold()}" for role in ROLES for name in getattr(task, role))
    section = " ".join(_tokens(plan.sections.get(task.section or "", ""), year))
    return _Portrait(title, _words(task.content, year) if task.content else title, parties, section)


def _deadline_words(deadline: Deadline) -> Words:
    return _words(" ".join(filter(None, (deadline.what, deadline.text, deadline.when.waiting))), 0)


def _identity(plan: Plan, task: Task) -> str:
    """Return the words that identify a task, as one text."""
    names = "; ".join(name for role in ROLES for name in getattr(task, role))
    section = plan.sections.get(task.section or "", "")
    return "\n".join(map(normal, (task.title, task.content, names, section)))


def _words(text: str, year: int) -> Words:
    """Return the words of a text and its pairs of adjacent words."""
    tokens = _tokens(text, year)
    return Counter([*tokens, *(f"{first} {second}" for first, second in pairwise(tokens))])


def _tokens(text: str, year: int) -> list[str]:
    found = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return [f"{int(word) - year:+d}y" if year and _YEAR.fullmatch(word) else word for word in found]


def _first_places(named: Sequence[Named]) -> dict[str, int]:
    return {each.id: place for place, each in reversed([*enumerate(named)])}


def _same_ids(old: Sequence[Named], new: Sequence[Named]) -> Pairs:
    """The first places of each id that both have."""
    places = _first_places(new)
    return [(i, places[id_]) for id_, i in _first_places(old).items() if id_ in places]
