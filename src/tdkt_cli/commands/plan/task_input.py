"""What `tdkt add` makes of what was typed: the keys of a task and of its deadlines, as YAML writes them, validated before they go in.

Words that say when are read as `tdkt read` reads them; only what they say for sure is taken without asking.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from tdkt_cli.commands.shared.prompt import Prompt, clean
from tdkt_cli.commands.shared.session import print_error
from tdkt_cli.commands.shared.values import DAY, read_day
from tdkt_cli.core.deadline_yaml import new_slug, party_keys, scalar, when_keys, words_on_lines
from tdkt_cli.core.messages import msg
from tdkt_cli.core.phrases import Reading, Result, read
from tdkt_cli.core.plan import Deadline, Plan, Task, When
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.dump import Data, block
from tdkt_cli.files.parser import build
from tdkt_cli.render.phrase import phrase_lines
from tdkt_cli.rules.words import plan_year
from tdkt_cli.schema.problems import explained as problems
from tdkt_cli.schema.scalars import Model

M = TypeVar("M", bound=Model)
Keys = dict[str, Data]
KINDS = ("before", "by", "day", "within", "every", "waiting", "ongoing")
_DATED = ("before", "by", "day", "within")
_DATE_SIGNS = re.compile(r"[0-9A-Za-z:/.-]+", re.ASCII)
_WHEN_OPTIONS = ", ".join(f"--{kind}" for kind in KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of a deadline: by key, the dates (`true` for ongoing), its words, id, party and act; empty where nothing was."""

    dates: Mapping[str, str]
    text: str
    id: str
    who: str
    what: str

    @property
    def says_when(self) -> bool:
        """Whether a date or words that may hold one were typed."""
        return bool(self.text.strip() or any(self.dates.values()))


@dataclass(frozen=True, slots=True)
class Timed:
    """What was made of it: the words for when as they stand in the document, empty where there are none, and the deadlines."""

    words: str
    deadlines: list[Keys]


def timed(typed: Typed, plan: Plan, prompt: Prompt, today: date) -> Timed:
    """The deadlines that were typed: one by its date, or those that the words name. Raises UsageError."""
    given = {kind: value for kind, value in typed.dates.items() if value}
    if len(given) > 1:
        raise UsageError(msg("a deadline has only one of {options}", options=_WHEN_OPTIONS))
    for kind, value in given.items():
        when = {kind: _date(kind, value, plan, today)}
        return Timed(clean(typed.text), [{**when, **_parties(typed, None, None)}])
    question = msg("When, in the words of the document: trước ngày 20/02/2023")
    result = prompt.required(typed.text, f"--text ({_WHEN_OPTIONS})", question, _reader(plan, prompt, today))
    single = len(result.readings) == 1
    if not single and (typed.id or typed.who or typed.what):
        raise UsageError(
            msg(
                "the words name several deadlines, so --deadline-id, --who and --what do not apply; add the deadlines one by one"
            )
        )
    entries: list[Keys] = [
        {
            **when_keys(reading.when),
            **_parties(typed, reading.who, reading.what),
            **({} if single else {"text": scalar(reading.text)}),
        }
        for reading in result.readings
    ]
    return Timed(result.phrase, entries)


def _parties(typed: Typed, who: str | None, what: str | None) -> dict[str, str]:
    """The party and act that were typed, else those that the words name."""
    own = {"who": clean(typed.who), "what": clean(typed.what)}
    said = party_keys(who, what)
    return {key: scalar(words) if words else said[key] for key, words in own.items() if words or key in said}


def _date(kind: str, typed: str, plan: Plan, today: date) -> str:
    """The value of a key that says when; one that does not fit is left for the validation to refuse."""
    text = clean(typed)
    if kind not in _DATED:
        return "true" if kind == "ongoing" else scalar(text)
    try:
        return read_day(text, _reckoned_from(plan, today), f"--{kind}").isoformat()
    except UsageError:
        if DAY.fullmatch(text):
            raise
        return text if _DATE_SIGNS.fullmatch(text) else scalar(text)


def _reckoned_from(plan: Plan, today: date) -> date:
    """The day in whose year a date without one is meant."""
    year = plan_year(plan)
    return date(year, 1, 1) if year else today


def _reader(plan: Plan, prompt: Prompt, today: date) -> Callable[[str], Result]:
    def reader(words: str) -> Result:
        """What the words say. Raises UsageError unless they say it for sure, or a person agrees or gives the day."""
        result = read(clean(words), plan_year(plan))
        if result.readings and not result.unread and all(reading.sure for reading in result.readings):
            return result
        for line in phrase_lines(result, prompt.language):
            print_error(line)
        if result.readings and prompt.confirm(msg("Is this what is meant? (y/n)")):
            return result
        day = prompt.ask(
            msg("The last day in time, such as 20/02/2023 (Enter: none)"),
            lambda typed: read_day(typed, _reckoned_from(plan, today), "--by"),
        )
        if day:
            span = (0, len(result.phrase))
            when = When(kind="by", end=day)
            meant = Reading(when=when, who=None, what=None, text=result.phrase, span=span, sure=True)
            return Result(result.phrase, (meant,), "")
        raise UsageError(msg("the words do not clearly say when; give the date too: {options}", options=_WHEN_OPTIONS))

    return reader


def with_ids(entries: list[Keys], words: str, typed_id: str, taken: set[str]) -> list[Keys]:
    """The deadlines with ids, from their party, act or words, that are not taken yet. Raises UsageError for one typed that is."""
    named: list[Keys] = []
    if typed_id in taken:
        raise UsageError(msg("the id {id} is in use in this task; choose another", id=typed_id))
    for entry in entries:
        source = next((str(entry[key]) for key in ("who", "what", "text") if key in entry), words)
        id_ = typed_id or new_slug(source, taken)
        taken = taken | {id_}
        named.append({"id": scalar(id_), **entry})
    return named


def first_id(task: Task, deadline: Deadline) -> str:
    """An id for the deadline of a task that had only this one."""
    return new_slug(next(filter(None, (*deadline.who, deadline.what, task.text(deadline))), ""), ())


def text_keys(words: str, note: str) -> Keys:
    """The words and the note of a deadline, where there are some."""
    found = {"text": clean(words), "note": clean(note)}
    return {key: words_on_lines(text) for key, text in found.items() if text}


def validated(model: type[M], data: Keys, options: Mapping[str, str]) -> M:
    """The data as it will be read back. Raises UsageError that names the option, by key (those of deadlines begin with a dot)."""
    built = build("\n".join(block("value", data)))
    for problem in built.problems:
        raise UsageError(problem.message)
    try:
        return model.model_validate(built.data["value"])
    except ValidationError as error:
        # that of the id may follow from the section
        wrong = min(problems(error, model), key=lambda problem: problem.path == ("id",))
        first, *rest = [*(step for step in wrong.path if isinstance(step, str)), ""]
        place = f".{rest[0]}" if first == "deadlines" and rest[0] else first
        option = options.get(place, f"--{place.removeprefix('.')}")
        raise UsageError(msg("{option}: {problem}", option=option, problem=wrong.message)) from None
