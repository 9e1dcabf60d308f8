"""The house behind a real nginx, over TLS, started as the image starts it."""

import http.client
import http.server
import itertools
import json
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path

import pytest
import trustme
from flask import Flask
from support.video_store import new_bucket, running_store

from obshto.platform.storage.media_bucket import MediaBucket
from obshto.platform.web.uploads import _LIMITS

ROOT = Path(__file__).parents[2]
spec = spec_from_file_location("placed", Path(__file__).with_name("placed.py"))
nginx = module_from_spec(spec)
spec.loader.exec_module(nginx)
DOMAIN, HERE = "obshto.example", "gorno-selo.obshto.example"
MB = 1024 * 1024
LET_IN = 128  # requests at once of one municipality
pytestmark = [pytest.mark.nginx, pytest.mark.xdist_group("nginx")]


class Crowded(http.server.ThreadingHTTPServer):
    """Lets as many knock as nginx lets in."""

    request_queue_size = LET_IN


class Echo(http.server.BaseHTTPRequestHandler):
    """Stands where Keycloak or the house would: answers with what it was told."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self):
        films = {"/film": "/media-files/kula/film", "/film-elsewhere": self.server.elsewhere}
        if film := films.get(self.path):
            self.send_response(200)
            self.send_header("X-Accel-Redirect", film)
            self.send_header("Content-Disposition", "inline")
            self.send_header("Cache-Control", "private, no-cache")
            self.send_header("Content-Type", "video/mp4")
            self.end_headers()
            return
        if self.path == "/slow":
            self.server.wait.wait(30)
        said = json.dumps({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said.encode())

    do_HEAD = do_GET

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def echo():
    server = Crowded(("127.0.0.1", 0), Echo)
    server.wait, server.elsewhere = threading.Event(), None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.wait.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@contextmanager
def running(command, kind, address, **more):
    with subprocess.Popen(command, **more) as process:
        try:
            end = time.monotonic() + 120
            while True:
                try:
                    with socket.socket(kind) as probe:
                        probe.connect(address)
                    break
                except OSError:
                    assert process.poll() is None and time.monotonic() < end, command
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


@contextmanager
def nginx_before(house, keycloak, folder, authority, ports, *changes):
    """The committed configuration with addresses and a folder of here; answers its log."""
    certificate = authority.issue_cert(DOMAIN, f"*.{DOMAIN}", f"vote.{HERE}")
    certificate.private_key_pem.write_to_path(folder / "privkey.pem")
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(folder / "fullchain.pem", append=number > 0)
    command = nginx.placed(
        folder,
        ("http://web:8000", house),
        ("http://keycloak:8080", f"http://127.0.0.1:{keycloak}"),
        ("listen 80 ", f"listen 127.0.0.1:{ports[0]} "),
        ("listen 443 ", f"listen 127.0.0.1:{ports[1]} "),
        ("127.0.0.1:8001", f"127.0.0.1:{ports[2]}"),
        ("/etc/nginx/tls/", f"{folder}/"),
        *changes,
    )
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    with running(command, socket.AF_INET, ("127.0.0.1", ports[1])):
        yield folder / "access.log"


@pytest.fixture(scope="module")
def ask(authority):
    """ask(port, host, path): the answer with its body in `text`; over TLS unless said."""
    context = ssl.create_default_context()
    authority.configure_trust(context)

    def send(port, host, path, *, method="GET", body=None, tls=True, source="", **headers):
        come_from = (source, 0) if source else None
        connection = http.client.HTTPConnection("127.0.0.1", port, 30, come_from)
        connection.connect()
        if tls:
            known = host if host.endswith(DOMAIN) else DOMAIN
            connection.sock = context.wrap_socket(connection.sock, server_hostname=known)
        named = {"Host": host, **{name.replace("_", "-"): word for name, word in headers.items()}}
        connection.request(method, path, body, headers=named)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    return send


@pytest.fixture(scope="module")
def to_echo(echo, authority, tmp_path_factory, free_port, ask):
    """nginx with the echo behind both of its ways."""
    ports = free_port(), free_port(), free_port()
    folder = tmp_path_factory.mktemp("echo")
    house = f"http://127.0.0.1:{echo.server_port}"
    (folder / "media/kula").mkdir(parents=True)
    (folder / "media/kula/film").write_bytes(b"0123456789")
    place = ("alias /media/;", f"alias {folder}/media/;")
    with nginx_before(house, echo.server_port, folder, authority, ports, place) as log:
        yield partial(ask, ports[1]), log


@pytest.fixture
def portal(app, config, compose, echo, authority, tmp_path, free_port, ask):
    """The house in production, as compose tells it and as the image starts it."""
    environ = compose["services"]["web"]["environment"] | {
        "DATABASE_URL": config.database_url,
        "MASTER_KEY_FILE": str(config.master_key_file),
        "DATA_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "WEB_WORKERS": "1",
    }
    ports, place = (free_port(), free_port(), free_port()), str(tmp_path / "house")
    image = (ROOT / "Dockerfile").read_text("utf-8")
    command = json.loads(re.search(r"CMD (\[.*\])", image, re.DOTALL)[1].replace("\\\n", ""))
    command[command.index("--bind") + 1] = f"unix:{place}"
    environ = {name: str(word) for name, word in environ.items() if word}
    with (
        running([sys.executable, "-m", *command], socket.AF_UNIX, place, env=environ, cwd=ROOT),
        nginx_before(f"http://unix:{place}:", echo.server_port, tmp_path, authority, ports),
    ):
        yield lambda host, path, **more: ask(ports[more.get("tls", True)], host, path, **more)


def test_the_house_serves_in_production_behind_it(portal):
    home = portal(HERE, "/")
    assert home.status == 200
    assert home.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert portal(DOMAIN, "/").status == 200
    sheet = re.search(r'href="(/static/[^"]+[.]css)"', home.text)[1]
    style = portal(HERE, sheet, Accept_Encoding="br")
    assert style.status == 200 and "immutable" in style.headers["Cache-Control"]
    assert style.headers["Content-Encoding"] == "br"
    plain = portal(HERE, "/news/?page=1", tls=False)
    assert plain.status == 308
    assert plain.headers["Location"] == f"https://{HERE}/news/?page=1"
    assert portal("stranger.example", "/").status == 421
    assert portal(HERE, "/healthz").text == "alive"
    assert portal(HERE, "/readyz").status == 404
    assert portal(HERE, "/console/").status == 302
    # Refused by what is announced, before anything of it is sent.
    refused = portal(HERE, "/", method="POST", Content_Length=str(MB + 1))
    assert refused.status == 413 and "nginx" in refused.text


def test_large_bodies_pass_where_files_are_taken_and_nowhere_else(app):
    """Each address that takes files, and each that does not, against the configuration."""
    text = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    [way] = re.findall(r'location ~ "([^"]+)" \{\n\s+client_max_body_size 26m', text)
    wrong = []
    # The server in front knows addresses alone: where one view takes files, another may show them.
    views, rules = app.view_functions, list(app.url_map.iter_rules())
    taking = {rule.rule for rule in rules if views[rule.endpoint] in _LIMITS}
    for rule in rules:
        path = re.sub(r"<[^>]+>", "1", re.sub(r"<uuid:\w+>", str(uuid.uuid4()), rule.rule))
        takes = rule.rule in taking
        for language in ("", "/en", "/ro"):
            if bool(re.search(way, language + path)) != takes:
                wrong.append(language + path)
    assert wrong == [], "say it in deploy/nginx.conf"


def test_a_photograph_of_40_megabytes_is_refused_with_a_sentence(to_echo):
    ask, _ = to_echo
    photo = ask(HERE, "/reports/new/tell", method="POST", Content_Length=str(40 * MB))
    assert photo.status == 413 and "Изберете по-малка снимка" in photo.text


def test_the_house_is_told_the_host_and_a_visitor_that_nobody_invented(to_echo):
    ask, _ = to_echo
    told = json.loads(
        ask(
            HERE,
            "/x",
            X_Forwarded_For="6.6.6.6",
            X_Forwarded_Host="evil.example",
            X_Forwarded_Proto="http",
        ).text
    )
    assert told["host"] == HERE
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert "x-forwarded-host" not in told and "x-forwarded-proto" not in told


def test_a_video_is_sent_from_the_disk_by_ranges(to_echo):
    """The house names it; nobody else can."""
    ask, _ = to_echo
    part = ask(HERE, "/film", Range="bytes=2-4")
    assert (part.status, part.text) == (206, "234")
    assert part.getheader("Content-Type") == "video/mp4"
    assert "sandbox" in part.getheader("Content-Security-Policy")
    assert part.getheader("X-Accel-Redirect") is None
    assert ask(HERE, "/media-files/kula/film").status == 404


def test_a_video_is_fetched_from_a_bucket_by_ranges(to_echo, echo):
    """By an address that the house signs; the visitor is told nothing of it and sends nothing."""
    ask, _ = to_echo
    key = uuid.uuid4()
    with running_store() as address, Flask(__name__).test_request_context():
        store = MediaBucket(new_bucket(address)[0], accel="/media-store/")
        store.write_part("kula", key, 0, BytesIO(b"0123456789"))
        store.finish("kula", key, 10)
        echo.elsewhere = store.send("kula", key, "video/mp4", name="a").headers["X-Accel-Redirect"]
        part = ask(HERE, "/film-elsewhere", Range="bytes=2-4", Cookie="session=abc")
        assert (part.status, part.text) == (206, "234")
        assert part.getheader("Content-Range") == "bytes 2-4/10"
        assert part.headers.get_all("Content-Type") == ["video/mp4"]
        assert part.headers.get_all("Content-Disposition") == ["inline"]
        assert part.headers.get_all("Cache-Control") == ["private, no-cache"]
        assert "sandbox" in part.getheader("Content-Security-Policy")
        assert part.getheader("X-Accel-Redirect") is None
        assert ask(HERE, "/film-elsewhere").text == "0123456789"
        assert ask(HERE, "/film-elsewhere", method="HEAD").getheader("Content-Length") == "10"
        assert ask(HERE, echo.elsewhere).status == 404
    away = ask(HERE, "/film-elsewhere")
    assert (away.status, away.getheader("Retry-After")) == (503, "10")
    assert "Изчакайте половин минута" in away.text


def test_the_booth_has_an_origin_of_its_own_that_nothing_is_written_down_of(to_echo):
    ask, log = to_echo
    booth, path = f"vote.{HERE}", "/voting/2026-a1b2c3/cast"
    told = json.loads(
        ask(
            booth,
            path,
            method="POST",
            body="{}",
            Cookie="session=abc",
            Origin=f"https://{booth}",
        ).text
    )
    assert (told["host"], told["path"]) == (HERE, path)
    assert "cookie" not in told and "origin" not in told
    assert ask(booth, "/voting/2026-a1b2c3").status == 404
    assert ask(booth, "/console/").status == 404
    list_of_trackers = ask(booth, "/voting/2026-a1b2c3/trackers").headers["Location"]
    assert list_of_trackers == f"https://{HERE}/voting/2026-a1b2c3/trackers"
    for page in ("/voting/2026-a1b2c3/check", "/ro/voting/2026-a1b2c3/trackers"):
        assert ask(booth, page).headers["Location"] == f"https://{HERE}{page}"
    page_of_the_vote = ask(booth, "/voting/2026-a1b2c3/").headers["Location"]
    assert page_of_the_vote == f"https://{HERE}/voting/2026-a1b2c3/"
    assert booth not in log.read_text()


def test_no_log_line_repeats_an_address(to_echo):
    ask, log = to_echo
    # By its method it is told from what others asked: a line is written after the answer.
    ask(
        HERE,
        "/t/secret-7501010018?token=abc",
        method="PATCH",
        Referer="https://x.example/7501010018",
    )
    end, line = time.monotonic() + 120, None
    while line is None and time.monotonic() < end:
        line = next((one for one in log.read_text().splitlines() if " PATCH " in one), None)
        time.sleep(0.05)
    assert line and HERE in line
    assert "7501010018" not in log.read_text() and "abc" not in line and "/t/" not in line


def is_kind(answer):
    """The page by which nginx itself speaks for a house that does not answer."""
    assert answer.headers["Retry-After"] == "10" and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Изчакайте половин минута" in answer.text
    return True


def test_too_many_at_once_are_told_to_come_again(to_echo, echo):
    """More than it lets in: each gets an answer of the house, or is asked to come again. The
    neighbour is let in all the while."""
    ask, _ = to_echo
    with ThreadPoolExecutor(LET_IN + 50) as crowd:
        waiting = [crowd.submit(ask, HERE, "/slow") for _ in range(LET_IN + 50)]
        refused = [one.result() for one in itertools.islice(as_completed(waiting), 50)]
        neighbour = ask(f"dolno-selo.{DOMAIN}", "/")
        echo.wait.set()
        answers = [one.result() for one in waiting]
    assert {answer.status for answer in refused} == {503} and all(map(is_kind, refused))
    assert Counter(answer.status for answer in answers) == {200: LET_IN, 503: 50}
    assert neighbour.status == ask(HERE, "/").status == 200


@pytest.fixture
def slow_senders(to_echo, authority):
    """slow_senders(number, addresses): sockets that have said a form and send a letter of it."""
    ask, _ = to_echo
    [port] = ask.args
    context = ssl.create_default_context()
    authority.configure_trust(context)
    head = f"POST /news/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: 999\r\n\r\na".encode()
    with ExitStack() as held:

        def begin(number, addresses):
            sockets = []
            for one in range(number):
                source = (f"127.0.1.{one % addresses + 1}", 0)
                plain = socket.create_connection(("127.0.0.1", port), 30, source)
                line = held.enter_context(context.wrap_socket(plain, server_hostname=HERE))
                line.sendall(head)
                line.setblocking(False)
                sockets.append(line)
            return sockets

        yield begin


def is_held(line):
    """Whether nginx still waits for the rest."""
    try:
        line.recv(1)
    except ssl.SSLWantReadError:
        line.send(b"a")
        return True
    return False


GOOD = 200


def goods(ask):
    """How many visitors are served, who read a page and send a form: of GOOD each."""
    with ThreadPoolExecutor(8) as people:
        read = [people.submit(ask, HERE, "/") for _ in range(GOOD)]
        sent = [people.submit(ask, HERE, "/", method="POST", body=b"x" * 500) for _ in range(GOOD)]
        return [Counter(one.result().status for one in many) for many in (read, sent)]


def test_slow_senders_of_many_addresses_shut_out_nobody(to_echo, slow_senders):
    """More of them than are let in at once, at one municipality, all the while."""
    ask, _ = to_echo
    lines = slow_senders(400, addresses=20)
    assert sum(map(is_held, lines)) == 400
    for served in goods(ask):
        assert served[200] >= GOOD * 0.99, served
    assert sum(map(is_held, lines)) >= 256, "the visitors came when the slow ones were gone"


def test_one_address_holds_few_places_and_its_neighbours_still_read(to_echo, slow_senders):
    ask, _ = to_echo
    lines = slow_senders(200, addresses=1)
    for served in goods(ask):
        assert served[200] >= GOOD * 0.99, served
    time.sleep(0.2)  # what was refused has been told so
    assert sum(map(is_held, lines)) == 64


def test_a_village_behind_one_address_is_let_in(to_echo):
    """A hundred phones that open the portal at once, with all that belongs to a page."""
    ask, _ = to_echo
    village = {"source": "127.0.0.77"}  # whose allowance no other test has used
    with ThreadPoolExecutor(100) as phones:
        answers = [phones.submit(ask, HERE, f"/{number}", **village) for number in range(1_000)]
        assert Counter(one.result().status for one in answers) == {200: 1_000}


def test_a_robot_is_told_to_come_again_and_no_other_address(
    echo, authority, tmp_path, free_port, ask
):
    """With a limit that a test reaches: five at once, then one a minute."""
    ports = free_port(), free_port(), free_port()
    house = f"http://127.0.0.1:{echo.server_port}"
    few = ("rate=100r/s", "rate=1r/m"), ("burst=1000", "burst=4")
    with nginx_before(house, echo.server_port, tmp_path, authority, ports, *few):
        answers = [ask(ports[1], HERE, "/", source="127.0.1.1") for _ in range(8)]
        assert [answer.status for answer in answers] == [200] * 5 + [429] * 3
        assert all(map(is_kind, answers[5:]))
        assert ask(ports[1], HERE, "/", source="127.0.1.2").status == 200


def test_a_house_that_is_away_is_excused(authority, tmp_path, free_port, ask):
    ports, nobody = (free_port(), free_port(), free_port()), free_port()
    with nginx_before(f"http://127.0.0.1:{nobody}", nobody, tmp_path, authority, ports):
        for path, method in (("/", "GET"), ("/news/", "POST"), ("/console/moving/", "POST")):
            answer = ask(ports[1], HERE, path, method=method, Content_Length="0")
            assert answer.status == 503 and is_kind(answer)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/realms/obshto/protocol/openid-connect/auth?x=1", 200),
        ("/resources/x/login/obshto/css/a.css", 200),
        ("/admin/realms/obshto/users", 403),  # for the house alone
        ("/admin/master/console/", 403),
        ("/realms/master/protocol/openid-connect/token", 403),
        ("/metrics", 404),
        ("/", 404),
    ],
)
def test_of_keycloak_only_what_people_sign_in_with_is_open(to_echo, path, status):
    ask, _ = to_echo
    answer = ask(f"id.{DOMAIN}", path)
    assert answer.status == status
    if status == 200:
        told = json.loads(answer.text)
        assert (told["x-forwarded-proto"], told["x-forwarded-port"]) == ("https", "443")
        assert told["x-forwarded-host"] == f"id.{DOMAIN}"
