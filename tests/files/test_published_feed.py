"""The edition before this one: in a file, in a folder, on the web; nothing there is a beginning, anything else is refused."""

import socket
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError

import pytest

from tdkt_cli.core.feeds.editions import Edition, Version
from tdkt_cli.files import published_feed as module
from tdkt_cli.files.published_feed import PreviousError, read_edition_file, read_previous
from tdkt_cli.render.language import language

STAMP = datetime(2023, 2, 10, 8, 30, tzinfo=UTC)
EVENT = "BEGIN:VEVENT\r\nUID:a@x\r\n{}SUMMARY:Họp\r\nEND:VEVENT\r\n"
STAMPS = "DTSTAMP:20230210T083000Z\r\nLAST-MODIFIED:20230210T083000Z\r\nSEQUENCE:2\r\n"
FEED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nLAST-MODIFIED:20230210T083000Z\r\n"
    f"{EVENT.format(STAMPS)}END:VCALENDAR\r\n".encode()
)
EDITION = Edition(STAMP, {"a@x": Version(EVENT.format(""), 2, STAMP)})
NO_FEEDS = [
    b"",
    FEED[:-1],
    FEED[: len(FEED) // 2],
    FEED.replace(b"\r\n", b"\n"),
    FEED.replace("ọ".encode(), b"\xff"),
    FEED * 2,
    FEED.replace(b"SEQUENCE:2\r\n", b""),
]
NO_CALENDARS = [
    b"<!doctype html><title>404</title>",
    b"# README",
    b"\xef\xbb\xbf" + FEED,
    FEED.decode().encode("utf-16"),
]


class Server(ThreadingHTTPServer):
    """A web server on this machine: what it answers, and what it was asked."""

    code, body, length, moved = 200, FEED, None, {}

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers as the server says."""

    def do_GET(self):
        server = self.server
        server.asked.append(self.path)
        to = server.moved.get(self.path)
        self.send_response(302 if to else server.code)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(server.body) if server.length is None else server.length))
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """A web server that has a feed under every address."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def refuses():
    """Why a previous edition at this place is refused, in English."""

    def said(place, name="lich.ics"):
        with pytest.raises(PreviousError) as refused:
            read_previous(str(place), name)
        return language("en").say(refused.value.message)

    return said


def not_a_feed(place):
    return f"{place} is not a complete feed made by tdkt; name another file, or delete it to start again"


def test_a_file(tmp_path):
    (tmp_path / "cu.ics").write_bytes(FEED)
    assert read_previous(str(tmp_path / "cu.ics"), "lich.ics") == EDITION
    assert read_edition_file(tmp_path / "cu.ics") == EDITION


@pytest.mark.parametrize("end", ["", "/"])
def test_the_file_of_that_name_in_a_folder(tmp_path, end):
    (tmp_path / "lich.ics").write_bytes(FEED)
    assert read_previous(f"{tmp_path}{end}", "lich.ics") == EDITION
    assert read_previous(f"{tmp_path}{end}", "khac.ics") is None


def test_a_file_that_is_named_must_be_there(tmp_path, refuses):
    gone = tmp_path / "gone.ics"
    assert refuses(gone) == f"there is no file {gone}; without --previous a first edition is made"
    assert read_edition_file(gone) is None


@pytest.mark.parametrize("data", NO_FEEDS)
def test_a_file_that_is_no_whole_feed(tmp_path, refuses, data):
    (tmp_path / "lich.ics").write_bytes(data)
    assert refuses(tmp_path / "lich.ics") == not_a_feed(tmp_path / "lich.ics")
    assert refuses(tmp_path) == not_a_feed(tmp_path / "lich.ics")


@pytest.mark.parametrize("data", NO_CALENDARS)
def test_a_file_that_is_no_calendar_is_not_to_be_deleted(tmp_path, refuses, data):
    (tmp_path / "lich.ics").write_bytes(data)
    assert refuses(tmp_path / "lich.ics") == f"{tmp_path / 'lich.ics'} is no calendar; name another file"


def test_a_folder_where_the_file_should_be(tmp_path, refuses):
    (tmp_path / "lich.ics").mkdir()
    assert refuses(tmp_path).startswith(f"{tmp_path / 'lich.ics'} cannot be read: ")


def test_a_huge_file_is_not_read_whole(tmp_path, refuses, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", len(FEED))
    (tmp_path / "lich.ics").write_bytes(FEED)
    assert read_previous(str(tmp_path), "lich.ics") == EDITION
    with (tmp_path / "lich.ics").open("r+b") as file:
        file.truncate(1 << 40)
    assert refuses(tmp_path) == not_a_feed(tmp_path / "lich.ics")


@pytest.mark.parametrize(
    ("place", "asked"), [("/a/b.ics", "/a/b.ics"), ("/a/", "/a/lich.ics"), ("/a%20b/", "/a%20b/lich.ics")]
)
def test_an_address(server, place, asked):
    assert read_previous(f"{server.url}{place}", "lich.ics") == EDITION
    assert server.asked == [asked]


@pytest.mark.parametrize("code", [404, 410])
def test_nothing_at_an_address_yet(server, code):
    server.code = code
    assert read_previous(f"{server.url}/", "lich.ics") is None


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500, 503])
def test_an_address_that_does_not_answer_well(server, refuses, code):
    server.code = code
    said = f"the previous edition at {server.url}/lich.ics cannot be fetched: HTTP {code}"
    assert refuses(f"{server.url}/") == said


