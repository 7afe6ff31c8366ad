"""The canonical form of files as people write them: nothing is lost, nothing changes, and once is enough."""

import json
import random
import re
from collections import Counter
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_cli.core.deadline_yaml import exact
from tdkt_cli.files.comments import comments
from tdkt_cli.files.edit.canonical import settled, text_of
from tdkt_cli.files.edit.formatter import formatted_bytes
from tdkt_cli.files.loader import MODELS, load_text
from tdkt_cli.files.parser import build
from tdkt_cli.files.reader import decode
from tdkt_cli.schema.layout import shape
from tdkt_cli.schema.scalars import Untyped

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "plans").rglob("*.yaml"))


PARTIES = {"lead", "executor", "coordinator", "advisor", "who"}  # these take no brackets
NAMED = {"sections", "received", "occurrences"}  # the order of what is in them is kept


class Mangler:
    """Writes data as people write YAML: in every style that loads, keys in any order, comments everywhere.

    `random` makes the choices; `comments` are those written, each another.
    """

    def __init__(self, random, *, comments=0.3, flow=0.2):
        self.random, self.share, self.flow = random, comments, flow
        self.comments = []

    def text(self, data):
        if self._may(self.flow / 8):
            return f"{self._gap('')}{self._flow(data, '', ())}{self._behind()}\n{self._gap('')}"
        lines = self._mapping(data, self.random.choice([0, 0, 0, 2]), ())
        top = [self._comment(), ""] if self._may(0.5) else []
        marks = ["---"] if self._may(0.1) else []
        end = ["...", *([self._comment()] if self._may(0.5) else [])] if self._may(0.1) else []
        return "\n".join([*top, *marks, *lines, *end]) + ("\n" if self._may(0.9) else "")

    def _may(self, share):
        return self.random.random() < share

    def _comment(self):
        signs = self.random.choice(["# ", "#", "##  ", "# - ", "# a: ", "# [", "# |"])
        self.comments.append(f"{signs}{len(self.comments)} ] }} 'x\" # y: z")
        return self.comments[-1]

    def _behind(self):
        return f"{self.random.choice([' ', '  ', '     '])}{self._comment()}" if self._may(self.share) else ""

    def _alone(self, most):
        """Lines of comments and blank lines, indented by any number of spaces up to `most`."""
        lines = []
        while self._may(self.share / 1.5):
            lines.append("" if self._may(0.4) else " " * self.random.randint(0, most) + self._comment())
        return lines

    def _mapping(self, data, column, path):
        keys = list(data)
        if not path or path[-1] not in NAMED:
            self.random.shuffle(keys)
        lines = []
        for key in keys:
            is_block = next((line for line in reversed(lines) if line), "").startswith(
                "\0"
            )  # text goes on with what is deeper
            lines += self._alone(column if is_block or not lines else column + 6)
            written = self.random.choice([exact(key), json.dumps(key, ensure_ascii=False)])
            lines += self._entry(f"{' ' * column}{written}:", data[key], column, (*path, key))
        lines += self._alone(column) if lines and path else []
        return lines if path else [line.removeprefix("\0") for line in lines]

    def _entry(self, start, value, column, path):
        if isinstance(value, str):
            return self._scalar(start, value, column)
        brackets = not (PARTIES & {path[-1]}) and (not value or self._may(self.flow))
        if brackets:
            return self._brackets(start, value, column, path)
        deeper = self.random.choice([2, 2, 2, 1, 4]) if isinstance(value, dict) else self.random.choice([0, 2, 2, 3])
        below = self._mapping if isinstance(value, dict) else self._items
        return [start + self._behind(), *below(value, column + deeper, path)]

    def _items(self, data, column, path):
        lines = []
        for index, value in enumerate(data):
            lines += self._alone(column)
            dash = f"{' ' * column}-"
            if isinstance(value, dict) and not self._may(self.flow):
                width = self.random.choice([2, 2, 2, 4])
                inner = self._mapping(value, column + width, (*path, index))
                if inner[0].strip().startswith("#") or not inner[0].strip() or self._may(0.1):
                    lines += [dash + self._behind(), *inner]
                else:
                    mark = "\0" if inner[0].startswith("\0") else ""
                    lines += [mark + dash + inner[0].removeprefix("\0")[column + 1 :], *inner[1:]]
            else:
                lines += self._entry(dash, value, column, (*path, index))
        return lines

    def _scalar(self, start, text, column):
        if isinstance(text, Untyped):
            gap = ["", " " * (column + 2)] if self._may(0.1) else None
            return (
                [start + self._behind(), f"{gap[1]}{text}{self._behind()}"]
                if gap
                else [f"{start} {text}{self._behind()}"]
            )
        indent = " " * (column + self.random.choice([1, 2, 4]))
        style = self.random.choice(["exact", "single", "double", "broken", "literal", "folded"])
        if style == "literal" and not re.match(r"\n*[ \t]|\n*$", text) and not text.endswith("\n\n"):
            keep = "-" if not text.endswith("\n") else ""
            body = text.removesuffix("\n").split("\n")
            return [f"{start} |{keep}{self._behind()}", *(f"\0{indent}{line}" if line else "\0" for line in body)]
        if style == "folded" and "\n" not in text and text.strip() == text and "  " not in text:
            return [f"{start} >-{self._behind()}", *(f"\0{indent}{line}" for line in self._broken(text))]
        if style == "broken" and text.strip() == text and "  " not in text and "\n" not in text:
            first, *rest = self._broken(json.dumps(text, ensure_ascii=False))
            lines = [f"{start} {first}", *(f"{indent}{line}" for line in rest)]
            return [*lines[:-1], lines[-1] + self._behind()]
        if style == "single" and "\n" not in text:
            return [f"{start} {self._quoted(text)}{self._behind()}"]
        return [f"{start} {json.dumps(text, ensure_ascii=False) if style == 'double' else exact(text)}{self._behind()}"]

    def _broken(self, text):
        """The words of a text on one or several lines."""
        words = text.split(" ")
        at = self.random.randint(1, len(words))
        parts = [" ".join(words[:at]), " ".join(words[at:])]
        return [part for part in parts if part] if "\\" not in parts[0][-1:] else [text]

    def _quoted(self, text):
        doubled = text.replace("'", "''")
        return f"'{doubled}'"

    def _brackets(self, start, value, column, path):
        text = self._flow(value, " " * (column + 1), path)
        return [*f"{start} {text}".split("\n")[:-1], f"{start} {text}".split("\n")[-1] + self._behind()]

    def _flow(self, value, indent, path):
        if isinstance(value, str):
            plain = isinstance(value, Untyped) or re.fullmatch(r"[^\W\d_][\w /-]*\w|\d{4}-\d\d-\d\d", value)
            written = exact(value) if plain else json.dumps(value, ensure_ascii=False)
            return str(value) if isinstance(value, Untyped) else written
        if isinstance(value, dict):
            parts = [
                f"{json.dumps(key, ensure_ascii=False)}: {self._flow(inner, indent, (*path, key))}"
                for key, inner in value.items()
            ]
        else:
            parts = [self._flow(inner, indent, path) for inner in value]
        signs = "{}" if isinstance(value, dict) else "[]"
        return (
            f"{signs[0]}{self._gap(indent)}"
            + "".join(
                f"{part}{',' if number + 1 < len(parts) else ''}{self._gap(indent)}"
                for number, part in enumerate(parts)
            )
            + signs[1]
        )

    def _gap(self, indent):
        if not self._may(self.share):
            return self.random.choice(["", " "])
        behind = self._behind()
        alone = "".join(f"\n{indent}{line.strip()}" if line else "\n" for line in self._alone(0))
        return f"{behind}{alone}\n{indent}"


