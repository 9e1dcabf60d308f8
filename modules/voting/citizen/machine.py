"""Addresses of the booth and of observers: data of a vote, a ballot, the board as files.

The booth is a static page with a policy of its own and no cookies; what it sends proves itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from obshto.modules.voting.citizen.pages import citizen
from obshto.modules.voting.distribution.audit import fingerprint
from obshto.modules.voting.errors import BallotRefused, ToolBusy, ToolMissing
from obshto.modules.voting.models import BoardEvent
from obshto.modules.voting.services import ledger, queries
from obshto.modules.voting.services.addresses import places_of
from obshto.modules.voting.services.board import file_of
from obshto.modules.voting.services.cast import BROKEN, LARGEST, cast_ballot
from obshto.modules.voting.services.ledger import BoardRows
from obshto.platform import clock
from obshto.platform.web.access import from_machine, open_to_all
from obshto.platform.web.csrf import is_foreign
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipality_here

HERE = Path(__file__).parents[1]
DISTRIBUTED = ("audit.py", "witness.py", "letters.py", "letters.typ", "guide.md")
PROGRAMS = {name: "distribution" for name in DISTRIBUTED} | {"booth.html.sha256": "booth"}
RETRY = "5"  # seconds


def is_ballot() -> bool:
    """A page of another site sends no ballot; a program that is no page may."""
    if is_foreign():
        abort(403)
    return request.mimetype == "application/json"


@citizen.post("/<election_slug>/cast")
@from_machine(is_ballot)
def cast(election_slug: str) -> Response:
    try:
        if (request.content_length or 0) > LARGEST:
            raise BallotRefused(BROKEN, 422)
        receipt = cast_ballot(current_uow(), election_slug, request.get_data(cache=False))
    except BallotRefused as refusal:
        return _json({"reason": refusal.reason}, refusal.status)
    except (ToolBusy, ToolMissing):
        answer = _json({"reason": "busy"}, 503)
        answer.headers["Retry-After"] = RETRY
        return answer
    return _json({"tracker": receipt.tracker, "height": receipt.height, "head": receipt.head})


@citizen.get("/<election_slug>/booth.json")
@open_to_all
def booth_data(election_slug: str) -> Response:
    uow = current_uow()
    election, here = queries.public_election(uow, election_slug), municipality_here(uow)
    return _json(
        {
            "election": election.raw,
            "election_hash": fingerprint(election.raw),
            "opens_at": election.opens_at.isoformat(),
            "closes_at": election.closes_at.isoformat(),
            "server_now": clock.now().isoformat(),
            "trial": election.is_trial,
            "phone": here.contact.get("phone") or "",
            "municipality": here.title(current_language()),
            "counter": places_of(election),
        }
    )


@citizen.get("/<election_slug>/booth")
@open_to_all
def booth(election_slug: str) -> Response:
    """The built page, to the byte: its hash is published."""
    queries.public_election(current_uow(), election_slug)
    answer = Response((HERE / "booth" / "booth.html").read_bytes(), mimetype="text/html")
    policy = (HERE / "booth" / "booth.html.csp").read_text("utf-8").strip()
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@citizen.get("/<election_slug>/board.bel")
@open_to_all
def board_file(election_slug: str) -> Response:
    uow = current_uow()
    election = queries.public_election(uow, election_slug)
    board = ledger.events_of(uow, election)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # past the request
    events = _past_the_request(app, board)
    answer = Response(file_of(events, election.epoch), mimetype="application/x-tar")
    answer.set_etag(board.head[:32])
    answer.make_conditional(request)
    return _file(answer, f"{election.uuid}.bel")


@citizen.get("/<election_slug>/public_creds.json")
@open_to_all
def credentials(election_slug: str) -> Response:
    election = queries.public_election(current_uow(), election_slug)
    answer = Response(election.credentials, mimetype="application/json")
    return _file(answer, "public_creds.json")


@citizen.get("/<election_slug>/lists.json")
@open_to_all
def lists(election_slug: str) -> Response:
    """Spare letters, those that were given, void codes: what the audit asks for."""
    uow = current_uow()
    election = queries.public_election(uow, election_slug)
    told: dict[str, object] = {**(election.lists or {"spares": [], "given": []})}
    told["voters"] = election.roll_size - len((election.lists or {}).get("spares", []))
    told["void"] = queries.void_credentials(uow, election)
    return _file(Response(json.dumps(told), mimetype="application/json"), "lists.json")


@citizen.get("/<election_slug>/heads.txt")
@open_to_all
def heads(election_slug: str) -> Response:
    uow = current_uow()
    election = queries.public_election(uow, election_slug)
    return _file(Response([*ledger.heads_of(uow, election)], mimetype="text/plain"), "heads.txt")


@citizen.get("/programs/<name>")
@open_to_all
def program(name: str) -> Response:
    """What people run on computers of their own: audit, witness, letters; each with its hash."""
    if name not in PROGRAMS:
        of = name.removesuffix(".sha256")
        file = HERE / "distribution" / of if of in DISTRIBUTED and of != name else abort(404)
        told = f"{sha256(file.read_bytes()).hexdigest()}  {of}\n"
        return _file(Response(told, mimetype="text/plain"), name)
    found = HERE / PROGRAMS[name] / name
    return _file(Response(found.read_bytes(), mimetype="text/plain"), name)


def _past_the_request(app: Flask, board: BoardRows) -> Iterator[BoardEvent]:
    pieces = board.pieces()
    while True:
        with app.app_context():
            piece = next(pieces, ())
        if not piece:
            return
        yield from piece


def _file(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _json(said: dict[str, object], status: int = 200) -> Response:
    answer = Response(json.dumps(said, ensure_ascii=False), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
