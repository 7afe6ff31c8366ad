"""`tdkt publish`: what stands in a site, what changes when a plan changes, and what never leaves it."""

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path
from textwrap import dedent

import icalendar
import pytest

import tdkt_cli
from tdkt_cli.commands.publish import plan_parts
from tdkt_cli.core.record import Record

ADDRESS = "https://lich.example.vn/tdkt/"
NO_ADDRESS = "chưa ai đăng ký được: hãy nêu địa chỉ của trang bằng --url, hoặc url trong [publish] của tdkt.toml"
LONG_AGO = 1_000_000_000_000_000_000  # ns


@pytest.fixture
def publish(tdkt, project):
    """Publish the small project, or one with changed files, into its folder `site`."""
    folder = project()

    def run(*arguments, **env):
        return tdkt("publish", "site", *arguments, folder=folder, **env)

    run.folder, run.site = folder, folder / "site"
    return run


@pytest.fixture
def edit(publish):
    """Replace words in a file of the project."""

    def replace(name, old, new):
        file = publish.folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def files(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def aged(site):
    """Set back the time of every file, so that a file that is written again is seen."""
    for path in site.rglob("*"):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))


def touched(site):
    return {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.stat().st_mtime_ns != LONG_AGO
    }


def events(feed):
    return icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT")


def summaries(feed):
    return [str(event["SUMMARY"]) for event in events(feed)]


def test_a_site_has_a_feed_for_everything_each_plan_and_each_unit(publish):
    ended = publish()
    assert (ended.code, ended.err) == (0, f"{NO_ADDRESS}\n")
    assert ended.lines == ["đã xuất bản: site; 12 trong 12 tệp thay đổi"]
    assert set(files(publish.site)) == {
        "index.html",
        "bang-theo-doi.html",
        "plans.json",
        "feeds.json",
        "tat-ca.ics",
        "ke-hoach/a.ics",
        "ke-hoach/b.ics",
        "don-vi/u/ubnd.ics",
        "don-vi/u/ban-td.ics",
        "don-vi/u/so-y-te.ics",
        "don-vi/u/so-tai-chinh.ics",
        "don-vi/u/cac-so.ics",
    }


def test_a_unit_has_what_binds_its_groups(publish):
    publish()
    shown = summaries(publish.site / "don-vi/u/so-y-te.ics")
    assert shown == ["[Xong] Trình hồ sơ – Sở Y tế", "Ăn mừng – Các sở"]


def test_what_repeats_another_stands_once_in_the_feed_of_everything_and_in_its_own_plan(publish):
    publish()
    twice = {"Họp Hội đồng – Ban Thi đua", "Họp lại – Ban Thi đua"}
    assert twice & set(summaries(publish.site / "tat-ca.ics")) == {"Họp Hội đồng – Ban Thi đua"}
    assert "Họp lại – Ban Thi đua" in summaries(publish.site / "ke-hoach/b.ics")


def test_a_feed_for_each_role_asked_for(publish):
    publish("--role", "lead,coordinator")
    assert "Họp Hội đồng – Ban Thi đua" in summaries(publish.site / "vai-tro/lead/u/ubnd.ics")
    assert "Họp Hội đồng – Ban Thi đua" in summaries(publish.site / "vai-tro/coordinator/u/so-y-te.ics")


def test_a_role_that_does_not_exist(publish):
    ended = publish("--role", "boss")
    assert ended.code == 2
    assert "--role" in ended.err
    assert not publish.site.exists()


def test_the_settings_of_the_project_count(publish):
    (publish.folder / "tdkt.toml").write_text(
        f'[publish]\nname = "Lịch chung"\nurl = "{ADDRESS}"\ndomain = "tdkt.vn"\ndone = "drop"\nlead_days = [1]\n'
        'roles = ["lead"]\n',
        encoding="utf-8",
    )
    publish()
    feed = (publish.site / "tat-ca.ics").read_text(encoding="utf-8")
    assert "X-WR-CALNAME:Lịch chung\n" in feed
    assert f"SOURCE;VALUE=URI:{ADDRESS}tat-ca.ics\n" in feed
    assert {str(event["UID"]).partition("@")[2] for event in events(publish.site / "tat-ca.ics")} == {"tdkt.vn"}
    assert "BEGIN:VALARM" in feed
    assert "[Xong]" not in feed
    assert (publish.site / "vai-tro/lead/u/ubnd.ics").exists()


