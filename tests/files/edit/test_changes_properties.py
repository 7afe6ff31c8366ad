"""Random edits of plans, as they stand and rewritten in every way that YAML knows: what was asked is in them, and nothing else has changed.

A rewriter writes the data of a plan anew: in odd indentation, in braces, with every kind of quotes and of blocks, with comments in every place
that takes one. Each comment has a number, so that a lost one is missed.
"""

import copy
import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_cli.core.deadline_yaml import scalar
from tdkt_cli.core.findings import Lines
from tdkt_cli.files.edit.changes import Append, Drop, Put, Replace, changed
from tdkt_cli.files.edit.splices import Editor
from tdkt_cli.files.loader import load
from tdkt_cli.files.parser import build
from tdkt_cli.files.syntax_tree import Tree
from tdkt_cli.schema.plan import PlanModel
from tdkt_cli.schema.scalars import FlowList, Untyped

PLANS = sorted((Path(__file__).parents[3] / "plans").glob("*.yaml"))
DATA = [build(path.read_text("utf-8")).data for path in PLANS]
PARTIES = {"lead", "executor", "coordinator", "advisor", "who"}
FLOOR = 4
COMMENTS = (
    "- a: b",
    "{",
    "]",
    '"',
    "'",
    "",
    "? x",
    "😀 : ngày",
    "|+",
    "- ",
    "\\",
    "k:   [a, b",
    "tabs\there ",
    "...",
    "---",
)
HOSTILE = (
    "họp",
    "a: b",
    "a, b",
    "# c",
    "a #b",
    "[x]",
    "{y: z}",
    "- d",
    "? e",
    "\"ngoặc\" 'đơn'",
    "010",
    "2023-01-01",
    "yes",
    "~",
    "😀 𝒜",
    "e\u0301",
    "a\\b",
    "%a",
    "@b",
    "x:",
    "a?b",
    "&a *b !c",
    "dài " * 40 + "hết",
    "| a",
    "> b",
    "`",
    "a\u00a0b",
    ",",
)


