"""Keys put into plan files and taken out again: everything else stays, byte for byte."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tdkt_cli.files.edit.dump import NoPlaceError
from tdkt_cli.files.edit.splices import Editor, spliced
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.reader import decode

PLANS = sorted((Path(__file__).parents[3] / "plans").glob("*.yaml"))
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


def appended(data, path, value, after=None):
    return spliced(data, [Editor(source(data)).append(path, value, after)])


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


def test_a_first_key_with_a_comment_below_leaves_its_dash():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - done: 2023-02-01 # xong\n    # lời\n    by: 2023-02-03\n")
    assert drop(data, (*DEADLINE, "done")) == data.replace(b"- done: 2023-02-01 # xong\n", b"-\n")


# What stands between « and » is taken out, with the key that it says.
GONE = {
    "a comment between dash and item": (
        """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            moved:
            - by: 2023-02-04
        «    -
              # một - hai
              by: 2023-02-05
        »  labels: [a]
        """,
        ("moved", 1),
    ),
    "a key behind a question mark": (
        """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
        «    ? done
            : 2023-02-01
        »    text: hết
        """,
        ("done",),
    ),
    "empty lines behind a block that keeps them": (
        """\
        - id: "1"
          title: Họp
          deadlines:
          - by: 2023-02-03
            text: |+
              a
        «    done: 2023-02-01

        »    what: họp
        """,
        ("done",),
    ),
    "in braces, a comment of its own line stays": (
        """\
        - id: "1"
          title: Họp
          deadlines: [{
        «      done: 2023-02-01, # xong
        »      # hạn
              by: 2023-02-03}]
        """,
        ("done",),
    ),
    "in braces, the comment of the one before stays": (
        """\
        - id: "1"
          title: Họp
          deadlines: [{by: 2023-02-03, # hạn
        «      done: 2023-02-01
        »      }]
        """,
        ("done",),
    ),
    "in braces, a comma before it stays": (
        """\
        - id: "1"
          title: Họp
          deadlines: [{by: 2023-02-03,
              «done: 2023-02-01»}]
        """,
        ("done",),
    ),
}


@pytest.mark.parametrize("form", GONE)
def test_what_goes_leaves_the_comments_of_others(form):
    text, path = GONE[form]
    data = task(re.sub("[«»]", "", text))
    assert drop(data, (*DEADLINE, *path)).decode() == task(re.sub("«[^»]*»", "", text)).decode()


def test_a_comment_that_would_become_part_of_a_text_is_moved_to_the_left():
    words = "- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    text: |\n      a\n"
    data = task(words + "    done: 2023-02-01\n\n        # lời\n        # hai\n    what: b\n")
    assert drop(data, (*DEADLINE, "done")) == task(words + "\n    # lời\n        # hai\n    what: b\n")


def test_lines_of_spaces_that_are_part_of_a_text_stay_part_of_it():
    words = f"{HEAD}- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    text: |\n      a\n         \n"
    for rest in ("", "\n", "# hết\n"):
        data = (words + rest).encode()
        changed = put(data, DEADLINE, "done", "2023-02-01")
        assert changed == f"{words}    done: 2023-02-01\n{rest}".encode()
        assert plan(changed)["tasks"][0]["deadlines"][0]["text"] == "a\n   \n"
        assert drop(changed, (*DEADLINE, "done")) == data


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Sở Y tế: khối A", '"Sở Y tế: khối A"'),
        ("yes", '"yes"'),
        ("- a", '"- a"'),
        ('"A"', '"\\"A\\""'),
        ("a  b", '"a  b"'),
        ("2023-01-31", "2023-01-31"),
    ],
)
def test_a_key_is_put_in_quotes_where_it_must(name, written):
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    received:\n      a: 2023-01-01\n")
    assert put(data, (*DEADLINE, "received"), name, "2023-02-01") == data + f"      {written}: 2023-02-01\n".encode()


@pytest.mark.parametrize("name", ["a, b", "{a}", "a?", "[b"])
def test_a_key_and_a_value_in_braces_are_put_in_quotes_where_they_must(name):
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    received: {a: 2023-01-01}\n")
    changed = put(data, (*DEADLINE, "received"), name, {"date": "2023-02-01", "note": name})
    assert f'{{a: 2023-01-01, "{name}": {{date: 2023-02-01, note: "{name}"}}}}' in changed.decode()
    assert name in plan(changed)["tasks"][0]["deadlines"][0]["received"]


@pytest.mark.parametrize("braces", ["{}", "{ }"])
def test_empty_braces_give_way(braces):
    data = task(f"- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    received: {braces} # ai\n")
    changed = put(data, (*DEADLINE, "received"), "a", "2023-02-01")
    assert changed == data.replace(f" {braces} # ai".encode(), b" # ai\n      a: 2023-02-01")


def test_empty_braces_with_a_comment_inside_are_filled():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    received: { # ai\n    }\n")
    assert plan(put(data, (*DEADLINE, "received"), "a", "2023-02-01"))["tasks"][0]["deadlines"][0]["received"]


def test_into_empty_braces_with_a_comment():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    moved: [# chưa\n      ]\n")
    changed = spliced(data, [Editor(source(data)).append((*DEADLINE, "moved"), {"by": "2023-03-01"})])
    assert changed == data.replace("[# chưa".encode(), "[{by: 2023-03-01} # chưa".encode())


def test_letters_of_four_bytes_before_a_place_count_once():
    data = task(
        "- id: '1'\n  title: 😀𝒜\n  deadlines: [{what: 😀, by: 2023-02-03}, {id: b, what: 𝒜, by: 2023-02-04}]\n", "\r\n"
    )
    changed = put(data, ("tasks", 0, "deadlines", 1), "done", "2023-02-01")
    assert changed == data.replace(b"04}", b"04, done: 2023-02-01}")


def test_a_value_gives_way_to_another():
    data = task("- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    done: 2023-02-01 # xong\n")
    changed = spliced(data, [Editor(source(data)).replace((*DEADLINE, "done"), "2023-02-02")])
    assert changed == data.replace(b"2023-02-01", b"2023-02-02")


@pytest.mark.parametrize("sign", ["|", ">-", "|+"])
def test_a_block_gives_way_but_for_the_comment_behind_its_sign(sign):
    data = task(
        f"- id: '1'\n  title: H\n  deadlines:\n  - by: 2023-02-03\n    text: {sign} # lời\n      a\n      b\n    what: c\n"
    )
    changed = spliced(data, [Editor(source(data)).replace((*DEADLINE, "text"), "d")])
    assert changed == data.replace(f"{sign} # lời\n      a\n      b\n".encode(), "d # lời\n".encode())


TASKS = """\
    - id: "1"
      title: A
      deadlines:
        - by: 2023-02-03
        # một

    # quý II
    - id: "2"
      title: B
      deadlines:
        - by: 2023-02-03
    # hết
    """
NEW = {"id": '"3"', "title": "C", "deadlines": [{"by": "2023-02-04"}]}
LINES = '- id: "3"\n  title: C\n  deadlines:\n    - by: 2023-02-04\n'


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_item_is_put_between_two_that_stand_apart(ending):
    data = task(TASKS, ending)
    changed = appended(data, ("tasks",), NEW, 0).decode()
    place = f"    # một{ending}"
    assert changed == data.decode().replace(place, place + (f"\n{LINES}").replace("\n", ending))
    assert [row["id"] for row in plan(changed.encode())["tasks"]] == ["1", "3", "2"]


def test_behind_the_last_a_comment_at_the_margin_stays_the_end():
    data = task(TASKS).replace(b"\n\n# qu\xc3\xbd II", b"\n# qu\xc3\xbd II")
    assert appended(data, ("tasks",), NEW).decode() == data.decode().replace("# hết", f"{LINES}# hết")


def test_the_only_item_at_the_top_stands_apart_from_the_next():
    data = task('- id: "1"\n  title: A\n  deadlines:\n    - by: 2023-02-03')
    assert appended(data, ("tasks",), NEW).decode() == f"{data.decode()}\n\n{LINES}".removesuffix("\n")


def test_an_item_is_put_between_two_in_brackets():
    data = task("- {id: '1', title: H, deadlines: [{id: a, by: 2023-02-03}, {id: b, by: 2023-02-03}]}\n")
    changed = appended(data, ("tasks", 0, "deadlines"), {"id": "c", "day": "2023-02-04"}, 0)
    assert b"[{id: a, by: 2023-02-03}, {id: c, day: 2023-02-04}, {id: b, by: 2023-02-03}]" in changed


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_behind_every_task_of_the_bundled_plans(path):
    data = path.read_bytes()
    editor = Editor(source(data))
    before = data.decode().split("\n")
    lines = [f"  {line}".rstrip() for line in ("", *LINES.splitlines())]
    for number, row in enumerate(plan(data)["tasks"]):
        changed = spliced(data, [editor.append(("tasks",), NEW, number)])
        after = changed.decode().split("\n")
        places = [at for at, line in enumerate(after) if line == lines[1] and after[at - 1 : at + 4] == lines]
        assert len(places) == 1
        assert after[: places[0] - 1] + after[places[0] + 4 :] == before
        assert plan(changed)["tasks"][number] == row
        assert plan(changed)["tasks"][number + 1]["id"] == "3"


def test_empty_brackets_give_way():
    data = HEAD.replace("tasks:\n", "sections: {}  # mục\n\ntasks: []\n# hết\n").encode()
    changed = put(appended(data, ("tasks",), NEW), ("sections",), "I", "Một").decode()
    assert changed.split("period: 2023\n")[1] == (
        'sections:  # mục\n  I: Một\n\ntasks:\n  - id: "3"\n    title: C\n    deadlines:\n      - by: 2023-02-04\n# hết\n'
    )


@pytest.mark.parametrize(
    ("written", "after"),
    [
        (
            "    - before: 2023-02-03 # một\n      what: họp\n",
            "    - id: hop\n      before: 2023-02-03 # một\n      what: họp\n",
        ),
        ("    - # một\n      before: 2023-02-03\n", "    - # một\n      id: hop\n      before: 2023-02-03\n"),
        ("    - {before: 2023-02-03}\n", "    - {id: hop, before: 2023-02-03}\n"),
    ],
)
def test_a_key_is_put_first(written, after):
    data = task(f"- id: '1'\n  title: H\n  deadlines:\n{written}")
    changed = spliced(data, [Editor(source(data)).put(DEADLINE, "id", "hop", first=True)])
    assert changed.decode() == data.decode().replace(written, after)


def test_words_on_several_lines_are_put_below_their_key():
    data = task(LIST)
    changed = put(data, ("tasks", 0), "content", "|-\n- một\n\n  hai")
    assert changed.decode().endswith("\n  content: |-\n    - một\n\n      hai\n")
    assert plan(changed)["tasks"][0]["content"] == "- một\n\n  hai"


def test_words_on_several_lines_have_no_place_in_braces():
    data = task("- {id: '1', title: H, deadlines: [{by: 2023-02-03}]}\n")
    with pytest.raises(NoPlaceError):
        put(data, DEADLINE, "text", "|-\nmột\nhai")