def test_publish_false_leaves_no_trace(publish, edit):
    edit("plans/a.yaml", "title: Ước mơ", "title: Ước mơ\n    publish: false")
    publish("--url", ADDRESS)
    assert [name for name, data in files(publish.site).items() if "Ước mơ".encode() in data] == []
    assert [summary for summary in summaries(publish.site / "tat-ca.ics") if summary.startswith("Họp Hội đồng")] == []


def test_the_records_are_those_of_list_less_what_depends_on_today(publish, tdkt):
    publish()
    published = json.loads((publish.site / "plans.json").read_bytes())
    listed = tdkt("list", "--format", "json", "--sort", "plan", folder=publish.folder).records
    assert published == [
        {key: value for key, value in record.items() if key not in {"state", "days_left"}} for record in listed
    ]
    assert list(published[0]) == [key for key in Record.__annotations__ if key not in {"state", "days_left"}]


def test_nothing_depends_on_the_day_the_folder_or_the_cache(publish, tdkt, tmp_path):
    publish()
    first = files(publish.site)
    cache = str(tmp_path / "cache")
    for number, env in enumerate([{"TDKT_TODAY": "2031-05-05"}, {"TDKT_CACHE": cache}, {"TDKT_CACHE": cache}]):
        elsewhere = tmp_path / f"elsewhere-{number}"
        ended = tdkt("publish", elsewhere, folder=publish.folder / "plans", **env)
        assert ended.code == 0
        assert files(elsewhere) == first


def test_nothing_is_written_again_that_has_not_changed(publish):
    publish()
    aged(publish.site)
    assert publish().lines == ["đã xuất bản: site; 0 trong 12 tệp thay đổi"]
    assert touched(publish.site) == set()


@pytest.mark.parametrize("cached", [False, True])
def test_one_change_touches_only_what_it_concerns(publish, edit, tmp_path, cached):
    env = {"TDKT_CACHE": str(tmp_path / "cache")} if cached else {}
    publish(**env)
    aged(publish.site)
    edit("plans/b.yaml", "- by: 2023-02-10", "- by: 2023-02-11")
    edit("plans/b.yaml", "cancelled: {date: 2023-02-05, document: 3/UBND, reason: thời tiết}", "note: dời")
    publish(**env)
    pages = {"index.html", "bang-theo-doi.html", "plans.json", "feeds.json"}
    assert touched(publish.site) == pages | {"tat-ca.ics", "ke-hoach/b.ics", "don-vi/u/so-tai-chinh.ics"}


def test_a_moved_deadline_changes_its_event_and_the_stamp_of_the_feed(publish, edit):
    publish()
    before = (publish.site / "ke-hoach/a.ics").read_text(encoding="utf-8").splitlines()
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    publish()
    after = (publish.site / "ke-hoach/a.ics").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    stamps = [pair for pair in changed if pair[0].startswith(("LAST-MODIFIED", "DTSTAMP"))]
    assert [new for _, new in stamps] == [
        "LAST-MODIFIED:20221201T000001Z",
        "DTSTAMP:20221201T000001Z",
        "LAST-MODIFIED:20221201T000001Z",
    ]
    rest = [pair for pair in changed if pair not in stamps]
    assert rest[:3] == [
        ("SEQUENCE:0", "SEQUENCE:1"),
        ("DTSTART;VALUE=DATE:20230305", "DTSTART;VALUE=DATE:20230307"),
        ("DTEND;VALUE=DATE:20230306", "DTEND;VALUE=DATE:20230308"),
    ]
    assert all("03/2023" in old or "5/0" in old or "/2023" in old for old, _ in rest[3:])