class Writer:
    """Writes data as YAML, choosing by chance how."""

    def __init__(self, chance, flow):
        self.chance, self.flow, self.comments = chance, flow, 0

    def once(self, share):
        return self.chance.random() < share

    def comment(self):
        self.comments += 1
        return f"#c{self.comments}. {self.chance.choice(COMMENTS)}".rstrip(" ")

    def tail(self, share=0.15):
        return self.chance.choice(("", "", " ", "   ")) + (f" {self.comment()}" if self.once(share) else "")

    def between(self, most):
        """Lines that say nothing, indented by `most` at most."""
        while self.once(0.2):
            space = " " * self.chance.randint(0, most)
            yield space + (self.comment() if self.once(0.7) else "")

    def text(self, data):
        head = "".join(f"{line}\n" for line in self.between(3))
        head += self.chance.choice(("", "", "", "---\n", "%YAML 1.1\n---  #c0. y\n"))
        text = head + "".join(f"{line}\n" for line in self.mapping(data, 0))
        text += self.chance.choice(("", "", "", "...\n", "# hết\n", "...\n#c00. k\n"))
        text = text.removesuffix("\n") if self.once(0.25) else text
        text = text.replace("\n", "\r\n") if self.once(0.25) else text
        return (b"\xef\xbb\xbf" if self.once(0.25) else b"") + text.encode()

    def mapping(self, data, column):
        for key, value in data.items():
            lines = list(self.entry(key, value, column))
            yield from lines
            if not re.search(r"[|>]\d?\+", "".join(lines[-20:])):  # what it keeps is its own
                yield from self.between(column)

    def entry(self, key, value, column):
        space, name = " " * column, self.key(key)
        if self.once(0.05):
            yield f"{space}? {name}{self.tail()}"
            yield from self.between(column)
            head = f"{space}:"
        else:
            head = f"{space}{name}{self.chance.choice(('', '', '', ' ', '  '))}:"
        yield from self.value(head, value, column, key)

    def value(self, head, value, column, key):
        inner = column + self.chance.randint(1, 6)
        if isinstance(value, dict | list) and (
            not value or (self.flow and self.once(self.flow) and flowable(value, key))
        ):
            first, *rest = self.braces(value, inner)
            yield from (f"{head} {first}", *rest)
        elif isinstance(value, dict):
            yield head + self.tail()
            yield from self.between(inner)
            yield from self.mapping(value, inner)
        elif isinstance(value, list):
            yield head + self.tail()
            inner = self.chance.choice((column, inner))
            yield from self.between(inner)
            for item in value:
                yield from self.item(item, inner)
        else:
            yield from self.scalar(head, value, inner)

    def item(self, value, column):
        dash = " " * column + "-"
        if not isinstance(value, dict):
            yield from self.value(dash, value, column, "")
        elif self.flow and self.once(self.flow) and flowable(value, ""):
            first, *rest = self.braces(value, column + 1)
            yield from (f"{dash} {first}", *rest)
        else:
            inner = column + self.chance.randint(2, 6)
            lines = list(self.mapping(value, inner))
            if self.once(0.2):
                yield dash + self.tail()
                yield from self.between(inner)
                yield from lines
            else:
                yield dash + lines[0][column + 1 :]
                yield from lines[1:]

    def key(self, key):
        styles = [f'"{key}"', f"'{key}'"] if self.once(0.15) else [key]
        return self.chance.choice(styles) if re.fullmatch(r"[\w.-]+", key) else json.dumps(key, ensure_ascii=False)

    def broken(self, words, indent, share):
        """Words over several lines, each broken where one space is."""
        return re.sub(r"(?<=[^\W\d_]) (?=[^\W\d_])", lambda _: f"\n{' ' * indent}" if self.once(share) else " ", words)

    def inline(self, value, indent, *, flow):
        """A scalar outside of blocks."""
        if isinstance(value, Untyped):
            return str(value)
        share = self.chance.choice((0, 0, 0.3))
        styles = [self.broken(json.dumps(value, ensure_ascii=False), indent, 0 if "\\" in value else share)]
        if "\n" not in value and value == value.strip():
            styles.append("'" + self.broken(value.replace("'", "''"), indent, share) + "'")
            if scalar(value) == value and not (flow and re.search(r"[][{},?:#]", value)):
                styles += [self.broken(value, indent, share)] * 2
        return self.chance.choice(styles)

    def scalar(self, head, value, indent):
        if (
            not isinstance(value, Untyped)
            and value.strip()
            and self.once(0.3)
            and not re.search(r"[ \t]+$|\t", value, re.MULTILINE)
        ):
            yield from self.block(head, value, indent)
            return
        written = self.inline(value, indent, flow=False).split("\n")
        if self.once(0.1):
            yield head + self.tail()
            yield from self.between(indent)
            head = " " * (indent - 1)
        gap = self.chance.choice((" ", " ", " ", "   ", *(("\t", " \t ") if len(head.strip()) > 1 else ())))
        for number, line in enumerate(written):
            yield (head + gap if not number else "") + line + (self.tail() if number == len(written) - 1 else "")

    def block(self, head, value, indent):
        stripped = value.rstrip("\n")
        ends = len(value) - len(stripped)
        chomp = {0: "-", 1: self.chance.choice(("", "+"))}.get(ends, "+")
        column = len(head) - len(head.lstrip(" "))
        sign = str(indent - column) if value[0] in " \n" or (self.once(0.2) and head.strip() != "-") else ""
        if value[0] in " \n" and head.strip()[0] in "-:":
            yield f"{head} {json.dumps(value, ensure_ascii=False)}"
            return
        folds = not re.search(r"^ |\n\n", stripped, re.MULTILINE) and self.once(0.4)
        if folds:
            stripped = self.broken(stripped.replace("\n", "\n\n"), 0, 0.2)
        yield f"{head} {'>' if folds else '|'}{sign}{chomp}" + (f" {self.comment()}" if self.once(0.2) else "")
        yield from (f"{' ' * indent}{line}" if line else "" for line in stripped.split("\n"))
        yield from [""] * (ends - 1 if chomp == "+" else self.chance.choice((0, 0, 2)))

    def braces(self, value, indent):
        """Lines of a mapping or list in braces; all but the first are indented."""
        begin, end = "{}" if isinstance(value, dict) else "[]"
        parts = []
        for key, inner in value.items() if isinstance(value, dict) else ((None, inner) for inner in value):
            text = (
                "\n".join(self.braces(inner, indent))
                if isinstance(inner, dict | list)
                else self.inline(inner, indent, flow=True)
            )
            parts.append(
                text
                if key is None
                else f"{self.key(key) if scalar(key) == key else json.dumps(key, ensure_ascii=False)}: {text}"
            )
        between = [self.chance.choice((", ", ", ", ",  ", f",\n{' ' * indent}", f", {self.comment()}\n{' ' * indent}",
            f",\n{' ' * indent}{self.comment()}\n{' ' * indent}", f" {self.comment()}\n{' ' * indent}, ")) for _ in parts[1:]]  # fmt: skip
        whole = "".join(part + gap for part, gap in zip(parts, [*between, ""], strict=False))
        last = self.chance.choice(("", "", " ", f"\n{' ' * indent}", f" {self.comment()}\n{' ' * indent}"))
        last = ("," if parts and self.once(0.1) else "") + last
        return f"{begin}{self.chance.choice(('', ' '))}{whole}{last}{end}".split("\n")


