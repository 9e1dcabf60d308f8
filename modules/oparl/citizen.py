"""Addresses for programs, and the page on which people find them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request

from obshto.modules.oparl.errors import NoSuchOparlObject
from obshto.modules.oparl.services.lists import (
    counts_of,
    list_of,
    object_of,
    read_query,
    system_of,
)
from obshto.modules.oparl.services.object_types import (
    MEETING,
    ORGANIZATION,
    PATHS,
    SCHEMA,
    THE_COUNCIL,
    TYPES,
    Addresses,
)
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("oparl_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    """For people who write programs: where to begin, what there is."""
    uow = current_uow()
    told = {"counts": counts_of(uow), "to": Addresses(uow.scope.address)}
    return render_template("oparl/index.html", paths=PATHS, council=THE_COUNCIL, **told)


@citizen.get("/system")
@open_to_all
def system() -> Response:
    return _answered(system_of)


@citizen.get("/<kind>")
@open_to_all
def listed(kind: str) -> Response:
    """A page of all objects of a type."""
    return _answered(lambda uow: _page(uow, kind))


@citizen.get("/<kind>/<uuid:object_id>")
@open_to_all
def show(kind: str, object_id: UUID) -> Response:
    return _answered(lambda uow: object_of(uow, _type(kind), object_id))


@citizen.get("/organizations/<uuid:object_id>/meetings")
@open_to_all
def meetings(object_id: UUID) -> Response:
    """A page of the sessions of an organisation."""

    def told(uow: UnitOfWork) -> Any:
        address = f"{object_of(uow, ORGANIZATION, object_id)['id']}/meetings"
        query = read_query(request.args)
        return list_of(uow, MEETING, query, address=address, organization=object_id)

    return _answered(told)


def _page(uow: UnitOfWork, kind: str) -> Any:
    wanted = _type(kind)
    address = Addresses(uow.scope.address).all(wanted)
    return list_of(uow, wanted, read_query(request.args), address=address)


def _type(kind: str) -> str:
    if kind not in TYPES:
        raise NoSuchOparlObject
    return TYPES[kind]


def _answered(tell: Callable[[UnitOfWork], Any]) -> Response:
    """JSON that scripts of other sites may read (Fetch, CORS); a refusal as an error object."""
    status = 200
    try:
        told = tell(current_uow())
    except DomainError as refusal:
        status = refusal.status
        with speaking(SOURCE):
            told = {"type": f"{SCHEMA}Error", "message": str(refusal)}
        told["debug"] = type(refusal).__name__
    answer = make_response(f"{json.dumps(told, ensure_ascii=False)}\n", status)
    answer.mimetype = "application/json"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
