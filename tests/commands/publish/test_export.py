"""`tdkt export ics`: what goes into a feed, which edition it follows, what is said of it, and what is refused."""

import os
import re
import subprocess
from textwrap import dedent

import icalendar
import pytest

URL = "https://lich.example.vn/tdkt"
LONG_AGO = 1_000_000_000_000_000_000  # ns
MANY = f"""\
    tdkt: plan/1
    id: nhieu
    document: {{title: Kế hoạch lớn, issued: 2023-01-01}}
    period: 2014/2023
    tasks:
      - id: "1"
        title: Trực
        content: "{"Trực ban " * 30}"
        deadlines:
          - every: FREQ=DAILY
"""


@pytest.fixture
def export(tdkt, project):
    """Export the small project into its file `lich.ics`, or to the output with `output=None`."""
    folder = project()

    def run(*arguments, output="lich.ics", **env):
        where = ("-o", output) if output else ()
        return tdkt("export", "ics", *where, *arguments, folder=folder, **env)

    run.folder, run.file = folder, folder / "lich.ics"
    return run


@pytest.fixture
def edit(export):
    """Replace words in a file of the project."""

    def replace(name, old, new):
        file = export.folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def commit(export):
    """Commit the project as it stands, on this day."""

    def git(*arguments, day="2023-01-01"):
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
        names = {f"GIT_{who}_{what}": "x@example.vn" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(["git", *arguments], cwd=export.folder, env=environment | own | names, check=True)

    def on(day):
        git("add", "plans")
        git("commit", "--quiet", "--allow-empty", "--message=x", day=day)

    git("init", "--quiet")
    return on


def events(feed):
    return icalendar.Calendar.from_ical(feed).walk("VEVENT")


def summaries(feed):
    return [str(event["SUMMARY"]) for event in events(feed)]


def sequences(feed):
    return {str(event["UID"]).partition("@")[0]: int(event["SEQUENCE"]) for event in events(feed)}


def test_the_events_in_the_order_of_their_days(export):
    ended = export()
    assert (ended.code, ended.out) == (0, "")
    assert summaries(export.file.read_bytes()) == [
        "Phát thanh – Ban Thi đua",
        "[Xong] Trình hồ sơ – Sở Y tế",
        "[Xong] Biên tập sách – UBND Thành phố",
        "Họp Hội đồng – Ban Thi đua",
        "Phát thanh – Ban Thi đua",
        "Ăn mừng – Các sở",
        "Phát thanh – Ban Thi đua",
    ]


def test_what_is_said_of_a_feed(export, edit):
    assert export().err.splitlines() == [
        "đã ghi: lich.ics, “Thời hạn trong kế hoạch công tác”, 7 sự kiện",
        "chưa có ngày nên không nằm trong lịch: 2 việc",
    ]
    edit("plans/a.yaml", "title: Ước mơ", "title: Ước mơ\n    publish: false")
    assert export("--lang", "en").err.splitlines() == [
        "written: lich.ics, “Deadlines of work plans”, 6 events",
        "2 deadlines have no date and are not in the feed",
        "2 deadlines have publish: false and are not in the feed",
    ]


def test_the_output_is_the_feed_and_nothing_else(export):
    ended = export(output=None)
    export()
    assert ended.code == 0
    assert ended.out.encode() == export.file.read_bytes()
    assert ended.out.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert not re.search(r"(?<!\r)\n", ended.out)
    assert ended.err == "chưa có ngày nên không nằm trong lịch: 2 việc\n"


def test_an_empty_feed_says_so(export):
    ended = export("--text", "không có chữ này", output=None, TDKT_LANG="en")
    assert (ended.code, summaries(ended.out)) == (0, [])
    assert ended.err == "the feed is empty: no deadline with a day fits\n"


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        (["--unit", "so-y-te"], ["a/1#y-te", "a/2"]),
        (["--unit", "ubnd", "--role", "lead"], ["a/1#y-te", "a/1#hop"]),
        (["--plan", "b"], ["b/1@2023-01-31", "b/3", "b/1@2023-02-28", "b/1@2023-03-31"]),
        (["--section", "I.1"], ["a/1#y-te", "a/1#hop"]),
        (["--kind", "day"], ["a/2"]),
        (["--month", "3"], ["a/2", "b/1@2023-03-31"]),
        (["--from", "2023-03-01", "--to", "2023-03-10"], ["a/2"]),
        (["--text", "an mung"], ["a/2"]),
        (["--state", "done_late"], ["a/5"]),
        (["plans/b.yaml", "--kind", "before"], ["b/3"]),
    ],
)
def test_filters_choose_as_in_list(export, filters, refs):
    ended = export(*filters, "--today", "2023-02-22", "--lang", "en", output=None)
    assert ended.code == 0
    assert re.findall(r"Reference: (\S+?)\r\n", ended.out.replace("\r\n ", "")) == refs


