"""The corpus: phrases as plans of offices write them, with readings checked by hand.

`known.jsonl` was at hand while the reader was written. `unseen.jsonl` was set aside before, and is looked at only by its score.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tdkt_cli.core.phrases import read
from tdkt_cli.core.text import name_key
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import language

HERE = Path(__file__).parent
KEYS = ("kind", "start", "end", "time", "approximate", "rrule", "bound", "days", "unit", "occurred")
FORMS = {
    "single-date", "no-year", "month", "part-of-month", "month-list", "quarter", "half", "year", "before", "until", "on-day", "from-after",
    "time-of-day", "date-list", "range", "yearly", "half-yearly", "quarterly", "monthly", "weekly", "next-year", "offset", "session",
    "delegated", "ongoing", "several", "not-a-date", "slip",
}  # fmt: skip


def corpus(name):
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def shown(reading):
    """A reading as the corpus writes it: what is empty is left out."""
    when, event = reading.when, reading.when.event
    entry = {
        "kind": when.kind,
        "start": when.start and when.start.isoformat(),
        "end": when.end and when.end.isoformat(),
        "time": when.time and f"{when.time:%H:%M}",
        "approximate": when.approximate,
        "rrule": when.rrule,
        "bound": when.bound if when.rrule else None,
        "days": event and event.days,
        "unit": event and event.unit,
        "occurred": event and event.occurred and event.occurred.isoformat(),
    }
    return {key: value for key, value in entry.items() if value}


def right(entry, result):
    wanted = [{key: reading[key] for key in KEYS if key in reading} for reading in entry["readings"]]
    return Counter(map(str, map(sorted_items, wanted))) == Counter(
        str(sorted_items(shown(reading))) for reading in result.readings
    )


def sorted_items(entry):
    return sorted(entry.items())


def score(entries):
    """How many phrases of each form were right, not sure, refused, and wrong though sure."""
    counts = defaultdict(Counter)
    for entry in entries:
        result = read(entry["phrase"], entry["year"])
        verdict = (
            "right"
            if right(entry, result)
            else "refused"
            if not result.readings
            else "wrong"
            if all(reading.sure for reading in result.readings)
            else "unsure"
        )
        counts[entry["form"]][verdict] += 1
    return counts


def table(title, counts):
    verdicts = ("right", "unsure", "refused", "wrong")
    rows = [(form, *(counts[form][verdict] for verdict in verdicts)) for form in sorted(counts)]
    total = tuple(sum(row[place] for row in rows) for place in range(1, 5))
    return "\n".join(f"{name:<16}{''.join(f'{cell:>9}' for cell in cells)}" for name, *cells in [(title, *verdicts), *rows, ("all", *total)])  # fmt: skip


@pytest.mark.parametrize("name", ["known", "unseen"])
def test_every_sure_reading_is_right_and_95_of_100_phrases_are_read(name, capsys):
    entries = corpus(name)
    counts = score(entries)
    with capsys.disabled():
        sys.stdout.write(f"\n{table(name, counts)}\n")
    total = sum(counts.values(), Counter())
    assert total["wrong"] == 0
    assert total["refused"] + total["unsure"] <= 0.05 * len(entries)


@pytest.mark.parametrize("entry", corpus("known"), ids=lambda entry: entry["phrase"][:60])
def test_each_known_phrase(entry):
    result = read(entry["phrase"], entry["year"])
    assert right(entry, result), [shown(reading) for reading in result.readings]
    for reading, wanted in zip(result.readings, entry["readings"], strict=True):
        for key, words in (("who", reading.who), ("what", reading.what), ("waiting", reading.when.waiting)):
            if key in wanted:
                assert name_key(words or "") == name_key(wanted[key])


def test_the_corpus_is_as_large_and_as_varied_as_it_says():
    known, unseen = corpus("known"), corpus("unseen")
    assert len(known) + len(unseen) >= 300
    assert len(unseen) == 100
    assert {entry["form"] for entry in known} == FORMS
    phrases = [(entry["phrase"], entry["year"]) for entry in known + unseen]
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize("name", ["known", "unseen"])
def test_what_is_read_of_it_can_be_said_and_read_back(name):
    vietnamese = language("vi")
    for entry in corpus(name):
        for reading in read(entry["phrase"], entry["year"]).readings:
            said = vietnamese.say(when_words(reading.when))
            assert [again.when for again in read(said, None).readings] == [reading.when], said