def loaded(data):
    read = load_text(decode(data, "a.yaml").text, Path("a.yaml"), "a.yaml")
    assert read.model, f"{read.findings[0].span}: {read.findings[0].message}\n{data.decode()}"
    return read


def fmt(data):
    """The bytes of a file in canonical form."""
    return formatted_bytes(data, loaded(data)).changed.after


def bare(text):
    """The lines of a text without its comments and blank lines."""
    rest = text
    for comment in reversed(list(comments(text, build(text).top))):
        rest = rest[: comment.start] + rest[comment.start + len(comment.text) :]
    return [line.rstrip() for line in rest.split("\n") if line.strip()]


def assert_sound(data, chance, *, as_on_windows=False, **shares):
    """Whatever the way in which data is written, its canonical form is the same but for comments, all of which are there."""
    mangler = Mangler(chance, **shares)
    text = mangler.text(data)
    written = (text.replace("\n", "\r\n") if as_on_windows else text).encode()
    before = loaded(written)
    assert before.model == loaded(text_of(data).encode()).model
    after = fmt(written)
    assert fmt(after) == after
    assert loaded(after).model == before.model
    plain = after.decode().replace("\r\n", "\n") if as_on_windows and "\n" in text else after.decode()
    built = build(plain)
    assert Counter(comment.text for comment in comments(plain, built.top)) == Counter(mangler.comments)
    assert built.data == settled(build(text).data, shape(MODELS[data["tdkt"]]))
    assert bare(plain) == bare(text_of(build(text).data))
    assert plain.endswith("\n")


