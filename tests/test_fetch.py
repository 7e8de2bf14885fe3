"""Fetching: from a real server on this machine, which only the test's own `Network` allows; and what is never asked."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from diplograph.cli import main
from diplograph.fetch import FetchError, Network, Outcome, connection, fetch
from diplograph.fetch.addresses import is_public, target
from diplograph.fetch.robots import Robots, parse_robots
from diplograph.model import Article
from diplograph.read import Limits, read

TEXT = (
    "Посол Казахстана в Латвии Ержан Тестов встретился с министром иностранных дел Латвии Янисом Пробиньшем."
    " Стороны обсудили торговлю и сотрудничество в области транспорта, а также обмен студентами."
)


def page(number: int) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Новость {number}</title></head><body><article><p>{number}. {TEXT}</p></article></body></html>".encode()


@dataclass
class Site:
    """What the server sends, by path, and what it was asked for."""

    port: int = 0
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def network(self, **hosts: list[str]) -> Network:
        """Names lead to this machine, which is allowed at the port of the server alone."""
        return Network(
            resolve=lambda host, port: hosts.get(host.replace(".", "_"), ["127.0.0.1"]),
            allowed=frozenset([("127.0.0.1", self.port)]),
        )

    def html(self, path: str, body: bytes, **headers: str) -> None:
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, body)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            site.times.append(time.monotonic())
            status, headers, body = site.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, headers, body = 304, {}, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            if "Content-Length" in headers:
                self.close_connection = True

        def handle(self) -> None:
            with suppress(ConnectionError):  # a client that left early
                super().handle()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def bring(site: Site, out: Path, *paths: str, **options: object) -> list[tuple[str, str]]:
    found = fetch([site.url(path) for path in paths], out=out, pause=0, network=site.network(), **options)
    return [(outcome.url.removeprefix(site.url("")), outcome.outcome) for outcome in found]


def feed(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel><title>Лента</title>{items}</channel></rss>".encode()


def test_a_feed_is_followed_and_its_pages_are_read(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed(site, "/1", "/2", "/gone"))
    site.html("/1", page(1))
    site.html("/2", page(2))
    assert bring(site, tmp_path, "/feed") == [
        ("/feed", "fetched"),
        ("/1", "fetched"),
        ("/2", "fetched"),
        ("/gone", "failed"),
    ]
    articles = [item for item in read(tmp_path) if isinstance(item, Article)]
    assert [(article.url, article.text.split(".")[0]) for article in articles] == [
        (site.url("/1"), "1"),
        (site.url("/2"), "2"),
    ]
    with next(tmp_path.glob("*.warc.gz")).open("rb") as archive:  # as another program reads it
        records = [
            (record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(archive)
        ]
    assert records == [(site.url("/1"), page(1)), (site.url("/2"), page(2))]


def test_a_sitemap_of_sitemaps_is_followed(site: Site, tmp_path: Path) -> None:
    xml = {"Content-Type": "text/xml"}
    site.pages["/sitemap.xml"] = (
        200,
        xml,
        f"<sitemapindex><sitemap><loc>{site.url('/s1.xml')}</loc></sitemap></sitemapindex>".encode(),
    )
    site.pages["/s1.xml"] = (200, xml, f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>".encode())
    site.html("/1", page(1))
    assert bring(site, tmp_path, "/sitemap.xml")[-1] == ("/1", "fetched")


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    site.html("/private/1", page(1))
    site.html("/2", page(2))
    assert bring(site, tmp_path, "/private/1", "/2") == [("/private/1", "skipped"), ("/2", "fetched")]
    assert site.paths() == ["/robots.txt", "/2"]
    assert site.asked[0][1]["User-Agent"].startswith("diplograph/")


def test_a_site_whose_rules_cannot_be_had_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    site.html("/1", page(1))
    assert bring(site, tmp_path, "/1") == [("/1", "skipped")]


def test_between_two_requests_to_a_site_there_is_a_pause(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1))
    site.html("/2", page(2))
    fetch([site.url("/1"), site.url("/2")], out=tmp_path, pause=0.3, network=site.network())
    assert all(later - earlier >= 0.3 for earlier, later in zip(site.times, site.times[1:], strict=False))
    assert len(site.times) == 3


def test_what_is_unchanged_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1), ETag='"a"')
    assert bring(site, tmp_path, "/1", fresh_hours=0) == [("/1", "fetched")]
    before = next(tmp_path.glob("*.warc.gz")).read_bytes()
    assert bring(site, tmp_path, "/1", fresh_hours=0) == [("/1", "unchanged")]
    assert next(tmp_path.glob("*.warc.gz")).read_bytes() == before
    site.html("/1", page(7), ETag='"b"')
    assert bring(site, tmp_path, "/1", fresh_hours=0) == [("/1", "fetched")]
    assert bring(site, tmp_path, "/1") == [("/1", "fresh")]


def test_a_feed_that_is_unchanged_still_leads_to_pages_that_are_missing(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = (200, {"Content-Type": "text/xml", "ETag": '"f"'}, feed(site, "/1"))
    assert bring(site, tmp_path, "/feed") == [("/feed", "fetched"), ("/1", "failed")]
    site.html("/1", page(1))
    assert bring(site, tmp_path, "/feed") == [("/feed", "unchanged"), ("/1", "fetched")]


def test_what_a_kill_cut_off_is_repaired(site: Site, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        site.html(f"/{number}", page(number))
    bring(site, tmp_path, "/1", "/2")
    archive = next(tmp_path.glob("*.warc.gz"))
    journal = tmp_path / "fetch.journal"
    whole = archive.read_bytes()
    lines = journal.read_bytes().splitlines(keepends=True)
    for torn in (lines[0], lines[0] + lines[1][:20], lines[0] + b"\0" * 100):  # page 2 written, its line not or half
        archive.write_bytes(whole + b"half a record")
        journal.write_bytes(torn)
        assert bring(site, tmp_path, "/1", "/2", "/3") == [("/1", "fresh"), ("/2", "fetched"), ("/3", "fetched")]
        numbers = [item.text[0] for item in read(tmp_path) if isinstance(item, Article)]
        assert numbers == ["1", "2", "3"]


def test_two_at_once_in_one_folder_are_one_too_many(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1))

    def second(_: Outcome) -> None:
        with pytest.raises(FetchError, match="another fetch is at work"):
            fetch(site.url("/1"), out=tmp_path, network=site.network())

    fetch(site.url("/1"), out=tmp_path, pause=0, network=site.network(), tell=second)


@pytest.mark.parametrize(
    ("leads_to", "why"),
    [
        ("http://10.0.0.1/", "not on the public internet"),
        ("http://127.0.0.1:1/", "port 1 is not one of the web"),
        ("//metadata.test/latest", "not on the public internet"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://news.test/", "only http and https"),
        ("http://user:word@news.test/", "user name"),
        ("http://[::ffff:127.0.0.1]/", "not on the public internet"),
    ],
)
def test_a_redirect_leads_nowhere_inside(site: Site, tmp_path: Path, leads_to: str, why: str) -> None:
    site.pages["/1"] = (302, {"Location": leads_to}, b"")
    network = Network(
        lambda host, port: {"news.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"]}.get(host, [host]),
        site.network().allowed,
    )
    (outcome,) = fetch(site.url("/1"), out=tmp_path, pause=0, network=network)
    assert outcome.outcome == "failed"
    assert why in outcome.reason
    assert site.paths() == ["/robots.txt", "/1"]


def test_redirects_come_to_an_end(site: Site, tmp_path: Path) -> None:
    site.pages["/1"] = (302, {"Location": "/1"}, b"")
    (outcome,) = fetch(site.url("/1"), out=tmp_path, pause=0, network=site.network())
    assert outcome.reason == "more than 5 redirects"


def test_a_redirect_away_from_https_is_refused() -> None:
    network = Network(lambda host, port: ["93.184.216.34"])
    answer = connection.Response(target("https://a.test/", network), 301, "", (("Location", "http://a.test/"),), b"")
    with pytest.raises(FetchError, match="from https to http"):
        connection.redirected(answer, network, so_far=0)


INSIDE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1"),
    *("172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::a00:1", "100::1", "2001:db8::1"),
    *("2002:7f00:1::", "2002:a00:1::", "2001:0:a00:1::", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("ff02::1", "nonsense", "", "127.0.0.1.", "1.2.3"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(address)


#: As the system's own resolver takes them: numbers of any base, wide digits, dots of other scripts.
SPELLINGS = [
    *(
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
    ),
    *(
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[fe80::1%25lo]",
        "[fe80::1%lo]",
    ),
    *("localhost", "LOCALHOST", "localhost.", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "ⓛocalhost"),
    *(
        "169.254.169.254",
        "2852039166",
        "0xA9FEA9FE",
        "10.1",
        "192.168.257",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::7f00:1]",
    ),
]
ODD = [
    *("file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/html,x", "//127.0.0.1/"),
    *("127.0.0.1", "/etc/passwd", "", "http://", "http:///x", "http://user@93.184.216.34/", "http://a:b@93.184.216.34/"),
    *("http://93.184.216.34:22/", "http://93.184.216.34:99999/", "http://93.184.216.34:x/", "http://exa mple.org/"),
    *("http://93.184.216.34/\r\nHost: x", "http://93.184.216.34\\@127.0.0.1/", "http://93.184.216.34#@127.0.0.1:25/", "http://" + "a" * 300),
    *("http://[::1", "http://example.org" + "/a" * 4000, "http://\ud800.test/", "http://127.0.0.1:80\\@example.org/", "jar:http://x!/"),
]  # fmt: skip


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    made: list[object] = []

    def connect(address: object, *_: object, **__: object) -> None:
        made.append(address)
        raise OSError("no connection in this test")

    monkeypatch.setattr(socket, "create_connection", connect)
    return made


@pytest.mark.parametrize(
    "address", [*(f"http://{host}/" for host in SPELLINGS), *(f"https://{host}:8080/x" for host in SPELLINGS)]
)
def test_no_spelling_of_an_address_inside_is_asked(address: str, tmp_path: Path, no_connection: list[object]) -> None:
    (outcome,) = fetch(address, out=tmp_path)
    assert outcome.outcome == "failed"
    assert no_connection == []


@pytest.mark.parametrize("address", ODD)
def test_no_odd_address_is_asked_inside(address: str, tmp_path: Path, no_connection: list[object]) -> None:
    (outcome,) = fetch(address, out=tmp_path)
    assert outcome.outcome == "failed"
    assert set(no_connection) <= {("93.184.216.34", 80)}
    assert "\n" not in outcome.url + outcome.reason


@pytest.mark.parametrize(
    "answers", [["93.184.216.34", "127.0.0.1"], ["10.0.0.1", "93.184.216.34"], ["::1", "2606:2800:220:1::1"], []]
)
def test_one_address_inside_among_several_refuses_the_name(
    answers: list[str], tmp_path: Path, no_connection: list[object]
) -> None:
    (outcome,) = fetch("http://mixed.test/", out=tmp_path, network=Network(lambda host, port: answers))
    assert outcome.outcome == "failed"
    assert no_connection == []


def test_a_name_that_changes_its_mind_changes_nothing(tmp_path: Path, no_connection: list[object]) -> None:
    answers = iter([["93.184.216.34"], ["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    fetch("http://rebinding.test/", out=tmp_path, network=Network(lambda host, port: next(answers)))
    assert no_connection == [("93.184.216.34", 80)]  # the address that was checked, never the name


def test_names_and_allowed_hosts_are_no_matter_of_the_command_line() -> None:
    shown = CliRunner().invoke(main, ["fetch", "--help"]).output
    assert "allow" not in shown
    assert "resolve" not in shown


def test_a_body_without_end_is_cut_off(site: Site, tmp_path: Path) -> None:
    site.html("/1", b"x" * 200_000)
    (outcome,) = fetch(
        site.url("/1"), out=tmp_path, pause=0, network=site.network(), limits=Limits(document_bytes=100_000)
    )
    assert outcome.reason == "longer than 100,000 bytes (the limit document_bytes)"


def test_a_page_that_was_cut_off_is_not_kept(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1), **{"Content-Length": "100000"})
    (outcome,) = fetch(site.url("/1"), out=tmp_path, pause=0, network=site.network())
    assert outcome.reason == "the connection ended before the page did"


def test_a_server_that_drips_is_left(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS", 0.5)
    drip, dripped = socket.create_server(("127.0.0.1", 0)), threading.Event()
    port = drip.getsockname()[1]

    def serve() -> None:
        asked, _ = drip.accept()
        with asked:
            try:
                for _ in range(2_000):
                    asked.sendall(b"H")
                    time.sleep(0.05)
                dripped.set()
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    network = Network(lambda host, port: ["127.0.0.1"], frozenset([("127.0.0.1", port)]))
    (outcome,) = fetch(f"http://drip.test:{port}/", out=tmp_path, pause=0, network=network)
    assert outcome.outcome == "failed"
    assert not dripped.is_set()
    drip.close()


def test_headers_cannot_break_the_archive(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1), **{"X-Odd": "a\x85b\x0bWARC/1.0"})
    bring(site, tmp_path, "/1")
    (article,) = [item for item in read(tmp_path) if isinstance(item, Article)]
    assert article.text.startswith("1.")


def test_what_is_no_document_is_skipped(site: Site, tmp_path: Path) -> None:
    site.pages["/a.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
    assert bring(site, tmp_path, "/a.png") == [("/a.png", "skipped")]


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: diplograph\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: Diplograph\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a", True),
        ("User-agent: *\nDisallow: /*?print=", "/x?print=1", False),
        ("User-agent: *\nDisallow: /%D0%B0", "/а", False),
        ("User-agent: *\nDisallow: /a # note", "/a", False),
        ("\ufeffnonsense\n\0\nUser-agent", "/a", True),
    ],
)  # fmt: skip
def test_rules_of_robots_txt(rules: str, path: str, allowed: bool) -> None:
    assert parse_robots(rules, agent="diplograph").allows(path) is allowed


def test_a_site_may_ask_for_a_longer_pause() -> None:
    assert parse_robots("User-agent: *\nCrawl-delay: 7.5", agent="diplograph").pause == 7.5
    assert parse_robots("User-agent: *\nCrawl-delay: 9999999", agent="diplograph").pause == 60
    assert parse_robots("User-agent: *\nCrawl-delay: ١", agent="diplograph").pause in (0, 1)


def test_rules_are_matched_in_linear_time() -> None:
    robots = Robots(tuple((False, "/" + "*a" * 2000 + "$") for _ in range(20)))
    before = time.process_time()
    assert robots.allows("/" + "a" * 4000 + "b")
    assert time.process_time() - before < 5


def test_reading_needs_no_network() -> None:
    code = (
        "import sys, socket, diplograph\n"
        "list(diplograph.read('README.md'))\n"
        "print([name for name in sys.modules if name.startswith('diplograph.fetch') or name == 'http.client'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert done.stdout.strip() == "[]"


def test_the_journal_is_plain(site: Site, tmp_path: Path) -> None:
    site.html("/1", page(1), ETag='"a"')
    bring(site, tmp_path, "/1")
    (line,) = (tmp_path / "fetch.journal").read_text().splitlines()
    kept = json.loads(line)
    assert (kept["url"], kept["etag"], kept["file"]) == (site.url("/1"), '"a"', "pages-00001.warc.gz")
    assert gzip.decompress((tmp_path / kept["file"]).read_bytes()[: kept["end"]]).startswith(b"WARC/1.1")
