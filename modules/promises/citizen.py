"""Public pages of promises: the list of all, one that staff entered, the list as a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _
from sqlalchemy import Select
from werkzeug.wrappers import Response

from obshto.modules.promises.services import queries
from obshto.modules.promises.services.page_context import list_words, promise_words
from obshto.modules.promises.services.promises import promise_of
from obshto.platform.clock import next_midnight
from obshto.platform.db.batches import batches_of
from obshto.platform.thread.lines import line_of
from obshto.platform.thread.models import ThreadStation
from obshto.platform.thread.states import STANDINGS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import day
from obshto.platform.web.pagination import page_number
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("promises_citizen", __name__)
HEAD = (
    *(_("Част на портала"), _("За какво"), _("Обещание"), _("Населено място")),
    *(_("Кой го дължи"), _("Първи обещан срок"), _("Срок"), _("Как стои")),
    *(_("Изпълнено на"), _("Отпаднало на"), _("Причина")),
)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    keep_until(next_midnight(uow.now))
    wanted = queries.filter_of(request.args)
    return render_template("promises/index.html", **list_words(uow, wanted, page_number()))


@citizen.get("/promises.csv")
@open_to_all
def table() -> Response:
    """What was asked for as a table, all of it."""
    uow = current_uow()
    rows = queries.promises(uow, queries.filter_of(request.args))
    return csv_file("obeshtania.csv", HEAD, _cells(uow, rows))


@citizen.get("/<uuid:promise_id>")
@open_to_all
def show(promise_id: UUID) -> str:
    uow = current_uow()
    keep_until(next_midnight(uow.now))
    promise = promise_of(uow, promise_id)
    thread = line_of(uow, "promises", promise.id)
    return render_template("promises/show.html", thread=thread, **promise_words(uow, promise))


def _cells(uow: UnitOfWork, rows: Select[ThreadStation]) -> Iterator[list[str]]:
    names = queries.settlement_names(uow)
    batches = batches_of(uow.session, rows)
    for line in chain.from_iterable(queries.lines_of(uow, some) for some in batches):
        row = line.view.row
        days = (row.first_due_on, row.due_on), (row.reached_on, row.dropped_on)
        promised, ended = ([day(it) if it else "" for it in pair] for pair in days)
        yield [
            *(line.kind, line.thing.title, line.view.title, names.get(line.thing.place, "")),
            *(line.view.owes, *promised, str(STANDINGS[line.view.standing]), *ended, row.reason),
        ]
