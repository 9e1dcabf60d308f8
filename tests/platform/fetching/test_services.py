"""Servers of the wild, over real HTTP: slow, huge, leading astray, listening for secrets."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from time import monotonic, sleep

import pytest
import trustme

from obshto.platform.fetching.guard import GUARD, Guard, NotFetched, Trouble
from obshto.platform.fetching.services import Asked, Limits, fetch

QUICK = Limits(size=10_000, seconds=0.4)


@pytest.fixture
def ask(app, elsewhere):
    def begin(path, limits=QUICK, **more):
        with app.app_context():
            return fetch(Asked(address=elsewhere.address + path, **more), limits)

    return begin


@pytest.fixture
def refused(ask):
    def begin(path, **more):
        with pytest.raises(NotFetched) as refusal:
            ask(path, **more)
        return refusal.value.trouble

    return begin


def dripping(in_head):
    """A letter now and then, for ever: no single wait ever runs out."""

    def write(handler, body):
        first = b"HTTP/1.1 200 OK\r\n" if in_head else b"HTTP/1.1 200 OK\r\n\r\n"
        with suppress(OSError):
            handler.wfile.write(first)
            for _ in range(60):
                handler.wfile.write(b"X-A: a\r\n" if in_head else b"a")
                sleep(0.03)

    return write


@contextmanager
def listening(context):
    """A server that shows its certificate to one visitor."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            visitor, _ = server.accept()
            with suppress(OSError), visitor, context.wrap_socket(visitor, server_side=True):
                pass

        thread = threading.Thread(target=greet)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_an_answer_comes_with_its_headers(ask, elsewhere):
    elsewhere.pages["/feed?a=1"] = (200, {"ETag": '"1"'}, "Кула".encode())
    answer = ask("/feed?a=1", headers={"If-None-Match": '"0"'})
    assert (answer.status, answer.headers["etag"], answer.body.decode()) == (200, '"1"', "Кула")
    assert elsewhere.heard[0][2]["If-None-Match"] == '"0"'


@pytest.mark.parametrize("in_head", [True, False])
def test_who_answers_letter_by_letter_is_left(refused, elsewhere, in_head):
    elsewhere.pages["/"] = dripping(in_head)
    begun = monotonic()
    assert refused("/") is Trouble.SLOW
    assert monotonic() - begun < 1.5


def test_who_says_nothing_is_left(refused, elsewhere):
    elsewhere.pages["/"] = lambda handler, body: sleep(1)
    assert refused("/") is Trouble.SLOW


def test_what_is_too_large_is_left_also_when_it_says_that_it_is_small(refused, elsewhere):
    elsewhere.pages["/"] = (200, {"Content-Length": 20_000}, b"a" * 20_000)
    assert refused("/") is Trouble.LARGE


def test_a_broken_answer_is_no_answer(refused, elsewhere):
    elsewhere.pages["/"] = lambda handler, body: handler.wfile.write(b"Hello\r\n\r\n") and None
    assert refused("/") is Trouble.UNREACHABLE


def test_each_redirect_passes_the_guard(refused, ask, elsewhere):
    elsewhere.pages["/in"] = (302, {"Location": "http://127.0.0.1:5432/"}, b"")
    elsewhere.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    elsewhere.pages["/round"] = (302, {"Location": "/round"}, b"")
    elsewhere.pages["/moved"] = (301, {"Location": "there"}, b"")
    elsewhere.pages["/there"] = (200, {}, b"here")
    assert [refused(path) for path in ("/in", "/file", "/round")] == [
        Trouble.FORBIDDEN,
        Trouble.FORBIDDEN,
        Trouble.ASTRAY,
    ]
    answer = ask("/moved")
    assert answer.body == b"here" and answer.address.endswith("/there")


def test_a_secret_stays_with_its_host_and_a_write_follows_nobody(app, ask, elsewhere):
    port = elsewhere.address.rpartition(":")[2]
    trusted = frozenset([f"127.0.0.1:{port}", f"localhost:{port}"])
    app.extensions[GUARD] = Guard(trusted=trusted)
    elsewhere.pages["/own"] = (302, {"Location": "/end"}, b"")
    elsewhere.pages["/other"] = (302, {"Location": f"http://localhost:{port}/end"}, b"")
    elsewhere.pages["/end"] = (200, {}, b"")
    ask("/own", secret="s3cret")
    assert elsewhere.heard[-1][2]["Authorization"] == "Bearer s3cret"
    ask("/other", secret="s3cret")
    assert "Authorization" not in elsewhere.heard[-1][2]
    assert ask("/own", secret="s3cret", method="POST", body=b"a").status == 302


def test_a_server_without_a_certificate_that_we_know_is_not_spoken_to(app):
    """Neither does the certificate of another name help."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("feeds.example").configure_cert(context)
    with listening(context) as port, app.app_context():
        before = app.extensions.get(GUARD)
        app.extensions[GUARD] = Guard(trusted=frozenset([f"127.0.0.1:{port}"]))
        with pytest.raises(NotFetched) as refusal:
            fetch(Asked(address=f"https://127.0.0.1:{port}/"), QUICK)
        app.extensions[GUARD] = before
    assert refusal.value.trouble is Trouble.UNREACHABLE