GONE = "don-vi/u/so-tai-chinh.ics"
NOTICE = ["Lịch này không còn cập nhật; hãy đăng ký lại ở Lịch chung"]


@pytest.fixture
def take_away(edit):
    """Take a unit out of the plans and the register."""

    def run():
        for file in ("plans/a.yaml", "plans/b.yaml"):
            edit(file, "executor: Sở Tài chính", "executor: UBND Thành phố")
        edit("plans/units/u.yaml", "  - id: so-tai-chinh\n    name: Sở Tài chính\n", "")
        edit("plans/units/u.yaml", "      - so-tai-chinh\n", "")

    return run


def test_a_unit_that_is_gone_keeps_its_feed_with_a_notice_for_an_edition(publish, edit, take_away):
    publish("--name", "Lịch chung")
    take_away()
    ended = publish("--name", "Lịch chung")
    assert f"1 lịch đã ngừng, chỉ còn dòng báo: {GONE}\n" in ended.err
    assert summaries(publish.site / GONE) == NOTICE
    before = (publish.site / GONE).read_bytes()
    assert GONE in publish("--name", "Lịch chung").err
    edit("plans/a.yaml", "title: Ước mơ", "title: Ước mơ mới")  # it has no day, so no calendar changes
    publish("--name", "Lịch chung")
    assert (publish.site / GONE).read_bytes() == before
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    assert "đã ngừng" not in publish("--name", "Lịch chung").err
    assert not (publish.site / GONE).exists()


def test_a_unit_that_has_nothing_left_keeps_an_empty_feed(publish, edit):
    publish("--name", "Lịch chung")
    for file in ("plans/a.yaml", "plans/b.yaml"):
        edit(file, "executor: Sở Tài chính", "executor: UBND Thành phố")
    edit("plans/units/u.yaml", "      - so-tai-chinh\n", "")
    assert "đã ngừng" not in publish("--name", "Lịch chung").err
    assert summaries(publish.site / GONE) == []
    assert "LAST-MODIFIED:20221201T000001Z\n" in (publish.site / GONE).read_text(encoding="utf-8")


def test_calendars_in_which_everything_is_done_go_on(publish, edit):
    publish("--done", "drop")
    for day in ("before: 2023-02-20\n", "day: 2023-03-05\n"):
        edit("plans/a.yaml", day, f"{day}        done: 2023-02-01\n")
    assert "đã ngừng" not in publish("--done", "drop").err
    assert (publish.site / "ke-hoach/a.ics").exists()


def test_a_year_that_has_nothing_left_goes_on(publish, edit):
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2024-03-05")
    publish()
    assert {"nam/2023.ics", "nam/2024.ics"} <= set(files(publish.site))
    edit("plans/a.yaml", "- day: 2024-03-05", "- day: 2023-03-05")
    assert "đã ngừng" not in publish().err
    assert summaries(publish.site / "nam/2024.ics") == []
    assert len(events(publish.site / "nam/2023.ics")) == len(events(publish.site / "tat-ca.ics"))


def test_an_edition_elsewhere_that_has_lost_a_feed_is_refused(publish, tmp_path):
    publish()
    elsewhere = publish.site.rename(tmp_path / "elsewhere")
    (elsewhere / "tat-ca.ics").unlink()
    ended = publish("--previous", str(elsewhere))
    assert (ended.code, ended.err) == (3, f"tdkt: {elsewhere}/ có nêu tat-ca.ics nhưng không có tệp ấy\n")


def test_a_first_run_that_was_broken_off_goes_on(publish):
    publish()
    whole = files(publish.site)
    for name in ("feeds.json", "index.html", "plans.json", "bang-theo-doi.html", "don-vi/u/ubnd.ics"):
        (publish.site / name).unlink()
    publish()
    assert files(publish.site) == whole


HIDDEN = """\
    tdkt: plan/1
    id: kin
    document: {title: Kế hoạch kín}
    period: 2023
    tasks:
      - {id: "1", title: Kín, publish: false, deadlines: [by: 2023-02-03]}
    """


