"""`docs/examples/nginx.conf` in Debian's nginx, on a loopback port: what a calendar program is sent."""

import gzip
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import closing
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "nginx.conf"
TDKT = Path(sys.executable).with_name("tdkt")
NGINX = "/usr/sbin/nginx"
HOST = "lich.example.vn"

# What stands around a file of conf.d, compressing more than Debian's own does.
MAIN = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;
    gzip_types text/calendar application/json;
    include {folder}/tdkt.conf;
}}
"""


def bundled(folder):
    """The bundled plans in a folder without a history."""
    shutil.copytree(ROOT / "plans", folder / "plans")
    shutil.copy(ROOT / "tdkt.toml", folder)
    return folder


def publish(site, *arguments, folder, **env):
    command = [TDKT, "publish", site, *arguments]
    subprocess.run(command, cwd=folder, env=os.environ | {"TDKT_CACHE": "", **env}, check=True, capture_output=True)


def free_port():
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def certificate(folder):
    """A certificate for the name in the example, signed by itself."""
    pem, key = folder / "site.pem", folder / "site.key"
    names = f"subjectAltName=DNS:{HOST},DNS:localhost"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    subprocess.run([*command, "-addext", names, "-out", pem, "-keyout", key], check=True, capture_output=True)
    return pem, key


def adapted(text, changes):
    """The example with these words replaced, each of which stands in it; without IPv6, which a test machine may lack."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, str(new))
    return re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Debian's nginx with the example, serving the site of the bundled plans."""
    folder = tmp_path_factory.mktemp("nginx")
    site, (pem, key) = folder / "site", certificate(folder)
    publish(site, folder=bundled(folder))
    plain, secure = free_port(), free_port()
    changes = {
        "/etc/ssl/certs/lich.example.vn.pem": pem,
        "/etc/ssl/private/lich.example.vn.key": key,
        "root /var/www/tdkt;": f"root {site};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
    }
    (folder / "tdkt.conf").write_text(adapted(EXAMPLE.read_text(encoding="utf-8"), changes), encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    command = [NGINX, "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert (tested.returncode, "warn" in tested.stderr) == (0, False), tested.stderr
    process = subprocess.Popen(command)
    try:
        wait_for(secure, process)
        yield SimpleNamespace(folder=folder, site=site, plain=plain, secure=secure, pem=pem)
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port, process):
    for _ in range(100):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not answer")


@pytest.fixture
def get(server):
    """Ask the server for a path: the status, the headers and the body."""

    def asked(path, *, secure=True, **headers):
        connected = socket.create_connection(("127.0.0.1", server.secure if secure else server.plain), 10)
        if secure:
            context = ssl.create_default_context(cafile=server.pem)
            connected = context.wrap_socket(connected, server_hostname=HOST)
        with closing(HTTPConnection(HOST)) as connection:
            connection.sock = connected
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())

    return asked


FEEDS = ("tat-ca.ics", "ke-hoach/hanoi-2023.ics", "don-vi/hanoi/so-y-te.ics")


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br", "identity"])
def test_a_feed_is_sent_as_a_calendar_in_utf_8_uncompressed(server, get, feed, encoding):
    answer = get(f"/{feed}", Accept_Encoding=encoding)
    assert answer.status == 200
    assert answer.headers.get_all("Content-Type") == ["text/calendar; charset=utf-8"]
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers.get_all("Cache-Control") == ["no-cache"]
    assert answer.body == (server.site / feed).read_bytes()


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_has_a_strong_tag_and_the_time_of_its_file(server, get, feed):
    headers = get(f"/{feed}", Accept_Encoding="gzip").headers
    assert re.fullmatch(r'"[^"]+"', headers["ETag"])
    changed = parsedate_to_datetime(headers["Last-Modified"]).timestamp()
    assert changed == int((server.site / feed).stat().st_mtime)


def test_a_feed_that_has_not_changed_is_not_sent_again(get):
    headers = get("/tat-ca.ics").headers
    for asked in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
        answer = get("/tat-ca.ics", **asked)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", headers["ETag"])


def test_the_tag_changes_with_the_file_and_only_then(server, get):
    feed = server.site / "nam" / "2024.ics"
    before = get("/nam/2024.ics").headers["ETag"]
    publish(server.site, folder=server.folder)
    assert get("/nam/2024.ics").headers["ETag"] == before
    data = feed.read_bytes()
    try:
        feed.write_bytes(data + b"\r\n")
        assert get("/nam/2024.ics").headers["ETag"] != before
    finally:
        feed.write_bytes(data)


@pytest.mark.parametrize(("path", "file"), [("/", "index.html"), ("/bang-theo-doi.html", "bang-theo-doi.html")])
def test_the_pages_are_utf_8_and_compressed(server, get, path, file):
    answer = get(path, Accept_Encoding="gzip")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert gzip.decompress(answer.body) == (server.site / file).read_bytes()


def test_what_is_not_there_is_not_found_and_not_kept(get):
    answer = get("/don-vi/hanoi/khong-co.ics")
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-cache")


def test_plain_http_leads_to_https(get):
    answer = get("/tat-ca.ics", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/tat-ca.ics")


def test_the_running_site_serves_as_the_previous_edition(server, tmp_path):
    plan = bundled(tmp_path) / "plans" / "hanoi-2023.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("before: 2023-02-20", "before: 2023-02-22", 1), encoding="utf-8")
    env = {"SSL_CERT_FILE": str(server.pem), "no_proxy": "*"}
    publish(tmp_path / "site", "--previous", f"https://localhost:{server.secure}/", folder=tmp_path, **env)
    for feed in ("tat-ca.ics", "ke-hoach/hanoi-2023.ics"):
        assert len(re.findall(rb"SEQUENCE:[1-9]", (tmp_path / "site" / feed).read_bytes())) == 1
    same = "ke-hoach/cantho-2023.ics"
    assert (tmp_path / "site" / same).read_bytes() == (server.site / same).read_bytes()
