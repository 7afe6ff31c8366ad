"""Feeds as two other parsers read them: ical.js, which is Thunderbird's, and libical, which is Evolution's.

ical.js comes from npm at a fixed version; libical is Debian's, called by Debian's own Python.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
ICAL_JS = ("ical.js", "2.2.1")
SUMMARY_OCTETS = 250

READ_BY_ICAL_JS = """
const ICAL = require("ical.js");
const bytes = require("fs").readFileSync(process.argv[1]);
const calendar = new ICAL.Component(ICAL.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
const value = (component, name) => component.getFirstPropertyValue(name);
const text = (component, name) => { const found = value(component, name); return found === null ? null : `${found}`; };
// ical.js knows neither name of a calendar, so it leaves the text as it stands in the file.
const raw = (component, name) => ICAL.design.icalendar.value.text.fromICAL(text(component, name));
console.log(JSON.stringify({
  errors: 0, // it refuses a feed rather than count
  name: raw(calendar, "name"),
  also_named: raw(calendar, "x-wr-calname"),
  refresh: text(calendar, "refresh-interval"),
  events: calendar.getAllSubcomponents("vevent").map(component => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      summary: event.summary,
      description: event.description,
      status: text(component, "status"),
      categories: component.getFirstProperty("categories").getValues(),
      url: text(component, "url"),
      sequence: event.sequence,
      stamps: [text(component, "dtstamp"), text(component, "last-modified")],
      alarms: component.getAllSubcomponents("valarm").map(alarm => text(alarm, "trigger")),
    };
  }),
}));
"""

READ_BY_LIBICAL = """
import json, sys
import gi
gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as I

def each(component, kind):
    found = component.get_first_component(kind)
    while found:
        yield found
        found = component.get_next_component(kind)

def properties(component, kind):
    found = component.get_first_property(kind)
    while found:
        yield found
        found = component.get_next_property(kind)

def value(component, kind):
    found = component.get_first_property(kind)
    return found.get_value_as_string() if found else None

def named(component, name):
    every = properties(component, I.PropertyKind.ANY_PROPERTY)
    return next((one.get_value().get_text() or one.get_value_as_string() for one in every if one.get_property_name() == name), None)

