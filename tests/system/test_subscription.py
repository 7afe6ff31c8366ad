"""A subscriber's calendar from end to end: tdkt exports over the old feed, a web server on this machine serves it, vdirsyncer fetches it, khal shows it."""

import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent, indent

import pytest

TDKT = Path(sys.executable).with_name("tdkt")
FEED = "ke-hoach.ics"
LEFT_OUT = ("TDKT_", "PYTHON", "LC_", "XDG_", "HTTP", "HTTPS", "http", "https", "all_proxy", "ALL_PROXY")
ROW = "{start-date} {end-date} {start-time} {end-time} | {title} | {status} | {categories}"

FIRST = """\
- id: "1"
  title: Họp Hội đồng
  executor: Ban Thi đua, khen thưởng
  deadlines: [{by: 2023-02-03}]
- id: "2"
  title: Tổng kết; bình xét "đợt 1"
  deadlines: [{before: 2023-03-01}]
- id: "3"
  title: Nộp báo cáo
  deadlines: [{by: 2023-02-20}]
- id: "4"
  title: Trình cờ
  deadlines: [{by: "2023-02-28T06:15"}]
"""
EDITED = """\
- id: "1"
  title: Họp Hội đồng
  executor: Ban Thi đua, khen thưởng
  deadlines:
    - by: 2023-02-03
      moved: [{by: 2023-03-15, date: 2023-02-01, document: 2/UBND}]
- id: "3"
  title: Nộp báo cáo
  deadlines:
    - by: 2023-02-20
      cancelled: {date: 2023-02-02, document: 3/UBND}
- id: "4"
  title: Trình cờ
  deadlines: [{by: "2023-02-28T06:15"}]
- id: "5"
  title: Việc mới
  deadlines: [{within: 2023-04}]
"""
EDITED_AGAIN = EDITED.replace("Việc mới", "Việc mới, đã sửa")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path):
    """A folder, and its address on this machine."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def run(tmp_path):
    """Run a program in a home of its own, far from Việt Nam, and give what it prints."""
    home = tmp_path / "home"
    home.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    clean |= {"HOME": str(home), "LANG": "C.UTF-8", "TZ": "America/New_York"}

    def printed(*command, folder=home):
        ran = subprocess.run(
            [*map(str, command)], cwd=folder, env=clean, check=False, capture_output=True, encoding="utf-8", timeout=120
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    return printed


@pytest.fixture
def publish(tmp_path, site, run):
    """Write the tasks of the plan and export the feed into the site, over what stands there."""
    project = tmp_path / "project"
    (project / "plans").mkdir(parents=True)
    (project / "tdkt.toml").touch()

    def edition(tasks):
        head = """\
            tdkt: plan/1
            id: p
            document: {number: 1/KH-UBND, title: Kế hoạch A, issued: 2022-12-01}
            period: 2023
            tasks:
            """
        (project / "plans" / "p.yaml").write_text(dedent(head) + indent(tasks, "  "), encoding="utf-8")
        run(TDKT, "export", "ics", "--lang", "vi", "-o", site[0] / FEED, folder=project)

    return edition


@pytest.fixture
def subscriber(tmp_path, site, run):
    """What stands in the calendar of a subscriber after the next synchronisation."""
    vdir, state = tmp_path / "vdir", tmp_path / "state"
    vdir.mkdir()
    syncer, khal = tmp_path / "vdirsyncer.conf", tmp_path / "khal.conf"
    syncer.write_text(
        dedent(f"""\
            [general]
            status_path = "{state}"

            [pair plans]
            a = "here"
            b = "feed"
            collections = null
            conflict_resolution = "b wins"

            [storage here]
            type = "filesystem"
            path = "{vdir}"
            fileext = ".ics"

            [storage feed]
            type = "http"
            url = "{site[1]}/{FEED}"
            """),
        encoding="utf-8",
    )
    khal.write_text(
        dedent(f"""\
            [calendars]
            [[plans]]
            path = {vdir}
            readonly = True

            [sqlite]
            path = {tmp_path / "khal.db"}

            [locale]
            local_timezone = Asia/Ho_Chi_Minh
            default_timezone = Asia/Ho_Chi_Minh
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            """),
        encoding="utf-8",
    )

    def calendar():
        if not state.exists():
            run("vdirsyncer", "-c", syncer, "discover", "plans")
        run("vdirsyncer", "-c", syncer, "sync")
        shown = run("khal", "-c", khal, "list", "--format", ROW, "--day-format", "", "2023-01-01", "366d")
        return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]

    calendar.files = lambda: {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in vdir.iterdir()}
    return calendar


def test_an_edit_reaches_a_subscriber(publish, subscriber):
    meeting, flags = (
        "Họp Hội đồng – Ban Thi đua, khen thưởng | CONFIRMED | 1/KH-UBND",
        "2023-02-28 2023-02-28 05:45 06:15 | 06:15 Trình cờ | CONFIRMED | 1/KH-UBND",
    )
    publish(FIRST)
    assert subscriber() == [
        f"2023-02-03 2023-02-03 | {meeting}",
        "2023-02-20 2023-02-20 | Nộp báo cáo | CONFIRMED | 1/KH-UBND",
        '2023-02-28 2023-02-28 | Tổng kết; bình xét "đợt 1" | CONFIRMED | 1/KH-UBND',
        flags,
    ]
    publish(EDITED)
    assert subscriber() == [
        "2023-02-20 2023-02-20 | [Hủy] Nộp báo cáo | CANCELLED | 1/KH-UBND",
        flags,
        f"2023-03-15 2023-03-15 | {meeting}",
        "2023-04-30 2023-04-30 | Việc mới | CONFIRMED | 1/KH-UBND",
    ]
    publish(EDITED_AGAIN)
    assert subscriber() == [
        flags,
        f"2023-03-15 2023-03-15 | {meeting}",
        "2023-04-30 2023-04-30 | Việc mới, đã sửa | CONFIRMED | 1/KH-UBND",
    ]


def test_without_a_change_a_subscriber_has_nothing_to_do(publish, subscriber):
    publish(FIRST)
    publish(EDITED)
    shown, files = subscriber(), subscriber.files()
    assert len(files) == 4
    publish(EDITED)
    assert (subscriber(), subscriber.files()) == (shown, files)


def test_a_subscriber_rewrites_only_what_changed(publish, subscriber):
    publish(FIRST)
    subscriber()
    before = subscriber.files()
    publish(FIRST.replace("2023-02-20", "2023-02-21"))
    subscriber()
    after = subscriber.files()
    assert len(after) == len(before)
    (gone,) = (data for name, (data, time) in before.items() if after.get(name) != (data, time))
    (come,) = (data for name, (data, time) in after.items() if before.get(name) != (data, time))
    assert (b"DTSTART;VALUE=DATE:20230220" in gone, b"DTSTART;VALUE=DATE:20230221" in come) == (True, True)
