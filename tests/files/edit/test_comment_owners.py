"""Which comment travels with what."""

from pathlib import Path
from textwrap import dedent

import pytest

from tdkt_cli.files.edit.formatter import formatted_bytes
from tdkt_cli.files.loader import load_text

HEAD = "tdkt: plan/1\nid: a\ndocument:\n  title: x\nperiod: 2023\n"


def fmt(text):
    """The canonical form of a plan with these lines behind its usual head; without the head again."""
    whole = HEAD + dedent(text)
    loaded = load_text(whole, Path("a.yaml"), "a.yaml")
    assert loaded.model, loaded.findings
    after = formatted_bytes(whole.encode(), loaded).changed.after.decode()
    assert after.startswith(HEAD)
    return after.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        pytest.param(
            """\
            tasks:
              - deadlines:
                  # hạn
                  - by: 2023-02-21   # ngày
                # tên
                title: b #sau
                # mã
                id: a
            """,
            """
            tasks:
              # mã
              - id: a
                # tên
                title: b  #sau
                deadlines:
                  # hạn
                  - by: 2023-02-21  # ngày
            """,
            id="with the key or item that follows, or behind which it stands",
        ),
        pytest.param(
            """\
            tasks:  # các việc
              # trên a
              - # sau gạch
                # trong a

                id: a

                # trên title
                title: b
                deadlines: # các hạn
                - by: 2023-02-21
                  # cuối hạn
                # cuối việc a


                # vẫn cuối việc a
              # trên b
              - id: b
                title: b
                deadlines:
                  - by: 2023-02-21
                    # cuối hạn
                  # cuối các hạn
                # cuối việc b
              # cuối các việc
            # cuối tệp
            """,
            """
            tasks:  # các việc
              # trên a
              # sau gạch
              # trong a

              - id: a
                # trên title
                title: b
                deadlines:  # các hạn
                  - by: 2023-02-21
                    # cuối hạn
                # cuối việc a

                # vẫn cuối việc a

              # trên b
              - id: b
                title: b
                deadlines:
                  - by: 2023-02-21
                    # cuối hạn
                  # cuối các hạn
                # cuối việc b
              # cuối các việc

            # cuối tệp
            """,
            id="at the end of the mapping or list whose column it keeps to",
        ),
        pytest.param(
            """\
            tasks: [  # mở
              # trên a
              {id: a, title: b,  # sau title
               deadlines: [{by: 2023-02-21}, # sau hạn
                 # cuối các hạn
               ]  # sau ngoặc
               # cuối a
              },  # sau a
              # cuối
            ]
            """,
            """
            tasks:  # mở
              # trên a
              # sau a
              - id: a
                title: b  # sau title
                deadlines:  # sau ngoặc
                  # sau hạn
                  - by: 2023-02-21
                  # cuối các hạn
                # cuối a
              # cuối
            """,
            id="in brackets, which go",
        ),
        pytest.param(
            """\
            tasks:
              - {id: a, title: b, deadlines: [{by: 2023-02-21}]}  # tdkt: ignore[TDKT202] lý do
              - id: b
                title: b
                labels: [x,
                  z]  # tdkt: ignore[TDKT202] lý do
                deadlines:
                  - {by: 2023-02-21, text: "a, b"}  # việc # tdkt: ignore[TDKT202] lý do
            """,
            """
            tasks:
              - {id: a, title: b, deadlines: [{by: 2023-02-21}]}  # tdkt: ignore[TDKT202] lý do

              - id: b
                title: b
                deadlines:
                  - {by: 2023-02-21, text: "a, b"}  # việc # tdkt: ignore[TDKT202] lý do
                labels:  # tdkt: ignore[TDKT202] lý do
                  - x
                  - z
            """,
            id="brackets on one line stay where a suppression counts for all that is in them",
        ),
        pytest.param(
            """\
            tasks:
              - id: a
                title: b
                deadlines:
                  - by: 2023-02-21
                    received: {"Sở: một": 2023-01-10, Sở hai: 2023-01-11}  # tdkt: ignore[TDKT202] lý do
            """,
            """
            tasks:
              - id: a
                title: b
                deadlines:
                  - by: 2023-02-21
                    received: {"Sở: một": 2023-01-10, Sở hai: 2023-01-11}  # tdkt: ignore[TDKT202] lý do
            """,
            id="with a name in quotes before a value in such brackets",
        ),
        pytest.param(
            """\
            tasks:
              - id: a
                title: |-  # tên
                  b
                content:   # ô
                  # trước chữ
                  >-  # gấp
                  c
                  # chữ

                 # sau khối
                note: "d # chữ
                  # chữ" # ghi chú
                labels: [ # không có
                  # gì
                ]
                deadlines:
                  - waiting: e
                      f#g # sau
                    text:
                      # trước
                      'h'   # chữ
            """,
            """
            tasks:
              - id: a
                title: b  # tên
                # trước chữ
                # gấp
                content: |-  # ô
                  c # chữ
                deadlines:
                  - waiting: e f#g  # sau
                    # trước
                    text: h  # chữ
                # gì
                labels: []  # không có
                # sau khối
                note: "d # chữ # chữ"  # ghi chú
            """,
            id="beside texts and in them",
        ),
        pytest.param(
            """\
            tasks:
            - id: a
              title: b
              deadlines:
              - by: 2023-02-21
            # cuối tệp
            """,
            """
            tasks:
              - id: a
                title: b
                deadlines:
                  - by: 2023-02-21

            # cuối tệp
            """,
            id="at the column of a list and of its key, to the mapping that the key is in",
        ),
        pytest.param(
            """\
            tasks: []   # chưa có

            #cuối
            ...
            # sau dấu hết
            """,
            """
            tasks: []  # chưa có

            #cuối
            # sau dấu hết
            """,
            id="at the end of the file",
        ),
    ],
)  # fmt: skip
def test_a_comment_travels_with_what_it_belongs_to(written, canonical):
    assert fmt(written) == dedent(canonical)
    assert fmt(canonical) == dedent(canonical)


def test_a_file_in_braces():
    text = "# một\n{ # hai\n tdkt: plan/1, # ba\n id: a, document: {title: x}, # bốn\n # năm\n period: 2023, tasks: [] # sáu\n # bảy\n} # tám\n# chín\n"
    after = formatted_bytes(text.encode(), load_text(text, Path("a.yaml"), "a.yaml")).changed.after.decode()
    assert after == dedent("""\
        # một
        # hai
        tdkt: plan/1  # ba
        id: a
        document:  # bốn
          title: x
        # năm
        period: 2023

        tasks: []  # sáu

        # bảy
        # tám
        # chín
        """)


@pytest.mark.parametrize(
    ("written", "head"),
    [
        ("# yaml-language-server: $schema=a\n\n\n# Kế hoạch\n---\nid: a\ntdkt: plan/1\n", "# yaml-language-server: $schema=a\n\n# Kế hoạch\ntdkt: plan/1\nid: a\n"),
        ("# một\n\nid: a\n# hai\ntdkt: plan/1\n", "# một\n\n# hai\ntdkt: plan/1\nid: a\n"),
        ("--- # một\nid: a\ntdkt: plan/1\n", "# một\ntdkt: plan/1\nid: a\n"),
    ],
)  # fmt: skip
def test_what_stands_before_the_first_key_belongs_to_the_file(written, head):
    text = f"{written}document:\n  title: x\nperiod: 2023\ntasks: []\n"
    after = formatted_bytes(text.encode(), load_text(text, Path("a.yaml"), "a.yaml")).changed.after.decode()
    assert after == f"{head}document:\n  title: x\nperiod: 2023\n\ntasks: []\n"