def shown(time):
    day = f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    if time.is_date():
        return day
    zone = "Z" if time.is_utc() else ""
    return f"{day}T{time.get_hour():02}:{time.get_minute():02}:{time.get_second():02}{zone}"

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    calendar = I.Component.new_from_string(file.read())
Kind, Property = I.ComponentKind, I.PropertyKind
print(json.dumps({
    "errors": calendar.count_errors(),
    "name": named(calendar, "NAME"),
    "also_named": named(calendar, "X-WR-CALNAME"),
    "refresh": named(calendar, "REFRESH-INTERVAL"),
    "events": [{
        "uid": event.get_uid(),
        "start": shown(event.get_dtstart()),
        "end": shown(event.get_dtend()),
        "summary": event.get_summary(),
        "description": event.get_description(),
        "status": value(event, Property.STATUS_PROPERTY),
        "categories": [one.get_categories() for one in properties(event, Property.CATEGORIES_PROPERTY)],
        "url": value(event, Property.URL_PROPERTY),
        "sequence": event.get_sequence(),
        "stamps": [shown(event.get_dtstamp()), shown(event.get_first_property(Property.LASTMODIFIED_PROPERTY).get_lastmodified())],
        "alarms": [value(alarm, Property.TRIGGER_PROPERTY) for alarm in each(event, Kind.VALARM_COMPONENT)],
    } for event in each(calendar, Kind.VEVENT_COMPONENT)],
}))
"""


def quoted(text):
    """A text in YAML's double quotes, what is not to be seen in it escaped."""
    shown = (
        one if one.isprintable() else f"\\u{ord(one):04x}" for one in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{"".join(shown)}"'


class Feed(NamedTuple):
    """What a parser found in a feed; events by UID."""

    errors: int
    name: str
    also_named: str
    refresh: str
    events: dict


@pytest.fixture(scope="session")
def parsers(npm):
    """By name, where it is installed, and the command that reads the feed named after it and prints it as JSON."""
    modules = npm(*ICAL_JS).parent
    return {
        "ical.js": (modules, ["node", "-e", READ_BY_ICAL_JS]),
        "libical": (modules, ["/usr/bin/python3", "-I", "-c", READ_BY_LIBICAL]),
    }


@pytest.fixture(params=["ical.js", "libical"])
def read(request, parsers):
    """Read a feed with one of the parsers."""
    modules, command = parsers[request.param]

    def feed(path):
        env = os.environ | {"TZ": "America/New_York", "NODE_PATH": str(modules)}
        ran = subprocess.run([*command, str(path)], cwd=modules, env=env, check=True, capture_output=True, timeout=120)
        found = json.loads(ran.stdout)
        events = {event["uid"]: event for event in found["events"]}
        assert len(events) == len(found["events"])
        return Feed(**found | {"events": events})

    return feed


@pytest.fixture
def tdkt():
    """Run tdkt in a folder and give what it prints."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON"))}

    def run(folder, *arguments):
        ran = subprocess.run(
            [TDKT, *map(str, arguments)], cwd=folder, env=clean, check=True, capture_output=True, timeout=120
        )
        return ran.stdout.decode()

    return run


@pytest.fixture
def project(tmp_path):
    """Write the tasks of a plan into a project of its own, and say where that is."""

    def write(tasks, title="Kế hoạch"):
        folder = tmp_path / "project"
        (folder / "plans").mkdir(parents=True, exist_ok=True)
        (folder / "tdkt.toml").touch()
        head = f"""\
            tdkt: plan/1
            id: p
            document: {{number: 1/KH-UBND, title: {quoted(title)}, issued: 2022-12-01}}
            period: 2023
            tasks:
            """
        (folder / "plans" / "p.yaml").write_text(dedent(head) + dedent(tasks), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def export(tdkt, project, tmp_path, read):
    """Export a plan with these tasks and read the feed back."""

    def run(tasks, *options, title="Kế hoạch"):
        feed = tmp_path / "feed.ics"
        tdkt(project(tasks, title), "export", "ics", "--lang", "en", "--domain", "a.vn", "-o", feed, *options)
        return read(feed)

    return run


def uid_of(record):
    parts = [record["plan"] + "_" + record["task"], record["deadline"] or ""]
    parts += [record["occurrence"].replace("-", "")] if record["occurrence"] else []
    return "__".join(parts).removesuffix("__") + "@hanoi.example"


def same_words(shown, words):
    """Whether a summary is these words, or as much of their beginning as has room."""
    if len(words.encode()) <= SUMMARY_OCTETS:
        return shown == words
    return shown.endswith("…") and words.startswith(shown[:-1]) and len(shown.encode()) <= SUMMARY_OCTETS


def test_every_deadline_of_the_bundled_plans_is_read_back(tdkt, read, tmp_path):
    feed = tmp_path / "feed.ics"
    tdkt(ROOT, "export", "ics", "--lang", "vi", "--domain", "hanoi.example", "-o", feed)
    found = read(feed)
    records = [record for record in json.loads(tdkt(ROOT, "list", "--format", "json")) if record["last_day"]]
    days = {record["ref"]: record["last_day"] for record in records}
    expected = {uid_of(record): record for record in records if days.get(record["same_as"]) != record["last_day"]}
    assert len(expected) > 150
    assert found.errors == 0
    assert found.events.keys() == expected.keys()
    for uid, record in expected.items():
        event, day = found.events[uid], date.fromisoformat(record["last_day"])
        assert (event["start"], event["end"]) == (f"{day}", f"{day + timedelta(days=1)}")
        words = (record["what"] or record["title"]) + " – " * bool(record["bound"]) + "; ".join(record["bound"])
        assert same_words(event["summary"].removeprefix("[Đã xong] "), unicodedata.normalize("NFC", words))
        assert event["description"].endswith(f"Mã: {record['ref']}")
        assert record["text"] is None or " ".join(record["text"].split()) in event["description"]
        assert event["categories"] == [record["document"] or record["plan"]]
        assert event["status"] == "CONFIRMED"
        assert event["stamps"][0] == event["stamps"][1]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["stamps"][0])


def test_what_the_calendar_says_of_itself(export):
    found = export(
        """\
        - id: "1"
          title: Họp
          deadlines: [{by: 2023-02-03}]
        """,
        title='Thi đua, khen thưởng; năm 2023: "đợt 1"',
    )
    name = '1/KH-UBND – Thi đua, khen thưởng; năm 2023: "đợt 1"'
    assert (found.errors, found.name, found.also_named, found.refresh) == (0, name, name, "PT12H")


LONG = " ".join(["nghiêng"] * 50)
TITLES = {
    "comma": ("Cờ, bằng khen", "Cờ, bằng khen"),
    "semicolon": ("Cờ; bằng khen", "Cờ; bằng khen"),
    "colon": ("Hạn: gấp", "Hạn: gấp"),
    "backslash": ("C:\\new\\;\\,\\N", "C:∖new∖;∖,∖N"),
    "quotes": ("\"Người tốt\" 'việc tốt'", "\"Người tốt\" 'việc tốt'"),
    "markup": ("<script>alert(1)</script> &amp;", "<script>alert(1)</script> &amp;"),
    "property": ("Họp END:VEVENT", "Họp END:VEVENT"),
    "parameter": ('a^nb="x";y=z:%0A', 'a^nb="x";y=z:%0A'),
    "line-end": ("Họp BEGIN:VEVENT", "Họp BEGIN:VEVENT"),
    "four-bytes": ("🏅 Khen 𝄞 " + "🏅" * 30, "🏅 Khen 𝄞 " + "🏅" * 30),
    "decomposed": (unicodedata.normalize("NFD", "Sở Giáo dục Đại Từ ưỡn ộ"), "Sở Giáo dục Đại Từ ưỡn ộ"),
    "spaces": ("một  hai", "một hai"),
    "long": (LONG, None),
}


@pytest.mark.parametrize("editions", [1, 2])
def test_hostile_titles(export, editions):
    tasks = "".join(
        f"- id: {id}\n  title: {quoted(title)}\n  deadlines: [{{by: 2023-02-03}}]\n"
        for id, (title, _) in TITLES.items()
    )
    for _ in range(editions):
        found = export(tasks)
    assert found.errors == 0
    shown = {uid.removeprefix("p_").removesuffix("@a.vn"): event["summary"] for uid, event in found.events.items()}
    long = shown.pop("long")
    assert shown == {id: words for id, (_, words) in TITLES.items() if words}
    assert long.endswith("nghiêng…")
    assert same_words(long, LONG)


def test_lines_of_a_cell_stay_lines(export):
    found = export("""\
        - id: "1"
          title: Họp
          content: |
            - Xét; đề nghị, "khen"
            - Trình \\n Chủ tịch

            BEGIN:VEVENT
            UID:giả@a.vn
          deadlines: [{by: 2023-02-03}]
        """)
    (event,) = found.events.values()
    assert found.errors == 0
    assert event["description"].splitlines()[:6] == [
        '- Xét; đề nghị, "khen"',
        "- Trình ∖n Chủ tịch",
        "",
        "BEGIN:VEVENT",
        "UID:giả@a.vn",
        "",
    ]


DAYS = """\
    - id: before
      title: Trước ngày
      deadlines: [{before: 2023-03-01}]
    - id: by
      title: Đến ngày
      deadlines: [{by: 2023-02-28}]
    - id: last-of-year
      title: Cuối năm
      deadlines: [{by: 2023-12-31}]
    - id: leap
      title: Ngày nhuận
      deadlines: [{by: 2024-02-29}]
    - id: hour
      title: Có giờ
      deadlines: [{by: "2023-02-28T17:00"}]
    - id: night
      title: Sáng sớm
      deadlines: [{by: "2023-03-01T06:15"}]
    - id: period
      title: Quý
      deadlines: [{within: 2023-Q2}]
    """
SHOWN_DAYS = {
    "before": ("2023-02-28", "2023-03-01"),
    "by": ("2023-02-28", "2023-03-01"),
    "last-of-year": ("2023-12-31", "2024-01-01"),
    "leap": ("2024-02-29", "2024-03-01"),
    "hour": ("2023-02-28T09:30:00Z", "2023-02-28T10:00:00Z"),
    "night": ("2023-02-28T22:45:00Z", "2023-02-28T23:15:00Z"),
    "period": ("2023-06-30", "2023-07-01"),
}


@pytest.mark.parametrize(
    ("options", "period"), [((), SHOWN_DAYS["period"]), (("--span",), ("2023-04-01", "2023-07-01"))], ids=["", "span"]
)
def test_days_and_hours(export, options, period):
    found = export(DAYS, *options)
    shown = {uid: (event["start"], event["end"]) for uid, event in found.events.items()}
    assert shown == {f"p_{id}@a.vn": days for id, days in (SHOWN_DAYS | {"period": period}).items()}


def when(found, id, start):
    """The moments of an event's reminders, by its start."""
    triggers = [
        re.fullmatch(r"-P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?", one) for one in found.events[f"p_{id}@a.vn"]["alarms"]
    ]
    return [
        start - timedelta(**dict(zip(("weeks", "days", "hours"), map(int, trigger.groups(default="0")), strict=True)))
        for trigger in triggers
    ]


def test_reminders_come_at_eight_in_the_morning(export):
    found = export(
        """\
        - id: day
          title: Cả ngày
          deadlines: [{by: 2023-02-28}]
        - id: hour
          title: Có giờ
          deadlines: [{by: "2023-02-28T17:00"}]
        """,
        "--lead-days",
        "7,1",
    )
    midnight, meeting = datetime(2023, 2, 28, tzinfo=UTC), datetime(2023, 2, 28, 9, 30, tzinfo=UTC)
    assert when(found, "day", midnight) == [datetime(2023, 2, day, 8, tzinfo=UTC) for day in (21, 27)]
    assert when(found, "hour", meeting) == [meeting - timedelta(days=days) for days in (7, 1)]


def test_an_event_links_to_its_row_on_the_page(export):
    found = export(
        """\
        - id: "1"
          title: Họp
          deadlines: [{id: hop, by: 2023-02-03}]
        """,
        "--url",
        "https://lich.example.vn/a,b/",
    )
    (event,) = found.events.values()
    assert event["url"] == "https://lich.example.vn/a,b/bang-theo-doi.html#ref=p/1%23hop"
    assert event["description"].endswith(event["url"])


def test_a_change_is_read_as_one(export):
    tasks = """\
        - id: "1"
          title: Họp
          deadlines: [{{by: {day}{more}}}]
        - id: "2"
          title: Tổng kết
          deadlines: [{{by: 2023-02-05}}]
        """
    first = export(tasks.format(day="2023-02-03", more="")).events
    moved = export(tasks.format(day="2023-02-10", more="")).events
    cancelled = export(tasks.format(day="2023-02-10", more=", cancelled: {date: 2023-02-01, document: 2/UBND}")).events
    one, two = "p_1@a.vn", "p_2@a.vn"
    assert [found[one]["start"] for found in (first, moved, cancelled)] == ["2023-02-03", "2023-02-10", "2023-02-10"]
    assert [found[one]["sequence"] for found in (first, moved, cancelled)] == [0, 1, 2]
    assert [found[one]["status"] for found in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert cancelled[one]["summary"] == "[Cancelled] Họp"
    assert first[one]["stamps"] < moved[one]["stamps"] < cancelled[one]["stamps"]
    assert first[two] == moved[two] == cancelled[two]
