"""The canonical form: what a file says, said in one way."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.edit.canonical import text_of
from tdkt_cli.files.loader import MODELS
from tdkt_cli.files.parser import build
from tdkt_cli.schema.calendar import DayModel
from tdkt_cli.schema.plan import DeadlineModel, DocumentModel, MoveModel, QuotaModel, TaskModel
from tdkt_cli.schema.scalars import Untyped
from tdkt_cli.schema.units import BodyModel, GroupModel

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "plans").rglob("*.yaml"))
TASK = {"id": "1", "title": "Họp", "deadlines": [{"by": "2023-02-21"}]}
PLAN = {"tdkt": "plan/1", "id": "a", "document": {"title": "Kế hoạch"}, "period": "2023", "tasks": [TASK]}


def plan(**deadline):
    return {**PLAN, "tasks": [{**TASK, "deadlines": [deadline]}]}


def deadline_of(data):
    """The lines of the only deadline in a plan's canonical text."""
    return dedent(text_of(data).split("    deadlines:\n")[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_text_of_a_file_s_data_says_the_same(file):
    data = build(file.read_text(encoding="utf-8")).data
    again = build(text_of(data))
    assert (again.data, again.problems) == (data, [])


@pytest.mark.parametrize(
    "model", [*MODELS.values(), DocumentModel, TaskModel, DeadlineModel, MoveModel, QuotaModel, BodyModel, GroupModel, DayModel]
)  # fmt: skip
def test_the_order_of_keys_names_each_key_once(model):
    assert not model.written or sorted(model.written) == sorted(model.model_fields)


def test_a_plan_as_it_is_written():
    data = {
        "tasks": [
            {
                "deadlines": [
                    {"done": {"note": "x", "date": "2023-02-01"}, "text": "trước", "before": Untyped("2023-02-21"), "id": "hop"},
                    {"who": ["Sở A", "Sở B"], "id": "b", "received": {"Sở A": "2023-01-01"}, "by": "2023-02-21 17:00"},
                ],
                "content": "Một dòng",
                "title": "Họp",
                "id": "1",
                "timing": "a\nb",
            },
            {**TASK, "id": "2", "publish": Untyped("false"), "labels": ["yes", "x"]},
        ],
        "sections": {"II": "2. Hai", "1": "Các nội dung khác:", "I": "Một"},
        "period": "2023-01-01/2023-12-31",
        "document": {"title": "Kế hoạch: 2023", "number": "1/KH"},
        "id": "a",
        "tdkt": "plan/1",
    }  # fmt: skip
    assert text_of(data) == dedent("""\
        tdkt: plan/1
        id: a
        document:
          number: 1/KH
          title: "Kế hoạch: 2023"
        period: 2023

        sections:
          II: 2. Hai
          "1": "Các nội dung khác:"
          I: Một

        tasks:
          - id: "1"
            title: Họp
            content: |-
              Một dòng
            timing: |-
              a
              b
            deadlines:
              - id: hop
                before: 2023-02-21
                text: trước
                done:
                  date: 2023-02-01
                  note: x
              - id: b
                by: 2023-02-21T17:00
                who:
                  - Sở A
                  - Sở B
                received:
                  Sở A: 2023-01-01

          - id: "2"
            title: Họp
            deadlines:
              - by: 2023-02-21
            labels:
              - "yes"
              - x
            publish: false
        """)


def test_a_calendar_s_off_is_a_word_of_the_format():
    data = {
        "tdkt": "calendar/1",
        "id": "vn",
        "name": "Lịch",
        "days": [{"decision": "1/TB", "off": Untyped("true"), "date": "2026-01-02"}],
    }
    assert text_of(data).endswith("\ndays:\n  - date: 2026-01-02\n    off: true\n    decision: 1/TB\n")


@pytest.mark.parametrize(
    ("key", "written", "canonical"),
    [
        ("within", "2023-01-01/2023-12-31", "2023"),
        ("within", "2023-01/2023-03", "2023-Q1"),
        ("within", "2023-04-01/2023-04-30", "2023-04"),
        ("within", "2024-02/2024-10", "2024-02/2024-10"),
        ("within", "2023-02-20/2023-02-20", "2023-02-20"),
        ("within", "2023-05/2023-02", "2023-05/2023-02"),
        ("before", "2023-10", "2023-10"),
        ("before", "2023", "2023"),
        ("before", "2023-10-01", "2023-10-01"),
        ("by", "2023-02-20 17:00", "2023-02-20T17:00"),
        ("ongoing", "2024-01-01/2024-06-30", "2024-H1"),
        ("ongoing", "2024-02/..", "2024-02/.."),
        ("ongoing", "../2024", "../2024"),
        ("done", "2023-02-20", "2023-02-20"),
        ("waiting", "2023", '"2023"'),
        ("within", "quý I", "quý I"),
        ("within", "2023-13", "2023-13"),
    ],
)
def test_dates_and_periods(key, written, canonical):
    assert deadline_of(plan(**{key: written})) == f"- {key}: {canonical}\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", "|-\n    a\n    b"),
        ("a\nb\n", "|\n    a\n    b"),
        ("a\n\n  b", "|-\n    a\n\n      b"),
        ("  a\nb", "|2-\n      a\n    b"),
        ("\n\n\ta\n", "|2\n\n\n    \ta"),
        ("a \nb", "|-\n    a \n    b"),
        ("# a\nb", "|-\n    # a\n    b"),
        ("a\nb\n\n", r'"a\nb\n\n"'),
        (" a", '" a"'),
        ("a\tb", r'"a\tb"'),
        ("a  b", "a  b"),
        ("\n", r'"\n"'),
    ],
)
def test_texts(text, lines):
    data = plan(by="2023-02-21", text=text)
    assert deadline_of(data) == f"- by: 2023-02-21\n  text: {lines}\n"
    assert build(text_of(data)).data["tasks"][0]["deadlines"][0]["text"] == text


@settings(derandomize=True, database=None, deadline=None, max_examples=500)
@given(
    st.text(
        st.one_of(st.sampled_from(" \n\t#:-|\"'\\"), st.characters(exclude_categories=["Cs"])), min_size=1, max_size=30
    )
)
@example("\n a")
@example(" \na")
@example("a\n ")
def test_any_text_is_read_back(text):
    data = {**PLAN, "document": {"title": "a", "note": text}, "tasks": [{**TASK, "content": text, "note": text}]}
    written = text_of(data)
    assert build(written).data == data
    assert not UNSAFE.search(written)
    assert written.endswith("\n")