def examples():
    """The files and tasks that the description of the format shows."""
    for page in ("format.md", "format.en.md"):
        text = (ROOT / "docs" / page).read_text("utf-8")
        for number, example in enumerate(re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)):
            head = (
                ""
                if example.startswith("tdkt:")
                else "tdkt: plan/1\nid: a\ndocument:\n  title: x\nperiod: 2023\n\ntasks:\n"
            )
            if not example.startswith("#"):
                yield pytest.param(f"{head}{indent(example, '  ')}" if head else example, id=f"{page}-{number}")


@pytest.mark.parametrize("text", list(examples()))
def test_the_examples_are_in_form(text):
    assert fmt(text.encode()).decode() == text


seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_bundled_files_are_in_form(file):
    data = file.read_bytes()
    assert fmt(data) == data


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
@settings(derandomize=True, database=None, deadline=None, max_examples=4)
@given(seed=seeds, as_on_windows=st.booleans())
def test_the_bundled_files_however_they_are_written(file, seed, as_on_windows):
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    assert_sound(build(file.read_text("utf-8")).data, chance, as_on_windows=as_on_windows)


texts = st.one_of(
    st.sampled_from(["Họp", "a: b", "# a", "x # y", "- a\n- b\n", "  a\nb", "a\n\n\nb", "2023-01-01", "yes", "1", "a, b; [c]", "'", '"', "\\"]),
    st.text(st.sampled_from(" ab#:-\n,[]{}'\"|>"), min_size=1, max_size=20).filter(str.strip),
)  # fmt: skip
lines = texts.map(lambda text: " ".join(text.split()))
dates = st.dates().map(lambda day: day.replace(year=2000 + day.year % 100).isoformat())
days = dates.map(Untyped)
done = st.one_of(days, st.fixed_dictionaries({"date": days}, optional={"note": texts, "document": texts}))
deadlines = st.tuples(
    st.fixed_dictionaries(
        {},
        optional={
            "text": texts,
            "what": lines,
            "note": texts,
            "done": done,
            "quota": st.lists(
                st.fixed_dictionaries({"who": texts, "what": texts, "max": st.just(Untyped("2"))}), max_size=2
            ),
            "dossier": st.fixed_dictionaries({"items": st.lists(texts, min_size=1, max_size=2)}),
            "received": st.dictionaries(lines, done, max_size=2),
            "moved": st.lists(st.fixed_dictionaries({"by": days}, optional={"reason": texts}), max_size=2),
        },
    ),
    st.one_of(
        days.map(lambda day: {"before": day}),
        st.tuples(dates, dates).map(lambda pair: {"within": "/".join(pair)}),
        days.map(lambda day: {"by": day, "approximate": Untyped("true")}),
    ),
).map(lambda parts: parts[0] | parts[1])
tasks = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["1", "a", "PL1.1"]),
        "title": lines,
        "deadlines": st.lists(deadlines, min_size=1, max_size=2),
    },
    optional={"content": texts, "timing": texts, "labels": st.lists(lines, max_size=2), "note": texts},
)
plans = st.fixed_dictionaries(
    {
        "tdkt": st.just("plan/1"),
        "id": st.just("a"),
        "document": st.fixed_dictionaries({"title": lines}, optional={"note": texts}),
        "period": st.just(Untyped("2023")),
        "tasks": st.lists(tasks, max_size=2),
    },
    optional={"sections": st.dictionaries(st.sampled_from(["1", "II", "NO"]), lines, max_size=2)},
)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(
    data=plans,
    chance=st.randoms(use_true_random=False),
    share=st.sampled_from([0, 0.1, 0.5]),
    flow=st.sampled_from([0, 0.3, 1]),
)
def test_small_plans_however_they_are_written(data, chance, share, flow):
    assert_sound(data, chance, comments=share, flow=flow)