def flowable(value, key):
    """Whether a value can stand in braces: a list of parties cannot."""
    if isinstance(value, dict):
        return all(flowable(inner, name) for name, inner in value.items())
    return not isinstance(value, list) or (key not in PARTIES and all(flowable(inner, "") for inner in value))


def excerpt(chance):
    """A plan with a few tasks of the bundled ones, with progress."""
    data = copy.deepcopy({**chance.choice(DATA), "id": "a"})
    data["tasks"] = chance.sample(data["tasks"], chance.randint(1, 3))
    for _ in range(chance.randint(0, 6)):
        path, key, value, _ = chance.choice(list(additions(data, chance)))
        put(data, path, key, value)
    for *_, deadline in deadlines(data):
        if "done" not in deadline and chance.random() < 0.1:
            deadline[chance.choice(("received", "occurrences"))] = {}
        if chance.random() < 0.1 and "every" not in deadline:
            deadline.setdefault("moved", FlowList())
    return data if model(data) else excerpt(chance)


def deadlines(data):
    for row, task in enumerate(data["tasks"]):
        for place, deadline in enumerate(task["deadlines"]):
            yield ("tasks", row, "deadlines", place), deadline


def at(data, path):
    for step in path:
        data = data[step]
    return data


def put(data, path, key, value):
    for step in path:
        if isinstance(step, str) and step not in data:
            data[step] = {} if key else []
        data = data[step]
    if key is None:
        data.append(value)
    else:
        data[key] = value


def day(chance):
    return Untyped(f"2023-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}")


def additions(data, chance):
    """What can be put where: path, key (None: append), data, and whether a key is missing there."""
    words = chance.choice(HOSTILE).strip()
    dated = chance.choice((day(chance), {"date": day(chance), "document": words}, {"date": day(chance), "note": words}))
    for path, deadline in deadlines(data):
        recurs = "every" in deadline
        progress = [path] if not recurs else [(*path, "occurrences", day(chance))]
        for place in progress:
            own = deadline if not recurs else {}
            if not {"done", "cancelled"} & own.keys():
                yield place, chance.choice(("done", "cancelled" if isinstance(dated, Untyped) else "done")), dated, True
            yield (*place, "received"), chance.choice(HOSTILE).strip(), dated, True
            if "note" not in own:
                yield place, "note", words, True
            if not recurs:
                move = {chance.choice(("by", "before", "day")): day(chance), "document": words, "date": day(chance)}
                yield (*place, "moved"), None, move, True
        if "after" in deadline and "occurred" not in deadline["after"]:
            yield (*path, "after"), "occurred", day(chance), True


def removals(data):
    for path, deadline in deadlines(data):
        yield from ((*path, key) for key in ("done", "cancelled", "note") if key in deadline and len(deadline) > 1)
        yield from ((*path, "received", name) for name in deadline.get("received", ()))
        yield from ((*path, "moved", place) for place in range(len(deadline.get("moved", ()))))
        for occurrence, own in deadline.get("occurrences", {}).items():
            yield from ((*path, "occurrences", occurrence, key) for key in own)


def replaceable(data):
    for path, deadline in deadlines(data):
        yield from ((*path, key) for key in ("text", "what", "note") if key in deadline)
        yield from ((*path, key) for key in ("by", "before", "day", "done") if isinstance(deadline.get(key), Untyped))


def written(value):
    """Data as a change takes it: its scalars as YAML writes them."""
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    return (
        str(value)
        if isinstance(value, Untyped)
        else scalar(value)
        if " ".join(value.split()) == value
        else json.dumps(value, ensure_ascii=False)
    )


