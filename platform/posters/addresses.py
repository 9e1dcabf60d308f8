"""Numbers of five digits: nobody confuses a digit, whichever letters the keyboard is set to."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.modularity.registry import parts_here
from obshto.platform.posters.errors import NotHereAnyMore
from obshto.platform.posters.events import AddressGiven
from obshto.platform.posters.models import PosterAddress
from obshto.platform.posters.papers import paper_of
from obshto.platform.web.language import current_language
from obshto.platform.work import Work

LEAST, MOST = 10_000, 99_999
TRIES = 40  # even where two thirds of all numbers are given, one of so many is free


def number_of(work: Work, part: str, object_id: UUID) -> int:
    """The number of a thing, given once and for ever."""
    given = given_number(work, part, object_id)
    for _ in range(TRIES):
        if given is not None:
            return given
        number = LEAST + secrets.randbelow(MOST - LEAST + 1)
        row = {"number": number, "part": part, "object_id": object_id, "given_at": work.now}
        put = insert(PosterAddress).values(row).on_conflict_do_nothing()
        if work.session.scalar(put.returning(PosterAddress.number)):
            work.record(AddressGiven(subject_id=object_id, part=part))
            return number
        given = given_number(work, part, object_id)  # another press of the button was quicker
    raise RuntimeError("no number is free")


def given_number(work: Work, part: str, object_id: UUID) -> int | None:
    """The one that was given to a thing before."""
    wanted = select(PosterAddress.number).filter_by(part=part, object_id=object_id)
    return work.session.scalar(wanted)


def address_of(work: Work, number: int) -> str:
    """„kula.example/go/48213“, as it stands on paper: what a browser adds is left away."""
    assert work.scope
    return f"{work.scope.address.partition('://')[2]}/go/{number}"


def path_behind(work: Work, number: int) -> str:
    """Where the reader of a poster is led. Raises NotHereAnyMore."""
    found = work.session.get(PosterAddress, number)
    here = {part.slug for part in parts_here()}
    paper = None
    if found and found.part in here:
        paper = paper_of(work, found.part, found.object_id, current_language())
    if paper is None:
        raise NotHereAnyMore
    return paper.path
