"""What probes ask; the start page of the operations host."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify, render_template
from werkzeug.wrappers import Response as Redirect

from obshto.ops.backup_requests.team import orders
from obshto.ops.canary.board_tile import tile
from obshto.ops.dashboard.health import health_of_all
from obshto.ops.dashboard.log import log
from obshto.ops.dashboard.pages import desk
from obshto.ops.dashboard.queue import queue
from obshto.ops.dashboard.region import health_of_the_region, totals
from obshto.ops.helpdesk.team import tickets
from obshto.ops.incidents.team import incidents
from obshto.ops.law import law
from obshto.ops.onboarding.team import welcoming
from obshto.ops.readiness import readiness
from obshto.ops.step_in import entry
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import letter_of
from obshto.platform.notify.transport import FolderTransport
from obshto.platform.web.access import open_to_all, requires
from obshto.platform.web.pagination import page_number, page_of_rows
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.text_size import switch_text_size
from obshto.tenants.api import RegionPermission
from obshto.tenants.portal.theming import icon_of_the_host, theme_of_the_host

board = Blueprint("ops_board", __name__)
board.register_blueprint(entry)
board.register_blueprint(desk)
board.register_blueprint(queue)
board.register_blueprint(log)
board.register_blueprint(tickets)
board.register_blueprint(welcoming)
board.register_blueprint(incidents)
board.register_blueprint(orders)
board.register_blueprint(law)


@board.get("/")
@requires(RegionPermission.SEE)
def index() -> str:
    everyone = health_of_all(current_uow())
    region = health_of_the_region(current_uow(), everyone)
    shown = {
        "everyone": everyone,
        "region": region,
        "totals": totals(everyone, region),
        "canary": tile(current_uow(), [one.slug for one in everyone]),
        "has_letters": _letters() is not None,
    }
    return render_template("ops/index.html", **shown)


@board.get("/theme.<fingerprint>.css")
@open_to_all
def theme_css(fingerprint: str) -> Response:
    return theme_of_the_host(fingerprint)


@board.get("/text-size/<any(large, usual):size>")
@open_to_all
def text_size(size: str) -> Redirect:
    return switch_text_size(size)


@board.get("/icon.svg")
@open_to_all
def icon() -> Response:
    return icon_of_the_host()


@board.get("/letters")
@open_to_all
def letters() -> str:
    """The local outbox of development: there is none where letters really leave."""
    folder = _letters() or abort(404)
    page = page_of_rows(folder.files(), page_number())
    shown = [letter_of(file.read_bytes()) for file in page.rows]
    return render_template("ops/letters.html", page=page, letters=shown)


@board.get("/healthz")
@open_to_all
def healthz() -> str:
    """Alive: says nothing of the database."""
    return "alive"


@board.get("/readyz")
@open_to_all
def readyz() -> tuple[Response, int]:
    """Fit for visitors: the database answers, migrations have run, hardening holds."""
    found = readiness(current_app.extensions["obshto.config"])
    return jsonify(found.findings), 200 if found.is_ready else 503


def _letters() -> FolderTransport | None:
    transport = current_app.extensions[TRANSPORT]
    return transport if isinstance(transport, FolderTransport) else None
