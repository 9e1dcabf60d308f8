"""A stand-in for the vote's server: sends the booth and its data, keeps the ballots that come."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from obshto.modules.voting.distribution.audit import fingerprint

BOOTH = Path(__file__).parents[3] / "modules/voting/booth"
PAGE = (BOOTH / "booth.html").read_bytes()
POLICY = (BOOTH / "booth.html.csp").read_text().strip()
PATH = "/voting/ploshtad/"

Answer = tuple[int, dict[str, Any], dict[str, str]]


@dataclass
class VoteServer:
    """`answers` are given first, one for each ballot that comes; after them all are accepted."""

    election: str
    told: dict[str, Any] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    ballots: list[str] = field(default_factory=list)
    base: str = ""

    @property
    def address(self) -> str:
        return f"{self.base}{PATH}booth"

    def describe(self) -> dict[str, Any]:
        return {
            "election": self.election,
            "election_hash": fingerprint(self.election),
            "opens_at": "2026-03-10T08:00:00+02:00",
            "closes_at": "2026-03-14T20:00:00+02:00",
            "server_now": "2026-03-12T12:00:00+02:00",
            "trial": False,
            "phone": "0938 12 345",
            "municipality": "Община Горно",
            "counter": "на гишето, ул. „Първа“ 1",
        } | self.told

    def receive(self, ballot: str) -> Answer:
        self.ballots.append(ballot)
        if self.answers:
            return self.answers.pop(0)
        return 200, {"tracker": fingerprint(ballot), "height": 1, "head": "0" * 64}, {}


@contextmanager
def served(election: str):
    """The server on a free port, until the test is over."""
    vote = VoteServer(election)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def send(self, status, kind, body, headers=()):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for name, value in dict(headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            path = self.path.split("?")[0]
            if path == f"{PATH}booth":
                policy = {"Content-Security-Policy": POLICY}
                self.send(200, "text/html; charset=utf-8", PAGE, policy)
            elif path == f"{PATH}booth.json":
                self.send(200, "application/json", json.dumps(vote.describe()).encode())
            else:
                self.send(404, "text/plain", b"")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, told, headers = vote.receive(body)
            self.send(status, "application/json", json.dumps(told).encode(), headers)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    vote.base = f"http://127.0.0.1:{server.server_port}"
    yield vote
    server.shutdown()
    server.server_close()
    thread.join()
