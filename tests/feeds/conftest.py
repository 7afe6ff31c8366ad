"""Shared by the tests of feeds: tdkt in a clean environment, two plans with an event of every kind, and three programs that read feeds."""

import gc
import io
import json
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import icalendar
import ics
import pytest
import vobject

from tdkt_cli.__main__ import main

ROOT = Path(__file__).parents[2]
LONG = "Đẩy mạnh phong trào thi đua yêu nước " * 12
HOSTILE = {
    "comma": "Xét, chọn; trình: duyệt",
    "quotes": "“Người tốt” \"việc tốt\" 'một' `hai` %n $x ^n",
    "backslash": r"Lưu ở C:\new\, hết \n",
    "html": "<script>alert(1)</script> &amp; <b>đậm</b>",
    "wide": "𝔗𝔇 🎖 thi đua",
    "wider": "🎖" * 60,
    "nfd": "Nguyê\u0303n Va\u0306n A\u0309nh",
    "letters": ("ươ" * 200)[:400],
    "long": LONG.strip(),
    "property": "DTSTART:20230101 BEGIN:VALARM END:VEVENT BEGIN:VEVENT",
    "spaces": "một   hai     ba",
}
CONTENT = 'Dòng một, hai; ba\n- “gạch” "ngoặc"\n\n<b>&amp;</b> 🎖\nhết\n'


class Event(NamedTuple):
    """An event as a program has read it; the end is exclusive."""

    uid: str
    start: date
    end: date
    summary: str
    description: str


class Exported(NamedTuple):
    """How an export ended."""

    code: int
    out: bytes
    err: str


def with_icalendar(feed):
    for event in icalendar.Calendar.from_ical(feed).walk("VEVENT"):
        texts = (str(event[name]) for name in ("SUMMARY", "DESCRIPTION"))
        yield Event(str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt, *texts)


def with_vobject(feed):
    for event in vobject.readOne(feed.decode()).contents.get("vevent", ()):
        fields = (event.uid, event.dtstart, event.dtend, event.summary, event.description)
        yield Event(*(field.value for field in fields))


def with_ics(feed):
    for event in ics.Calendar(feed.decode()).events:
        start, end = event.begin.datetime, event.end.datetime
        days = (start.date(), end.date()) if event.all_day else (start, end)
        yield Event(event.uid, *days, event.name, event.description)


READERS = {"icalendar": with_icalendar, "vobject": with_vobject, "ics": with_ics}


@pytest.fixture(params=READERS)
def read(request):
    """The events of a feed by their UIDs, as one of the programs reads it."""

    def events(feed):
        found = list(READERS[request.param](feed))
        by_uid = {event.uid: event for event in found}
        assert len(by_uid) == len(found)
        return by_uid

    return events


def environment(settings):
    """The environment without settings of this machine for tdkt, Python, git and the locale, but with those named."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON", "LC_", "GIT_"))
    }
    return kept | {"TDKT_CACHE": "", "LANG": "C.UTF-8", "TZ": "UTC"} | settings


@pytest.fixture(scope="session")
def tdkt():
    """Run tdkt in a folder, in this process."""

    def run(*arguments, folder=ROOT, **settings):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            wanted = environment(settings)
            for name in os.environ.keys() - wanted.keys():
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            patch.chdir(folder)
            patch.setattr(sys, "argv", ["tdkt", *map(str, arguments)])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(gc, "set_threshold", lambda *_: None)
            with pytest.raises(SystemExit) as ended:
                main()
            out.flush()
            err.flush()
        return Exported(ended.value.code, out.buffer.getvalue(), err.buffer.getvalue().decode())

    return run


@pytest.fixture(scope="session")
def process():
    """Run tdkt in a folder as a program, for settings that a program takes when it starts."""

    def run(*arguments, folder=ROOT, **settings):
        command = [sys.executable, "-m", "tdkt_cli", *map(str, arguments)]
        env = environment(settings)
        ended = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=120)
        return Exported(ended.returncode, ended.stdout, ended.stderr.decode())

    return run


@pytest.fixture(scope="session")
def records(tdkt):
    """The records of the plans in a folder when everything recorded has happened."""

    def listed(folder):
        ended = tdkt("list", "--format", "json", "--today", "2198-12-31", folder=folder)
        assert (ended.code, ended.err) == (0, "")
        return json.loads(ended.out)

    return listed


PLAN = f"""\
tdkt: plan/1
id: a
document:
  number: 1/KH-UBND
  title: Kế hoạch A
  issued: 2022-12-01
period: 2023
sections:
  I: Phần một
tasks:
  - id: I.1-a_b
    title: Họp, xét
    content: {json.dumps(CONTENT, ensure_ascii=False)}
    executor: Sở Y tế; Sở Nội vụ
    deadlines:
      - id: truoc
        before: 2023-02-20
      - id: gio
        by: 2023-02-20T17:00
      - id: sang-som
        by: 2023-02-20T00:15
      - id: ky
        within: 2023-12-15/2023-12-31
      - id: doi
        by: 2023-03-01
        moved:
          - by: 2023-03-31
      - id: xong
        by: 2023-03-01
        done: 2023-02-27
      - id: tre
        by: 2023-03-01
        done: 2023-03-09
        who: Sở Tài chính
      - id: huy
        by: 2023-03-02
        cancelled: 2023-02-01
      - id: cho
        waiting: Kế hoạch của Bộ
  - id: "2"
    title: Báo cáo
    former_ids: [1.b, 1.c]
    deadlines:
      - every: FREQ=MONTHLY;BYMONTHDAY=-1
"""
HOSTILE_PLAN = "\n".join(
    [
        "tdkt: plan/1\nid: b\ndocument: {number: 2/KH, title: Kế hoạch B, issued: 2023-01-01}\nperiod: 2023\ntasks:",
        *(
            f"  - id: {id}\n    title: {json.dumps(title, ensure_ascii=False)}\n    deadlines:\n      - by: 2023-05-05"
            for id, title in HOSTILE.items()
        ),
        "  - id: lap\n    title: Họp\n    deadlines:\n      - by: 2023-12-31\n        same_as: a/I.1-a_b#ky\n",
    ]
)


def written(folder):
    """The two plans, in a folder."""
    for name, text in {"tdkt.toml": "", "plans/a.yaml": PLAN, "plans/b.yaml": HOSTILE_PLAN}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A folder with the two plans that no test changes."""
    return written(tmp_path_factory.mktemp("feeds") / "office")


@pytest.fixture(scope="session")
def feed_of(tdkt, office):
    """The feed of a folder, of the two plans unless another is named; the same one is made once."""

    @cache
    def run(*arguments, folder=office):
        ended = tdkt("export", "ics", *arguments, folder=folder)
        assert ended.code == 0, ended.err
        return ended.out

    return run


@pytest.fixture
def folder(tmp_path):
    """A folder with the two plans that a test may change."""
    return written(tmp_path / "office")


@pytest.fixture
def edit(folder):
    """Replace words in the first plan."""

    def replace(old, new):
        file = folder / "plans/a.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def export(tdkt, folder):
    """Export the plans of the folder into a file in it and give its bytes."""

    def run(*arguments, **settings):
        ended = tdkt("export", "ics", "-o", "lich.ics", *arguments, folder=folder, **settings)
        assert ended.code == 0, ended.err
        return (folder / "lich.ics").read_bytes()

    return run


@pytest.fixture
def hostile():
    """Titles that trip programs, by the id of their task, and a content of several lines."""
    return HOSTILE, CONTENT
