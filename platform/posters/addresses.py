"""Numbers of five digits: nobody confuses a digit, whichever letters the keyboard is set to."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.modularity.registry import components_here
from obshto.platform.posters.errors import NotHereAnyMore
from obshto.platform.posters.events import AddressGiven
from obshto.platform.posters.models import PosterAddress
from obshto.platform.posters.papers import paper_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language

LEAST, MOST = 10_000, 99_999
TRIES = 40  # even where two thirds of all numbers are given, one of so many is free


def number_of(uow: UnitOfWork, part: str, object_id: UUID) -> int:
    """The number of a thing, given once and for ever."""
    given = given_number(uow, part, object_id)
    for _ in range(TRIES):
        if given is not None:
            return given
        number = LEAST + secrets.randbelow(MOST - LEAST + 1)
        row = {"number": number, "part": part, "object_id": object_id, "given_at": uow.now}
        put = insert(PosterAddress).values(row).on_conflict_do_nothing()
        if uow.session.scalar(put.returning(PosterAddress.number)):
            uow.emit(AddressGiven(subject_id=object_id, part=part))
            return number
        given = given_number(uow, part, object_id)  # another press of the button was quicker
    raise RuntimeError("no number is free")


def given_number(uow: UnitOfWork, part: str, object_id: UUID) -> int | None:
    """The one that was given to a thing before."""
    wanted = select(PosterAddress.number).filter_by(part=part, object_id=object_id)
    return uow.session.scalar(wanted)


def address_of(uow: UnitOfWork, number: int) -> str:
    """„kula.example/go/48213“, as it stands on paper: what a browser adds is left away."""
    return f"{uow.scope.address.partition('://')[2]}/go/{number}"


def path_behind(uow: UnitOfWork, number: int) -> str:
    """Where the reader of a poster is led. Raises NotHereAnyMore."""
    found = uow.session.get(PosterAddress, number)
    here = {part.slug for part in components_here()}
    paper = None
    if found and found.part in here:
        paper = paper_of(uow, found.part, found.object_id, current_language())
    if paper is None:
        raise NotHereAnyMore
    return paper.path