def test_the_cache_serves_another_site(publish, tmp_path):
    """Beside a plan of which nothing may be shown, which is read anew each time."""
    (publish.folder / "plans/kin.yaml").write_text(dedent(HIDDEN), encoding="utf-8")
    env = {"TDKT_CACHE": str(tmp_path / "cache")}
    publish(**env)
    first = files(publish.site)
    shutil.rmtree(publish.site)
    publish(**env)
    assert files(publish.site) == first


def test_the_cache_knows_what_a_plan_in_another_folder_has_done(publish, edit, tmp_path):
    """b repeats a deadline of a, which lies elsewhere: with the cache b is written as without it."""
    (publish.folder / "plans/2023").mkdir()
    (publish.folder / "plans/a.yaml").rename(publish.folder / "plans/2023/a.yaml")
    edit("plans/2023/a.yaml", "before: 2023-02-20\n", "before: 2023-02-20\n        done: 2023-02-01\n")
    env = {"TDKT_CACHE": str(tmp_path / "cache")}
    publish(**env)
    edit("plans/b.yaml", "- by: 2023-02-10", "- by: 2023-02-11")
    publish(**env)
    cached = files(publish.site)
    publish("--no-cache", **env)
    assert files(publish.site) == cached
    assert "[Xong] Họp lại – Ban Thi đua" in summaries(publish.site / "ke-hoach/b.ics")


def test_a_unit_that_is_gone_from_an_edition_elsewhere(publish, take_away, tmp_path):
    publish("--name", "Lịch chung")
    elsewhere = publish.site.rename(tmp_path / "elsewhere")
    take_away()
    publish("--name", "Lịch chung", "--previous", str(elsewhere))
    assert summaries(publish.site / GONE) == NOTICE
    before = files(publish.site)
    shutil.rmtree(elsewhere)
    publish.site.rename(elsewhere)
    publish("--name", "Lịch chung", "--previous", str(elsewhere))
    assert files(publish.site) == before


def test_calendars_that_publish_did_not_write_stay(publish, tdkt):
    publish()
    own = ["Phòng/so-y-te.ics", "cu/tat-ca.ics"]
    for name in own:
        (publish.site / name).parent.mkdir()
        tdkt("export", "ics", "--output", f"site/{name}", folder=publish.folder)
    before = files(publish.site)
    assert "đã ngừng" not in publish().err
    assert files(publish.site) == before


def test_a_site_of_somebody_else_is_not_overwritten(publish):
    publish.site.mkdir()
    (publish.site / "index.html").write_text("<title>Cổng thông tin</title>", encoding="utf-8")
    ended = publish()
    assert (ended.code, ended.err) == (
        3,
        "tdkt: trong site đã có một trang không do tdkt lập; hãy nêu thư mục khác\n",
    )
    assert list(files(publish.site)) == ["index.html"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"path": 1}', '[{"name": "x"}]'])
def test_a_list_of_calendars_that_is_broken_is_said(publish, text):
    publish()
    (publish.site / "feeds.json").write_text(text, encoding="utf-8")
    before = files(publish.site)
    ended = publish()
    assert (ended.code, ended.err) == (
        3,
        "tdkt: site/feeds.json không còn như tdkt đã ghi; hãy bỏ tệp ấy đi để bắt đầu lại\n",
    )
    assert files(publish.site) == before


@pytest.mark.parametrize("path", ["../thoat.ics", "/etc/passwd", "a/../../thoat.ics", "index.html", 7])
def test_a_list_of_calendars_leads_nowhere_else(publish, tdkt, path):
    publish()
    tdkt("export", "ics", "--output", "thoat.ics", folder=publish.folder)
    (publish.site / "feeds.json").write_text(json.dumps([{"path": path}]), encoding="utf-8")
    outside = (publish.folder / "thoat.ics").read_bytes()
    assert publish().code == 0
    assert (publish.folder / "thoat.ics").read_bytes() == outside


