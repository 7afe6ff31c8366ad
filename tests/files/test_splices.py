"""Keys put into plan files and taken out again: everything else stays, byte for byte."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tdkt_cli.files.loading import load_text
from tdkt_cli.files.reading import decode
from tdkt_cli.files.splices import Editor, NoPlaceError, spliced

PLANS = sorted((Path(__file__).parents[2] / "plans").glob("*.yaml"))
DEADLINE = ("tasks", 0, "deadlines", 0)
HEAD = """\
tdkt: plan/1
id: a
document: {title: Kế hoạch}
period: 2023
tasks:
"""


def source(data):
    loaded = load_text(decode(data, "a.yaml").text, Path("a.yaml"), "a.yaml")
    assert loaded.findings == ()
    return loaded.source


def plan(data):
    loaded = load_text(decode(data, "a.yaml").text, Path("a.yaml"), "a.yaml")
    assert loaded.findings == ()
    return loaded.model.model_dump(exclude_unset=True)


def put(data, path, key, value):
    return spliced(data, [Editor(source(data)).put(path, key, value)])


def drop(data, path):
    return spliced(data, [Editor(source(data)).drop(path)])


def task(text, ending="\n"):
    return (HEAD + dedent(text)).replace("\n", ending).encode()


# Between « and » stands what is put in.
FORMS = {
    "block": """\
        - id: "1"
          title: Họp
          deadlines:
            - by: 2023-02-03  # hạn«
              done: 2023-02-01»
        # hết
        """,
    "flow": """\
        - {id: "1", title: Họp, deadlines: [{by: 2023-02-03«, done: 2023-02-01»}]} # hạn
        """,
    "flow over lines": """\
        - {id: "1", title: Họp, deadlines: [
            {by: 2023-02-03, # hạn
             what: họp«, done: 2023-02-01»  # việc
            }]}
        """,
    "block words": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: |
              trước ngày
              03/02«
            done: 2023-02-01»

        # hết
        """,
    "kept lines": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: |+
              trước ngày
        «
            done: 2023-02-01»
        # hết
        """,
    "words over lines": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: trước
              ngày 3«
            done: 2023-02-01»
        """,
    "quoted words over lines": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: "trước

              ngày 3"   # lời«
            done: 2023-02-01»
        """,
    "deep": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            quota:
              - {who: mỗi sở, what: cờ, max: 2}   # hai«
            done: 2023-02-01»
          labels: [a]
        """,
    "indented by four": """\
            - id: "1"
              title: Họp
              deadlines:
                  -   by: 2023-02-03«
                      done: 2023-02-01»
                  -   id: b
                      by: 2023-02-04
        """,
    "no end": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03«
            done: 2023-02-01»""",
    "no end, block words": """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: |-
              trước ngày«
            done: 2023-02-01»""",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("form", FORMS)
def test_a_key_put_in_and_taken_out(form, mark, ending):
    before = mark + task(re.sub("«[^»]*»", "", FORMS[form]), ending)
    after = mark + task(re.sub("[«»]", "", FORMS[form]), ending)
    changed = put(before, DEADLINE, "done", "2023-02-01")
    assert changed.decode() == after.decode()
    assert plan(changed)["tasks"][0]["deadlines"][0]["done"]["date"].isoformat() == "2023-02-01"
    assert drop(changed, (*DEADLINE, "done")) == before


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_in_every_deadline_of_the_bundled_plans(path):
    data = path.read_bytes()
    editor = Editor(source(data))
    before = data.split(b"\n")
    for number, row in enumerate(plan(data)["tasks"]):
        for place in range(len(row["deadlines"])):
            where = ("tasks", number, "deadlines", place)
            changed = spliced(data, [editor.put(where, "publish", "false")])
            assert plan(changed)["tasks"][number]["deadlines"][place]["publish"] is False
            after = changed.split(b"\n")
            assert len(after) == len(before) + 1
            assert drop(changed, (*where, "publish")) == data


LIST = """\
    - id: "1"
      title: Họp
      deadlines:
        - by: 2023-02-03
          moved:
            - {by: 2023-02-10} # một
    """


def test_an_item_is_put_behind_the_others_and_taken_out():
    data = task(LIST)
    moved = (*DEADLINE, "moved")
    value = {"before": "2023-03-01", "document": "311/UBND"}
    changed = spliced(data, [Editor(source(data)).append(moved, value)])
    behind = (
        "            - {by: 2023-02-10} # một\n            - before: 2023-03-01\n              document: 311/UBND\n"
    )
    assert dedent(behind) in dedent(changed.decode().split("moved:\n")[1])
    assert drop(changed, (*moved, 1)) == data


def test_an_item_is_put_into_a_list_in_brackets():
    data = task(LIST.replace("\n            - {by: 2023-02-10} # một", " [{by: 2023-02-10}]"))
    changed = spliced(data, [Editor(source(data)).append((*DEADLINE, "moved"), {"by": "2023-03-01", "reason": "a, b"})])
    assert b'moved: [{by: 2023-02-10}, {by: 2023-03-01, reason: "a, b"}]\n' in changed
    assert drop(changed, (*DEADLINE, "moved", 1)) == data


def test_a_mapping_and_a_list_are_put_in_as_blocks():
    data = task(LIST.split("      moved", maxsplit=1)[0])
    changed = put(data, DEADLINE, "moved", [{"by": "2023-03-01", "reason": "mưa"}, {"by": "2023-03-09"}])
    assert changed.decode().endswith(
        "    - by: 2023-02-03\n      moved:\n        - by: 2023-03-01\n          reason: mưa\n        - by: 2023-03-09\n"
    )
    assert drop(changed, (*DEADLINE, "moved")) == data


def test_a_first_key_gives_its_place_to_the_next():
    data = task("- id: '1'\n  title: Họp\n  deadlines:\n  - done: 2023-02-01 # xong\n    by: 2023-02-03 # hạn\n")
    assert drop(data, (*DEADLINE, "done")).endswith(b"  deadlines:\n  - by: 2023-02-03 # h\xe1\xba\xa1n\n")


def test_the_first_and_a_middle_key_in_braces():
    data = task("- {id: '1', title: H, deadlines: [{done: 2023-02-01, by: 2023-02-03, what: a}]}\n")
    assert b"[{by: 2023-02-03, what: a}]" in drop(data, (*DEADLINE, "done"))
    data = task("- {id: '1', title: H, deadlines: [{by: 2023-02-03, done: 2023-02-01, what: a}]}\n")
    assert b"[{by: 2023-02-03, what: a}]" in drop(data, (*DEADLINE, "done"))


def test_where_a_comment_would_be_lost_there_is_no_place():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - done: 2023-02-01\n    # lời\n    by: 2023-02-03\n")
    with pytest.raises(NoPlaceError):
        drop(data, (*DEADLINE, "done"))


def test_a_value_gives_way_to_another():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    done: 2023-02-01 # xong\n")
    changed = spliced(data, [Editor(source(data)).replace((*DEADLINE, "done"), "2023-02-02")])
    assert changed == data.replace(b"2023-02-01", b"2023-02-02")