def test_an_address_that_leads_on_to_another(server):
    server.moved = {"/cu.ics": "/moi.ics"}
    assert read_previous(f"{server.url}/cu.ics", "lich.ics") == EDITION
    assert server.asked == ["/cu.ics", "/moi.ics"]


@pytest.mark.parametrize("data", NO_FEEDS)
def test_an_address_with_something_else(server, refuses, data):
    server.body = data
    assert refuses(f"{server.url}/a.ics") == not_a_feed(f"{server.url}/a.ics")


@pytest.mark.parametrize("received", [0, 10, len(FEED) - 1])
def test_an_answer_that_is_broken_off(server, refuses, received):
    server.body, server.length = FEED[:received], len(FEED)
    assert f"{server.url}/a.ics" in refuses(f"{server.url}/a.ics")


def test_a_huge_answer_is_not_read_whole(server, refuses, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", len(FEED))
    assert read_previous(f"{server.url}/a.ics", "") == EDITION
    server.body = FEED + b"x"
    assert refuses(f"{server.url}/a.ics") == not_a_feed(f"{server.url}/a.ics")


def test_nobody_answers(refuses, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a.ics"
        assert (
            refuses(address) == f"the previous edition at {address} cannot be fetched: nobody answers at that address"
        )


def test_an_answer_that_does_not_come(refuses, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a.ics"
        assert refuses(address) == f"the previous edition at {address} cannot be fetched: no answer came in time"


def test_an_answer_that_is_not_http(refuses, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"\x00\x01\x02 hello\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/a.ics"
        assert refuses(address).startswith(f"the previous edition at {address} cannot be fetched: ")
        thread.join()


@pytest.mark.parametrize("address", ["http://[", "http://a b/", "http://127.0.0.1:x/", "http://127.0.0.1\r\nX: y/"])
def test_an_address_that_is_none(refuses, monkeypatch, address):
    monkeypatch.setenv("no_proxy", "*")
    assert refuses(address).endswith(" cannot be fetched: this is not a web address")


def test_a_name_that_nobody_knows(refuses, monkeypatch):
    def unknown(*_arguments, **_more):
        raise URLError(socket.gaierror(-2, "Name or service not known"))

    monkeypatch.setattr(module, "urlopen", unknown)
    assert refuses("https://lich.example.vn/a.ics").endswith(": the address is unknown, or there is no network")


def test_an_address_as_calendar_programs_write_it(monkeypatch):
    asked = []
    monkeypatch.setattr(module, "_fetched", lambda address: asked.append(address) or FEED)
    assert read_previous("webcal://lich.example.vn/a/", "lich.ics") == EDITION
    assert asked == ["https://lich.example.vn/a/lich.ics"]


@pytest.mark.parametrize("place", ["file:///etc/hostname", "ftp://127.0.0.1/a.ics", "data:text/calendar,x"])
def test_no_other_kind_of_address_is_opened(refuses, place):
    assert refuses(place).startswith(f"there is no file {place}")