def an_edit(data, chance, kinds=("put", "put", "put", "drop", "replace")):
    """A change, carried out in the data; and its opposite, None where it has none."""
    kind = chance.choice(kinds)
    if kind == "drop" and (found := list(removals(data))):
        path = chance.choice(found)
        gone = path
        while len(gone) > FLOOR + 1 and len(at(data, gone[:-1])) == 1:
            gone = gone[:-1]
        if len(at(data, gone[:-1])) > 1:
            del at(data, gone[:-1])[gone[-1]]
            return Drop(path, floor=FLOOR), None
    if kind == "replace" and (found := list(replaceable(data))):
        path = chance.choice(found)
        words = [words for words in HOSTILE if words != at(data, path)]
        value = day(chance) if isinstance(at(data, path), Untyped) else chance.choice(words)
        at(data, path[:-1])[path[-1]] = value
        return Replace(path, written(value)), None
    path, key, value, _ = chance.choice(list(additions(data, chance)))
    above = data
    for step in path:  # what is empty goes with the last thing in it
        above = above.get(step) if isinstance(above, dict) else above[step]
        if above is None or above in ({}, []):
            break
    undoable = above is None or bool(above)
    if key is None:
        existing = at(data, path[:-1]).setdefault("moved", [])
        existing.append(value)
        return Append(path, written(value)), Drop((*path, len(existing) - 1), FLOOR) if undoable else None
    if key in (above or {}):
        return an_edit(data, chance, kinds)
    put(data, path, key, value)
    return Put(path, key, written(value)), Drop((*path, key), FLOOR) if undoable else None


def model(data):
    try:
        return PlanModel.model_validate(data).model_dump(exclude_unset=True)
    except ValueError:
        return None


class Edited:
    """A file on the disk, changed in memory."""

    def __init__(self, path, data):
        self.path = path
        path.write_bytes(data)
        self.loaded = load(path, "a.yaml")
        assert [str(found.message) for found in self.loaded.findings] == [], data.decode()

    @property
    def model(self):
        return self.loaded.model.model_dump(exclude_unset=True)

    def after(self, *asked):
        return changed(self.path, self.loaded.source, asked).after


def lines_of(source, change):
    """The lines that a change may take away or write anew: those of the key or item that goes or changes; the rest stays."""
    node, path = source.marks.top, change.path
    if isinstance(change, Put | Append):
        return set()
    for step in path[:FLOOR]:
        node = node.children[step]
    for depth in range(FLOOR, len(path)):
        if isinstance(change, Drop) and all(
            len(source.marks.node(path[:n]).children) == 1 for n in range(depth + 1, len(path))
        ):
            path = path[: depth + 1]
            break
    above, node = source.marks.node(path[:-1]), source.marks.node(path)
    begin = above.keys.get(path[-1]) or (node.event if isinstance(node, Tree) else node)
    end = node.end if isinstance(node, Tree) else node
    dash = 0 if isinstance(path[-1], str) else 4  # it can stand above its item, with comments between
    return set(range(begin.start_mark.line - dash, end.end_mark.line + 1))


def assert_only(before, after, change, source):
    """All comments stay but for those on the lines of what goes; what only comes in takes nothing away."""
    for line, text in enumerate(source.lines):
        for comment in re.findall(r"#c\d+\.", text):
            if line not in lines_of(source, change):
                assert comment.encode() in after, (comment, change)
    old, new = before.splitlines(), after.splitlines()
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = next(
        (n for n, (a, b) in enumerate(zip(old[same:][::-1], new[same:][::-1], strict=False)) if a != b),
        min(len(old), len(new)) - same,
    )
    gone, came = old[same : len(old) - rest], new[same : len(new) - rest]
    if isinstance(change, Put | Append) and gone and len(came) > 1:  # empty brackets on the line of their key give way
        assert len(gone) == 1, (gone, came)
        assert re.sub(rb":\s*[\[{]\s*[\]}]", b":", gone[0], count=1) == came[0]
    elif isinstance(change, Put | Append) and gone:
        assert len(gone) == len(came) == 1, (gone, came)  # in braces
        assert came[0].startswith(gone[0][: len(came[0]) - len(came[0].lstrip())])
        assert re.sub(rb"\s", b"", came[0])[:1] == re.sub(rb"\s", b"", gone[0])[:1]
        assert is_part(gone[0], came[0])
    if isinstance(change, Drop | Replace):
        assert gone
    ends = {b"\r\n" if b"\r\n" in before else b"\n"}
    assert set(re.findall(rb"\r?\n", after)) <= ends