@pytest.mark.parametrize("option", ["--group-by", "--sort", "--format"])
def test_what_only_a_list_has_is_not_offered(export, option):
    assert export(option, "plan").code == 2


def test_what_repeats_another_stands_once(export):
    export()
    uids = sequences(export.file.read_bytes())
    assert "a_1__hop" in uids
    assert "b_3" not in uids


def test_a_deadline_cancelled_before_the_first_edition_is_not_shown(export):
    export()
    assert "b_2" not in sequences(export.file.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "config", "name"),
    [
        ([], "", "Thời hạn trong kế hoạch công tác"),
        (["--lang", "en"], "", "Deadlines of work plans"),
        (["--plan", "a"], "", "1/KH-UBND – Kế hoạch A"),
        (["--unit", "so-y-te"], "", "Sở Y tế"),
        (["--unit", "so-y-te", "--unit", "ban-td"], "", "Ban Thi đua, Sở Y tế"),
        ([], "Lịch chung", "Lịch chung"),
        (["--plan", "a"], "Lịch chung", "Lịch chung"),
        (["--unit", "so-y-te"], "Lịch chung", "Sở Y tế"),
        (["--unit", "so-y-te", "--name", "Lịch; riêng"], "Lịch chung", "Lịch; riêng"),
    ],
)
def test_the_name(export, arguments, config, name):
    (export.folder / "tdkt.toml").write_text(f'[publish]\nname = "{config}"\n', encoding="utf-8")
    lines = export(*arguments, output=None).out.replace("\r\n ", "").split("\r\n")
    written = re.sub("([,;])", r"\\\1", name)
    assert {f"NAME:{written}", f"X-WR-CALNAME:{written}"} <= set(lines)


def test_the_documents_stand_in_the_description(export):
    assert "\r\nDESCRIPTION:Thời hạn theo: 1/KH-UBND\\; 2/KH-UBND\r\n" in export(output=None).out


def test_the_settings_of_the_project_count_and_options_come_before_them(export):
    (export.folder / "tdkt.toml").write_text(
        f'timezone = "UTC"\n[publish]\nurl = "{URL}"\ndomain = "tdkt.vn"\ndone = "drop"\nspan = true\nlead_days = [2]\n',
        encoding="utf-8",
    )
    first = events(export(output=None).out)
    assert {str(event["UID"]).partition("@")[2] for event in first} == {"tdkt.vn"}
    assert str(first[1]["URL"]) == f"{URL}/bang-theo-doi.html#ref=a/1%23hop"
    assert len(first) == 5  # none of the two that are done
    other = ("--domain", "hanoi.gov.vn", "--url", "http://a.vn/", "--done", "keep", "--lead-days", "1,3,1")
    feed = export(*other, output=None).out
    second = events(feed)
    assert {str(event["UID"]).partition("@")[2] for event in second} == {"hanoi.gov.vn"}
    assert str(second[1]["URL"]) == "http://a.vn/bang-theo-doi.html#ref=a/1%23y-te"
    assert len(second) == 7
    assert "[Xong]" not in feed
    assert re.findall("TRIGGER:(.*)\r\n", feed[: feed.index("END:VEVENT")]) == ["-P2DT16H", "-PT16H"]
    assert "\r\nX-WR-TIMEZONE:UTC\r\n" in feed
    assert "\r\nDTSTART;VALUE=DATE:20230201\r\nDTEND;VALUE=DATE:20230211\r\n" in feed


@pytest.mark.parametrize(("span", "start"), [(["--span"], "20230201"), ([], "20230210")])
def test_a_period_on_its_last_day_or_on_all(export, span, start):
    feed = export("--text", "Biên tập sách", *span, output=None).out
    assert f"\r\nDTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:20230211\r\n" in feed


@pytest.mark.parametrize("unchanged", [[], ["--today", "2031-05-05"]])
def test_a_feed_without_changes_is_not_written_again(export, unchanged):
    export()
    os.utime(export.file, ns=(LONG_AGO, LONG_AGO))
    before = export.file.read_bytes(), export.file.stat()
    ended = export(*unchanged)
    assert ended.err.startswith("đã ghi: lich.ics, “Thời hạn trong kế hoạch công tác”, 7 sự kiện\n")
    after = export.file.read_bytes(), export.file.stat()
    assert (after[0], after[1].st_mtime_ns, after[1].st_ino) == (before[0], LONG_AGO, before[1].st_ino)


def test_the_file_that_is_replaced_is_the_previous_edition(export, edit):
    export()
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    export()
    assert {uid for uid, count in sequences(export.file.read_bytes()).items() if count} == {"a_2"}