def test_the_list_of_calendars(publish):
    publish()
    listed = json.loads((publish.site / "feeds.json").read_bytes())
    assert {row["path"] for row in listed} == {name for name in files(publish.site) if name.endswith(".ics")}
    assert listed[2] == {
        "kind": "unit",
        "path": "don-vi/u/ban-td.ics",
        "name": "Ban Thi đua",
        "count": len(events(publish.site / "don-vi/u/ban-td.ics")),
        "register": "Danh bạ thử",
    }


def test_what_is_not_from_tdkt_stays(publish):
    publish.site.mkdir()
    (publish.site / "CNAME").write_text("lich.example.vn", encoding="utf-8")
    (publish.site / "khac.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:-//x//\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    before = files(publish.site)
    publish()
    assert before.items() <= files(publish.site).items()


def test_a_link_out_of_the_site_is_not_written_through(publish, tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_text("ngoài", encoding="utf-8")
    publish.site.mkdir()
    (publish.site / "index.html").symlink_to(outside)
    ended = publish()
    assert ended.code == 3
    assert "index.html là liên kết dẫn ra ngoài trang" in ended.err
    assert outside.read_text(encoding="utf-8") == "ngoài"


def test_a_feed_that_is_broken_off_is_not_forgotten(publish):
    publish()
    feed = publish.site / "tat-ca.ics"
    feed.write_bytes(feed.read_bytes()[:2000])
    ended = publish()
    assert ended.code == 3
    assert "tat-ca.ics không phải một tệp lịch trọn vẹn do tdkt lập" in ended.err
    assert len(feed.read_bytes()) == 2000


@pytest.mark.parametrize("cached", [True, False])
def test_while_a_plan_does_not_load_nobody_loses_an_event(publish, edit, tmp_path, cached):
    env = {"TDKT_CACHE": str(tmp_path / "cache") if cached else ""}
    publish(**env)
    before = files(publish.site)
    edit("plans/b.yaml", "period:", "perod:")
    edit("plans/a.yaml", "by: 2023-02-01", "by: 2023-02-02")
    ended = publish(**env)
    assert ended.code == 3
    assert "plans/b.yaml" in ended.err
    assert ended.err.endswith("không ghi gì: những việc không đọc được sẽ biến mất khỏi lịch của mọi người\n")
    assert files(publish.site) == before


def test_plans_of_which_nothing_may_be_shown(tdkt, project):
    hidden = {
        f"plans/{name}.yaml": f"tdkt: plan/1\nid: {name}\ndocument: {{title: Kế hoạch}}\nperiod: 2023\ntasks:\n"
        "  - {id: '1', title: Kín, publish: false, deadlines: [by: 2023-02-03]}\n"
        for name in "ab"
    }
    folder = project(**hidden)
    ended = tdkt("publish", "site", folder=folder)
    assert (ended.code, ended.err) == (0, "không ghi gì: mọi nhiệm vụ đều có publish: false\n")
    assert not (folder / "site").exists()


def test_no_plan_at_all(tdkt, tmp_path):
    ended = tdkt("publish", "site", folder=tmp_path)
    assert ended.code == 3
    assert not (tmp_path / "site").exists()


def test_stamps_go_on_from_an_edition_elsewhere(publish, edit, tmp_path):
    publish()
    old = publish.site.rename(tmp_path / "old")
    edit("plans/a.yaml", "- day: 2023-03-05", "- day: 2023-03-07")
    publish("--previous", old)
    moved = [event for event in events(publish.site / "tat-ca.ics") if int(event["SEQUENCE"])]
    assert [str(event["SUMMARY"]) for event in moved] == ["Ăn mừng – Các sở"]


def test_the_page_offers_each_feed_in_every_way(publish):
    publish("--url", ADDRESS)
    html = (publish.site / "index.html").read_text(encoding="utf-8")
    links = [unescape(link) for link in re.findall(r'href="([^"]*)"', html)]
    feed = "lich.example.vn/tdkt/don-vi/u/so-y-te.ics"
    assert f"webcal://{feed}" in links
    assert f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{feed.replace('/', '%2F')}" in links
    outlook = f"https%3A%2F%2F{feed.replace('/', '%2F')}&name=S%E1%BB%9F%20Y%20t%E1%BA%BF"
    assert f"https://outlook.office.com/calendar/0/addfromweb?url={outlook}" in links
    assert "don-vi/u/so-y-te.ics" in links
    assert f"<code>https://{feed}</code>" in html
    assert (
        html.count("<svg")
        == html.count('<li class="feed">')
        == len([name for name in files(publish.site) if name.endswith(".ics")])
    )
    assert "bang-theo-doi.html" in links


def test_without_an_address_the_page_offers_files_and_says_so(publish):
    publish()
    html = (publish.site / "index.html").read_text(encoding="utf-8")
    assert "người quản trị cần ghi địa chỉ của trang vào url, mục [publish] của tdkt.toml" in html
    assert "webcal:" not in html
    assert 'href="don-vi/u/so-y-te.ics"' in html


def test_the_page_holds_nothing_but_itself(publish):
    publish("--url", ADDRESS, "--name", "<script>alert(1)</script> & “Lịch”")
    html = (publish.site / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “Lịch”" in html
    assert re.search(
        r"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-[^;]*; script-src 'sha256-", html
    )
    assert not re.search(r"""\b(?:src|on\w+)=["']""", html)


def test_events_link_to_the_board(publish):
    publish("--url", ADDRESS.rstrip("/"))
    links = {str(event["URL"]) for event in events(publish.site / "ke-hoach/a.ics")}
    assert f"{ADDRESS}bang-theo-doi.html#ref=a/1%23hop" in links


def test_english(publish):
    ended = publish("--lang", "en", "--url", ADDRESS)
    assert ended.lines == ["published: site; 12 files of 12 changed"]
    assert '<html lang="en">' in (publish.site / "index.html").read_text(encoding="utf-8")
    assert "[Done] Trình hồ sơ – Sở Y tế" in summaries(publish.site / "tat-ca.ics")


def test_a_cache_that_holds_nonsense_changes_nothing(publish, tmp_path):
    publish()
    first = files(publish.site)
    cache = tmp_path / "cache"
    publish(TDKT_CACHE=str(cache))
    kept = list(cache.rglob("*.json"))
    assert len(kept) == 3  # two plans and the site
    for file in kept:
        file.write_text('{"key": [], "part": 3}', encoding="utf-8")
    assert publish(TDKT_CACHE=str(cache)).code == 0
    assert files(publish.site) == first


def test_another_version_of_the_program_takes_nothing_from_the_cache(publish, tmp_path, monkeypatch):
    assert plan_parts.own_folder() == Path(tdkt_cli.__file__).parent
    module = tmp_path / "program/core/wording.py"
    module.parent.mkdir(parents=True)
    module.touch()
    monkeypatch.setattr(plan_parts, "own_folder", lambda: tmp_path / "program")
    made = []
    real = plan_parts.event_texts
    monkeypatch.setattr(plan_parts, "event_texts", lambda *given: made.append(1) or real(*given))
    env = {"TDKT_CACHE": str(tmp_path / "cache")}
    publish(**env)
    publish(**env)
    assert len(made) == 2
    module.write_text("# changed", encoding="utf-8")
    publish(**env)
    assert len(made) == 4


def test_a_cache_that_cannot_be_written_changes_nothing(publish, tmp_path):
    (tmp_path / "cache").write_text("", encoding="utf-8")
    assert publish(TDKT_CACHE=str(tmp_path / "cache")).code == 0


def test_what_a_plan_refers_to_is_part_of_it(publish, edit, tmp_path):
    """The progress of a/1#hop counts for b/3, which repeats it: a change in plan a is seen in the feed of plan b."""
    env = {"TDKT_CACHE": str(tmp_path / "cache")}
    publish(**env)
    assert "Họp lại – Ban Thi đua" in summaries(publish.site / "ke-hoach/b.ics")
    edit("plans/a.yaml", "text: trước ngày 20/02/2023", "text: trước ngày 20/02/2023\n        done: 2023-02-18")
    publish(**env)
    assert "[Xong] Họp lại – Ban Thi đua" in summaries(publish.site / "ke-hoach/b.ics")


def test_two_plans_with_one_id_lose_nothing_in_silence(publish):
    other = publish.folder / "plans/khac/a.yaml"
    other.parent.mkdir()
    other.write_bytes((publish.folder / "plans/a.yaml").read_bytes())
    ended = publish()
    assert "bỏ ra ngoài: a.yaml, vì mã a đã có ở kế hoạch khác; tdkt check chỉ rõ chỗ\n" in ended.err
    uids = [str(event["UID"]) for event in events(publish.site / "tat-ca.ics")]
    assert len(uids) == len(set(uids))


def test_of_two_tasks_with_one_former_id_one_is_left_out_and_said(publish, edit):
    edit("plans/a.yaml", '  - id: "2"\n', '  - id: "2"\n    former_ids: ["9"]\n')
    edit("plans/a.yaml", '  - id: "5"\n', '  - id: "5"\n    former_ids: ["9"]\n')
    ended = publish()
    assert "bỏ ra: a/5 ghi hai lần" in ended.err
    assert [str(event["UID"]) for event in events(publish.site / "tat-ca.ics")].count("a_9@tdkt.invalid") == 1


def test_a_file_where_the_site_would_be(publish):
    publish.site.write_text("", encoding="utf-8")
    ended = publish()
    assert (ended.code, ended.err) == (2, "tdkt: site là một tệp; hãy nêu thư mục của trang: tdkt publish site\n")
    assert publish.site.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("target", "within"), [("plans", "."), (".", "."), ("..", "plans"), (".", "plans"), ("..", ".")]
)
def test_a_site_does_not_come_among_the_plans_or_the_settings(target, within, publish, tdkt):
    before = files(publish.folder)
    ended = tdkt("publish", target, folder=publish.folder / within)
    assert (ended.code, ended.out) == (2, "")
    assert f"{target} chứa kế hoạch hoặc thiết lập của cơ quan" in ended.err
    assert "tdkt publish site" in ended.err
    assert files(publish.folder) == before


def test_a_site_that_is_there_beside_the_plans_stays_up_to_date(publish, tdkt):
    publish()
    shutil.copytree(publish.site, publish.folder, dirs_exist_ok=True)
    assert tdkt("publish", ".", folder=publish.folder).code == 0


def test_another_domain_than_in_the_edition_before_is_said_once(publish):
    publish("--domain", "so.gov.vn", "--url", ADDRESS)
    same = publish("--domain", "so.gov.vn", "--url", ADDRESS)
    dropped = publish("--url", ADDRESS)
    again = publish("--url", ADDRESS)
    assert (same.err, again.err) == ("", "")
    assert dropped.err == (
        "mã sự kiện ở lần xuất bản trước kết thúc bằng @so.gov.vn, lần này bằng @tdkt.invalid: người đã đăng ký có thể thấy mỗi sự kiện "
        'hai lần; để tránh, ghi domain = "so.gov.vn" vào [publish] của tdkt.toml rồi làm lại lần này\n'
    )


def test_the_domain_is_to_be_chosen_before_people_subscribe(publish):
    first, second = publish("--url", ADDRESS), publish("--url", ADDRESS)
    assert first.err.startswith("trước khi có người đăng ký, hãy ghi tên miền của cơ quan vào [publish] của tdkt.toml")
    assert second.err == ""


def test_a_plan_without_tasks_is_said_to_be_so(tdkt, tmp_path):
    (tmp_path / "tdkt.toml").write_text("")
    new = tdkt("new", "a", "--title", "Kế hoạch A", "--year", "2026", "--today", "2026-01-05", folder=tmp_path)
    assert new.code == 0
    ended = tdkt("publish", "site", folder=tmp_path)
    assert ended.err.splitlines()[-1] == "không ghi gì: chưa có nhiệm vụ nào; tdkt add thêm nhiệm vụ"
    assert not (tmp_path / "site").exists()
