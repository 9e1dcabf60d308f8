"""Network: free ports, and a web server of somebody else."""

import itertools
import os
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from obshto.platform.fetching.guard import GUARD, Guard


@pytest.fixture(scope="session")
def free_port():
    """free_port() is a port where nobody listens, nor on the next one: a provider may sit there.

    Each process of tests has a range of its own, below what the system gives out by itself, so
    that no two are told the same, nor two checkouts that are tested side by side.
    """
    first = 12_000 + os.getpid() * 64 % 19_968
    ports = itertools.cycle(range(first, first + 64, 2))

    def find():
        return next(port for port in ports if is_free(port) and is_free(port + 1))

    return find


def is_free(port):
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


class Elsewhere:
    """A web server of somebody else. `pages[path]` answers a request: (status, headers, body), or
    a function that is given the handler and writes what it likes. `heard` is what was asked.
    """

    def __init__(self):
        self.pages, self.heard, self.address = {}, [], ""


@pytest.fixture
def elsewhere(house):
    """It listens on the loopback, and the house may ask it as if it were of the internet."""
    told = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.heard.append((self.command, self.path, dict(self.headers), body))
            page = told.pages.get((self.command, self.path)) or told.pages.get(self.path)
            self.close_connection = True
            if callable(page):
                page = page(self, body)
            if page is not None:
                self.put(*page)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  (the library's names)

        def put(self, status, headers, content):
            self.send_response(status)
            for name, value in {"Content-Length": len(content), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have heard enough
                self.wfile.write(content)

        def log_message(self, *words):
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    before = house.extensions.get(GUARD)
    house.extensions[GUARD] = Guard(trusted=frozenset([f"127.0.0.1:{server.server_port}"]))
    yield told
    house.extensions[GUARD] = before
    server.shutdown()
    thread.join()
    server.server_close()