def test_to_the_output_each_is_a_first_edition(export, edit):
    export(output=None)
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    assert set(sequences(export(output=None).out).values()) == {0}


@pytest.mark.parametrize("place", ["cu/lich.ics", "cu", "cu/"])
def test_another_edition_can_be_the_previous_one(export, edit, place):
    export()
    (export.folder / "cu").mkdir()
    export.file.rename(export.folder / "cu" / "lich.ics")
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    export("--previous", place)
    assert sequences(export.file.read_bytes())["a_2"] == 1
    old = sequences((export.folder / "cu" / "lich.ics").read_bytes())
    assert old["a_2"] == 0


def test_the_output_can_follow_an_edition_too(export, edit):
    export()
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    assert sequences(export("--previous", "lich.ics", output=None).out)["a_2"] == 1


def test_a_folder_in_which_there_is_none_yet(export):
    (export.folder / "cu").mkdir()
    assert export("--previous", "cu").code == 0
    assert set(sequences(export.file.read_bytes()).values()) == {0}


@pytest.mark.parametrize(
    ("previous", "said"),
    [
        ("khong-co.ics", "tdkt: there is no file khong-co.ics; without --previous a first edition is made"),
        (
            "tdkt.toml",
            "tdkt: tdkt.toml is not a complete feed made by tdkt; name another file, or delete it to start again",
        ),
        ("http://127.0.0.1:1/", "tdkt: the previous edition at http://127.0.0.1:1/lich.ics cannot be fetched: "),
    ],
)
def test_a_previous_edition_that_cannot_be_used(export, monkeypatch, previous, said):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    export()
    before = export.file.read_bytes()
    ended = export("--previous", previous, "--lang", "en", "--done", "drop")
    assert ended.code == 3
    assert ended.err.startswith(said)
    assert export.file.read_bytes() == before