def is_part(old, new):
    """Whether a line became another by something that was put into it."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return new.endswith(old[same:])


def without_ends(found):
    """A model whose texts have no line ends behind them."""
    if isinstance(found, dict):
        return {key: without_ends(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [without_ends(value) for value in found]
    return found.rstrip("\n") if isinstance(found, str) else found


def assert_model(file, data, text):
    """A block at the very end of a file without a line end has one once something stands below it."""
    same = (lambda found: found) if text.endswith(b"\n") else without_ends
    assert same(file.model) == same(model(data))


EXAMPLES = settings(max_examples=200, derandomize=True, deadline=None, database=None)


@EXAMPLES
@given(seed=st.integers(0, 2**32), flow=st.sampled_from((0, 0.4)))
def test_only_what_is_asked_changes_and_its_opposite_takes_it_back(seed, flow, tmp_path_factory):
    chance = random.Random(seed)  # noqa: S311
    data = excerpt(chance)
    text = Writer(chance, flow).text(data)
    file = Edited(tmp_path_factory.getbasetemp() / "a.yaml", text)
    change, opposite = an_edit(data, chance)
    after = file.after(change)  # nothing is refused
    then = Edited(file.path, after)
    assert_model(then, data, text)
    assert_only(text, after, change, file.loaded.source)
    if opposite:
        assert then.after(opposite) == text


@EXAMPLES
@given(seed=st.integers(0, 2**32), flow=st.sampled_from((0, 0.4)))
def test_several_changes_at_once(seed, flow, tmp_path_factory):
    chance = random.Random(seed)  # noqa: S311
    data = excerpt(chance)
    text = Writer(chance, flow).text(data)
    file = Edited(tmp_path_factory.getbasetemp() / "a.yaml", text)
    edits = [an_edit(data, chance) for _ in range(chance.randint(2, 8))]
    then = Edited(file.path, file.after(*(change for change, _ in edits)))
    assert_model(then, data, text)
    if all(opposite for _, opposite in edits):
        assert then.after(*(opposite for _, opposite in reversed(edits))) == text


@EXAMPLES
@given(seed=st.integers(0, 2**32), flow=st.sampled_from((0, 0.2)))
def test_lines_are_put_where_they_can_be(seed, flow, tmp_path_factory):
    chance = random.Random(seed)  # noqa: S311
    data = excerpt(chance)
    text = Writer(chance, flow).text(data)
    file = Edited(tmp_path_factory.getbasetemp() / "a.yaml", text)
    editor = Editor(file.loaded.source)
    free = [path for path, deadline in deadlines(data) if not {"publish", "dossier"} & deadline.keys()]
    taken = [path for path in free if editor.takes_lines(path)]
    assert flow or taken == free
    for path in taken:
        at(data, path).update({"publish": Untyped("false"), "dossier": {"items": ["b"]}})
    after = file.after(*(Lines(path, ("publish: false  # ai", "dossier:", "  items:", "  - b")) for path in taken))
    assert_model(Edited(file.path, after), data, text)
    came = iter(after.splitlines())
    assert all(line in came for line in text.splitlines())
    assert after.count(b"publish: false  # ai") == len(taken)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_many_changes_of_the_bundled_plans(path, tmp_path):
    chance = random.Random(path.stem)  # noqa: S311
    text = path.read_bytes()
    data = build(text.decode()).data
    file = Edited(tmp_path / "a.yaml", text)
    edits = [an_edit(data, chance) for _ in range(60)]
    assert Edited(file.path, file.after(*(change for change, _ in edits))).model == model(data)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_what_is_put_into_the_bundled_plans_takes_nothing_away_and_can_be_taken_out(path, tmp_path):
    chance = random.Random(path.stem)  # noqa: S311
    text = path.read_bytes()
    data = build(text.decode()).data
    file = Edited(tmp_path / "a.yaml", text)
    edits = [an_edit(data, chance, ["put"]) for _ in range(60)]
    after = file.after(*(change for change, _ in edits))
    came = iter(after.splitlines())
    assert all(line in came for line in text.splitlines())
    then = Edited(file.path, after)
    assert then.model == model(data)
    assert then.after(*(opposite for _, opposite in reversed(edits))) == text
