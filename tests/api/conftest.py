"""A small office in a folder of its own, with an item in every state on 22/02/2023."""

from textwrap import dedent

import pytest

REGISTER = """\
    tdkt: units/1
    id: u
    name: Danh bạ thử
    bodies:
      - {id: so-y-te, name: Sở Y tế}
      - {id: so-y-hoc, name: Sở Y học}
      - {id: ban-td, name: Ban Thi đua}
    groups:
      - id: cac-so
        name: Các sở
        members: [so-y-te, so-y-hoc]
"""
PLAN = """\
    tdkt: plan/1
    id: {id}
    document:
      number: 1/KH-UBND
      title: Kế hoạch
      issued: 2022-12-01
    period: 2023
    units: u
    sections:
      I: Phần một
    tasks:
      - id: "1"
        section: I
        title: Họp xét
        executor: Ban Thi đua
        deadlines:
          - id: hop
            before: {hop}
            what: Họp
          - id: y-te
            by: 2023-03-05
            who: Các sở
            received:
              Sở Y tế: 2023-02-20
      - id: "2"
        title: Sơ kết
        executor: Sở Y tế
        deadlines:
          - by: 2023-02-01
      - id: "3"
        title: Tổng kết
        executor: Sở Y tế
        deadlines:
          - waiting: Hướng dẫn của Bộ
      - id: "4"
        title: Báo cáo
        executor: Ban Thi đua
        deadlines:
          - every: FREQ=MONTHLY;BYMONTH=2,3;BYMONTHDAY=-1
"""


def plan(id_="a", hop="2023-02-22"):
    return dedent(PLAN).format(id=id_, hop=hop)


@pytest.fixture
def files():
    """The files of the office by their names."""
    return {"tdkt.toml": "soon = 6\n", "plans/a.yaml": plan(), "plans/units/u.yaml": dedent(REGISTER)}


@pytest.fixture
def office(tmp_path, files):
    """Write the office, with files changed or left out (None); its folder."""

    def write(**changed):
        for name, text in (files | changed).items():
            if text is not None:
                path = tmp_path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def plan_text():
    """The text of the plan with another id, or with another date of its meeting."""
    return plan