@pytest.mark.parametrize("keep", [0, 300, 2000])
def test_a_file_that_is_broken_off_is_not_replaced(export, keep):
    export()
    export.file.write_bytes(export.file.read_bytes()[:keep])
    ended = export()
    assert ended.code == 3
    assert ended.err == (
        "tdkt: lich.ics không phải một tệp lịch trọn vẹn do tdkt lập; hãy chọn tệp khác, hoặc xóa đi để lập lại từ đầu\n"
    )
    assert len(export.file.read_bytes()) == keep


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--domain", "a b"], "--domain: a domain has letters, digits, “.” and “-”, such as hanoi.gov.vn"),
        (["--domain", "hà.vn"], "--domain: a domain has letters, digits, “.” and “-”, such as hanoi.gov.vn"),
        (["--url", "lich.vn"], "--url: an address begins with https://, such as https://lich.example.vn/tdkt/"),
        (["--url", "https://a.vn/?q"], "--url: an address begins with https://, such as https://lich.example.vn/tdkt/"),
        (["--lead-days", "x"], "--lead-days takes a whole number from 0 to 366, not “x”"),
        (["--lead-days", "7,-1"], "--lead-days takes a whole number from 0 to 366, not “-1”"),
        (["--lead-days", "367"], "--lead-days takes a whole number from 0 to 366, not “367”"),
        (["--done", "all"], "--done does not know “all”; it takes keep, mark, drop"),
        (["--unit", "khong-co"], "“khong-co” is not in any register; tdkt units lists them"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_written(export, arguments, said):
    ended = export(*arguments, "--lang", "en")
    assert (ended.code, ended.err) == (2, f"tdkt: {said}\n")
    assert not export.file.exists()


def test_the_kind_of_file_must_be_named_and_known(tdkt, export):
    assert tdkt("export", folder=export.folder).code == 2
    ended = tdkt("export", "pdf", "--lang", "en", folder=export.folder)
    assert ended.code == 2
    assert "ics" in ended.err


def test_a_folder_that_does_not_exist(export):
    ended = export("--lang", "en", output="khong-co/lich.ics")
    assert (ended.code, ended.err) == (2, "tdkt: there is no folder khong-co\n")


def test_a_folder_in_the_way_of_the_file(export):
    ended = export(output="plans")
    assert (ended.code, ended.err) == (2, "tdkt: không ghi được plans: đó là thư mục\n")


def test_another_domain_than_in_the_edition_before_is_said(export):
    export("--domain", "so.gov.vn")
    assert "kết thúc bằng @so.gov.vn, lần này bằng @tdkt.invalid" in export().err
    assert "so.gov.vn" not in export().err


def test_a_link_is_followed(export):
    (export.folder / "that.ics").symlink_to("lich.ics")
    export()
    export("--done", "drop", output="that.ics")
    assert (export.folder / "that.ics").is_symlink()
    assert len(events(export.file.read_bytes())) == 5


def test_where_a_plan_does_not_load_nothing_is_written(export, edit):
    """What it holds would vanish from everyone's calendar."""
    export()
    before = export.file.read_bytes()
    edit("plans/b.yaml", "period:", "perod:")
    for output in ("lich.ics", "moi.ics", None):
        ended = export("--lang", "en", output=output)
        assert (ended.code, ended.out) == (3, "")
        assert "plans/b.yaml:" in ended.err
        assert ended.err.endswith(
            "1 file was left out; tdkt check shows everything\n"
            "nothing was written: what could not be read would vanish from people's calendars\n"
        )
    assert export.file.read_bytes() == before
    assert not (export.folder / "moi.ics").exists()


def test_where_there_is_no_plan_nothing_is_written(export):
    export()
    before = export.file.read_bytes()
    assert export("khong-co").code == 3
    assert export.file.read_bytes() == before


def test_two_plans_with_one_id_lose_nothing_in_silence(export):
    other = export.folder / "plans/khac/a.yaml"
    other.parent.mkdir()
    other.write_bytes((export.folder / "plans/a.yaml").read_bytes())
    ended = export("--lang", "en")
    assert "left out: a/1#hop is used twice, or is a former id of another task; tdkt check says where" in ended.err
    assert len(events(export.file.read_bytes())) == 7


def test_a_feed_larger_than_google_reads(export):
    (export.folder / "plans/nhieu.yaml").write_text(dedent(MANY), encoding="utf-8")
    ended = export("--plan", "nhieu", "--lang", "en")
    size = len(export.file.read_bytes())
    assert size > 1_000_000
    assert ended.code == 0
    assert ended.err.splitlines()[-1] == (
        f"lich.ics has {size / 1_000_000:.1f} MB; Google Calendar reads at most 1 MB:"
        " make a feed for each unit, plan or year"
    )


def test_the_stamp_of_a_first_edition_is_the_day_of_issue(export):
    feed = export(output=None).out
    assert set(re.findall("(?:DTSTAMP|LAST-MODIFIED):(.*)\r\n", feed)) == {"20221201T000000Z"}


def stamps(feed):
    """The stamp and the number of changes of each event."""
    stamped = ((str(event["UID"]).partition("@")[0], event) for event in events(feed))
    return {uid: (event["DTSTAMP"].dt.date().isoformat(), int(event["SEQUENCE"])) for uid, event in stamped}


def test_the_stamps_of_a_first_edition_are_those_of_the_history_of_each_plan(export, edit, commit):
    commit("2023-01-02")
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    commit("2023-01-03")
    edit("plans/b.yaml", "id: b", "# ghi chú\nid: b")
    commit("2023-01-04")
    edit("plans/a.yaml", "- day: 2023-03-07", "- day: 2023-03-09")
    edit("plans/a.yaml", "what: Họp Hội đồng", "what: Họp Hội đồng xét")
    commit("2023-01-05")
    assert stamps(export(output=None).out) == {
        "a_1__y-te": ("2023-01-02", 0),
        "a_1__hop": ("2023-01-05", 1),
        "a_2": ("2023-01-05", 2),
        "a_5": ("2023-01-02", 0),
        "b_1____20230131": ("2023-01-02", 0),
        "b_1____20230228": ("2023-01-02", 0),
        "b_1____20230331": ("2023-01-02", 0),
    }


def test_what_is_not_committed_yet_is_one_more_change(export, edit, commit):
    commit("2023-01-02")
    before = export(output=None).out
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    after = export(output=None).out
    assert (stamps(before)["a_2"], stamps(after)["a_2"]) == (("2023-01-02", 0), ("2023-01-02", 1))
    assert "LAST-MODIFIED:20230102T120001Z" in after


def test_a_version_that_did_not_load_is_passed_over(export, edit, commit):
    commit("2023-01-02")
    edit("plans/a.yaml", "period:", "perod:")
    commit("2023-01-03")
    edit("plans/a.yaml", "perod:", "period:")
    commit("2023-01-04")
    assert set(stamps(export("--plan", "a", output=None).out).values()) == {("2023-01-02", 0)}


def test_a_deadline_that_was_cancelled_later_is_shown_so_in_the_first_edition(export, edit, commit):
    commit("2023-01-02")
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-05\n        cancelled: 2023-02-01")
    commit("2023-01-03")
    feed = export("--plan", "a", output=None).out
    assert stamps(feed)["a_2"] == ("2023-01-03", 1)
    assert "SUMMARY:[Hủy] Ăn mừng" in feed


def test_history_counts_only_where_there_is_no_edition_yet(export, edit, commit):
    export()
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    commit("2023-01-02")
    export()
    assert stamps(export.file.read_bytes())["a_2"] == ("2022-12-01", 1)
